// What a release build and the development server may not contain. node .ci/dist.mjs [folder of the build]
// Prints each check and, as the last line, `dist: N passed, N failed`.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { ANY, PERMISSIONS, cache, framed, policy } from "./headers.mjs";
import { WORKERS } from "./workers.mjs";

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

/** Read by people and by scanners, never by the page: licences name addresses. */
const NOTICES = /^(THIRD-PARTY\.txt|sbom\.cdx\.json)(\.br|\.gz)?$/;

/** The bytes of a file of the build. */
const bytes = (name) => readFileSync(join(dist, name));

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
    // Examples in hints; nobody can own them.
    "https://proxy.corp.example",
    "https://im.corp.example",
    "https://portal.corp.example",
    // The name of a namespace in every XML parser; nobody calls it.
    "http://www.w3.org",
  ];
  // Texts of a module stand side by side: `https://` alone is no origin, and what follows a known one may be another text.
  const address = /(?:https?|wss?):\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
  const absolute = files.filter(({ name }) => !NOTICES.test(name)).flatMap(({ name, text }) =>
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
  const screens = { acts: ["write-back", "found-more", "paste-text"], connecting: ["test-connection", "connection-problems", "test-steps"], jobs: ["dry-run-start", "job-approve", "list-columns"], embedding: ["frame-stranger", "open-alone", "data-lacks"] };
  const main = files.find(({ name }) => name.endsWith("_bg.wasm"))?.text;
  if (!main) return ["no main module: the build was not read right"];
  // What two of them have lies in a chunk they share, and not in the main module either.
  const shared = ["confirm-go", "take-back"].filter((mark) => main.includes(mark)).map((mark) => `the main module holds ${mark}`);
  return shared.concat(Object.entries(screens).flatMap(([screen, marks]) => {
    const chunk = files.find(({ name }) => new RegExp(`^${screen}-[0-9a-f]{16}\\.wasm$`).test(name))?.text ?? "";
    return marks.flatMap((mark) => [
      ...(chunk.includes(mark) ? [] : [`no chunk ${screen} that holds ${mark}`]),
      ...(main.includes(mark) ? [`the main module holds ${mark}`] : []),
    ]);
  }));
}

/** Each worker has its two files, the page names the script and the script its module, and the parser is nowhere else. */
function workersOutOfPlace() {
  const page = files.find(({ name }) => name === "index.html")?.text ?? "";
  return WORKERS.flatMap((worker) => {
    const script = page.match(new RegExp(`data-${worker}="?\\./(${worker}-[0-9a-f]{16}\\.js)`))?.[1];
    const module = files.find(({ name }) => name === script)?.text.match(new RegExp(`${worker}-[0-9a-f]{16}\\.wasm`))?.[0];
    if (!module || !files.some(({ name }) => name === module)) return [`${worker}: the page names ${script}, which names ${module}`];
    const mark = { sheet: "sharedStrings", vault: "impossible_cost" }[worker];
    return files.filter(({ name, text }) => mark && !NOTICES.test(name) && (name === module) !== text.includes(mark) && !/\.(br|gz)$/.test(name) && (name === module || name.endsWith(".wasm"))).map(({ name }) => `${name} and ${mark}`);
  });
}

