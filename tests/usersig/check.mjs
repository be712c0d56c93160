// The desk's UserSigs against the vendor's own library, `tls-sig-api-v2`. `node tests/usersig/check.mjs`
//
// Neither the npm package nor the one on PyPI can verify a UserSig, so it goes both ways: made from the same inputs at the same
// second, both must say the same, signature included; the library's own HMAC, asked again, must agree with what the desk's says;
// and the desk must read what the library made. Streams are inflated by Node's zlib and never compared as strings.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";

const require = createRequire(new URL("../e2e/package.json", import.meta.url));
const { Api } = require("tls-sig-api-v2");
const root = fileURLToPath(new URL("../..", import.meta.url));
const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")).cases;
const RANDOM = 200;

/** Numbers by chance that are the same in every run (mulberry32). */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function randomCases() {
  const next = chance(20_240_927);
  const below = (most) => Math.floor(next() * most);
  const usual = [..."ABCXYZabcxyz0189_-"];
  const odd = [...usual, ..."管理员é😀\"\\/\u0001\u007f\n <>&'=+%"];
  const text = (signs, longest) => Array.from({ length: 1 + below(longest) }, () => signs[below(signs.length)]).join("");
  return Array.from({ length: RANDOM }, (_, index) => ({
    name: `random ${index}`,
    sdkappid: below(2 ** 32),
    key: index % 10 === 0 ? text(odd, 90) : text([..."0123456789abcdef"], 64),
    identifier: text(index % 2 === 0 ? usual : odd, 32),
    time: below(2 ** 32),
    expire: below(10 ** 8),
  }));
}

/** What the desk answers to each line. */
function desk(lines) {
  const run = spawnSync("cargo", ["run", "-q", "--locked", "--example", "user_sig"], {
    cwd: root,
    input: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    stdio: ["pipe", "pipe", "inherit"],
    encoding: "utf8",
  });
  assert.equal(run.status, 0, "the desk's own side did not run");
  return run.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** The library reads the clock itself. */
function at(seconds, make) {
  const real = Date.now;
  Date.now = () => seconds * 1000;
  try {
    return make();
  } finally {
    Date.now = real;
  }
}

function inside(userSig) {
  assert.match(userSig, /^[A-Za-z0-9*_-]+$/);
  const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  return JSON.parse(inflateSync(Buffer.from(base64, "base64")).toString("utf8"));
}

let passed = 0;
let failed = 0;
function test(name, check) {
  try {
    check();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${error.message}`);
  }
}

const cases = [...vectors.filter((known) => !("userbuf_hex" in known)), ...randomCases()].map((known) => {
  const api = new Api(known.sdkappid, known.key);
  return { ...known, api, official: at(known.time, () => api.genUserSig(known.identifier, known.expire)) };
});
const plain = ({ sdkappid, key, identifier, time, expire }) => ({ sdkappid, key, identifier, time, expire });

const made = desk(cases.map(plain));
for (const [index, known] of cases.entries()) {
  test(`${known.name}: made`, () => {
    const ours = inside(made[index]);
    assert.deepEqual(ours, inside(known.official));
    if (known.tls_sig) assert.equal(ours["TLS.sig"], known.tls_sig);
    const again = known.api._hmacsha256(ours["TLS.identifier"], ours["TLS.time"], ours["TLS.expire"], null);
    assert.equal(ours["TLS.sig"], again);
  });
}

// Each of the library's, read as it is and with one thing wrong.
const readings = cases.flatMap((known) => {
  const { sdkappid, identifier, time, expire, official } = known;
  const last = time + expire;
  const asked = { usersig: official, sdkappid, identifier, now: last };
  const room = at(time, () => known.api.genPrivateMapKey(identifier, expire, 10000, 255));
  return [
    ["read", asked, { issued: time, expires: last }],
    ["expired", { ...asked, now: last + 1 }, { flaw: "user_sig_expired" }],
    ["other app", { ...asked, sdkappid: sdkappid + 1 }, { flaw: "user_sig_of_other_app" }],
    ["other account", { ...asked, identifier: `${identifier}2` }, { flaw: "user_sig_of_other_account" }],
    ["cut", { ...asked, usersig: official.slice(0, -9) }, { flaw: "user_sig_incomplete" }],
    ["for rooms", { ...asked, usersig: room }, { flaw: "user_sig_for_rooms" }],
  ].map(([what, line, expected]) => ({ name: `${known.name}: ${what}`, line, expected }));
});
const read = desk(readings.map(({ line }) => line));
for (const [index, { name, expected }] of readings.entries()) {
  test(name, () => assert.deepEqual(read[index], expected));
}

console.log(`usersig: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
