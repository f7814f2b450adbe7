#!/usr/bin/env bash
# Bundles the page's scripts and three.js into FOLDER/viewer.js. The packages are those of package-lock.json, checked against its hashes;
# no script of theirs is run. Without a network it needs npm's own cache.
# Usage: bundle.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?usage: bundle.sh FOLDER}

fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

command -v npm > /dev/null || fail "the viewer's page needs npm to be built (Debian: apt-get install nodejs npm)"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
exec 9> "$folder/.lock"
flock 9

if ! cmp -s "$here/package-lock.json" "$folder/installed-lock.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$folder/"
  (cd "$folder" && npm ci --ignore-scripts > "$folder/npm.log" 2>&1) ||
    { cat "$folder/npm.log" >&2; fail "npm ci failed in $folder; the page's packages are three and esbuild"; }
  cp "$here/package-lock.json" "$folder/installed-lock.json"
fi

NODE_PATH=$folder/node_modules node "$folder/node_modules/esbuild/bin/esbuild" "$here/main.js" \
  --bundle --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=eof --log-level=warning --outfile="$folder/viewer.js.part" \
  --loader:.glsl=text
mv "$folder/viewer.js.part" "$folder/viewer.js"
