/**
 * What the agents of CI systems obey wherever it stands in a line of a job's log: `##vso[task.setvariable …]` of Azure
 * Pipelines, `##[command]` of Azure and GitHub, `##teamcity[…]`. The second `#` is what is matched.
 */
const MARKED = /(?<=#)#(?=[\w.-]*\[)/g;

/** What GitHub, Gitea and Forgejo obey at the beginning of a line, colours and blanks before it left out: `::set-env …::`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with ESC
const LEADING = /^((?:[^\S\r\n]|\x1b\[[\d;]*m)*):(?=:)/gm;

/**
 * `text` with every order for a CI agent broken by one character of the same width, so that a name or a line of source says
 * nothing to whoever runs the job: `#·vso[`, `·:error`. Columns and carets stay where they were.
 */
export function withoutOrders(text: string): string {
  return text.replace(MARKED, "·").replace(LEADING, "$1·");
}

/** The same for JSON, which parses back to what it was; no line of it begins with `::`. */
export function jsonWithoutOrders(json: string): string {
  return json.replace(MARKED, "\\u0023");
}
