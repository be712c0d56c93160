// The size gates: what the page itself loads, and how much the browser fetches before a form can be filled in. A form is its
// vendor's: there the first vendor's chunks count too. What is fetched while somebody types does not, and is listed.

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chunk, chunks, kb, sizes, table } from "./first_load.mjs";

const GATE = 200 * 1024;
const GOAL = 150 * 1024;
// The first form has no goal it reaches yet; this keeps it from growing unseen.
const FORM_GATE = 240 * 1024;

const dist = process.argv[2];
const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const [, first] = readFileSync(join(repository, "src/vendors/mod.rs"), "utf8").match(/static OFFERED\b[^=]*=\s*&\[\s*\(\s*"([a-z]+)"/) ?? [];
if (!first) throw new Error("src/vendors/mod.rs offers no vendor: it was not read right");

const page = sizes(dist);
const vendor = chunk(dist, first);
const form = { files: [...page.files, ...vendor.files], gzip: page.gzip + vendor.gzip, raw: page.raw + vendor.raw, brotli: page.brotli + vendor.brotli };
console.log(table(form));
console.log(`  the page alone ${kb(page.gzip)}, ${first} ${kb(vendor.gzip)}`);
for (const name of chunks(dist).filter((name) => name !== first)) {
  console.log(`  ${name} adds ${kb(chunk(dist, name, form.files).gzip)} when it is needed`);
}
for (const [name, size, gate] of [["the page", page.gzip, GATE], ["the first form", form.gzip, FORM_GATE]]) {
  if (size > gate) {
    console.error(`size: FAILED: ${name} is ${kb(size)} gzip, the gate is ${kb(gate)}`);
    process.exit(1);
  }
}
const remark = (size) => (size > GOAL ? `WARNING: above the goal of ${kb(GOAL)}` : `within the goal of ${kb(GOAL)}`);
console.log(`size: the page ${kb(page.gzip)} gzip, ${remark(page.gzip)}`);
console.log(`size: the first form ${kb(form.gzip)} gzip, ${remark(form.gzip)}`);
