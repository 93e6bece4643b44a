#!/bin/sh
# Installs the clients that the conformance tests start: boto3 and the AWS command line as Debian
# packages them (they speak the older protocol), and the JavaScript SDK from the lock file.
# `make test` calls it before Maven; running it again costs nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

missing=
[ -d /usr/lib/python3/dist-packages/boto3 ] || missing="$missing python3-boto3"
[ -x /usr/bin/aws ] || missing="$missing awscli"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "please install:$missing" >&2
    exit 1
  fi
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of packages
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi

cd "$here/javascript"
# The stamp is npm's own record of what it installed.
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi
