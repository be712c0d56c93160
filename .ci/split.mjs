#!/usr/bin/env node
// Run by trunk after each build: it adds the page's workers (workers.mjs), and in release builds makes trunk's one module into a main module and its chunks.
// A chunk (page/src/chunks.rs) holds the code and the data that only one split point reaches; the page fetches it when it is
// first needed. Here everything is made anew from what the linker wrote: cut, bound, optimised, minified, and named by its
// bytes, so that every file may be kept for ever. Then come the notices and everything a server needs (notices.mjs, pack.mjs).

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { workers } from "./workers.mjs";

const NAME = "message-desk";
const LINK = "__wasm_split.js";
// What few chunks share is a chunk too, often of a hundred bytes: a file of its own is worth it from here on. Carried in the
// script it costs everybody a third more, and does not compress.
const SMALLEST = 150;
const OPTIMISE = [
  ..."--flatten --rereloop -Oz -Oz --strip-producers --strip-target-features".split(" "),
  ..."bulk-memory bulk-memory-opt nontrapping-float-to-int sign-ext mutable-globals reference-types multivalue"
    .split(" ")
    .map((feature) => `--enable-${feature}`),
];

/**
 * Read and judge a million rows, and are not there at the start: for these speed counts as well. What is called in one place only
 * is not put there when it is long: a browser compiles short functions well before the list is through, and long ones after.
 */
const BUSY = /^split_jobs\.wasm$/;
const FAST = "-O3 --one-caller-inline-max-function-size=100".split(" ");

const { TRUNK_PROFILE, TRUNK_STAGING_DIR: dist, CARGO_TARGET_DIR: target } = process.env;
if (!dist || !target) throw new Error("split: source .ci/tools.sh first; it says where cargo builds");
workers(dist, target, TRUNK_PROFILE === "release");
if (TRUNK_PROFILE !== "release") process.exit(0);

const work = mkdtempSync(join(tmpdir(), "message-desk-split-"));
try {
  split();
  for (const step of ["notices.mjs", "pack.mjs"]) execFileSync(process.execPath, [fileURLToPath(new URL(step, import.meta.url)), dist], { stdio: "inherit" });
} finally {
  rmSync(work, { recursive: true });
}