/** What a portal copies: one small file that needs no other and writes no markup. */
function script() {
  const { length } = bytes("embed.js");
  const text = bytes("embed.js").toString();
  const faults = length > 4096 ? [`embed.js has ${length} bytes, 4096 are allowed`] : [];
  for (const word of ["import ", "require(", "innerHTML", "eval", "fetch("]) if (text.includes(word)) faults.push(`embed.js says ${word}`);
  return faults;
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

/** What a strict policy would stop, and what is large: code made from text, and an engine for patterns. */
function unwanted() {
  const scripts = files.filter(({ name }) => name.endsWith(".js"));
  const evaluated = scripts.filter(({ text }) => /\bnew Function\b|\beval\(/.test(text)).map(({ name }) => `${name} makes code from text`);
  return [...evaluated, ...where(["regex parse error", "regex_automata"]), ...(scripts.length ? [] : ["no script: the build was not read right"])];
}

/** Every file that may be published, and its bytes at most: some more than it has. What grows past them is looked at, and written down here. */
const PUBLISHED = [
  [/^index\.html$/, 8_000],
  [/^(loader|ticker|embed)\.js$/, 4_096],
  [/^(headers|chunks|config)\.json$/, 30_000],
  [/^SHA256SUMS$/, 30_000],
  [/^(THIRD-PARTY\.txt|sbom\.cdx\.json)$/, 200_000],
  [/^(act|base|form|jobs|messages|shell|tokens)-[0-9a-f]{16}\.css$/, 6_000],
  [/^message-desk-[0-9a-f]{16}\.js$/, 70_000],
  [/^(sheet|vault)-[0-9a-f]{16}\.js$/, 6_000],
  [/^message-desk-[0-9a-f]{16}_bg\.wasm$/, 450_000],
  [/^(yunxin|tencent|easemob|acts|connecting)-[0-9a-f]{16}\.wasm$/, 200_000],
  [/^jobs-[0-9a-f]{16}\.wasm$/, 660_000],
  [/^(embedding|chunk_\d+)-[0-9a-f]{16}\.wasm$/, 50_000],
  [/^sheet-[0-9a-f]{16}\.wasm$/, 750_000],
  [/^vault-[0-9a-f]{16}\.wasm$/, 80_000],
];

/** A stray file would be published, and so would a known one that has become something else: names are listed with sizes, not guessed. */
function strangers() {
  return files.flatMap(({ name, text }) => {
    const [, most] = PUBLISHED.find(([known]) => known.test(name.replace(/\.(br|gz)$/, ""))) ?? [];
    if (most === undefined) return [`nobody expects ${name}`];
    return text.length > most ? [`${name} has ${text.length} bytes, ${most} are expected at most`] : [];
  });
}

/** A map would publish the sources. `integrity` stands at style sheets, where browsers keep it, with the file's own sum; for WebAssembly they do not. */
function claims() {
  const maps = files.filter(({ name, text }) => name.endsWith(".js") && text.includes("sourceMappingURL")).map(({ name }) => `${name} names a source map`);
  const claimed = (bytes("index.html").toString().match(/<[^>]*\bintegrity=[^>]*>/g) ?? []).flatMap((tag) => {
    const [, name = "", sum] = tag.match(/href="?\.\/([^\s">]+)"?.*\bintegrity="?(sha384-[A-Za-z0-9+/=]+)/) ?? [];
    if (!name.endsWith(".css")) return [`index.html claims integrity: ${tag}`];
    return `sha384-${createHash("sha384").update(bytes(name)).digest("base64")}` === sum ? [] : [`index.html has another sum of ${name}`];
  });
  return [...maps, ...claimed];
}

/** The policy stands in the page before any script, in headers.json, and in the servers' configurations, and is one. */
function policies() {
  const said = policy(ANY).join("; ");
  const page = bytes("index.html").toString();
  const faults = page.indexOf(said) > 0 && page.indexOf(said) < page.search(/<script|<link/) ? [] : ["index.html does not begin with the policy"];
  const { headers } = JSON.parse(bytes("headers.json"));
  if (headers["Content-Security-Policy"] !== [...policy([]), framed("'self'")].join("; ")) faults.push("headers.json has another policy");
  for (const [path, connect, ancestors] of [
    ["deploy/nginx/same-origin.conf.template", "${DESK_CONNECT_SRC}", "${DESK_FRAME_ANCESTORS}"],
    ["deploy/caddy/same-origin.Caddyfile", "{$DESK_CONNECT_SRC}", "{$DESK_FRAME_ANCESTORS}"],
    ["README.md", "", "'self'"],
  ]) {
    const wanted = [...policy(connect ? [connect] : []), framed(ancestors)].join("; ");
    const text = readFileSync(join(repository, path), "utf8");
    if (!text.replaceAll("\n", " ").includes(wanted)) faults.push(`${path} has another policy`);
    if (connect && !text.includes(PERMISSIONS)) faults.push(`${path} has another Permissions-Policy`);
  }
  return faults;
}

