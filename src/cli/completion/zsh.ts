import type { CommandOutline, OptionOutline, Value, WordOutline } from "./outline.js";

/** A script for zsh, to be sourced after `compinit` or to be kept as `_aura-scan` in a folder of `$fpath`. */
export function zshCompletion(commands: readonly CommandOutline[]): string {
  const named = commands.filter(({ name }) => name !== "");
  return `#compdef aura-scan
# zsh completion for aura-scan. In ~/.zshrc, behind compinit: eval "$(aura-scan completion zsh)"

# A report's format, and behind a = its file.
_aura_scan_formats() {
  if compset -P '*='; then
    _files
  else
    compadd -- "$@"
  fi
}

_aura_scan_commits() {
  local -a names
  names=(\${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null)"})
  compadd -a names
}

_aura_scan_first() {
  local -a commands
  commands=(
${named.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`).join("\n")}
  )
  _describe -t commands command commands
  _files
}

_aura_scan() {
  local command=
  if ((CURRENT > 2)); then
    case $words[2] in
      (${named.map(({ name }) => name).join("|")})
        command=$words[2]
        shift words
        ((CURRENT--))
        ;;
    esac
  fi
  case $command in
${commands.map(commandCase).join("\n")}
  esac
}

if [[ $funcstack[1] == _aura-scan ]]; then
  _aura_scan "$@"
else
  compdef _aura_scan aura-scan
fi
`;
}

function commandCase({ name, options, words }: CommandOutline): string {
  const first = name === "" ? ["'1: :_aura_scan_first'"] : [];
  const specs = [...options.flatMap(optionSpecs), ...first, ...words.map(wordSpec)];
  return [
    `    (${name === "" ? "''" : name})`,
    "      _arguments -s -S : \\",
    `        ${specs.join(" \\\n        ")}`,
    "      ;;",
  ].join("\n");
}

/** `'--fail-on=[…]:value:(low high)'`; a short form excludes the long one. */
function optionSpecs({ name, alias, about, value, repeats }: OptionOutline): readonly string[] {
  const tail = `[${about.replace(/[[\]\\:]/g, "\\$&")}]${value === null ? "" : `:value:${action(value)}`}`;
  const long = `--${name}${value === null ? "" : "="}`;
  if (alias === null) return [quoted(`${repeats ? "*" : ""}${long}${tail}`)];
  const either = repeats ? "*" : `(--${name} -${alias})`;
  return [quoted(`${either}${long}${tail}`), quoted(`${either}-${alias}${value === null ? "" : "+"}${tail}`)];
}

function wordSpec({ name, value, repeats }: WordOutline): string {
  return quoted(`${repeats ? "*" : ""}:${name}:${action(value)}`);
}

function action(value: Value): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "formats":
      return `{_aura_scan_formats ${value.words.join(" ")}}`;
    case "files":
      return "_files";
    case "commits":
      return "_aura_scan_commits";
    case "free":
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
