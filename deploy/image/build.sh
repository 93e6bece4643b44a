#!/bin/bash
# Builds the image of a node from what `make build` built:
#   deploy/image/build.sh tern:local [base image]
# Without a base image it makes one of this machine's JDK; nothing is fetched from a registry.
set -euo pipefail
tag=${1:?the name for the image}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
base=${2:-}
if [ -z "$base" ]; then
  # Another JDK or C library makes another base.
  base=tern-base:$(cat "$("$here/../local/find-jdk.sh")/release" <(ldd --version) | cksum | cut -d ' ' -f 1)
  docker image inspect "$base" >/dev/null 2>&1 || "$here/base.sh" "$base"
fi
# The old builder is everywhere; the new one would ask a registry for the base image.
DOCKER_BUILDKIT=0 docker build -q -f "$root/deploy/Dockerfile" --build-arg "BASE_IMAGE=$base" -t "$tag" "$root"
