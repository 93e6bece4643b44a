#!/bin/bash
# Makes a base image of this machine's JDK 25 and C library, for where no registry can be reached:
#   deploy/image/base.sh tern-base:local
# A Java runtime, the libraries it is linked with, and an account: no shell, no package manager.
set -euo pipefail
tag=${1:?the name for the image}
here=$(cd "$(dirname "$0")" && pwd)
java=$("$here/../local/find-jdk.sh")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

"$java/bin/jlink" --add-modules java.se,jdk.crypto.ec,jdk.jcmd,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
  --strip-debug --no-header-files --no-man-pages --generate-cds-archive --output "$root/opt/java"

# Classes of the runtime, ready to be mapped; once more for the object layout in jvm.options.
"$root/opt/java/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump -Xlog:disable

# What the runtime and RocksDB are linked with, wherever this machine keeps it, and the loader.
copy() { mkdir -p "$root$(dirname "$1")" && cp -L "$1" "$root$1"; }
libraries=$(ldconfig -p | awk '/x86-64|AArch64/ && $1 ~ /^(libc|libm|libdl|libpthread|librt|libz|libstdc\+\+|libgcc_s|libresolv|libnss_files|libnss_dns)\.so\.[0-9]+$/ { print $NF }')
for library in $libraries; do copy "$library"; done
for loader in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; do
  if [ -e "$loader" ]; then copy "$loader"; fi
done

mkdir -p "$root/etc" "$root/data" "$root/usr/bin"
mkdir -m 1777 "$root/tmp"
chown 10001:10001 "$root/data" 2>/dev/null || true
ln -s /opt/java/bin/java "$root/usr/bin/java"
echo 'root:x:0:0:root:/:/none
tern:x:10001:10001:tern:/:/none' >"$root/etc/passwd"
echo 'root:x:0:
tern:x:10001:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
tar -C "$root" -c . | docker import -c 'ENV PATH=/opt/java/bin:/usr/bin' -c 'ENV LANG=C.UTF-8' - "$tag" >/dev/null
