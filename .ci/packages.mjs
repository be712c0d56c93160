// What the page may be made of, as far as deny.toml cannot say it: how many packages, a reason for each, their checksums. node .ci/packages.mjs
// Read from Cargo.lock through cargo metadata, without the network.
// Prints each check and, as the last line, `packages: N passed, N failed`.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const [MOST, MOST_DIRECT] = [260, 30];

const options = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform=wasm32-unknown-unknown"];
const page = JSON.parse(execFileSync("cargo", options, { cwd: repository, encoding: "utf8", maxBuffer: 1 << 28 }));
const nodes = new Map(page.resolve.nodes.map((it) => [it.id, it]));
/** Our own packages but the sandbox, which is no part of what is deployed. */
const own = page.packages.filter(({ source, name }) => !source && name !== "sandbox");

/** What is compiled into a build, or runs while building. */
function needed() {
  const found = new Set();
  const open = own.map(({ id }) => id);
  while (open.length) {
    const id = open.pop();
    if (found.has(id)) continue;
    found.add(id);
    open.push(...nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind !== "dev")).map(({ pkg }) => pkg));
  }
  return page.packages.filter(({ id, source }) => source && found.has(id));
}

const direct = [...new Set(own.flatMap(({ dependencies }) => dependencies.filter(({ kind, path }) => kind !== "dev" && !path).map(({ name }) => name)))];

function checksums() {
  const foreign = readFileSync(join(repository, "Cargo.lock"), "utf8").split("[[package]]").slice(1).filter((it) => it.includes("source = "));
  const open = foreign.filter((it) => !it.includes("checksum = ")).map((it) => `no checksum: ${it.trim().split("\n")[0]}`);
  return foreign.length > 100 ? open : ["Cargo.lock was not read right"];
}

function counts() {
  const [total, named] = [needed().length, direct.length];
  console.log(`       ${total} packages, ${named} of them named by the desk itself`);
  return [...(total > MOST ? [`${total} packages are more than ${MOST}`] : []), ...(named > MOST_DIRECT ? [`${named} direct ones are more than ${MOST_DIRECT}`] : [])];
}

function reasons() {
  const said = readFileSync(join(repository, "docs/dependencies.md"), "utf8");
  return direct.filter((name) => !said.includes(`\`${name}\``)).map((name) => `docs/dependencies.md does not say what ${name} is for`);
}

const CHECKS = [
  ["every package has its checksum in Cargo.lock", checksums],
  ["no more than are allowed", counts],
  ["a reason for each that the desk itself names", reasons],
];
const faulty = CHECKS.filter(([title, check]) => {
  const faults = check();
  console.log(`${faults.length ? "FAILED" : "ok    "} ${title}`);
  for (const fault of faults) console.log(`         ${fault}`);
  return faults.length > 0;
});
console.log(`packages: ${CHECKS.length - faulty.length} passed, ${faulty.length} failed`);
process.exit(faulty.length ? 1 : 0);
