/** The formats that a report is written in, in the order in which they are listed. */
export const REPORT_FORMATS = [
  "text",
  "json",
  "sarif",
  "html",
  "github",
  "markdown",
  "gitlab",
  "junit",
  "csv",
  "gitleaks",
] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
