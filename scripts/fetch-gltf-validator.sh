#!/usr/bin/env bash
# Puts Khronos' gltf-validator, a npm package without dependencies, where tests look for it, once. Prints the folder of the package.
#
# The package is packed, never installed; the archive is checked against the hash below before anything is taken out of it.
set -euo pipefail

version=2.0.0-dev.3.10
archive_sha256=4e03dbdc3bc0d1342afd5d2d7ae341a7e3474502ccb872b02dbbaddaee0fdec6

folder="${XDG_CACHE_HOME:-$HOME/.cache}/depth3d/gltf-validator-$version"

fail() { printf 'fetch-gltf-validator: %s\n' "$*" >&2; exit 1; }

if [ ! -s "$folder/package/index.js" ]; then
  command -v npm >/dev/null || fail "npm is needed to fetch gltf-validator@$version (Debian: apt-get install npm)"
  mkdir -p "$folder"
  work="$(mktemp -d "$folder/.fetch.XXXXXX")"
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "gltf-validator@$version" >/dev/null) || fail "npm pack gltf-validator@$version failed; see the lines above"
  archive="$work/gltf-validator-$version.tgz"
  got="$(sha256sum "$archive" | cut -d' ' -f1)"
  [ "$got" = "$archive_sha256" ] || fail "the archive has sha256 $got, expected $archive_sha256; nothing was installed"
  tar -xzf "$archive" -C "$work" --no-same-owner
  mv -Tf "$work/package" "$folder/package" || [ -s "$folder/package/index.js" ] || fail "cannot write to $folder"
fi
printf '%s\n' "$folder/package"
