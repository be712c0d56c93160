// Sets the stage before the tests: sandbox, nginx, the other proxies; clears it afterwards.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Addresses, publish } from "./addresses.ts";
import { startBroken, startCorsAnywhere, stopServer } from "./neighbours.ts";
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
  const [page, relay, closed] = (await freePorts(3)).map((port) => `http://127.0.0.1:${port}`) as [string, string, string];
  const broken = await startBroken();
  const corsAnywhere = await startCorsAnywhere(page);
  const clear = async () => {
    await Promise.all([programs.stop(), stopServer(broken.server), stopServer(corsAnywhere.server)]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const sandbox = await startSandbox(repository, programs);
    const at: Addresses = {
      page, relay, closed, sandbox, corsAnywhere: corsAnywhere.address, broken: broken.address, logs: join(folder, "logs"),
    };
    await startNginx({ repository, dist, folder }, at, programs);
    publish(at);
  } catch (error) {
    await clear();
    throw error;
  }
  return clear;
}
