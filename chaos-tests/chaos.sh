#!/bin/sh
# Runs one of the programs in io.tern.chaos.run. Called by make chaos, make mutations and make recovery:
#   chaos.sh ChaosMain -Dchaos.seed=1
set -eu
cd "$(dirname "$0")"
program=$1
shift
# Compiled by Maven like every test; run without it, for hours, with what it found for the class path.
mvn -q -f ../pom.xml test-compile dependency:build-classpath -pl chaos-tests -am -Dmdep.outputFile=target/class-path \
  -Dmdep.includeScope=test -Dspotless.check.skip
# Testcontainers' own helper would come from a registry, and this machine may itself look like a container.
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 TESTCONTAINERS_CHECKS_DISABLE=true
exec java -Xmx1g "$@" -cp "target/test-classes:$(cat target/class-path)" "io.tern.chaos.run.$program"
