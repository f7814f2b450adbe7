# Sourced by demos: network namespaces that stand for separate hosts, joined by a bridge; needs root. Sets HUB, the address that all of them reach.

hosts_are_possible() { [ "$(id -u)" = 0 ] && ip netns add "d3d-try-$$" 2> /dev/null && ip netns del "d3d-try-$$"; }

start_hub() {
  local number=$((RANDOM % 250))
  HUB=10.77.$number.1
  HUB_BRIDGE=d3d-br$number
  HUB_HOSTS=()
  ip link add "$HUB_BRIDGE" type bridge
  ip addr add "$HUB/24" dev "$HUB_BRIDGE"
  ip link set "$HUB_BRIDGE" up
}

add_host() { # add_host NAME
  local link="${HUB_BRIDGE#d3d-}h${#HUB_HOSTS[@]}"
  ip netns add "$HUB_BRIDGE-$1"
  HUB_HOSTS+=("$1")
  ip link add "$link" type veth peer name eth0 netns "$HUB_BRIDGE-$1"
  ip link set "$link" master "$HUB_BRIDGE" up
  ip -n "$HUB_BRIDGE-$1" addr add "${HUB%.1}.$((${#HUB_HOSTS[@]} + 9))/24" dev eth0
  ip -n "$HUB_BRIDGE-$1" link set eth0 up
  ip -n "$HUB_BRIDGE-$1" link set lo up
}

on_host() { # on_host NAME COMMAND...
  local name=$1
  shift
  ip netns exec "$HUB_BRIDGE-$name" "$@"
}

link_of() { # link_of NAME: the hub's end of its cable
  local i
  for i in "${!HUB_HOSTS[@]}"; do [ "${HUB_HOSTS[i]}" != "$1" ] || printf '%sh%s\n' "${HUB_BRIDGE#d3d-}" "$i"; done
}

end_hub() {
  local name
  [ -n "${HUB_BRIDGE:-}" ] || return 0
  for name in "${HUB_HOSTS[@]}"; do ip netns del "$HUB_BRIDGE-$name" 2> /dev/null || true; done
  ip link del "$HUB_BRIDGE" 2> /dev/null || true
}
