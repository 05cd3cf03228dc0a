#!/bin/sh
# Builds the manual; a warning, or a link to a page or a heading that is not there, fails.
# Needs mdbook, which it installs where it is missing. The built pages are thrown away.
set -eu

book=$(mktemp -d)
trap 'rm -rf "$book"' EXIT
command -v mdbook >/dev/null || cargo install --locked --quiet mdbook

mdbook build --dest-dir "$book/html" docs >"$book/log" 2>&1 || {
  cat "$book/log" >&2
  exit 1
}
if grep -E 'WARN|ERROR' "$book/log" >&2; then exit 1; fi

cd "$book/html"
for page in *.html; do
  # What leaves the manual is not asked for here; the page for dead addresses is shown anywhere, so its links are not relative.
  [ "$page" = 404.html ] && continue
  grep -oE '(href|src)="[^"]*"' "$page" | sed -e 's/^[a-z]*="//' -e 's/"$//' | sort -u | while read -r link; do
    case $link in *:* | //* | '') continue ;; esac
    target=${link%%#*}
    target=${target:-$page}
    if [ ! -e "$target" ]; then
      echo "$page: $link leads nowhere"
    elif [ "$link" != "${link#*#}" ] && ! grep -qF "id=\"${link#*#}\"" "$target"; then
      echo "$page: $link names no heading of $target"
    fi
  done
done >dead
cat dead >&2
pages=$(find . -name '*.html' | wc -l)
[ ! -s dead ] && echo "$pages pages, no dead link"
