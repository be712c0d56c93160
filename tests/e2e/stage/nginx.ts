// Serves the release build as a deployer would: with the templates of deploy/nginx.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Addresses, configuration } from "./addresses.ts";
import { type Programs, answers } from "./processes.ts";
import { scripting, signing } from "./signing.ts";

export interface Place {
  /** The repository. */
  repository: string;
  /** The release build. */
  dist: string;
  /** A folder of this run, for everything generated. */
  folder: string;
}

/** Where mime.types and the certificates lie on the usual systems. */
const MIME_TYPES = ["/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types"];
const CERTIFICATES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

export async function startNginx(place: Place, at: Addresses, programs: Programs): Promise<void> {
  const { folder } = place;
  layOut(place, "www", at);
  for (const name of ["logs", "temp"]) mkdirSync(join(folder, name), { recursive: true });
  const port = (address: string) => `127.0.0.1:${new URL(address).port}`;
  const shared = { DESK_RESOLVER: "127.0.0.1", DESK_CA: first(CERTIFICATES), DESK_LOGS: at.logs };
  const route = (name: string) => `${name} "practice ${at.sandbox}"; untrusted "practice ${at.untrusted}"; dead "practice ${at.closed}";`;
  const signer = scripting() ? signing(folder, at) : undefined;
  fill(place, "nginx/same-origin", {
    DESK_LISTEN: port(at.page),
    DESK_TLS: "",
    DESK_SERVER_NAME: "_",
    DESK_ROOT: join(folder, "www"),
    DESK_CONNECT_SRC: [at.relay, at.corsAnywhere, at.broken, at.closed].join(" "),
    DESK_FRAME_ANCESTORS: `'self' ${at.portal} ${at.stranger}`,
    DESK_MORE_ROUTES: `${route("sandbox")} ${signer?.routes ?? ""}`,
    ...shared,
  });
  if (signer) fill(place, "nginx-njs/signing", { ...signer.settings, ...shared });
  fill(place, "nginx/cross-origin", {
    RELAY_LISTEN: port(at.relay),
    RELAY_TLS: "",
    RELAY_SERVER_NAME: "_",
    RELAY_ORIGIN: at.page,
    RELAY_MORE_ROUTES: route("sandbox.invalid"),
    RELAY_RESOLVER: "127.0.0.1",
    RELAY_CA: first(CERTIFICATES),
    RELAY_LOGS: at.logs,
  });
  const main = join(folder, "nginx.conf");
  writeFileSync(main, conf(folder, signer && scripting()));
  check(main, folder);
  const { child, complaint } = programs.start("nginx", ["-e", "stderr", "-p", folder, "-c", main]);
  await answers(at.page, complaint, child);
  await answers(at.relay, complaint, child);
}

/** A copy of the build at the top and in a sub-folder, so that a build meanwhile does not disturb the tests. */
export function layOut({ dist, folder }: Place, name: string, at: Addresses): void {
  if (!existsSync(join(dist, "index.html"))) {
    throw new Error(`${dist} holds no build: run "trunk build --release" first`);
  }
  for (const www of [join(folder, name), join(folder, name, "portal/desk")]) {
    // A build under way keeps its unfinished files in .stage.
    cpSync(dist, www, { recursive: true, filter: (file) => !file.endsWith("/.stage") });
    writeFileSync(join(www, "config.json"), JSON.stringify(configuration(at), null, 2));
  }
}

/** Replaces `${NAME}` as envsubst does, and refuses a placeholder without a value. */
function fill({ repository, folder }: Place, name: string, values: Record<string, string>): void {
  const template = readFileSync(join(repository, "deploy", `${name}.conf.template`), "utf8");
  const filled = template.replace(/^(?!\s*#).*$/gm, (line) =>
    line.replace(/\$\{([A-Z_]+)\}/g, (_, key: string) => {
      const value = values[key];
      if (value === undefined) throw new Error(`${name}.conf.template: nothing for ${key}`);
      return value;
    }),
  );
  writeFileSync(join(folder, `${name.split("/")[1]}.conf`), filled);
}

function conf(folder: string, scripting: string | undefined): string {
  // Started by root, nginx would give up its rights and no longer see this folder.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `${scripting ? `load_module ${scripting};` : ""}
${user}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  include ${first(MIME_TYPES)};
  default_type application/octet-stream;
  ${temporary.map((name) => `${name}_temp_path ${folder}/temp/${name};`).join("\n  ")}
  include ${folder}/same-origin.conf;
  include ${folder}/cross-origin.conf;
  ${scripting ? `include ${folder}/signing.conf;` : ""}
}
`;
}

function check(main: string, folder: string): void {
  try {
    execFileSync("nginx", ["-t", "-q", "-e", "stderr", "-p", folder, "-c", main], { stdio: "pipe" });
  } catch (error) {
    throw new Error(`nginx refuses the templates: ${(error as { stderr?: Buffer }).stderr ?? error}`);
  }
}

function first(files: string[]): string {
  const found = files.find((file) => existsSync(file));
  if (!found) throw new Error(`none of these files is here: ${files.join(", ")}`);
  return found;
}
