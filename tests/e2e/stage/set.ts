// Sets the stage before the tests: sandbox, nginx, the other proxies; clears it afterwards.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Addresses, publish } from "./addresses.ts";
import { hasCaddy, startCaddy } from "./caddy.ts";
import { startBroken, startCorsAnywhere, startPortal, startSecure, startUntrusted, stopServer } from "./neighbours.ts";
import { startNginx } from "./nginx.ts";
import { Programs, freePorts } from "./processes.ts";
import { startSandbox } from "./sandbox.ts";

const here = dirname(fileURLToPath(import.meta.url));
const repository = resolve(here, "../../..");

/** Called by Playwright once; what it returns is called once at the end. */
export default async function set(): Promise<() => Promise<void>> {
  const programs = new Programs(resolve(here, "../artifacts/running"));
  const folder = mkdtempSync(join(tmpdir(), "message-desk-"));
  const dist = resolve(process.env.DESK_DIST ?? join(repository, "dist"));
  const [page, relay, closed, signer, ...caddyPorts] = (await freePorts(6)).map((port) => `http://127.0.0.1:${port}`) as [string, string, string, string, string, string];
  const corsAnywhere = await startCorsAnywhere(page);
  const untrusted = await startUntrusted(folder);
  const portal = await startPortal(repository, page);
  const stranger = await startPortal(repository, page);
  const secure = await startSecure(folder, dist);
  const servers = [corsAnywhere, untrusted, portal, stranger, secure];
  const clear = async () => {
    await Promise.all([programs.stop(), ...servers.map(({ server }) => stopServer(server))]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const sandbox = await startSandbox(repository, programs);
    const broken = await startBroken(sandbox);
    servers.push(broken);
    const at: Addresses = {
      page, relay, closed, signer, sandbox, corsAnywhere: corsAnywhere.address, broken: broken.address, untrusted: untrusted.address, portal: portal.address, stranger: stranger.address,
      secure: secure.address,
      caddy: hasCaddy() ? { page: caddyPorts[0], relay: caddyPorts[1] } : null, logs: join(folder, "logs"),
    };
    await startNginx({ repository, dist, folder }, at, programs);
    if (at.caddy) await startCaddy({ repository, dist, folder }, at, at.caddy, programs);
    publish(at);
  } catch (error) {
    await clear();
    throw error;
  }
  return clear;
}
