#!/usr/bin/env bash
# Kills a run with SIGKILL at ten random moments, resumes it each time, and compares every result with an undisturbed run.
# Usage: bench/kill-test.sh [WORK_FOLDER] [KILLS] [SEED] [FRAMES] [SIZE]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=${1:-$(mktemp -d)} kills=${2:-10} RANDOM=${3:-1} frames=${4:-48} size=${5:-640x360}
mkdir -p "$work"
exec 2>&1

"$root/depth3d" sample render --scene courtyard --frames "$frames" --size "$size" --out "$work/truth"
run() { "$root/depth3d" run "$work/truth/images" --out "$1" --seed 1; }

start=$(date +%s)
run "$work/undisturbed" > "$work/undisturbed.log"
duration=$(($(date +%s) - start))
printf 'undisturbed run: %d s\n' "$duration"

# Moments are drawn so that the kills spread over the whole run; each hits a run that resumed what the last one left.
for kill in $(seq 1 "$kills"); do
  setsid "$root/depth3d" run "$work/truth/images" --out "$work/killed" --seed 1 > "$work/killed-$kill.log" 2>&1 &
  pid=$!
  moment=$((RANDOM % (duration * 20 / kills) + 15)) # tenths of a second
  if timeout "$((moment / 10)).$((moment % 10))" tail --pid="$pid" -f /dev/null; then
    printf 'kill %d: finished before %d.%d s\n' "$kill" $((moment / 10)) $((moment % 10))
    break
  fi
  kill -9 -- "-$pid" 2> /dev/null || true
  wait "$pid" 2> /dev/null || true
  printf 'kill %d after %d.%d s: %d tasks published so far\n' "$kill" $((moment / 10)) $((moment % 10)) \
    "$(find "$work/killed/.depth3d" -maxdepth 6 -type d -name 'e[0-9]*' 2> /dev/null | wc -l)"
done
run "$work/killed" > "$work/resumed.log"

# run.json and report.html hold timings, so they differ by nature; everything else must not.
hashes() { (cd "$1" && find . -path ./.depth3d -prune -o -type f ! -name run.json ! -name report.html -print0 | sort -z | xargs -0 sha256sum); }
hashes "$work/undisturbed" > "$work/undisturbed.sha256"
hashes "$work/killed" > "$work/killed.sha256"
if diff "$work/undisturbed.sha256" "$work/killed.sha256" > "$work/difference"; then
  printf 'identical: %d files\n' "$(wc -l < "$work/killed.sha256")"
else
  printf 'DIFFERENT:\n'
  head -n 20 "$work/difference"
  exit 1
fi
