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

run "$work/undisturbed" > "$work/undisturbed.log"

published() { find "$1/.depth3d" -maxdepth 6 -type d -name 'e[0-9]*' 2> /dev/null | wc -l; }
tasks=$(published "$work/undisturbed")

# Kill k waits until k/KILLS of the tasks are published and then for a random while, so that the kills spread over every stage; each hits a run that
# resumed what the last one left.
for kill in $(seq 1 "$kills"); do
  setsid "$root/depth3d" run "$work/truth/images" --out "$work/killed" --seed 1 > "$work/killed-$kill.log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2> /dev/null && [ "$(published "$work/killed")" -lt $(((kill - 1) * tasks / kills)) ]; do sleep 0.1; done
  moment=$((RANDOM % 60 + 5)) # tenths of a second
  if timeout "$((moment / 10)).$((moment % 10))" tail --pid="$pid" -f /dev/null; then
    printf 'kill %d: the run was finished before it\n' "$kill"
    break
  fi
  kill -9 -- "-$pid" 2> /dev/null || true
  wait "$pid" 2> /dev/null || true
  printf 'kill %d at %d of %d tasks, in: %s\n' "$kill" "$(published "$work/killed")" "$tasks" "$(tail -n 1 "$work/killed-$kill.log" | cut -c1-60)"
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
