#!/usr/bin/env bash
# What action.yml runs: puts the package beside the checkout, never into it, and lets `aura-scan ci` decide.
# Inputs come as AURA_SCAN_ variables, so that nothing in them is ever read as a script.
set -u

stop() {
  printf 'aura-scan: %s\n' "$1" >&2
  if [ -n "${GITHUB_OUTPUT:-}" ]; then printf 'exit-code=%s\n' "$2" >>"$GITHUB_OUTPUT"; fi
  exit "$2"
}

[ -n "${RUNNER_TEMP:-}" ] || stop 'RUNNER_TEMP is not set: this script is for GitHub Actions' 2
command -v node >/dev/null 2>&1 ||
  stop 'Node was not found; put actions/setup-node (20.20 or newer) before this step' 3

executable=${AURA_SCAN_EXECUTABLE:-}
if [ -n "$executable" ]; then
  [ -x "$executable" ] || stop 'the input executable names no program' 2
  # A bare name would be looked for on the PATH.
  case $executable in */*) ;; *) executable=./$executable ;; esac
else
  version=${AURA_SCAN_VERSION:-}
  if [ -z "$version" ]; then
    version=$(node -p 'require(process.argv[1]).version' "${GITHUB_ACTION_PATH:-}/package.json") ||
      stop 'the version of this action cannot be read' 3
  fi
  [[ $version =~ ^[0-9A-Za-z.+-]+$ ]] || stop 'the input version is no version: write 1.2.3' 2
  # The checkout may hold settings for npm: outside of it they do not count. Nothing is compiled and no script is run.
  home=$RUNNER_TEMP/aura-scan-$version
  mkdir -p "$home" || stop "the folder $home cannot be made" 3
  (cd "$home" && npm install --prefix "$home" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "aura-scan@$version" >&2) ||
    stop "the package aura-scan $version could not be installed" 3
  executable=$home/node_modules/.bin/aura-scan
fi

words=(ci --report text --report "sarif=${AURA_SCAN_SARIF:-$RUNNER_TEMP/aura-scan.sarif}")
if [ -n "${AURA_SCAN_CATEGORY:-}" ]; then words+=("--category=$AURA_SCAN_CATEGORY"); fi
if [ -n "${AURA_SCAN_BASE:-}" ]; then words+=("--base=$AURA_SCAN_BASE"); fi
if [ -n "${AURA_SCAN_FAIL_ON:-}" ]; then words+=("--fail-on=$AURA_SCAN_FAIL_ON"); fi
case ${AURA_SCAN_REFUSE_NEW_ALLOWS:-false} in
  true) words+=(--refuse-new-allows) ;;
  false) ;;
  *) stop 'the input refuse-new-allows is true or false' 2 ;;
esac

"$executable" "${words[@]}"
code=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"; fi
exit "$code"
