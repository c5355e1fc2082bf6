/** How a comment opens right before a place in a line; the longer forms first. A single sign opens one only behind a space. */
const OPENS =
  /(?:\{?\/\*+!?|\/\/[/!]?|<!--+|<%--|<%#|\{\{!(?:--)?|\{\{?#|\{-|\(\*|--\[\[|--+|#+!?|;;+|%%+|::|(?<![\w@])@?rem|(?<!\w)dnl|(?<=^|\s)(?:\.\.|["'](?=[ \t])|[!*;%]))[ \t]*$/i;

/** What closes what opens like this. */
const CLOSES: readonly (readonly [open: RegExp, close: string])[] = [
  [/^\{\/\*/, "*/}"],
  [/^\/\*/, "*/"],
  [/^<!--/, "-->"],
  [/^<%--/, "--%>"],
  [/^<%#/, "%>"],
  [/^\{\{!--/, "--}}"],
  [/^\{\{!/, "}}"],
  [/^\{\{?#/, "#}"],
  [/^\{-/, "-}"],
  [/^\(\*/, "*)"],
  [/^--\[\[/, "]]"],
];

/** What may close a comment that opened on an earlier line, or a string that stands for one (`"//": "…",` in JSON). */
const TAIL = /\s*(?:\*\/\}?|--+>|--%>|%>|--\}\}|#\}|-\}|\*\)|\]\]|"[,;)\]}]{0,4}|'[,;)\]}]{0,4})\s*$/;

/** How far back the opening is looked for: a few signs and the spaces behind them, in UTF-16 units. */
const MOST_OPENING = 32;

/** Where the comment opens that holds `at`, which is not before `from`; `at` itself where nothing is known to open one. */
export function commentStart(text: string, from: number, at: number): number {
  const before = text.slice(Math.max(from, at - MOST_OPENING), at);
  const opening = OPENS.exec(before);
  return opening === null ? at : at - (before.length - opening.index);
}

/** Where a comment that opens with `opening` ends, looked for from `from` to `limit`: its content, and all of it. */
export function commentEnd(
  text: string,
  opening: string,
  from: number,
  limit: number,
): { readonly contentEnd: number; readonly end: number } {
  const close = CLOSES.find(([open]) => open.test(opening))?.[1];
  const rest = text.slice(from, limit);
  const closed = close === undefined ? -1 : rest.indexOf(close);
  if (close !== undefined && closed !== -1)
    return { contentEnd: from + closed, end: from + closed + close.length };
  const tail = TAIL.exec(rest.slice(-MOST_OPENING));
  return { contentEnd: limit - (tail?.[0].length ?? 0), end: limit };
}

/** How a line comment is written. */
type Comment = readonly [open: string, close: string];

const FORMS: readonly (readonly [comment: Comment, endings: string])[] = [
  [
    ["// ", ""],
    "ts tsx mts cts js jsx mjs cjs rs go java kt kts scala swift c h cc cpp cxx hpp hh cs m mm dart groovy gradle php proto sol zig jsonc json5 scss less fs fsx d jenkinsfile",
  ],
  [
    ["# ", ""],
    "py pyi rb rake sh bash zsh fish ksh yaml yml toml tf tfvars hcl conf cfg properties env envrc pl pm r jl ex exs cr nim ps1 psm1 psd1 mk cmake graphql gql awk tcl coffee bzl bazel nix rego gemfile rakefile vagrantfile dockerfile containerfile makefile gnumakefile npmrc pypirc editorconfig gitconfig bashrc zshrc profile bash_profile",
  ],
  [["-- ", ""], "sql psql ddl lua hs elm adb ads vhd vhdl applescript"],
  [["; ", ""], "lisp lsp clj cljs cljc edn el scm rkt asm ini reg"],
  [["% ", ""], "tex sty erl hrl"],
  [
    ["<!-- ", " -->"],
    "html htm xhtml xml svg vue svelte md markdown csproj vbproj props targets config plist xsd xsl xslt wsdl resx xaml",
  ],
  [["/* ", " */"], "css"],
  [["<%# ", " %>"], "erb"],
  [["{# ", " #}"], "jinja jinja2 j2 twig"],
  [["(* ", " *)"], "ml mli"],
  [["REM ", ""], "bat cmd"],
  [["' ", ""], "vb vbs bas"],
  [["! ", ""], "f90 f95 f03"],
];

let byEnding: ReadonlyMap<string, Comment> | null = null;

/** Made when it is first asked for, as only what is found needs it. */
function commentsByEnding(): ReadonlyMap<string, Comment> {
  byEnding ??= new Map(FORMS.flatMap(([comment, endings]) => endings.split(" ").map((e) => [e, comment])));
  return byEnding;
}

/** `words` as a comment on a line of its own in a file of this name; null where comments are not known there. */
export function asComment(words: string, path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  // `.env.local` and `Dockerfile.dev` are written as what they begin with.
  const ending = name.slice(name.lastIndexOf(".") + 1);
  const beginning = name.replace(/^\./, "").replace(/\..*$/, "");
  const comments = commentsByEnding();
  const comment = comments.get(ending) ?? comments.get(beginning);
  return comment === undefined ? null : `${comment[0]}${words}${comment[1]}`;
}
