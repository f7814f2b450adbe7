#!/usr/bin/env bash
# Bundles the pages' scripts: the cloud's and three.js into FOLDER/viewer.js, the loop's, which needs no package, into FOLDER/loop.js. The packages are those of package-lock.json, checked against its hashes;
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

# bundle ENTRY FORMAT NAME: one script that needs nothing beside it.
bundle() {
  NODE_PATH=$folder/node_modules node "$folder/node_modules/esbuild/bin/esbuild" "$here/$1" \
    --bundle --minify "--format=$2" --target=es2022 --charset=utf8 --legal-comments=eof --log-level=warning "--outfile=$folder/$3.part" \
    --loader:.glsl=text
  mv "$folder/$3.part" "$folder/$3"
}

bundle main.js esm viewer.js
bundle loop/main.js iife loop.js
