#!/usr/bin/env bash
# Installs what is missing, builds everything, runs every test. Ends with the line "N passed, N failed, N skipped".
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root" || exit 1
# shellcheck source=scripts/environment.sh
. scripts/environment.sh
native_environment
require_dotnet
# What only tests need: a broker and a database of their own, kustomize, a browser, and other people's readers of what is exported.
install_packages rabbitmq-server postgresql-15 iproute2 kubernetes-client chromium python3-numpy python3-opencv python3-openimageio python3-open3d blender
bash scripts/fetch-onnxruntime.sh > /dev/null || exit 1
GLTF_VALIDATOR=$(bash scripts/fetch-gltf-validator.sh) || exit 1
export GLTF_VALIDATOR

log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
passed=0 failed=0 skipped=0

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
  exit
}

fail() { # fail NAME LOG: one check that is not a test of its own failed
  printf '\n%s failed\n' "$1"
  tail -n 60 "$2"
  failed=$((failed + 1))
}

say "building"
if ! dotnet build Depth3D.Cluster.sln -c Release -v quiet -nologo -m:2 > "$log/build" 2>&1; then
  fail build "$log/build"
  finish
fi

say "checking the format"
if dotnet format Depth3D.Cluster.sln --verify-no-changes --no-restore > "$log/format" 2>&1; then passed=$((passed + 1)); else fail format "$log/format"; fi

count() { grep -oE "$1: +[0-9]+" "$2" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  say "testing $name"
  SECONDS=0
  dotnet test "$project" -c Release --no-build --nologo --blame-hang --blame-hang-timeout 10m > "$log/$name" 2>&1
  code=$?
  p=$(count Passed "$log/$name") f=$(count Failed "$log/$name") s=$(count Skipped "$log/$name")
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  printf '  %-28s %4d passed %3d failed %3d skipped  %4d s\n' "$name" "$p" "$f" "$s" "$SECONDS"
  # A run that crashed before its summary counts as a failure, whatever it printed.
  if [ "$code" != 0 ] && [ "$f" = 0 ]; then fail "$name" "$log/$name"; elif [ "$f" != 0 ]; then grep -vE '^\s*$' "$log/$name" | tail -n 120; fi
done
finish
