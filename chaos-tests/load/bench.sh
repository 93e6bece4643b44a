#!/bin/sh
# `make bench`: builds the load generator, fetches ElasticMQ, then runs bench.py with the same arguments.
# Needs a C compiler, Python 3, Maven and JAVA_HOME with a JDK 25. See README.md, or --help.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=$here/target
mkdir -p "$target"

fail() {
  echo "bench: $1" >&2
  exit 2
}

command -v python3 >/dev/null || fail "python3 is needed"
command -v "${CC:-cc}" >/dev/null || fail "a C compiler is needed: install one, or name it in CC"
[ -x "${JAVA_HOME:-}/bin/java" ] || fail "set JAVA_HOME to a JDK 25, or use: make bench"

if [ -z "$(find "$target/sqsload" -newer "$0" 2>/dev/null)" ] ||
  [ -n "$(find "$here/sqsload" -type f -newer "$target/sqsload")" ]; then
  "${CC:-cc}" -O2 -Wall -Wextra -Werror -o "$target/sqsload" "$here"/sqsload/*.c
fi

# The version is the parent pom's elasticmq.version, so fetch again whenever that file changed.
complete=$target/elasticmq/.complete
if [ -z "$(find "$complete" -newer "$here/../../pom.xml" -newer "$here/elasticmq-pom.xml" 2>/dev/null)" ]; then
  echo "bench: fetching ElasticMQ" >&2
  rm -rf "$target/elasticmq"
  "${MVN:-mvn}" -q -f "$here/elasticmq-pom.xml" -Dstyle.color=never dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$target/elasticmq" >&2
  touch "$complete"
fi

PYTHONDONTWRITEBYTECODE=1 exec python3 "$here/bench.py" "$@"
