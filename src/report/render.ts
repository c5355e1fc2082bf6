import { renderHtml } from "./html/html.js";
import { renderJson } from "./json.js";
import type { Report } from "./report.js";
import { renderSarif, type SarifOptions } from "./sarif.js";
import { renderText, type TextOptions } from "./text.js";

export const REPORT_FORMATS = ["text", "json", "sarif", "html"] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What any of the formats wants to know; allowed findings stay out of SARIF unless asked for. */
export type RenderOptions = TextOptions & Partial<SarifOptions>;

/** The report in `format`, with a newline at its end; empty only for a quiet text of a plain `allow`. */
export function renderReport(format: ReportFormat, report: Report, options: RenderOptions): string {
  switch (format) {
    case "text":
      return renderText(report, options);
    case "json":
      return renderJson(report);
    case "html":
      return renderHtml(report);
    case "sarif":
      return renderSarif(report, { includeAllowed: options.includeAllowed ?? false });
  }
}
