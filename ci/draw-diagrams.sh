#!/bin/sh
# Draws every diagram of the examples with the tools that read them: Graphviz for DOT, librsvg for SVG.
# Needs Debian's packages graphviz and librsvg2-bin, which it installs where they are missing.
set -eu

if ! command -v dot >/dev/null || ! command -v rsvg-convert >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq graphviz librsvg2-bin >/dev/null
fi
drawn=$(mktemp -d)
trap 'rm -rf "$drawn"' EXIT
count=0
for example in examples/*/; do
  name=$(basename "$example")
  cargo run --quiet -p prodc -- --quiet build "$example" -o "$drawn/$name"
  for file in "$drawn/$name"/diagrams/*.dot; do
    dot -Tsvg "$file" -o /dev/null
    count=$((count + 1))
  done
  for file in "$drawn/$name"/diagrams/*.svg; do
    rsvg-convert "$file" -o "$drawn/picture.png"
    count=$((count + 1))
  done
done
echo "$count diagrams drawn"
[ "$count" -gt 0 ]
