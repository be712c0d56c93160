// What the page may be made of: where packages come from, how many there are, and which are not wanted. node .ci/packages.mjs
// Read from Cargo.lock through cargo metadata, without the network. Licences are judged where a build is packed: notices.mjs.
// Prints each check and, as the last line, `packages: N passed, N failed`.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const REGISTRY = "registry+https://github.com/rust-lang/crates.io-index";
/** What is large, what brings C code along, what knows every time zone. In the build itself: macros run on the machine that builds. */
const BANNED = /^(regex|regex-automata|openssl.*|native-tls|ring|chrono-tz|wasm-timer)$/;
const [MOST, MOST_DIRECT] = [260, 30];

const metadata = (...more) =>
  JSON.parse(execFileSync("cargo", ["metadata", "--format-version=1", "--locked", "--offline", ...more], { cwd: repository, encoding: "utf8", maxBuffer: 1 << 28 }));
const all = metadata();
const page = metadata("--filter-platform=wasm32-unknown-unknown");
const known = new Map(page.packages.map((it) => [it.id, it]));
const nodes = new Map(page.resolve.nodes.map((it) => [it.id, it]));
/** Our own packages but the sandbox, which is no part of what is deployed. */
const own = page.packages.filter(({ source, name }) => !source && name !== "sandbox");

/** Leptos reads its server's settings with these. The page has no server: the linker leaves nothing of them, which dist.mjs checks. */
const UNUSED = /^(config|regex)$/;
const normal = (dep, { targets }) => dep.dep_kinds.some(({ kind }) => kind === null) && !targets.some(({ kind }) => kind.includes("proc-macro"));
const whatever = (dep) => dep.dep_kinds.some(({ kind }) => kind !== "dev");

/** What is compiled into a build; with `whatever`, what runs while building too. */
function needed(take) {
  const found = new Set();
  const open = own.map(({ id }) => id);
  while (open.length) {
    const id = open.pop();
    if (found.has(id)) continue;
    found.add(id);
    const leaves = known.get(id).name === "leptos_config" && take === normal ? (dep) => !UNUSED.test(dep.name) : () => true;
    open.push(...nodes.get(id).deps.filter((dep) => leaves(dep) && take(dep, known.get(dep.pkg))).map((dep) => dep.pkg));
  }
  return [...found].map((id) => known.get(id)).filter(({ source }) => source);
}

const direct = [...new Set(own.flatMap(({ dependencies }) => dependencies.filter(({ kind, path }) => kind !== "dev" && !path).map(({ name }) => name)))];

function sources() {
  const foreign = all.packages.filter(({ source }) => source);
  const strange = foreign.filter(({ source }) => source !== REGISTRY).map(({ name, source }) => `${name} comes from ${source}`);
  const lock = readFileSync(join(repository, "Cargo.lock"), "utf8").split("[[package]]").slice(1);
  const open = lock.filter((it) => it.includes("source = ") && !it.includes("checksum = ")).map((it) => `no checksum: ${it.trim().split("\n")[0]}`);
  return foreign.length > 100 ? [...strange, ...open] : ["Cargo.lock was not read right"];
}

const banned = () => needed(normal).filter(({ name }) => BANNED.test(name)).map(({ name, version }) => `${name} ${version}`);

function wildcards() {
  const loose = ({ name, dependencies }) => dependencies.filter(({ req, path }) => req === "*" && !path).map((dep) => `${name} takes any ${dep.name}`);
  return own.flatMap(loose);
}

function counts() {
  const [total, named] = [needed(whatever).length, direct.length];
  console.log(`       ${total} packages, ${named} of them named by the desk itself`);
  return [...(total > MOST ? [`${total} packages are more than ${MOST}`] : []), ...(named > MOST_DIRECT ? [`${named} direct ones are more than ${MOST_DIRECT}`] : [])];
}

function reasons() {
  const page = readFileSync(join(repository, "docs/dependencies.md"), "utf8");
  return direct.filter((name) => !page.includes(`\`${name}\``)).map((name) => `docs/dependencies.md does not say what ${name} is for`);
}

const CHECKS = [
  ["every package comes from crates.io, with its checksum in Cargo.lock", sources],
  ["none that is not wanted", banned],
  ["no version left open", wildcards],
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
