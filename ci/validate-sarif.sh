#!/bin/sh
# Validates SARIF files with the schema and the rules of the SARIF Multitool: no error and no warning is let through.
#
# usage: ci/validate-sarif.sh [FILE…], by default what the examples give
# Needs node and npm; the tool is installed by name into a temporary directory. It ends with 0 whatever it finds,
# so its report is read here.
set -eu

tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
npm install --silent --no-save --prefix "$tool" @microsoft/sarif-multitool @microsoft/sarif-multitool-linux
multitool="$tool/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
chmod u+x "$multitool"

if [ $# -eq 0 ]; then
  for example in examples/*/; do
    name=$(basename "$example")
    cargo run --quiet -p prodc -- --quiet build "$example" --emit "sarif=$tool/$name.sarif"
    set -- "$@" "$tool/$name.sarif"
  done
fi

failed=0
for file in "$@"; do
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$multitool" validate "$file" \
    --rule-kind "Sarif;Ghas" --level "Error;Warning" --output "$tool/report.sarif" --log ForceOverwrite >"$tool/log" || {
    cat "$tool/log" >&2
    exit 1
  }
  node -e '
    const [file, report] = process.argv.slice(1);
    const run = JSON.parse(require("fs").readFileSync(report, "utf8")).runs[0];
    const loud = (run.results ?? []).filter(({ level }) => (level ?? "warning") !== "note");
    for (const { ruleId, level, message } of loud)
      console.error(`${file}: ${ruleId} ${level ?? "warning"} ${message.text ?? JSON.stringify(message.arguments)}`);
    process.exit(loud.length === 0 ? 0 : 1);
  ' "$file" "$tool/report.sarif" || failed=1
done
exit "$failed"
