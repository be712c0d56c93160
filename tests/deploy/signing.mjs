// deploy/nginx-njs for real: nginx signs calls that carry no proof, the sandbox judges them, and no secret leaves nginx.
// Calls go the whole way: same-origin.conf.template, then the signing server. Last line: `signing: N passed, N failed`.

import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const module = ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/etc/nginx/modules"].map((it) => join(it, "ngx_http_js_module.so")).find((file) => existsSync(file));
if (!module) {
  console.log("nginx's JavaScript module is not installed here, deploy/nginx-njs is not tried");
  console.log("signing: 0 passed, 0 failed, 1 skipped");
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), "message-desk-signing-"));
const free = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});
const [page, sign] = [await free(), await free()];
const [desk, signer] = [`http://127.0.0.1:${page}`, `127.0.0.1:${sign}`];
const running = [];
let failed = 0;
let passed = 0;
async function test(title, check) {
  try {
    await check();
    passed += 1;
    console.log(`ok     ${title}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${title}: ${error.message}`);
  }
}
function same(found, wanted) {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);
}
const json = async (answer) => await (await answer).json();

try {
  const build = '. .ci/tools.sh && cargo build --quiet --locked --package sandbox && printf %s "$CARGO_TARGET_DIR"';
  const target = execFileSync("bash", ["-euc", build], { cwd: repository, encoding: "utf8" });
  const sandbox = await new Promise((found, broken) => {
    const child = spawn(`${target}/debug/sandbox`, ["--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    running.push(child);
    child.stdout.on("data", (said) => found(/http:\S+/.exec(said.toString())[0]));
    child.once("exit", () => broken(new Error("the sandbox ended")));
  });
  for (const name of ["conf", "logs", "temp", "tokens", "www"]) mkdirSync(join(folder, name));
  cpSync(join(repository, "deploy/nginx-njs/signing.js"), join(folder, "conf/signing.js"));
  const secrets = {
    "yunxin-prod": { vendor: "yunxin", endpoint: `${sandbox}/yunxin`, app_key: "practice-app-key-0000000000000001", app_secret: "practice-secret" },
    "tencent-prod": { vendor: "tencent", endpoint: `${sandbox}/tencent`, sdkappid: 1400000001, identifier: "administrator", secret_key: "practice-secret-key" },
    "easemob-miscopied": { vendor: "easemob", endpoint: `${sandbox}/easemob`, org_name: "practice-org", app_name: "message-desk", client_id: "practice-client-id-0001", client_secret: "miscopied" },
    "easemob-prod": { vendor: "easemob", endpoint: `${sandbox}/easemob`, org_name: "practice-org", app_name: "message-desk", client_id: "practice-client-id-0001", client_secret: "practice-secret-0001" },
  };
  writeFileSync(join(folder, "secrets.json"), JSON.stringify(secrets), { mode: 0o600 });
  writeFileSync(join(folder, "conf/users"), `xiaoyan:${execFileSync("openssl", ["passwd", "-apr1", "practice-password"], { encoding: "utf8" })}`);
  const certificates = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"].find((file) => existsSync(file));
  const settings = {
    DESK_LISTEN: `127.0.0.1:${page}`, DESK_TLS: "", DESK_SERVER_NAME: "_", DESK_ROOT: join(folder, "www"), DESK_CONNECT_SRC: "", DESK_FRAME_ANCESTORS: "'self'",
    DESK_MORE_ROUTES: Object.entries(secrets).map(([name, { vendor }]) => `${name} "${vendor} http://${signer}/${name}";`).join(" "),
    DESK_RESOLVER: "127.0.0.1", DESK_CA: certificates, DESK_LOGS: join(folder, "logs"), DESK_SIGN_LISTEN: signer, DESK_SIGN_FOLDER: join(folder, "conf"), DESK_TOKENS: join(folder, "tokens"), DESK_SIGN_SECRETS: join(folder, "secrets.json"), DESK_SIGN_USERS: join(folder, "conf/users"),
  };
  for (const template of ["nginx/same-origin", "nginx-njs/signing"]) {
    const text = execFileSync(join(repository, "deploy/fill"), [join(repository, "deploy", `${template}.conf.template`)], { encoding: "utf8", env: { ...process.env, ...settings } });
    writeFileSync(join(folder, "conf", `${template.split("/")[1]}.conf`), text);
  }
  const mime = ["/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types"].find((file) => existsSync(file));
  writeFileSync(join(folder, "nginx.conf"), `load_module ${module};
${process.getuid?.() === 0 ? "user root;" : ""}
daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr crit;
events { worker_connections 64; }
http {
  include ${mime};
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/temp/${name};`).join(" ")}
  include ${folder}/conf/*.conf;
}
`);
  running.push(spawn("nginx", ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")], { stdio: ["ignore", "inherit", "inherit"] }));
  for (let tries = 0; !existsSync(join(folder, "nginx.pid")); tries += 1) {
    if (tries > 100) throw new Error("nginx did not start");
    await new Promise((soon) => setTimeout(soon, 50));
  }

  const member = `Basic ${Buffer.from("xiaoyan:practice-password").toString("base64")}`;
  const call = (path, method, body, headers = {}) =>
    fetch(`${desk}/proxy/${path}`, { method, body: body && JSON.stringify(body), headers: { Authorization: member, ...(body ? { "Content-Type": "application/json" } : {}), ...headers }, redirect: "manual" });
  const control = async (path, method = "GET") => json(fetch(`${sandbox}/control/${path}`, { method }));
  await control("reset", "POST");

  await test("Yunxin's calls get a CheckSum, and one that was sent along is replaced", async () => {
    const path = "yunxin-prod/im/v2/conversations/zhangsan%7C1%7Clisi/messages/158844553334358019?type=2";
    same((await json(call(path, "DELETE", undefined, { CheckSum: "forged", AppKey: "forged", Nonce: "1", CurTime: "1" }))).code, 200);
    const { effects } = await control("effects");
    same(effects.map(({ change }) => change), ["removed"]);
  });
  await test("Tencent's calls get a UserSig in the address, and a query that was sent along is dropped", async () => {
    const send = { SyncOtherMachine: 2, From_Account: "zhangsan", To_Account: "lisi", MsgRandom: 7, MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "signed by the proxy" } }] };
    for (let times = 0; times < 2; times += 1) {
      const answer = await json(call("tencent-prod/v4/openim/sendmsg?usersig=forged", "POST", { ...send, MsgRandom: 7 + times }));
      same([answer.ActionStatus, answer.ErrorCode], ["OK", 0]);
    }
  });
  await test("Easemob's calls get a token, which is asked for once", async () => {
    for (let times = 0; times < 4; times += 1) {
      const answer = await call("easemob-prod/practice-org/message-desk/messages/users", "POST", { from: "zhangsan", to: ["lisi"], type: "txt", body: { msg: "signed by the proxy" } });
      same(answer.status, 200);
    }
    const { requests } = await control("requests");
    same(requests.filter(({ operation }) => operation === "easemob.token").length, 1);
  });
  await test("a Client Secret that Easemob refuses: its own answer comes back, and nothing is done", async () => {
    const before = (await control("effects")).effects.length;
    const answer = await call("easemob-miscopied/practice-org/message-desk/messages/users", "POST", { from: "zhangsan", to: ["lisi"], type: "txt", body: { msg: "unsigned" } });
    same([answer.status, (await answer.json()).error], [401, "unauthorized"]);
    same((await control("effects")).effects.length, before);
  });
  await test("nothing else gets a signature: other calls, other connections, other sites", async () => {
    const before = (await control("requests")).requests.length;
    same((await call("yunxin-prod/im/v2/users", "POST", {})).status, 403);
    same((await call("nobody-prod/im/v2/conversations/messages", "POST", {})).status, 404);
    same((await call("easemob-prod/practice-org/message-desk/users/lisi", "DELETE")).status, 403);
    same((await call("yunxin-prod/im/v2/conversations/messages", "POST", {}, { Origin: "https://evil.example" })).status, 403);
    const stranger = `Basic ${Buffer.from("xiaoyan:guessed").toString("base64")}`;
    for (const Authorization of ["", stranger, "Bearer guessed"]) same((await call("yunxin-prod/im/v2/conversations/messages", "POST", {}, { Authorization })).status, 401);
    same((await fetch(`http://${signer}/nobody/im/v2/conversations/messages`, { method: "POST", headers: { Authorization: member } })).status, 403);
    same((await control("requests")).requests.length, before);
  });
  await test("no secret, signature or token is in an answer's headers or in a log", async () => {
    const answer = await call("easemob-prod/practice-org/message-desk/messages/users", "POST", { from: "zhangsan", to: ["lisi"], type: "txt", body: { msg: "1" } });
    const said = JSON.stringify([...answer.headers]) + readdirSync(join(folder, "logs")).map((name) => readFileSync(join(folder, "logs", name), "utf8")).join("");
    for (const word of ["practice-secret", "practice-password", member, "usersig", "Bearer", "x-desk-", "checksum"]) if (said.toLowerCase().includes(word.toLowerCase())) throw new Error(`${word} is there`);
    if (!said.includes("xiaoyan")) throw new Error("the log does not say who called");
    if (!said.includes("/yunxin-prod/im/v2")) throw new Error("the logs were not read right");
  });
} finally {
  await Promise.all(running.map((child) => new Promise((gone) => child.removeAllListeners("exit").once("exit", gone).kill("SIGTERM"))));
  rmSync(folder, { recursive: true, force: true });
}
console.log(`signing: ${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
