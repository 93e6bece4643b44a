#!/bin/sh
# Measures one partition on one or three nodes, each a process, on loopback: commands a second and
# their latency, from the batcher to the answer, with fsync. Build first (mvn test-compile), then
#   raft-throughput.sh NODES SECONDS ROWS
# where a row is callers:entries-in-flight, for example 16:1,16:2,256:2.
set -eu
nodes=${1:-3}
seconds=${2:-5}
rows=${3:-16:1,16:2,64:1,64:2,256:1,256:2,1024:2}
here=$(cd "$(dirname "$0")/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
base=${TERN_BENCH_PORT:-19700}
path=${TERN_BENCH_CLASSPATH:-$here/target/classes:$here/target/test-classes:$here/target/lib/*}
data=$(mktemp -d "${TMPDIR:-/tmp}/raft-throughput.XXXXXX")
ports=$base
n=1
while [ "$n" -lt "$nodes" ]; do
  ports=$ports,$((base + n))
  n=$((n + 1))
done
flags="${TERN_BENCH_FLAGS:-} -XX:+UseParallelGC -Xmx${TERN_BENCH_HEAP:-1g} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
pids=
finish() {
  exec 3>&-
  for pid in $pids; do
    kill "$pid" 2>/dev/null || true
  done
  rm -rf "$data"
}
trap finish EXIT INT TERM
mkfifo "$data/input"
n=1
while [ "$n" -lt "$nodes" ]; do
  # shellcheck disable=SC2086
  "$java" $flags -cp "$path" io.tern.node.raft.RaftThroughput "n$n" "$data/n$n" "$seconds" "$ports" "$rows" \
    <"$data/input" >"$data/n$n.out" 2>&1 &
  pids="$pids $!"
  n=$((n + 1))
done
[ "$nodes" -gt 1 ] && exec 3>"$data/input"
# shellcheck disable=SC2086
"$java" $flags -cp "$path" io.tern.node.raft.RaftThroughput n0 "$data/n0" "$seconds" "$ports" "$rows" </dev/null