/** What is served compressed is the file itself, and every file with a lasting name may be kept. */
function compressed() {
  const { files: listed } = JSON.parse(bytes("headers.json"));
  const made = /\.(br|gz)$|^(headers\.json|SHA256SUMS)$/;
  const names = files.map(({ name }) => name).filter((name) => !made.test(name)).sort();
  const faults = names.join() === Object.keys(listed).join() ? [] : ["headers.json does not list the files"];
  for (const [name, { encodings, ...own }] of Object.entries(listed)) {
    if (own["Cache-Control"] !== cache(name) || cache(name).includes("immutable") !== /-[0-9a-f]{8,16}/.test(name)) faults.push(`${name}: ${own["Cache-Control"]}`);
    if (name.endsWith(".wasm") && (own["Content-Type"] !== "application/wasm" || (encodings.length !== 2 && bytes(name).length > 1000))) faults.push(`${name}: ${JSON.stringify(own)}`);
    if (encodings.includes("br") && !brotliDecompressSync(bytes(`${name}.br`)).equals(bytes(name))) faults.push(`${name}.br is another file`);
    if (encodings.includes("gz") && !gunzipSync(bytes(`${name}.gz`)).equals(bytes(name))) faults.push(`${name}.gz is another file`);
  }
  return faults;
}

function sums() {
  const listed = bytes("SHA256SUMS").toString().trimEnd().split("\n").map((line) => line.split("  "));
  const wrong = listed.filter(([sum, name]) => createHash("sha256").update(bytes(name)).digest("hex") !== sum).map(([, name]) => `${name} has another sum`);
  const names = listed.map(([, name]) => name);
  return [...wrong, ...files.map(({ name }) => name).filter((name) => name !== "SHA256SUMS" && !names.includes(name)).map((name) => `${name} has no sum`)];
}

/** Everything that is in the page is listed with its licence, and its text is there. */
function notices() {
  const { components } = JSON.parse(bytes("sbom.cdx.json"));
  const text = bytes("THIRD-PARTY.txt").toString();
  const required = components.filter(({ scope }) => scope === "required");
  const faults = required.filter(({ name, version }) => !text.includes(`\n${name} ${version}: `)).map(({ name }) => `${name} is not named`);
  for (const wanted of ["leptos", "serde_json", "wasm-bindgen", "sha1"]) if (!required.some(({ name }) => name === wanted)) faults.push(`${wanted} is not in the list`);
  if (required.length > 260) faults.push(`${required.length} packages are more than 260`);
  const open = components.filter(({ hashes, licenses }) => !hashes || !licenses[0].expression).map(({ name }) => `${name} has no sum or no licence`);
  return [...faults, ...open];
}

const CHECKS = [
  ["no file nobody expects, and none larger than expected", strangers],
  ["no source map, and no claim of integrity that no browser keeps", claims],
  ["one policy: in the page, in headers.json, in the servers' configurations, in the README", policies],
  ["compressed files and headers.json fit the files", compressed],
  ["SHA256SUMS fits the files", sums],
  ["all that is built in is listed with its licence", notices],
  ["no path of the building machine", buildingMachine],
  ["no origin but the vendors' documented hosts", externalOrigins],
  ["nothing of the practice connection", practiceSecrets],
  ["no inline script in index.html", inlineScripts],
  ["no code made from text, and no engine for patterns", unwanted],
  ["every vendor in a chunk of its own", vendorsOutOfPlace],
  ["what follows a form, and the connection's page, in chunks of their own", screensOutOfPlace],
  ["every worker in files of its own", workersOutOfPlace],
  ["embed.js within 4 KB, on its own", script],
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
