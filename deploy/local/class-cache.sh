#!/bin/bash
# Makes the class archive of the command tern: starts a node on free ports, runs each kind of command
# once, and keeps what the JVM has loaded. Called by make build and deploy/local/tern; does nothing
# when the archive is newer than the jar.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/../../broker-server/node/target
cache=${1:-$target/tern-command.jsa}
# The flags of deploy/local/tern: an archive is of no use under others.
flags=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m --sun-misc-unsafe-memory-access=allow)
if [ "$cache" -nt "$target/tern.jar" ]; then exit 0; fi
free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
for _ in 1 2 3 4 5 6 7 8 9 10; do
  port=$((12000 + RANDOM % 20000))
  for offset in 0 1 2 3 4; do free $((port + offset)) || continue 2; done
  break
done
work=$(mktemp -d)
node=
stop() {
  if [ -n "$node" ]; then kill "$node" 2>/dev/null && wait "$node" || true; fi
  rm -rf "$work"
}
trap stop EXIT
"$here/serve.sh" --data "$work/data" --port "$port" --admin-port $((port + 1)) \
  --peer-port $((port + 2)) --raft-port $((port + 3)) --grpc-port $((port + 4)) >"$work/log" 2>&1 &
node=$!
for _ in $(seq 300); do
  if curl -fs -o /dev/null "http://127.0.0.1:$((port + 1))/health/ready"; then break; fi
  if ! kill -0 "$node" 2>/dev/null; then tail -5 "$work/log" >&2 && exit 1; fi
  sleep 0.2
done
java "${flags[@]}" -XX:ArchiveClassesAtExit="$work/archive" -Xlog:disable \
  -cp "$target/tern.jar" io.tern.node.CommandTraining "127.0.0.1:$((port + 4))" </dev/null 2>>"$work/log" \
  || { tail -5 "$work/log" >&2 && exit 1; }
mv "$work/archive" "$cache"
