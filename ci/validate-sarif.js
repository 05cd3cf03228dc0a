// Compares SARIF files with the JSON schema: usage: node validate-sarif.js SCHEMA FILE…
//
// A check that accepts everything is worse than none, so the first file is broken in several ways too, and each of the
// broken files must be refused. Needs ajv and ajv-formats on NODE_PATH.
const { readFileSync } = require("fs");
const Ajv = require("ajv/dist/2020").default;
const formats = require("ajv-formats").default;

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const [schema, ...files] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
const fits = ajv.compile(read(schema));

const wrong = [];
let results = 0;
for (const file of files) {
  const log = read(file);
  results += log.runs.reduce((sum, run) => sum + (run.results ?? []).length, 0);
  if (!fits(log)) {
    for (const { instancePath, message, params } of fits.errors)
      wrong.push(`${file}: ${instancePath || "/"} ${message} ${JSON.stringify(params)}`);
  }
}

const breaks = {
  "a file of another version": (log) => (log.version = "2.0.0"),
  "a file without runs": (log) => delete log.runs,
  "a tool without a name": (log) => delete log.runs[0].tool.driver.name,
  "a property that SARIF does not have": (log) => (log.runs[0].surplus = true),
  "a result of no kind that there is": (log) => (log.runs[0].results = [{ message: { text: "x" }, kind: "bogus" }]),
  "a result without a message": (log) => (log.runs[0].results = [{}]),
  "a rank in words": (log) => (log.runs[0].results = [{ message: { text: "x" }, rank: "high" }]),
};
for (const [name, breakIt] of Object.entries(breaks)) {
  const log = read(files[0]);
  breakIt(log);
  if (fits(log)) wrong.push(`the schema accepts ${name}`);
}

if (results === 0) wrong.push("no file has a result");
for (const line of wrong) console.error(line);
if (wrong.length === 0)
  console.log(`${files.length} files with ${results} results fit, ${Object.keys(breaks).length} broken ones do not`);
process.exit(wrong.length === 0 ? 0 : 1);
