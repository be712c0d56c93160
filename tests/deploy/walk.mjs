// Walks through docs/deploy.md: every block marked `sh` is run as it stands, in one shell, with the settings of a temporary
// folder, an nginx of its own and a certificate of its own. node tests/deploy/walk.mjs [another document]. Prints, as the last line, `deploy: N passed, N failed`.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const guide = readFileSync(resolve(repository, process.argv[2] ?? "docs/deploy.md"), "utf8");
const blocks = [...guide.matchAll(/^## (.+)\n|^```sh\n([\s\S]*?)^```$/gm)];
// A block that is marked otherwise, or not closed, would be read by people and run by nobody.
const fences = (guide.match(/^\s*```/gm) ?? []).length;
if (fences !== 2 * blocks.filter(([, heading]) => !heading).length) throw new Error(`${fences} fences: not every block of the document is run`);
// nginx's workers are somebody who may read what lies here and nothing else, as on a server.
const root = process.getuid?.() === 0;
const workers = execFileSync("id", root ? ["-gn", "nobody"] : ["-gn"], { encoding: "utf8" }).trim();
const folder = mkdtempSync(join(tmpdir(), "message-desk-deploy-"));
chmodSync(folder, 0o755);
for (const name of ["conf.d", "logs", "temp", "caddy"]) mkdirSync(join(folder, name));

const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});
const [port, portal, signer] = [await freePort(), await freePort(), await freePort()];
const certificates = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"].find((file) => existsSync(file));
const [certificate, key] = [join(folder, "desk.pem"), join(folder, "desk.key")];
const own = ["-subj", "/CN=desk", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-days", "2"];
execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...own, "-keyout", key, "-out", certificate], { stdio: "ignore" });
const tls = `ssl_certificate ${certificate}; ssl_certificate_key ${key};`;
const scripting = ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/etc/nginx/modules"].map((it) => join(it, "ngx_http_js_module.so")).find((file) => existsSync(file));
const main = join(folder, "nginx.conf");
const mime = ["/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types"].find((file) => existsSync(file));
writeFileSync(main, `${scripting ? `load_module ${scripting};` : ""}
${root ? `user nobody ${workers};` : ""}
daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr;
events { worker_connections 64; }
http {
  include ${mime};
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/temp/${name};`).join(" ")}
  include ${folder}/conf.d/*.conf;
  # The portal's own server, which is there before anybody deploys a desk.
  server { listen 127.0.0.1:${portal} ssl; ${tls} root ${folder}/portal; }
}
`);
const settings = {
  DESK_ROOT: join(folder, "www"), CONF: join(folder, "conf.d"), NGINX: `nginx -e stderr -p ${folder} -c ${main}`,
  URL: `https://127.0.0.1:${port}`, PORTAL: `https://127.0.0.1:${portal}`, PORTAL_ROOT: join(folder, "portal"),
  DESK_LISTEN: `127.0.0.1:${port} ssl`, DESK_TLS: tls, DESK_SERVER_NAME: "_", CURL_CA_BUNDLE: certificate,
  WORKERS: workers, SIGNING: join(folder, "signing"), DESK_SIGN_LISTEN: `127.0.0.1:${signer}`, DESK_TOKENS: join(folder, "tokens"), PASSWORD: "practice-password",
  DESK_LOGS: join(folder, "logs"), DESK_RESOLVER: "127.0.0.1", DESK_CA: certificates,
  XDG_DATA_HOME: join(folder, "caddy"), XDG_CONFIG_HOME: join(folder, "caddy"), DESK_ADDRESS: `http://127.0.0.1:${port}`,
};

// One shell for all, so that a block sees what an earlier one exported; it stops at the first line that fails.
let title = "";
const script = ["set -euo pipefail"];
const titles = [];
for (const [, heading, block] of blocks) {
  if (heading) title = heading;
  else {
    titles.push(title);
    script.push(block, `echo "=== done ${titles.length}"`);
  }
}
const nginx = spawn("nginx", ["-e", "stderr", "-p", folder, "-c", main], { stdio: ["ignore", "ignore", "inherit"] });
let run;
let embedded = ["nothing was opened: a step before failed"];
try {
  while (!existsSync(join(folder, "nginx.pid"))) await new Promise((soon) => setTimeout(soon, 50));
  run = spawnSync("bash", ["-c", script.join("\n")], { cwd: repository, encoding: "utf8", env: { ...process.env, ...settings }, maxBuffer: 1 << 28 });
  if (run.status === 0) embedded = await look().then((faults) => faults, (error) => [String(error)]);
} finally {
  nginx.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
const done = (run.stdout.match(/^=== done \d+$/gm) ?? []).length;
titles.forEach((title, at) => console.log(`${at < done ? "ok    " : "FAILED"} ${title}`));
const whole = run.status === 0 && done === titles.length && titles.length > 5;
console.log(`${embedded.length ? "FAILED" : "ok    "} what people then see in the portal`);
for (const fault of embedded) console.log(`         ${fault}`);
if (!whole) console.log(`${run.stdout.slice(-3000)}\n${run.stderr.slice(-3000)}`);
const failed = (whole ? 0 : Math.max(1, titles.length - done)) + (embedded.length ? 1 : 0);
console.log(`deploy: ${done + (embedded.length ? 0 : 1)} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

/** The portal's page in a browser: the desk in its frame can be used, its connections are locked, and no other page gets it. */
async function look() {
  const require = createRequire(join(repository, "tests/e2e/package.json"));
  const { chromium } = require("@playwright/test");
  const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  const faults = [];
  try {
    const page = await browser.newPage({ locale: "en-US", ignoreHTTPSErrors: true });
    const said = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
    await page.goto(`${settings.PORTAL}/`);
    const desk = page.frameLocator("iframe");
    await desk.locator("form[data-operation]").waitFor({ timeout: 15_000 });
    await page.locator("#locale").selectOption("en");
    await desk.locator('nav a[href="#/connection"]').click();
    await desk.getByRole("button", { name: "Production", exact: false }).first().click();
    await desk.locator('.presets [aria-pressed="true"]').waitFor();
    await desk.locator("#test-connection").waitFor();
    // Where the server signs, not even a secret is there to type.
    const typed = await desk.locator("form[data-connection]").locator("input, select, textarea").filter({ visible: true }).evaluateAll((all) => all.map((it) => it.type));
    if (typed.some((type) => scripting || type !== "password")) faults.push(`a locked connection can be changed: ${typed}`);
    if (!scripting && !typed.length) faults.push("there is no field for the secret");
    if (said.length) faults.push(`said on the console: ${said}`);
    await page.goto(`${settings.PORTAL.replace("127.0.0.1", "localhost")}/`);
    await page.waitForTimeout(1_000);
    if (await desk.locator("#page-title").count()) faults.push("another origin has the desk in its frame");
  } finally {
    await browser.close();
  }
  return faults;
}
