import { createHash } from "../../text/crypto.js";
import { escaped } from "./markup.js";
import { PAGE_STYLE } from "./style.js";

/** What a page is made of; `style` comes on top of what all pages have, `script` runs when the page is there. */
export type PageParts = {
  readonly title: string;
  readonly style: string;
  readonly body: string;
  readonly script?: string;
};

/**
 * One page that needs nothing from elsewhere, and can ask for nothing: its policy lets no request out, and no script or style in
 * but those whose hashes it names.
 */
export function documentOf({ title, style, body, script }: PageParts): string {
  const styles = PAGE_STYLE + style;
  const policy = [
    "default-src 'none'",
    `style-src ${sourceOf(styles)}`,
    ...(script === undefined ? [] : [`script-src ${sourceOf(script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${styles}</style>
</head>
<body><main>
${body}
</main>${script === undefined ? "" : `\n<script>${script}</script>`}
</body>
</html>
`;
}

/** How a policy names what stands in the page itself (https://www.w3.org/TR/CSP3/#source-list-syntax). */
function sourceOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}
