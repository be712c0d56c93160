// A proxy that signs, as deploy/nginx-njs has it: behind the page's own proxy routes, with a password in front.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PRACTICE, type Addresses } from "./addresses.ts";

const MODULES = ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/etc/nginx/modules"].map((folder) => join(folder, "ngx_http_js_module.so"));

/** Who may use it. */
export const MEMBER = { username: "xiaoyan", password: "practice-member-password" };

/** nginx's JavaScript module; none where it is not installed. */
export const scripting = (): string | undefined => MODULES.find((file) => existsSync(file));

/** The secrets that stay on the server, one entry per route of the page's own proxy. */
function secrets(at: Addresses): Record<string, { vendor: string; [more: string]: unknown }> {
  return {
    "yunxin-signed": { vendor: "yunxin", endpoint: `${at.sandbox}/yunxin`, app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret },
    "tencent-signed": { vendor: "tencent", endpoint: `${at.sandbox}/tencent`, sdkappid: 1400000001, identifier: "administrator", secret_key: "practice-secret-key" },
    "easemob-signed": { vendor: "easemob", endpoint: `${at.sandbox}/easemob`, org_name: "practice-org", app_name: "message-desk", client_id: "practice-client-id-0001", client_secret: "practice-secret-0001" },
    // Copied wrong by whoever set the server up.
    "yunxin-miscopied": { vendor: "yunxin", endpoint: `${at.sandbox}/yunxin`, app_key: PRACTICE.appKey, app_secret: "miscopied" },
    "tencent-miscopied": { vendor: "tencent", endpoint: `${at.sandbox}/tencent`, sdkappid: 1400000001, identifier: "administrator", secret_key: "miscopied" },
    "easemob-miscopied": { vendor: "easemob", endpoint: `${at.sandbox}/easemob`, org_name: "practice-org", app_name: "message-desk", client_id: "practice-client-id-0001", client_secret: "miscopied" },
  };
}

/** Lays out what the signing server reads; gives what its template and its neighbours want to know. */
export function signing(folder: string, at: Addresses): { settings: Record<string, string>; routes: string } {
  const own = join(folder, "signing");
  mkdirSync(join(own, "tokens"), { recursive: true });
  const [listen, users, file] = [`127.0.0.1:${new URL(at.signer).port}`, join(own, "users"), join(own, "secrets.json")];
  cpSync(join(import.meta.dirname, "../../../deploy/nginx-njs/signing.js"), join(own, "signing.js"));
  writeFileSync(users, `${MEMBER.username}:${execFileSync("openssl", ["passwd", "-apr1", MEMBER.password], { encoding: "utf8" })}`);
  writeFileSync(file, JSON.stringify(secrets(at)), { mode: 0o600 });
  return {
    settings: { DESK_SIGN_LISTEN: listen, DESK_SIGN_FOLDER: own, DESK_SIGN_SECRETS: file, DESK_SIGN_USERS: users, DESK_TOKENS: join(own, "tokens") },
    routes: Object.entries(secrets(at)).map(([name, { vendor }]) => `${name} "${vendor} http://${listen}/${name}";`).join(" "),
  };
}
