// Which files of a build a browser fetches before the page can be used, and how many bytes they are on the wire.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** The HTML and everything it names: style sheets, preloads, scripts. Later loads are not named there. */
export function firstLoad(dist) {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const names = new Set(["index.html"]);
  // A minified page leaves the quotes out.
  for (const [, name] of html.matchAll(/\s(?:href|src|data-js|data-wasm)=["']?(?!data:|https?:)(?:\.?\/)?([^\s"'>#?]+)/g)) names.add(name);
  for (const kind of [".js", ".wasm"]) {
    // A page that is written otherwise must not look small.
    if (![...names].some((name) => name.endsWith(kind))) throw new Error(`${dist}/index.html names no ${kind} file`);
  }
  return [...names].map((name) => ({ name, bytes: readFileSync(join(dist, name)) }));
}

export const gzip = (bytes) => gzipSync(bytes, { level: 9 });

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });

/** Sizes of each file and of all, in bytes: raw, gzip -9, brotli 11. */
export const sizes = (dist) => measured(firstLoad(dist));

function measured(bytes) {
  const files = bytes.map(({ name, bytes }) => ({
    name, raw: bytes.length, gzip: gzip(bytes).length, brotli: brotli(bytes).length,
  }));
  const sum = (key) => files.reduce((all, file) => all + file[key], 0);
  return { files, raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
}

/** What a chunk adds to the page: its files that `files` does not hold yet, as `chunks.json` names them. */
export function chunk(dist, name, files = []) {
  const known = new Set(files.map(({ name }) => name));
  const needs = JSON.parse(readFileSync(join(dist, "chunks.json"), "utf8"));
  if (!needs[name]) throw new Error(`${dist}/chunks.json names no chunk ${name}`);
  return measured(needs[name].filter((file) => !known.has(file)).map((name) => ({ name, bytes: readFileSync(join(dist, name)) })));
}

/** The names of all chunks. */
export const chunks = (dist) => Object.keys(JSON.parse(readFileSync(join(dist, "chunks.json"), "utf8")));

export const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** One line per file and one for all. */
export function table({ files, ...all }) {
  return [...files, { name: "all", ...all }]
    .map((it) => `  ${it.name.padEnd(44)} raw ${kb(it.raw).padStart(9)}   gzip ${kb(it.gzip).padStart(9)}   brotli ${kb(it.brotli).padStart(9)}`)
    .join("\n");
}
