#!/bin/sh
# Validates SARIF files by the published JSON schema, and by the rules of the SARIF Multitool: no error and no warning is
# let through.
#
# usage: ci/validate-sarif.sh [FILE…], by default what the examples give for every reader, and what the corpus gives
# Needs node and npm; the tools are installed by name into a temporary directory. The schema comes with the Multitool.
set -eu

here=$(pwd)
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
npm install --silent --no-save --prefix "$tool" \
  @microsoft/sarif-multitool @microsoft/sarif-multitool-linux ajv@8 ajv-formats@3
multitool="$tool/node_modules/@microsoft/sarif-multitool-linux"
chmod u+x "$multitool/Sarif.Multitool"

# written NAME PATH [OPTION…]: the SARIF of a package, under a name; a package that does not compile has none.
written() {
  output=$tool/$1.sarif
  shift
  status=0
  "$here/target/debug/prodc" --quiet risks "$@" --format sarif >"$output" 2>"$tool/log" || status=$?
  case $status in
    0) ;;
    4) rm "$output" ;;
    *)
      cat "$tool/log" >&2
      exit 1
      ;;
  esac
}

if [ $# -eq 0 ]; then
  cargo build --quiet -p prodc
  for example in examples/*/; do
    name=$(basename "$example")
    for profile in github gitlab azure defectdojo generic; do
      written "$name-$profile" "$example" --sarif-profile "$profile"
    done
  done
  for case in tests/corpus/assess/* tests/corpus/graph/* tests/corpus/rules/* tests/corpus/lints/*; do
    case $case in
      *.snap) ;;
      *) written "corpus-$(basename "$case" .prod)" "$case" ;;
    esac
  done
  set -- "$tool"/*.sarif
fi

# By the schema. The Multitool reads it too, but lets wrong words and wrong types pass.
NODE_PATH="$tool/node_modules" node ci/validate-sarif.js "$multitool/sarif-2.1.0.json" "$@"

# By the rules. The Multitool ends with 0 whatever it finds, so its report is read here.
failed=0
for file in "$@"; do
  case $file in
    # What the corpus is about is not how its files read.
    "$tool"/corpus-*) continue ;;
    # One reader is as good as the other here, but only the first has rules of its own.
    "$tool"/*-github.sarif) kinds="Sarif;Ghas" ;;
    "$tool"/*) kinds="Sarif" ;;
    *) kinds="Sarif;Ghas" ;;
  esac
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$multitool/Sarif.Multitool" validate "$file" \
    --rule-kind "$kinds" --level "Error;Warning" --output "$tool/report.json" --log ForceOverwrite >"$tool/log" || {
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
  ' "$file" "$tool/report.json" || failed=1
done
exit "$failed"
