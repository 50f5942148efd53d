#!/usr/bin/env bash
# Assembles a LanguageTool server for English out of Maven Central, once; later runs find it.
# Prints the folder that LTP_PATH can name. Needs Java 17 and mvn.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
version="$(sed -n 's|.*<languagetool.version>\(.*\)</languagetool.version>.*|\1|p' "$here/languagetool-pom.xml")"
root="${LTP_PATH:-${XDG_CACHE_HOME:-$HOME/.cache}/despin/languagetool}"
target="$root/LanguageTool-$version"
stamp="$target/assembled-from"
wanted="$(cksum < "$here/languagetool-pom.xml")"

if [ ! -f "$target/languagetool-server.jar" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    mkdir -p "$root"
    build="$(mktemp -d "$root/assembling.XXXXXX")"
    trap 'rm -rf "$build"' EXIT
    cp "$here/languagetool-pom.xml" "$build/pom.xml"
    mvn --batch-mode --quiet --file "$build/pom.xml" "-Dout=$build/out" package >&2
    printf '%s\n' "$wanted" > "$build/out/assembled-from"
    rm -rf "$target"
    mv "$build/out" "$target"
fi
printf '%s\n' "$root"
