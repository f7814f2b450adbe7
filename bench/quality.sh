#!/usr/bin/env bash
# Measures the optimised depth against truth: bench/quality.sh [options], see --help. The whole table takes more than an hour on two cores.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=../scripts/environment.sh
. scripts/environment.sh
native_environment
bash scripts/fetch-onnxruntime.sh > /dev/null
dotnet build bench/Quality/Quality.csproj -c Release -v quiet -nologo
exec dotnet bench/Quality/bin/Release/net10.0/Depth3D.Quality.dll "$@"
