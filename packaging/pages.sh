#!/usr/bin/env bash
# Writes the manual page and the completions, as the program itself prints
# them, where packages take them from:
#
#   packaging/pages.sh [BINARY] [FOLDER]
#
# BINARY is target/dist/prospect unless named, FOLDER target/package.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-target/dist/prospect}
folder=${2:-target/package}

mkdir -p "$folder"
"$binary" man >"$folder/prospect.1"
"$binary" completions bash >"$folder/prospect.bash"
"$binary" completions zsh >"$folder/_prospect"
"$binary" completions fish >"$folder/prospect.fish"
