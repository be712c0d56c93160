// Serves the same release build with Caddy, with the files of deploy/caddy as they stand.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Addresses } from "./addresses.ts";
import { type Place, layOut } from "./nginx.ts";
import { type Programs, answers } from "./processes.ts";

export function hasCaddy(): boolean {
  try {
    execFileSync("caddy", ["version"], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}

export async function startCaddy(place: Place, at: Addresses, own: { page: string; relay: string }, programs: Programs): Promise<void> {
  const { repository, folder } = place;
  layOut(place, "caddy/www", { ...at, ...own });
  const data = join(folder, "caddy/data");
  mkdirSync(data, { recursive: true });
  const address = (url: string) => url.replace(/^https?:\/\//, "");
  const routes = (name: string) => `${name} practice http ${address(at.sandbox)}\n\t\t\tuntrusted practice https ${address(at.untrusted)}`;
  const environment = {
    XDG_DATA_HOME: data,
    XDG_CONFIG_HOME: data,
    DESK_ADDRESS: own.page,
    DESK_ROOT: join(folder, "caddy/www"),
    DESK_CONNECT_SRC: [own.relay, at.corsAnywhere].join(" "),
    DESK_FRAME_ANCESTORS: `'self' ${at.portal} ${at.stranger}`,
    DESK_MORE_ROUTES: routes("sandbox"),
    DESK_LOGS: at.logs,
    RELAY_ADDRESS: own.relay,
    RELAY_ORIGIN: own.page,
    RELAY_MORE_ROUTES: routes("sandbox.invalid"),
    RELAY_LOGS: at.logs,
  };
  for (const [name, url] of [["same-origin", own.page], ["cross-origin", own.relay]] as const) {
    const file = join(repository, "deploy/caddy", `${name}.Caddyfile`);
    const { child, complaint } = programs.start("caddy", ["run", "--config", file, "--adapter", "caddyfile"], environment);
    await answers(url, complaint, child);
  }
}
