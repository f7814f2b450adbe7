#!/usr/bin/env bash
# A whole cluster on this machine: RabbitMQ and PostgreSQL of its own on loopback, one seed, two preprocess, two trainer and two render
# nodes as processes. Six clips of different priorities run through it; every published file must be the same, byte for byte, as when
# `depth3d run` makes it in one process.
# With --hosts every node is a host of its own (a network namespace; needs root), and the cable of one is pulled while it trains.
# Usage: scripts/cluster-demo.sh [--hosts] [FOLDER]     the folder is kept; without one a temporary folder is used and removed
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
# shellcheck source=scripts/private-services.sh
. "$here/private-services.sh"
# shellcheck source=scripts/private-hosts.sh
. "$here/private-hosts.sh"

hosts=
if [ "${1:-}" = --hosts ]; then
  shift
  hosts=yes
  hosts_are_possible || { echo "network namespaces are not permitted here; run as root, or without --hosts" >&2; exit 1; }
fi
depth3d=$root/depth3d
clips=$root/../shared/data/clips
kept=${1:-}
work=${kept:-$(mktemp -d -t depth3d-demo-XXXXXX)}
mkdir -p "$work"
work=$(cd "$work" && pwd)
chmod 755 "$work"
pids=()

# Small and few, so that two cores are done in minutes; the stages are the real ones.
options=(--size 160 --train-size 128 --steps 60 --warmup-steps 20 --chunk-steps 20)

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }

finish() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null || true; done
  end_services
  end_hub
  [ -n "$kept" ] || rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

sample() { # sample NAME SCENE FRAMES: renders a clip whose depth is known
  "$depth3d" sample render --scene "$2" --frames "$3" --size 192x108 --out "$work/clips/$1" > /dev/null
}

real() { # real NAME SOURCE SCENE: a real clip where it is there, else a rendered one
  if [ -d "$2" ]; then mkdir -p "$work/clips/$1" && ln -sfn "$(cd "$2" && pwd)" "$work/clips/$1/images"
  else say "$2 is not there; a rendered clip takes its place" && sample "$1" "$3" 12
  fi
}

source_of() { # source_of NAME
  local folder
  for folder in "$work/clips/$1/images" "$work/clips/$1/frames" "$work/clips/$1"; do
    [ ! -d "$folder" ] || { printf '%s\n' "$folder"; return; }
  done
}

node() { # node ID ROLE [ARGUMENT...]: starts a process of the cluster
  local id=$1 role=$2 host=()
  shift 2
  if [ -n "$hosts" ] && [ "$role" != seed ]; then
    add_host "$id"
    host=(ip netns exec "$HUB_BRIDGE-$id" env DEPTH3D_BROKER_HOSTS="$HUB")
  fi
  "${host[@]}" "$depth3d" node start --node "$id" --role "$role" --store "$work/store" --state "$work/state/$id" "$@" > "$work/logs/$id.log" 2>&1 &
  pids+=("$!")
}

settings() {
  export DEPTH3D_BROKER_PORT=$BROKER_PORT DEPTH3D_BROKER_USER=depth3d DEPTH3D_BROKER_PASSWORD=$BROKER_PASSWORD
  export DEPTH3D_JOURNAL=$JOURNAL DEPTH3D_TOKENS=$work/tokens.json DEPTH3D_HTTP=http://127.0.0.1:$1
  export DEPTH3D_SEED=$DEPTH3D_HTTP DEPTH3D_TOKEN
  DEPTH3D_TOKEN=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
  (umask 077 && printf '{"tokens": [{"name": "demo", "right": "operator", "token": "%s"}]}\n' "$DEPTH3D_TOKEN" > "$work/tokens.json")
}

until_says() { # until_says SECONDS TEXT COMMAND...: asks until the answer holds the text
  local limit=$(($(date +%s) + $1)) text=$2 answer=
  shift 2
  until answer=$("$@" 2>&1) && [[ $answer == *"$text"* ]]; do
    [ "$(date +%s)" -lt "$limit" ] || { printf 'waited too long for "%s"; the last answer was:\n%s\n' "$text" "$answer" >&2; return 1; }
    sleep 1
  done
}

