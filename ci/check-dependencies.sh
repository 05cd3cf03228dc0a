#!/bin/sh
# Checks licences and sources of all dependencies against deny.toml.
# Needs cargo-deny, which it installs where it is missing. Advisories need the network and are left out.
set -eu

command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny
cargo deny check licenses bans sources
