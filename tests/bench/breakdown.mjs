// Where the bytes are: code by crate, and the thirty largest functions. node tests/bench/breakdown.mjs [module]
// Reads the linker's module, which still has names; wasm-opt makes less of it. Generic code counts where it is written.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const linked = process.argv[2] ?? join(process.env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown/release/message-desk.wasm");
const bytes = readFileSync(linked);
let at = 8;
const number = () => {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
    shift += 7;
  }
};
const text = () => {
  const length = number();
  at += length;
  return bytes.toString("utf8", at - length, at);
};

const [sizes, names] = [[], new Map()];
let imported = 0;
while (at < bytes.length) {
  const kind = bytes[at++];
  const end = number() + at;
  if (kind === 2) {
    for (let left = number(); left > 0; left -= 1) importOne();
  } else if (kind === 10) {
    for (let left = number(); left > 0; left -= 1) {
      const size = number();
      sizes.push(size);
      at += size;
    }
  } else if (kind === 0 && text() === "name") {
    while (at < end) {
      const part = bytes[at++];
      const after = number() + at;
      if (part === 1) for (let left = number(); left > 0; left -= 1) names.set(number(), text());
      at = after;
    }
  }
  at = end;
}

/** Only imported functions count: they come first in the numbering. */
function importOne() {
  text();
  text();
  const kind = bytes[at++];
  const limits = () => {
    const bounded = bytes[at++] & 1;
    number();
    if (bounded) number();
  };
  if (kind === 0) [imported] = [imported + 1, number()];
  else if (kind === 1) [at] = [at + 1, limits(void (at += 1))];
  else if (kind === 2) limits();
  else at += 2;
}

/** The crate of `_ZN4core3fmt5write17h…E`, of `_ZN60_$LT$alloc..string..String$u20$as$u20$…`, of `_RNvNtCs3x_4core3fmt5write`. */
function crate(name = "") {
  const [, length, rest] = /^_?_ZN(\d+)(.*)/.exec(name) ?? [];
  if (rest) {
    const first = rest.slice(0, Number(length));
    return first.startsWith("_$") ? (/([a-z_][a-z0-9_]*)\.\./.exec(first.replace(/^_?\$LT\$/, ""))?.[1] ?? "generic") : first;
  }
  const [, size, plain] = /^_?_R.*?Cs[0-9A-Za-z]+_(\d+)_?(.*)/.exec(name) ?? [];
  return plain ? plain.slice(0, Number(size)) : "unnamed";
}
const short = (name = "unnamed") => name.replace(/17h[0-9a-f]{16}E$/, "").replace(/^_ZN/, "").slice(0, 90);

const total = sizes.reduce((sum, size) => sum + size, 0);
const of = new Map();
sizes.forEach((size, place) => {
  const owner = crate(names.get(place + imported));
  of.set(owner, (of.get(owner) ?? 0) + size);
});
const line = (size, name) => console.log(`${String(size).padStart(9)} ${((100 * size) / total).toFixed(1).padStart(5)} %  ${name}`);
console.log(`${linked}: ${total} bytes of code in ${sizes.length} functions, before wasm-opt`);
console.log("\ncode by crate");
for (const [name, size] of [...of].sort(([, a], [, b]) => b - a).slice(0, 20)) line(size, name);
console.log("\nthe thirty largest functions");
const largest = sizes.map((size, place) => [size, names.get(place + imported)]).sort(([a], [b]) => b - a);
for (const [size, name] of largest.slice(0, 30)) line(size, short(name));
