import type { CommandOutline, OptionOutline, Value, WordOutline } from "./outline.js";

/** A script for fish 3 and newer. */
export function fishCompletion(commands: readonly CommandOutline[]): string {
  const named = commands.filter(({ name }) => name !== "");
  return `# fish completion for aura-scan: aura-scan completion fish > ~/.config/fish/completions/aura-scan.fish

# Whether the line so far is one of command $argv[1], which is "" for the one without a name.
function __aura_scan_is
    set -l words (commandline -opc)
    set -l command ''
    if set -q words[2]; and contains -- $words[2] ${named.map(({ name }) => name).join(" ")}
        set command $words[2]
    end
    test "$command" = "$argv[1]"
end

# Whether none of these words was given yet.
function __aura_scan_lacks
    for word in (commandline -opc)
        contains -- $word $argv; and return 1
    end
    return 0
end

function __aura_scan_commits
    git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null
end

${named.map(({ name, about }) => `complete -c aura-scan -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quoted(about)}`).join("\n")}

${commands.map(commandLines).join("\n\n")}
`;
}

function commandLines({ name, options, words }: CommandOutline): string {
  const condition = `__aura_scan_is ${name === "" ? '""' : name}`;
  return [
    ...options.map((option) => optionLine(condition, option)),
    ...words.flatMap((word) => wordLines(condition, word)),
    ...(words.some(({ value }) => value.kind === "files")
      ? []
      : [`complete -c aura-scan -n ${quoted(condition)} -f`]),
  ].join("\n");
}

function optionLine(condition: string, { name, alias, about, value }: OptionOutline): string {
  const short = alias === null ? "" : ` -s ${alias}`;
  const takes = value === null ? "" : ` ${valueFlags(value)}`;
  return `complete -c aura-scan -n ${quoted(condition)} -l ${name}${short}${takes} -d ${quoted(about)}`;
}

/** One of the choices, as long as none of them was given. */
function wordLines(condition: string, { value }: WordOutline): readonly string[] {
  if (!("words" in value)) return [];
  const words = value.words.join(" ");
  const none = `${condition}; and __aura_scan_lacks ${words}`;
  return [`complete -c aura-scan -n ${quoted(none)} -f -a ${quoted(words)}`];
}

function valueFlags(value: Value): string {
  switch (value.kind) {
    case "words":
      return `-x -a ${quoted(value.words.join(" "))}`;
    case "formats":
      return `-r -a ${quoted(value.words.join(" "))}`;
    case "files":
      return "-r -F";
    case "commits":
      return "-x -a '(__aura_scan_commits)'";
    case "free":
      return "-x";
  }
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
