import type { CommandOutline, Value } from "./outline.js";

/** A script for bash 3.2 and newer. All names in it are words of letters, digits and dashes. */
export function bashCompletion(commands: readonly CommandOutline[]): string {
  const names = commands.flatMap(({ name }) => (name === "" ? [] : [name]));
  return `# bash completion for aura-scan. In ~/.bashrc: eval "$(aura-scan completion bash)"

# What may follow option $2 of command $1; sets kind and values.
_aura_scan_value() {
  kind= values=
  case $1:$2 in
${valueCases(commands)}
  esac
}

# What may be word number $2 of command $1; sets kind and values.
_aura_scan_word() {
  kind=files values=
  case $1:$2 in
${wordCases(commands)}
  esac
}

# The options of command $1; sets values.
_aura_scan_options() {
  values=
  case $1 in
${commands.map(optionCase).join("\n")}
  esac
}

_aura_scan() {
  local at word last cur command= option= prefix= place=0 only_words= kind= values= line
  line=()
  for ((at = 1; at <= COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]} last=$((\${#line[@]} - 1))
    # To bash the = of --option=value is a word of its own.
    if ((last >= 0)) && [[ $word == = || (-n $word && \${line[last]} == *=) ]]; then
      line[last]=\${line[last]}$word
    else
      line[last + 1]=$word
    fi
  done
  last=$((\${#line[@]} - 1))
  cur=\${line[last]}
  COMPREPLY=()
  if ((last > 0)); then
    case \${line[0]} in
      ${names.join(" | ")}) command=\${line[0]} ;;
    esac
  fi
  for ((at = \${#command} > 0; at < last; at++)); do
    word=\${line[at]}
    if [[ -n $only_words || $word != -* ]]; then
      place=$((place + 1))
    elif [[ $word == -- ]]; then
      only_words=yes
    elif [[ $word != *=* ]]; then
      _aura_scan_value "$command" "$word"
      if [[ -n $kind ]]; then
        at=$((at + 1))
        ((at == last)) && option=$word
      fi
    fi
  done
  if [[ -z $only_words && -z $option && $cur == --*=* ]]; then
    option=\${cur%%=*} cur=\${cur#*=}
    # Where bash has cut at the =, only what stands behind it is replaced.
    [[ $COMP_WORDBREAKS == *=* ]] || prefix=$option=
  fi
  if [[ -n $option ]]; then
    _aura_scan_value "$command" "$option"
    # A format's file.
    [[ $kind == formats && $cur == *=* ]] && return
  elif [[ -z $only_words && $cur == -* ]]; then
    kind=words
    _aura_scan_options "$command"
    for word in "\${line[@]}"; do
      [[ $word == "$cur" ]] || values=" $values "
      [[ $word == --report || $word == "$cur" ]] || values=\${values/ $word / }
    done
  elif ((last == 0)); then
    kind=words values='${names.join(" ")}'
    # A path is typed until bash can complete it.
    [[ -n $cur && -z $(compgen -W "$values" -- "$cur") ]] && return
  else
    _aura_scan_word "$command" "$place"
  fi
  case $kind in
    words | formats)
      for word in $values; do
        [[ $word == "$cur"* ]] && COMPREPLY[\${#COMPREPLY[@]}]=$prefix$word
      done
      ;;
    commits)
      while IFS= read -r word; do
        [[ $word == "$cur"* ]] && COMPREPLY[\${#COMPREPLY[@]}]=$prefix$(printf %q "$word")
      done < <(git for-each-ref --format='%(refname:short)' refs/heads refs/remotes refs/tags 2>/dev/null)
      ;;
    free) ;;
    *) return ;;
  esac
  # No files where none are meant; bash before 4 cannot leave them out.
  compopt +o default +o bashdefault 2>/dev/null
  return 0
}

complete -o bashdefault -o default -F _aura_scan aura-scan
`;
}

function valueCases(commands: readonly CommandOutline[]): string {
  const cases = new Map<string, string[]>();
  for (const { name, options } of commands)
    for (const option of options) {
      if (option.value === null) continue;
      const patterns = cases.get(setting(option.value)) ?? [];
      patterns.push(`${name}:--${option.name}`);
      if (option.alias !== null) patterns.push(`${name}:-${option.alias}`);
      cases.set(setting(option.value), patterns);
    }
  return [...cases].map(([set, patterns]) => `    ${patterns.join(" | ")}) ${set} ;;`).join("\n");
}

function wordCases(commands: readonly CommandOutline[]): string {
  return commands
    .flatMap(({ name, words }) =>
      words.flatMap(({ value }, place) =>
        value.kind === "files" ? [] : [`    ${name}:${place}) ${setting(value)} ;;`],
      ),
    )
    .join("\n");
}

function optionCase({ name, options }: CommandOutline): string {
  const words = options.flatMap((option) => [
    `--${option.name}`,
    ...(option.alias === null ? [] : [`-${option.alias}`]),
  ]);
  return `    ${name === "" ? "''" : name}) values='${words.join(" ")}' ;;`;
}

function setting(value: Value): string {
  return "words" in value ? `kind=${value.kind} values='${value.words.join(" ")}'` : `kind=${value.kind}`;
}
