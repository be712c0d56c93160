#!/usr/bin/env node
// What other people's work is in a build: node .ci/notices.mjs FOLDER. Read from Cargo.lock through cargo metadata, for wasm32 only.
//   THIRD-PARTY.txt  names, licences and their texts
//   sbom.cdx.json    CycloneDX; what only helped to build is listed with the scope "excluded"
// Which licences there may be: deny.toml.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { WORKERS } from "./workers.mjs";

const ROOT = "message-desk-page";
/** What is in a build: the page and its workers. */
const BUILT = [ROOT, ...WORKERS.map((name) => `message-desk-${name}`)];

const dist = process.argv[2];
const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const options = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform=wasm32-unknown-unknown"];
const { packages, resolve: graph } = JSON.parse(execFileSync("cargo", options, { cwd: repository, encoding: "utf8", maxBuffer: 1 << 28 }));
const known = new Map(packages.map((it) => [it.id, it]));
const nodes = new Map(graph.nodes.map((it) => [it.id, it]));
const macro = ({ targets }) => targets.some(({ kind }) => kind.includes("proc-macro"));

/** Every package reached over edges that `take` allows. */
function reached(take) {
  const found = new Set();
  const open = packages.filter(({ name }) => BUILT.includes(name)).map(({ id }) => id);
  if (open.length !== BUILT.length) throw new Error(`notices: not all of ${BUILT} are packages`);
  while (open.length) {
    const id = open.pop();
    if (found.has(id)) continue;
    found.add(id);
    open.push(...nodes.get(id).deps.filter((dep) => take(dep, known.get(dep.pkg))).map((dep) => dep.pkg));
  }
  return found;
}
const kinds = (dep) => dep.dep_kinds.map(({ kind }) => kind);
const inside = reached((dep, it) => kinds(dep).includes(null) && !macro(it));
const needed = reached((dep) => kinds(dep).some((kind) => kind !== "dev"));
const foreign = (ids) => [...ids].map((id) => known.get(id)).filter((it) => it.source).sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));

/** The texts that come with a package; of a choice with MIT in it only that one. */
function texts({ manifest_path, license }) {
  const folder = dirname(manifest_path);
  const files = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isFile() && /^(licen[cs]e|copying|notice|unlicense|copyright)/i.test(it.name)).map((it) => it.name).sort();
  const chosen = / OR |\//.test(license ?? "") ? files.filter((name) => /mit/i.test(name)) : [];
  return (chosen.length ? chosen : files).map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
}

const parts = foreign(inside);
const shared = new Map();
for (const part of parts) for (const text of texts(part)) shared.set(text, [...(shared.get(text) ?? []), part]);
const label = ({ name, version }) => `${name} ${version}`;
const list = parts.map((part) => `${label(part)}: ${part.license}${part.authors.length ? `; ${part.authors.map((it) => it.replace(/\s*<.*>/, "")).join(", ")}` : ""}`);
const bodies = [...shared].map(([text, of]) => `${"=".repeat(100)}\n${of.map(label).join(", ")}\n\n${text}\n`);
writeFileSync(join(dist, "THIRD-PARTY.txt"), `Message Desk contains these packages, and Rust's standard library (MIT OR Apache-2.0; The Rust Project Contributors).\n\n${list.join("\n")}\n\n${bodies.join("\n")}`);

const locked = new Map();
for (const [, name, version, checksum] of readFileSync(join(repository, "Cargo.lock"), "utf8").matchAll(/name = "([^"]+)"\nversion = "([^"]+)"\n(?:source = "[^"]+"\n)?(?:checksum = "([^"]+)")?/g)) locked.set(`${name} ${version}`, checksum);
const purl = ({ name, version }) => `pkg:cargo/${name}@${version}`;
const desk = packages.find(({ name }) => name === ROOT);
const component = (it) => ({
  type: "library", "bom-ref": purl(it), name: it.name, version: it.version, scope: inside.has(it.id) ? "required" : "excluded",
  ...(locked.get(label(it)) ? { hashes: [{ alg: "SHA-256", content: locked.get(label(it)) }] } : {}),
  licenses: [{ expression: it.license.replaceAll("/", " OR ") }], purl: purl(it),
});
const sbom = {
  bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
  metadata: { component: { type: "application", "bom-ref": purl(desk), name: "message-desk", version: desk.version, licenses: [{ expression: desk.license ?? "MIT OR Apache-2.0" }] } },
  components: foreign(needed).map(component),
  dependencies: [...needed].map((id) => ({ ref: purl(known.get(id)), dependsOn: nodes.get(id).deps.map((dep) => dep.pkg).filter((it) => needed.has(it)).map((it) => purl(known.get(it))).sort() })).sort((a, b) => (a.ref < b.ref ? -1 : 1)),
};
// The same bytes for the same lock file: the serial number is made from them.
const hex = createHash("sha256").update(JSON.stringify(sbom)).digest("hex");
sbom.serialNumber = `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
writeFileSync(join(dist, "sbom.cdx.json"), `${JSON.stringify(sbom, null, 1)}\n`);
