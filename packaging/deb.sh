#!/usr/bin/env bash
# Builds the Debian package: cargo install cargo-deb --locked, then this.
# Arguments go to cargo deb (--maintainer "NAME <ADDRESS>"). The package lies in
# target/debian.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --profile dist --locked
packaging/pages.sh
cargo deb --profile dist --locked --no-build "$@"
