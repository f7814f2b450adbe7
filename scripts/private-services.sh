# Sourced by demos: a RabbitMQ and a PostgreSQL of one's own on loopback, in one folder, ended with the script that started them.

# Debian's wrapper of rabbitmq-server keeps the caller's environment but changes the user; the inner script runs as anybody.
readonly RABBIT=/usr/lib/rabbitmq/bin

free_port() { # a port that nobody listens on at this moment
  local port
  while port=$((20000 + RANDOM % 12000)) && (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do :; done
  printf '%s\n' "$port"
}

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_rabbitmq() { # start_rabbitmq FOLDER [ADDRESS]: on loopback, and on that address too; sets BROKER_PORT, BROKER_PASSWORD, BROKER_PID, EPMD_PID
  local folder=$1 address=${2:-} epmd_port distribution_port
  mkdir -p "$folder"
  BROKER_PORT=$(free_port) epmd_port=$(free_port) distribution_port=$(free_port)
  BROKER_PASSWORD=$(head -c 18 /dev/urandom | base64 | tr -d '+/=')
  cat > "$folder/definitions.json" << EOF
{"users": [{"name": "depth3d", "password": "$BROKER_PASSWORD", "tags": ""}], "vhosts": [{"name": "depth3d"}],
 "permissions": [{"user": "depth3d", "vhost": "depth3d", "configure": ".*", "write": ".*", "read": ".*"}]}
EOF
  printf 'listeners.tcp.1 = 127.0.0.1:%s\nconsumer_timeout = 7200000\nload_definitions = %s\ndisk_free_limit.absolute = 50MB\n' \
    "$BROKER_PORT" "$folder/definitions.json" > "$folder/rabbitmq.conf"
  [ -z "$address" ] || printf 'listeners.tcp.2 = %s:%s\n' "$address" "$BROKER_PORT" >> "$folder/rabbitmq.conf"
  echo '[].' > "$folder/plugins"
  epmd -port "$epmd_port" -address 127.0.0.1 > /dev/null 2>&1 &
  EPMD_PID=$!
  env HOME="$folder" ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_NODENAME="demo$BROKER_PORT@localhost" \
    RABBITMQ_DIST_PORT="$distribution_port" RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$folder/log" \
    RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/plugins" RUNNING_UNDER_SYSTEMD=true \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none" \
    "$RABBIT/rabbitmq-server" > "$folder/start.log" 2>&1 < /dev/null &
  BROKER_PID=$!
  wait_for_port "$BROKER_PORT" "RabbitMQ ($folder/start.log)"
}

start_postgres() { # start_postgres FOLDER: sets JOURNAL, POSTGRES_BIN, POSTGRES_DATA
  local folder=$1 port user=$USER_OF_POSTGRES
  mkdir -p "$folder"
  [ "$(id -u)" != 0 ] || chown postgres "$folder"
  port=$(free_port)
  POSTGRES_BIN=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)") POSTGRES_DATA=$folder/data
  as_postgres "$POSTGRES_BIN/initdb" -D "$POSTGRES_DATA" -U "$user" -A trust > "$folder/initdb.log" 2>&1
  as_postgres "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DATA" -w -l "$folder/server.log" \
    -o "-p $port -h 127.0.0.1 -k $folder" start > "$folder/start.log" 2>&1
  JOURNAL="Host=127.0.0.1;Port=$port;Username=$user;Database=postgres"
}

readonly USER_OF_POSTGRES=depth3d

wait_for_port() { # wait_for_port PORT WHAT
  local tries=0
  until (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null; do
    sleep 0.2
    [ $((tries += 1)) -lt 600 ] || { printf '%s did not start\n' "$2" >&2; return 1; }
  done
}

end_services() {
  [ -z "${BROKER_PID:-}" ] || kill "$BROKER_PID" 2> /dev/null || true
  [ -z "${BROKER_PID:-}" ] || wait "$BROKER_PID" 2> /dev/null || true
  [ -z "${EPMD_PID:-}" ] || kill -9 "$EPMD_PID" 2> /dev/null || true
  [ -z "${POSTGRES_DATA:-}" ] || as_postgres "$POSTGRES_BIN/pg_ctl" -D "$POSTGRES_DATA" -m fast -w stop > /dev/null 2>&1 || true
}
