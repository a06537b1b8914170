#!/usr/bin/env bash
# Builds the Debian package: cargo install cargo-deb --locked, then this.
# Arguments go to cargo deb (--maintainer "NAME <ADDRESS>"). The package lies in
# target/debian.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --locked
packaging/pages.sh
cargo deb --locked --no-build "$@"
