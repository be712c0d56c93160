#!/usr/bin/env node
// Makes a build ready to be served: node .ci/pack.mjs FOLDER [who may frame it]. May be run again, and has to be after a change.
//   index.html      its policy is closed when a config.json lies beside it: only its proxies may be called
//   *.br, *.gz      files compressed beforehand
//   headers.json    type, cache and headers of every file, for any server
//   SHA256SUMS      for sha256sum --check

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { ANY, cache, common, origins, policy, type } from "./headers.mjs";

const [dist, ancestors = "'self'"] = process.argv.slice(2);
const at = (name) => join(dist, name);
const MADE = /\.(br|gz)$|^(headers\.json|SHA256SUMS)$/;
for (const name of readdirSync(dist).filter((name) => MADE.test(name))) rmSync(at(name));
const names = readdirSync(dist, { withFileTypes: true }).filter((it) => it.isFile()).map((it) => it.name).sort();

const config = existsSync(at("config.json")) ? JSON.parse(readFileSync(at("config.json"), "utf8").replace(/^\ufeff/, "")) : undefined;
const connect = config ? origins(config) : [];
const meta = /(http-equiv=["']?Content-Security-Policy["']?\s+content="|content=")(default-src 'none';[^"]*)"/i;
const page = readFileSync(at("index.html"), "utf8");
if (!meta.test(page)) throw new Error("pack: index.html carries no policy");
writeFileSync(at("index.html"), page.replace(meta, (_, start) => `${start}${policy(config ? connect : ANY).join("; ")}"`));

// What is edited on the server is not compressed beforehand: the copies would go stale.
const compressible = names.filter((name) => name !== "config.json" && /\.(html|js|css|wasm|json|txt)$/.test(name));
const files = {};
for (const name of names) files[name] = { "Content-Type": type(name), "Cache-Control": cache(name), encodings: [] };
for (const name of compressible) {
  const bytes = readFileSync(at(name));
  const made = {
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [ending, packed] of Object.entries(made).filter(([, packed]) => packed.length < bytes.length)) {
    writeFileSync(at(`${name}.${ending}`), packed);
    files[name].encodings.push(ending);
  }
}
const others = { "Cache-Control": "no-cache" };
writeFileSync(at("headers.json"), `${JSON.stringify({ headers: common(connect, ancestors.trim()), files, others }, null, 2)}\n`);

const sum = (name) => createHash("sha256").update(readFileSync(at(name))).digest("hex");
const all = readdirSync(dist, { withFileTypes: true }).filter((it) => it.isFile()).map((it) => it.name).sort();
writeFileSync(at("SHA256SUMS"), all.map((name) => `${sum(name)}  ${name}\n`).join(""));
