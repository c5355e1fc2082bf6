import { renderAnnotations } from "./annotations.js";
import { renderCsv } from "./csv.js";
import type { ReportFormat } from "./formats.js";
import { renderGitLab } from "./gitlab.js";
import { renderGitleaks } from "./gitleaks.js";
import { renderHtml } from "./html/html.js";
import { renderJson } from "./json.js";
import { renderJUnit } from "./junit.js";
import { renderMarkdown } from "./markdown.js";
import type { Report } from "./report.js";
import { renderSarif } from "./sarif.js";
import type { Selection } from "./selection.js";
import { renderText, type TextOptions } from "./text.js";

/** What any of the formats wants to know; allowed findings stay out of those for other machines unless asked for. */
export type RenderOptions = TextOptions & Partial<Selection>;

/**
 * The report in `format`, with a newline at its end; empty only for a quiet text of a plain `allow`, and for GitHub's
 * annotations where there is nothing to annotate.
 */
export function renderReport(format: ReportFormat, report: Report, options: RenderOptions): string {
  const selection = { includeAllowed: options.includeAllowed ?? false };
  switch (format) {
    case "text":
      return renderText(report, options);
    case "json":
      return renderJson(report);
    case "html":
      return renderHtml(report);
    case "sarif":
      return renderSarif(report, selection);
    case "github":
      return renderAnnotations(report);
    case "markdown":
      return renderMarkdown(report);
    case "gitlab":
      return renderGitLab(report, selection);
    case "junit":
      return renderJUnit(report, selection);
    case "csv":
      return renderCsv(report, selection);
    case "gitleaks":
      return renderGitleaks(report, selection);
  }
}
