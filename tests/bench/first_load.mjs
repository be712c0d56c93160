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
export function sizes(dist) {
  const files = firstLoad(dist).map(({ name, bytes }) => ({
    name, raw: bytes.length, gzip: gzip(bytes).length, brotli: brotli(bytes).length,
  }));
  const sum = (key) => files.reduce((all, file) => all + file[key], 0);
  return { files, raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
}

/** The modules that are fetched when they are first needed, in gzipped bytes. The desk opens with one vendor's. */
export function chunks(dist) {
  const first = firstLoad(dist).map(({ name }) => name);
  const later = readdirSync(dist).filter((name) => name.endsWith(".wasm") && !first.includes(name));
  return later.map((name) => ({ name, gzip: gzip(readFileSync(join(dist, name))).length }));
}

export const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** One line per file and one for all. */
export function table({ files, ...all }) {
  return [...files, { name: "all", ...all }]
    .map((it) => `  ${it.name.padEnd(44)} raw ${kb(it.raw).padStart(9)}   gzip ${kb(it.gzip).padStart(9)}   brotli ${kb(it.brotli).padStart(9)}`)
    .join("\n");
}