until_done() { # until_done COUNT: waits until so many clips are complete, and stops at the first that is not running any more otherwise
  local running failed limit=$(($(date +%s) + 3600))
  while running=$("$depth3d" clip list --state running --quiet) && [ -n "$running" ]; do
    failed=$("$depth3d" clip list --state failed --quiet)
    [ -z "$failed" ] || break
    [ "$(date +%s)" -lt "$limit" ] || { say "not done in an hour: $running"; return 1; }
    sleep 3
  done
  [ "$("$depth3d" clip list --state completed --quiet | wc -l)" = "$1" ] || { "$depth3d" clip list; return 1; }
}

pull_a_cable() { # cuts the host of a node that trains off until its task runs elsewhere and its own result is ready, then mends the cable
  local lease node task limit=$(($(date +%s) + 600))
  until lease=$("$depth3d" lease list | grep -E ' train/' | head -1) && [ -n "$lease" ]; do
    [ "$(date +%s)" -lt "$limit" ] || { say "nothing trains"; return 1; }
    sleep 0.5
  done
  node=$(grep -oE 'trainer-[0-9]' <<< "$lease") task=$(grep -oE 'train/[0-9]+' <<< "$lease")
  say "the cable of $node is pulled while it runs $task"
  ip link set "$(link_of "$node")" down
  until_says 60 unreachable "$depth3d" node list
  say "$node is unreachable; its tasks go elsewhere"
  sleep 15
  ip link set "$(link_of "$node")" up
  say "the cable of $node is mended"
  until_says 120 "does not count" cat "$work/logs/$node.log"
  say "its late result was refused: $(grep -m 1 -oE '[a-z]+ train/[0-9]+: the result of attempt [0-9]+ does not count: [A-Za-z]+' "$work/logs/$node.log")"
}

hashes() { # hashes FOLDER: hash and name of every published file, without the attempt's number
  (cd "$1" && find . -type f -path './*/*/e[0-9]*/*' ! -path './.*' -print0 | sort -z | xargs -0 sha256sum | sed -E 's:/e[0-9]+/:/:') | sort
}

compare() { # compare CLIP ARGUMENT...: makes the clip in one process and compares every file
  local clip=$1 own
  shift
  "$depth3d" run "$(source_of "$clip")" --out "$work/alone/$clip" "$@" > "$work/logs/alone-$clip.log" 2>&1 ||
    { tail -20 "$work/logs/alone-$clip.log"; return 1; }
  own=$(find "$work/alone/$clip/.depth3d" -mindepth 1 -maxdepth 1 -type d ! -name '.*' | head -1)
  hashes "$own" > "$work/alone/$clip.sha256"
  hashes "$work/store/$clip" > "$work/alone/$clip.cluster.sha256"
  diff "$work/alone/$clip.sha256" "$work/alone/$clip.cluster.sha256" > "$work/alone/$clip.diff" ||
    { say "$clip DIFFERS: $work/alone/$clip.diff"; head -5 "$work/alone/$clip.diff"; return 1; }
  say "$clip: $(wc -l < "$work/alone/$clip.sha256") files, byte for byte the same"
}

say "clips"
mkdir -p "$work"/{clips,store,state,logs,alone}
sample arc courtyard 12
sample room room 10
sample walker walker 12
sample boxes boxes 8
real balloon "$clips/balloon1/images" courtyard
real car "$clips/car-shadow/images" walker

say "broker and database"
[ -z "$hosts" ] || start_hub
start_rabbitmq "$work/broker" "${HUB:-}"
start_postgres "$work/database"
settings "$(free_port)"

say "one seed, two preprocess, two trainer, two render nodes"
node seed-1 seed --drain-seconds 5
for role in preprocess trainer render; do
  for number in 1 2; do DEPTH3D_HTTP=none node "$role-$number" "$role" --drain-seconds 5; done
done
until_says 120 render-2 "$depth3d" node list
"$depth3d" cluster show

say "six clips, the last one first"
priority=0
started=$(date +%s)
for clip in arc room walker boxes balloon car; do
  "$depth3d" clip submit "$clip" "$(source_of "$clip")" --priority $((priority += 10)) --max-frames 12 "${options[@]}" --quiet
done
"$depth3d" clip list
[ -z "$hosts" ] || pull_a_cable
until_done 6
say "all six in $(($(date +%s) - started)) s"
"$depth3d" clip list
"$depth3d" cluster show
"$depth3d" store verify

say "the same in one process each"
for clip in arc room walker boxes balloon car; do compare "$clip" --max-frames 12 "${options[@]}"; done
say "done: every file of every clip is the same"
