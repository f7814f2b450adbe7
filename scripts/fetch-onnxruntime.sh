#!/usr/bin/env bash
# Puts ONNX Runtime's CPU library where Depth3D.Inference looks for it, once. Prints the path of the installed library.
#
# The library is taken out of the npm package onnxruntime-node. The package is packed, never installed: its post-install
# step would download GPU providers. The archive is checked against the hash below before anything is taken out of it, and
# the library appears under its final name by a rename, so a second caller never sees half a file.
#
#   scripts/fetch-onnxruntime.sh             install if missing
#   scripts/fetch-onnxruntime.sh --from TGZ  the same from an archive that is already here (machines without network)
set -euo pipefail

version=1.30.0
archive_sha256=6e3390d6b783e7be946fad629292799da28d0b42f84856e50d2c1b0383291e75
member=package/bin/napi-v6/linux/x64/libonnxruntime.so.1

folder="${XDG_CACHE_HOME:-$HOME/.cache}/depth3d/onnxruntime-$version"
library="$folder/libonnxruntime.so.1"

fail() { printf 'fetch-onnxruntime: %s\n' "$*" >&2; exit 1; }

archive=
case "${1-}" in
  '') ;;
  --from) archive="${2-}"; [ -f "$archive" ] || fail "--from needs the file onnxruntime-node-$version.tgz, got '$archive'" ;;
  *) fail "unknown argument '$1'; usage: fetch-onnxruntime.sh [--from onnxruntime-node-$version.tgz]" ;;
esac

if [ -s "$library" ]; then
  printf '%s\n' "$library"
  exit 0
fi

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
  fail "no library for $(uname -s) $(uname -m) is pinned; set DEPTH3D_ONNXRUNTIME to one of version 1.17 or newer"

mkdir -p "$folder"
work="$(mktemp -d "$folder/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

if [ -z "$archive" ]; then
  command -v npm >/dev/null || fail "npm is needed to fetch onnxruntime-node@$version (Debian: apt-get install npm)"
  (cd "$work" && npm pack --silent "onnxruntime-node@$version" >/dev/null) ||
    fail "npm pack onnxruntime-node@$version failed; see the lines above"
  archive="$work/onnxruntime-node-$version.tgz"
fi

got="$(sha256sum "$archive" | cut -d' ' -f1)"
[ "$got" = "$archive_sha256" ] ||
  fail "onnxruntime-node-$version.tgz has sha256 $got, expected $archive_sha256; nothing was installed"

tar -xzf "$archive" -C "$work" --no-same-owner "$member"
chmod 644 "$work/$member"
sync "$work/$member"
mv -f "$work/$member" "$library"
printf '%s\n' "$library"
