// Builds the page's workers into a build: each folder below page/ with a Cargo.toml is one, called by the folder's name. It gives
// answer(what, bytes) (src/worker.js). Two files each, named by their bytes; index.html names the script in `data-<worker>`.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const TARGET = "wasm32-unknown-unknown";

/** Makes one build faster by half and is not needed for the other. */
const OPTIMISE = "-O3 --strip-producers --strip-target-features --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue".split(" ");

/** The workers' names. */
export const WORKERS = readdirSync(join(repository, "page")).filter((name) => existsSync(join(repository, "page", name, "Cargo.toml"))).sort();

/** Builds all of them into `dist`, and names them in its index.html. */
export function workers(dist, target, release) {
  const names = Object.fromEntries(WORKERS.map((name) => [name, build(name, dist, target, release)]));
  const page = join(dist, "index.html");
  const text = readFileSync(page, "utf8");
  const said = Object.entries(names).map(([name, file]) => `data-${name}="./${file}"`).join(" ");
  if (!/ id="?loader"? /.test(text)) throw new Error("workers: index.html has no loader");
  writeFileSync(page, text.replace(/ id="?loader"? /, (found) => `${found}${said} `));
}

function build(name, dist, target, release) {
  const work = mkdtempSync(join(tmpdir(), `message-desk-${name}-`));
  const run = (tool, ...options) => execFileSync(tool, options, { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
  const profile = release ? ["--profile", "release-worker"] : [];
  const at = (file) => join(work, file);
  try {
    execFileSync("cargo", ["build", "--quiet", "--locked", "--offline", "--lib", `--target=${TARGET}`, ...profile, "-p", `message-desk-${name}`], { cwd: repository, stdio: "inherit" });
    const linked = join(target, TARGET, release ? "release-worker" : "debug", `message_desk_${name}.wasm`);
    run("wasm-bindgen", "--target=web", "--no-typescript", "--no-demangle", `--out-dir=${work}`, `--out-name=${name}`, linked);
    const module = at(`${name}_bg.wasm`);
    if (release) run("wasm-opt", ...OPTIMISE, module, "-o", module);
    const placed = place(dist, readFileSync(module), name, "wasm");
    run("esbuild", "--log-level=error", "--bundle", "--minify", "--format=iife", `--alias:module=./${name}.js`, `--define:WASM="${placed}"`,
      "--define:import.meta.url=self.location.href", join(repository, "src/worker.js"), `--outfile=${at("bundle.js")}`);
    return place(dist, readFileSync(at("bundle.js")), name, "js");
  } finally {
    rmSync(work, { recursive: true });
  }
}

function place(dist, bytes, name, ending) {
  const placed = `${name}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.${ending}`;
  writeFileSync(join(dist, placed), bytes);
  return placed;
}
