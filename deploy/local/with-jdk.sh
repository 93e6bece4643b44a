#!/bin/sh
# Runs a command with JAVA_HOME and PATH set to a JDK 25.
JAVA_HOME=$("$(dirname "$0")/find-jdk.sh") || exit 1
export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
exec "$@"
