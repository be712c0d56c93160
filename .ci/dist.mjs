// What a release build and the development server may not contain. node .ci/dist.mjs [folder of the build]
// Prints each check and, as the last line, `dist: N passed, N failed`.

import { readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = resolve(process.argv[2] ?? join(repository, "dist"));
const trunk = readFileSync(join(repository, "Trunk.toml"), "utf8");

// Bytes as characters, so that a module is searched like a text.
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((path) => ({ name: path.slice(dist.length + 1), text: readFileSync(path, "latin1") }));

/** The tables `[[proxy]]` of Trunk.toml, as their lines. */
const proxies = trunk
  .split(/^(?=\[)/m)
  .filter((table) => /^\[\[\s*proxy\s*\]\]/.test(table))
  .map((table) => table.split("\n").map((line) => line.trim()));

const value = (table, key) => table.find((line) => new RegExp(`^${key}\\s*=`).test(line))?.replace(/^[^=]*=\s*/, "");

/** Every place of every file where one of these texts stands. */
const where = (texts) => files.flatMap(({ name, text }) => texts.filter((it) => text.includes(it)).map((it) => `${name}: ${it}`));

function buildingMachine() {
  const { CARGO_HOME, RUSTUP_HOME, CARGO_TARGET_DIR } = process.env;
  const folders = [repository, homedir(), CARGO_HOME, RUSTUP_HOME, CARGO_TARGET_DIR];
  // A folder as short as `/` is part of every path.
  const told = folders.filter((folder) => folder?.length > 3).map((folder) => `${folder.replace(/\/+$/, "")}/`);
  return where([...new Set(told), "/home/", "/Users/"]);
}

/** The hosts that vendors document are those which the development server reaches. */
function externalOrigins() {
  const documented = proxies.map((table) => value(table, "backend")?.replace(/^"|\/?"$/g, ""));
  const allowed = [
    ...documented.filter((backend) => backend?.startsWith("https://")),
    // An example in a hint; nobody can own it.
    "https://proxy.corp.example",
  ];
  // Texts of a module stand side by side: `https://` alone is no origin, and what follows a known one may be another text.
  const address = /(?:https?|wss?):\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
  const absolute = files.flatMap(({ name, text }) =>
    (text.match(address) ?? []).filter((found) => !allowed.some((it) => found.startsWith(it))).map((found) => `${name}: ${found}`),
  );
  const relative = /(?:\b(?:src|href|action|data-[a-z]+)\s*=\s*["']?|url\(\s*["']?|@import\s*["']|\bfrom\s*["']|import\(\s*["'])\/\/[a-z0-9]/gi;
  const schemeless = files
    .filter(({ name }) => !name.endsWith(".wasm"))
    .flatMap(({ name, text }) => (text.match(relative) ?? []).map((found) => `${name}: ${found}`));
  return [...absolute, ...schemeless];
}

const practiceSecrets = () => where(["practice-secret", "practice-app-key", "sandbox.invalid", "127.0.0.1:8787"]);

/** A strict policy refuses all three. */
function inlineScripts() {
  const page = files.find(({ name }) => name === "index.html")?.text;
  if (!page) return ["index.html is missing"];
  const scripts = [...page.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi)];
  const inline = scripts.filter(([, attributes, body]) => body.trim() || !/\bsrc\s*=/i.test(attributes)).map(([all]) => all);
  const handlers = page.match(/<[^>]*\son[a-z]+\s*=[^>]*>/gi) ?? [];
  const addresses = page.match(/["'=\s]javascript:[^"'\s>]*/gi) ?? [];
  if (scripts.length === 0) inline.push("no script at all: the page was not read right");
  return [...inline, ...handlers, ...addresses];
}

/** A vendor's operations have ids such as `vendor.verb`: they stand in the vendor's chunk and not in the main module. */
function vendorsOutOfPlace() {
  const [, offered = ""] = readFileSync(join(repository, "src/vendors/mod.rs"), "utf8").match(/static OFFERED\b[^=]*=\s*&\[([^;]*)\];/) ?? [];
  const vendors = [...offered.matchAll(/\(\s*"([a-z]+)"/g)].map(([, id]) => id);
  const main = files.find(({ name }) => name.endsWith("_bg.wasm"))?.text;
  if (!main || vendors.length === 0) return ["no main module, or no vendor: the build was not read right"];
  return vendors.flatMap((vendor) => {
    const id = new RegExp(`${vendor}\\.[a-z]+`);
    const chunk = files.find(({ name }) => new RegExp(`^${vendor}-[0-9a-f]{16}\\.wasm$`).test(name));
    const faults = chunk && id.test(chunk.text) ? [] : [`${vendor} has no chunk that holds it`];
    return main.match(id) ? [...faults, `the main module holds ${main.match(id)[0]}`] : faults;
  });
}

/** What stands on screens that nobody sees before a form is filled in: in the chunk, and not in the main module. */
function screensOutOfPlace() {
  const screens = { acts: ["confirm-go", "take-back", "write-back", "found-more", "paste-text"], connecting: ["test-connection", "connection-problems"] };
  const main = files.find(({ name }) => name.endsWith("_bg.wasm"))?.text;
  if (!main) return ["no main module: the build was not read right"];
  return Object.entries(screens).flatMap(([screen, marks]) => {
    const chunk = files.find(({ name }) => new RegExp(`^${screen}-[0-9a-f]{16}\\.wasm$`).test(name))?.text ?? "";
    return marks.flatMap((mark) => [
      ...(chunk.includes(mark) ? [] : [`no chunk ${screen} that holds ${mark}`]),
      ...(main.includes(mark) ? [`the main module holds ${mark}`] : []),
    ]);
  });
}

function leakyProxies() {
  if (proxies.length === 0) return ["Trunk.toml has no [[proxy]]: it was not read right"];
  return proxies.flatMap((table) => {
    const route = value(table, "rewrite") ?? "a proxy without rewrite";
    const headers = value(table, "request_headers") ?? "";
    const kept = ["Cookie", "Origin", "Referer"].filter((name) => !new RegExp(`"${name}"\\s*=\\s*""`).test(headers));
    const faults = kept.map((name) => `${route} passes ${name} on`);
    if (!/^true\b/.test(value(table, "no_redirect") ?? "")) faults.push(`${route} follows redirects`);
    return faults;
  });
}

const CHECKS = [
  ["no path of the building machine", buildingMachine],
  ["no origin but the vendors' documented hosts", externalOrigins],
  ["nothing of the practice connection", practiceSecrets],
  ["no inline script in index.html", inlineScripts],
  ["every vendor in a chunk of its own", vendorsOutOfPlace],
  ["what follows a form, and the connection's page, in chunks of their own", screensOutOfPlace],
  ["every proxy of Trunk.toml drops Cookie, Origin and Referer and follows no redirect", leakyProxies],
];

const faulty = CHECKS.filter(([title, check]) => {
  const faults = check();
  console.log(`${faults.length ? "FAILED" : "ok    "} ${title}`);
  for (const fault of faults.slice(0, 10)) console.log(`         ${fault.slice(0, 200)}`);
  if (faults.length > 10) console.log(`         and ${faults.length - 10} more`);
  return faults.length > 0;
});
console.log(`dist: ${CHECKS.length - faulty.length} passed, ${faulty.length} failed`);
process.exit(faulty.length ? 1 : 0);
