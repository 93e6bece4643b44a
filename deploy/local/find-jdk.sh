#!/bin/sh
# Prints the home of a JDK 25, or says in one line what to install. JAVA_HOME first, then PATH, then
# the usual places; the machine's default Java may be another.
is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}
on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
for home in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [ -n "$home" ] && is_jdk25 "$home"; then
    echo "$home"
    exit 0
  fi
done
echo "Tern needs a JDK 25 and found none; install one (for example Temurin 25) or set JAVA_HOME to it." >&2
exit 1
