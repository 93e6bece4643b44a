#!/bin/sh
# Serves one node from this checkout; options go to "tern serve". Called by make run.
root=$(cd "$(dirname "$0")/../.." && pwd)
flags=$(tr '\n' ' ' <"$root/broker-server/node/src/main/launch/jvm.options")
# The flags are a list of words.
# shellcheck disable=SC2086
exec java $flags -jar "$root/broker-server/node/target/tern.jar" serve "$@"
