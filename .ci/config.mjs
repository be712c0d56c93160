// The schema of config.json and the page's own reader agree on a table of files (tests/config/cases.json), and what the
// check says names the key, the value and the fix; a locked build may call what such a file names. Prints, as the last line, `config: N passed, N failed`.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { origins } from "./headers.mjs";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const read = (path) => JSON.parse(readFileSync(join(repository, path), "utf8"));
const Ajv = createRequire(join(repository, "tests/e2e/package.json"))("ajv/dist/2020").default;
const fits = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(read("deploy/config.schema.json"));
const cases = read("tests/config/cases.json");

const folder = mkdtempSync(join(tmpdir(), "message-desk-config-"));
// A case is an object, or a text where it matters how the file is written.
for (const it of cases) it.config ??= JSON.parse(it.text.replace(/^\ufeff/, ""));
const files = cases.map(({ config, text = JSON.stringify(config) }, at) => {
  const file = join(folder, `${at}.json`);
  writeFileSync(file, text);
  return file;
});
const check = (...names) => spawnSync("cargo", ["run", "-q", "--locked", "--example", "check_config", "--", ...names], { cwd: repository, encoding: "utf8" });
const all = check(...files);
const alone = [check(files[0]), check(files.at(-1)), check()].map(({ status }) => status);
rmSync(folder, { recursive: true });
if (all.error || all.stderr) throw new Error(`check_config: ${all.error ?? all.stderr}`);

const faults = cases.flatMap(({ case: title, sound = false, sound_to_schema = sound, says, config }, at) => {
  const said = all.stdout.split("\n").filter((line) => line.startsWith(`${files[at]}: `)).map((line) => line.slice(files[at].length + 2));
  const found = [];
  if (fits(config) !== sound_to_schema) found.push(`the schema ${sound_to_schema ? `refuses it: ${JSON.stringify(fits.errors)}` : "takes it"}`);
  if (sound !== (said.join() === "sound")) found.push(`the reader says: ${said.join("; ")}`);
  if (says && !(said.length === 1 && said[0].includes(says))) found.push(`not said: ${says}; but: ${said.join("; ")}`);
  return found.map((fault) => `${title}: ${fault}`);
});
if (alone.join() !== "0,1,2") faults.push(`the check ends with ${alone} in place of 0 for sound, 1 for faults, 2 without a file`);
const proxies = ["https://Other.corp.example:8443/{host}{path}{query}", "proxy/{host}{path}{query}", "{url}"];
const listed = origins({ proxies, connections: [{ endpoint: "https://api.example/a" }, { endpoint: "https://api.example", proxy: "https://relay.example/{url}" }] });
const wanted = "https://api.example https://other.corp.example:8443 https://relay.example";
if (listed.join(" ") !== wanted) faults.push(`what a locked build may call: ${listed.join(" ")} in place of ${wanted}`);
for (const fault of faults) console.log(`FAILED ${fault}`);
const failed = new Set(faults.map((fault) => fault.split(": ")[0])).size;
console.log(`config: ${cases.length + 2 - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
