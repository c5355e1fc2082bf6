import { expect } from "vitest";
import type { Report } from "../../src/report/report.js";
import { renderText, type TextOptions } from "../../src/report/text.js";

/** The text report, 80 columns wide and without colour unless told otherwise. */
export function textOf(report: Report, options: Partial<TextOptions> = {}): string {
  return renderText(report, { color: false, width: 80, verbose: false, quiet: false, ...options });
}

/** Its lines. */
export function linesOf(report: Report, options: Partial<TextOptions> = {}): readonly string[] {
  const text = textOf(report, options);
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
}