function split() {
  const run = (tool, ...options) => execFileSync(tool, options, { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
  const linked = join(target, "wasm32-unknown-unknown/release", `${NAME}.wasm`);
  run("wasm-split-cli", "--out-name", NAME, linked, work);
  // The chunks share the memory and the table, which the linker exports.
  run("wasm-bindgen", "--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle", `--out-dir=${work}`, `${NAME}.wasm`);
  numberNames();

  // A chunk is called by its name; the main module keeps the name trunk knows it by.
  const [renamed, carried] = [{}, {}];
  for (const name of readdirSync(work).filter((name) => name.endsWith(".wasm") && name !== `${NAME}.wasm`)) {
    run("wasm-opt", ...OPTIMISE, ...(BUSY.test(name) ? FAST : []), name, "-o", name);
    const main = name === `${NAME}_bg.wasm`;
    if (!main && statSync(join(work, name)).size < SMALLEST) {
      carried[name] = readFileSync(join(work, name)).toString("base64");
      continue;
    }
    const [start, end] = main ? [NAME, "_bg"] : [name.replace(/^split_|\.wasm$/g, ""), ""];
    renamed[name] = place(join(work, name), (hash) => `${start}-${hash}${end}.wasm`);
  }

  // The glue and the loader of the chunks import each other: they become one script.
  const loader = join(work, LINK);
  const link = readFileSync(loader, "utf8");
  writeFileSync(join(dist, "chunks.json"), `${JSON.stringify(needs(link, renamed), null, 2)}\n`);
  writeFileSync(loader, withPlainFetch(named(withCarried(link, carried), renamed)));
  const glue = join(work, `${NAME}.js`);
  writeFileSync(glue, named(readFileSync(glue, "utf8"), renamed));
  run("esbuild", "--log-level=warning", "--log-override:duplicate-object-key=silent", "--bundle", "--minify", "--format=esm", "--allow-overwrite", glue, `--outfile=${glue}`);
  const script = place(glue, (hash) => `${NAME}-${hash}.js`);

  const page = join(dist, "index.html");
  const [old] = readFileSync(page, "utf8").match(new RegExp(`${NAME}-[0-9a-f]+(?=\\.js)`)) ?? [];
  if (!old) throw new Error("split: index.html names no script");
  const fresh = { [`${old}.js`]: script, [`${old}_bg.wasm`]: renamed[`${NAME}_bg.wasm`] };
  writeFileSync(page, named(readFileSync(page, "utf8"), fresh));
  for (const [before, after] of Object.entries(fresh)) if (before !== after) rmSync(join(dist, before));
}

/**
 * What glue and module call each other by ends in sixteen random digits, twice in the page, and random digits do not compress:
 * numbers of the same length do, and save 5 KB.
 */
function numberNames() {
  const name = /[A-Za-z_$][\w$]*?(?:_|17h)[0-9a-f]{16}\w*/g;
  const known = [...new Set(readFileSync(join(work, `${NAME}.js`), "utf8").match(name))];
  const numbered = (it, at) => it.replace(/(_|17h)[0-9a-f]{16}/, (_, before) => before + String(at).padStart(16, "0"));
  const numbers = new Map(known.map((it, at) => [it, numbered(it, at)]));
  // In a module a name's neighbours may be letters too, so these are looked for and nothing longer.
  const exactly = new RegExp(known.map((it) => it.replaceAll("$", "\\$")).sort((one, other) => other.length - one.length).join("|"), "g");
  if (known.length < 100) throw new Error(`split: ${NAME}.js names its functions otherwise now`);
  for (const file of readdirSync(work).filter((file) => /\.(js|wasm)$/.test(file)).map((file) => join(work, file))) {
    // Bytes as characters: names in a module keep their length, and with it everything its place.
    writeFileSync(file, readFileSync(file, "latin1").replace(exactly, (it) => numbers.get(it)), "latin1");
  }
}

/** Moves a file into the build under a name with the hash of its bytes, and tells the name. */
function place(file, name) {
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
  const placed = name(hash);
  writeFileSync(join(dist, placed), readFileSync(file));
  return placed;
}

/** A text with files' new names. */
function named(text, names) {
  return Object.entries(names).reduce((all, [before, after]) => all.replaceAll(before, after), text);
}

/** The files that each chunk with a name needs, itself first: `chunks.json`, for those who look at a build. */
function needs(loader, files) {
  const loads = /(?:const (__chunk_\d+)|export const __wasm_split_load_(\w+)) = [^;]*?makeLoad\(\(\) => \{\s*const src = fetch\(new URL\("\.\/([^"]+)"[\s\S]*?\n, \[([^\]]*)\]\)/g;
  const found = [...loader.matchAll(loads)];
  if (found.length !== loader.split("new URL(").length - 1) throw new Error(`split: ${LINK} is written otherwise now`);
  const shared = new Map(found.filter(([, chunk]) => chunk).map(([, chunk, , file]) => [chunk, file]));
  const named = found.filter(([, chunk]) => !chunk).map(([, , name, file, deps]) => {
    const all = [file, ...deps.split(",").map((dep) => shared.get(dep.trim()))];
    return [name, all.map((file) => files[file]).filter(Boolean)];
  });
  return Object.fromEntries(named.sort());
}

/** The smallest chunks travel in the script. */
function withCarried(loader, carried) {
  const bytes = (text) => `Promise.resolve(Uint8Array.from(atob("${text}"), (it) => it.charCodeAt(0)))`;
  return Object.entries(carried).reduce((all, [name, text]) => {
    const before = `fetch(new URL("./${name}", import.meta.url));`;
    if (!all.includes(before)) throw new Error(`split: ${LINK} is written otherwise now`);
    return all.replace(before, `${bytes(text)};`);
  }, loader);
}

/** A chunk arrives from any server, whatever type it gives the file, as the main module does; an error page is no chunk. */
function withPlainFetch(loader) {
  const plain = loader
    .replaceAll(/const src = (fetch\([^;]*\));/g, "const src = $1.then((it) => it.ok ? it.arrayBuffer() : Promise.reject(new Error(`${it.status} ${it.url}`)));")
    .replaceAll("WebAssembly.instantiateStreaming(src, imports)", "src.then((it) => WebAssembly.instantiate(it, imports))");
  if (!plain.includes("it.arrayBuffer()") || plain.includes("instantiateStreaming")) throw new Error(`split: ${LINK} is written otherwise now`);
  return plain;
}
