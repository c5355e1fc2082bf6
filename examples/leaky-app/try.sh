#!/bin/sh
# Makes a real repository of this folder and asks aura-scan about it. Needs a built checkout (npm ci).
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH= cd -- "$here/../.." && pwd)
scan="$root/bin/aura-scan.js"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R "$here/.aura" "$here/src" "$copy/"
cd "$copy"
git init -q
git add .

echo "== May this be committed? (aura-scan --staged)"
node "$scan" --staged || echo "(exit $?)"
echo
echo "== Which functions may leave? (aura-scan preflight, as the daemon calls it)"
node "$root/examples/daemon-preflight/daemon.mjs" "$copy" || echo "(exit $?)"
