// Proxies other than nginx: the npm package cors-anywhere, and one that is broken in every way a test asks for.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type IncomingMessage, type Server, type ServerResponse, createServer, request as call } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const LOGIN = "<!doctype html><title>Sign in</title><h1>Please sign in to the portal</h1>";

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** cors-anywhere, for one page's origin only. */
export async function startCorsAnywhere(page: string): Promise<{ address: string; server: Server }> {
  const { createServer: create } = createRequire(import.meta.url)("cors-anywhere");
  const server: Server = create({
    originWhitelist: [page],
    requireHeader: ["origin"],
    removeHeaders: ["cookie", "cookie2", "referer", "origin"],
    corsMaxAge: 7200,
    getProxyForUrl: () => "",
  });
  return { address: await listening(server), server };
}

/**
 * What the first part of the path asks for: `/403-silent/` (no CORS header), `/403/`, `/502/`, `/login/` (a page of HTML with
 * status 200), `/redirect/`, `/hang/` (never answers), `/cut/` (hangs up without a byte); `/few-headers/` and `/few-methods/` do
 * not allow all of them, `/hides/` keeps the answer to a whole request to itself, `/drops/` hangs up on whoever proves himself; these
 * pass the rest on to the sandbox. `/words/`, `/half/` and `/elsewhere/` answer 200 as no cloud does: with plain words, with half of what they
 * announced, and in JSON of something else. All but the first allow every origin.
 */
export async function startBroken(sandbox: string): Promise<{ address: string; server: Server }> {
  const server = createServer((request, response) => answer(request, response, sandbox));
  return { address: await listening(server), server };
}

/** A portal: the example of deploy/portal, an empty page beside embed.js, and frames that say nothing, by the tokens docs/deploy.md names. */
export async function startPortal(repository: string, desk: string): Promise<{ address: string; server: Server }> {
  const files: Record<string, [string, string]> = {
    "/demo/": ["deploy/portal/index.html.template", "text/html"],
    "/demo/portal.css": ["deploy/portal/portal.css", "text/css"],
    "/demo/portal.js": ["deploy/portal/portal.js", "text/javascript"],
    "/demo/embed.js": ["src/embed.js", "text/javascript"],
    "/host/embed.js": ["src/embed.js", "text/javascript"],
  };
  const server = createServer((request, response) => {
    const [file, type] = files[request.url?.split("?")[0] ?? ""] ?? [];
    if (file) {
      const text = readFileSync(join(repository, file), "utf8").replaceAll("${DESK_URL}", `${desk}/#/yunxin.recall`).replaceAll("${DESK_ORIGIN}", desk);
      response.writeHead(200, { "Content-Type": type }).end(text);
      return;
    }
    framing(request, response);
  });
  return { address: await listening(server), server };
}

function framing(request: IncomingMessage, response: ServerResponse): void {
  const desk = decodeURIComponent(request.url?.split("?")[1] ?? "");
  const tokens = "allow-scripts allow-same-origin allow-forms allow-downloads allow-modals";
  const frame = `<iframe src="${desk}" title="desk" width="1000" height="700" sandbox="${tokens}" allow="clipboard-write"></iframe>`;
  response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>Portal</title>${desk && frame}`);
}

/** A cloud with a certificate that nobody vouches for; whoever checks it never gets as far as an answer. */
export async function startUntrusted(folder: string): Promise<{ address: string; server: Server }> {
  return await startWithoutTrust(join(folder, "untrusted"), (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"code":200}');
  });
}

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** The build on https, as a server without any settings gives it. */
export async function startSecure(folder: string, dist: string): Promise<{ address: string; server: Server }> {
  return await startWithoutTrust(join(folder, "secure"), (request, response) => {
    const name = request.url === "/" ? "/index.html" : (request.url ?? "");
    const type = TYPES[extname(name)];
    if (!type || name.includes("..")) response.writeHead(404).end();
    else response.writeHead(200, { "Content-Type": type }).end(readFileSync(join(dist, name)));
  });
}

async function startWithoutTrust(name: string, handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ address: string; server: Server }> {
  const [key, cert] = [`${name}.key`, `${name}.crt`];
  const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", cert];
  execFileSync("openssl", words, { stdio: "pipe" });
  const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, handle);
  return { address: (await listening(server)).replace("http:", "https:"), server };
}

/** Passes a request on to the sandbox, as it is. */
function passOn(request: IncomingMessage, response: ServerResponse, sandbox: string): void {
  const path = `/${(request.url ?? "").split("/").slice(3).join("/")}`;
  const { host: _, origin: __, ...headers } = request.headers;
  const onward = call(`${sandbox}${path}`, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, { "Content-Type": answer.headers["content-type"] ?? "" });
    answer.pipe(response);
  });
  onward.on("error", () => response.writeHead(502).end());
  request.pipe(onward);
}

function answer(request: IncomingMessage, response: ServerResponse, sandbox: string): void {
  const kind = request.url?.split("/")[1];
  if (kind === "403-silent") {
    response.writeHead(403).end();
    return;
  }
  response.setHeader("Access-Control-Allow-Origin", "*");
  if (request.method === "OPTIONS") {
    const few = kind === "few-headers" ? "" : "CheckSum, Authorization, Content-Type, ";
    response.setHeader("Access-Control-Allow-Methods", kind === "few-methods" ? "GET, POST" : "GET, POST, PUT, DELETE");
    response.setHeader("Access-Control-Allow-Headers", `${few}AppKey, Nonce, CurTime, X-custom-traceid`);
    response.writeHead(204).end();
    return;
  }
  const { checksum = "" } = request.headers;
  switch (kind) {
    case "few-headers":
    case "few-methods":
      passOn(request, response, sandbox);
      return;
    case "hides":
      if (checksum && request.headers.appkey) response.removeHeader("Access-Control-Allow-Origin");
      response.writeHead(502).end();
      return;
    case "drops":
      if (checksum.length > 1) request.socket.destroy();
      else passOn(request, response, sandbox);
      return;
    case "403":
      response.writeHead(403, { "Content-Type": "text/plain" }).end("not on the list");
      return;
    case "502":
      response.writeHead(502, { "Content-Type": "text/html" }).end("<h1>Bad gateway</h1>");
      return;
    case "login":
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(LOGIN);
      return;
    case "words":
      response.writeHead(200, { "Content-Type": "text/plain" }).end("It works!");
      return;
    case "half":
      response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 100 }).write('{"code":200,');
      setTimeout(() => request.socket.destroy(), 100);
      return;
    case "elsewhere":
      response.writeHead(200, { "Content-Type": "application/json" }).end('{"status":"UP"}');
      return;
    case "redirect":
      response.writeHead(302, { Location: "/login/" }).end();
      return;
    case "hang":
      return;
    case "cut":
      request.socket.destroy();
      return;
    default:
      response.writeHead(404, { "Content-Type": "text/plain" }).end("no such kind of fault");
  }
}

export async function stopServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
