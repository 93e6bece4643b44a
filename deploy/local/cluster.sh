#!/bin/bash
# Three nodes in three zones on this machine, until Ctrl-C. Called by make cluster; options go to
# every node. Node i listens on 9324, 9334, 9344; its other ports follow.
here=$(cd "$(dirname "$0")" && pwd)
data=${DATA:-data-cluster}
members="n1/zone-a=127.0.0.1:9326:9327:9328,n2/zone-b=127.0.0.1:9336:9337:9338,n3/zone-c=127.0.0.1:9346:9347:9348"
pids=()
stop() {
  trap '' INT TERM
  echo "stopping"
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null; done
  wait
  exit 0
}
trap stop INT TERM
mkdir -p "$data"
for i in 1 2 3; do
  base=$((9314 + 10 * i))
  "$here/serve.sh" --node-id "n$i" --port "$base" --admin-port $((base + 1)) --peer-port $((base + 2)) \
    --raft-port $((base + 3)) --data "$data/n$i" --cluster "$members" "$@" >"$data/n$i.log" 2>&1 &
  pids+=($!)
done
for i in 1 2 3; do
  base=$((9314 + 10 * i))
  until curl -fs -o /dev/null "http://127.0.0.1:$((base + 1))/health/ready"; do
    if ! kill -0 "${pids[$((i - 1))]}" 2>/dev/null; then
      echo "node n$i did not start; see $data/n$i.log" >&2
      stop
    fi
    sleep 0.2
  done
done
cat <<END
Three nodes in three zones are ready; any of them takes any request:
  n1 zone-a  http://127.0.0.1:9324  (gRPC on 9328, metrics and health on 9325)
  n2 zone-b  http://127.0.0.1:9334  (gRPC on 9338, metrics and health on 9335)
  n3 zone-c  http://127.0.0.1:9344  (gRPC on 9348, metrics and health on 9345)
Logs and data are in $data. Ctrl-C stops them.
END
wait
