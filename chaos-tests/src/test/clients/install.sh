#!/bin/sh
# Installs the clients that the tests start: boto3, the AWS command line and Celery with its SQS
# transport as Debian packages them (they speak the older protocol), and from the lock file the
# JavaScript SDK, sns-validator, sqs-consumer and the S3 that the Extended Client's payloads go to.
# `make test` calls it before Maven; running it again costs nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

missing=
[ -d /usr/lib/python3/dist-packages/boto3 ] || missing="$missing python3-boto3"
[ -x /usr/bin/aws ] || missing="$missing awscli"
[ -d /usr/lib/python3/dist-packages/celery ] || missing="$missing python3-celery"
# The worker's half of the transport needs it; Debian only suggests it.
/usr/bin/python3 -c 'import pycurl' 2>/dev/null || missing="$missing python3-pycurl"
# For the certificate of the https front that npm's sns-validator asks.
command -v openssl >/dev/null || missing="$missing openssl"
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
