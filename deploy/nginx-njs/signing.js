// Signs calls on the server, so that no secret reaches a browser. For nginx's JavaScript module, version 0.7.9 or newer.
// Secrets are read for each call, from the file that $sign_secrets names: a worker of nginx must be able to read it, and a secret
// that was changed there counts at once.

import crypto from "crypto";
import fs from "fs";

/** For how long a UserSig is good, in seconds. */
const LIFETIME = 600;
/** For how long an Easemob token is asked for, in seconds; it is kept for a quarter of that. */
const TOKEN_LIFETIME = 7200;

const name = (r) => /^\/(?:_token\/)?([^/?]+)/.exec(r.variables.request_uri)[1];
const app = (r) => JSON.parse(fs.readFileSync(r.variables.sign_secrets).toString())[name(r)];

/** Where a call goes: the cloud's address and the rest of the path as it was sent. */
function target(r) {
    const known = app(r);
    if (!known) return "";
    const rest = r.variables.request_uri.replace(/^\/[^/?]+/, "");
    if (known.vendor !== "tencent") return known.endpoint + rest;
    const now = Math.floor(Date.now() / 1000);
    const query = [
        `sdkappid=${known.sdkappid}`,
        `identifier=${encodeURIComponent(known.identifier)}`,
        `usersig=${encodeURIComponent(userSig(known, now))}`,
        `random=${parseInt(r.variables.request_id.slice(0, 8), 16)}`,
        "contenttype=json",
    ];
    return `${known.endpoint}${rest.split("?")[0]}?${query.join("&")}`;
}

/** A UserSig: JSON in a zlib stream of one stored block, in base64 of a dialect. */
function userSig(known, now) {
    const signed = `TLS.identifier:${known.identifier}\nTLS.sdkappid:${known.sdkappid}\nTLS.time:${now}\nTLS.expire:${LIFETIME}\n`;
    const sig = crypto.createHmac("sha256", known.secret_key).update(signed).digest("base64");
    const json = Buffer.from(`{"TLS.ver":"2.0","TLS.identifier":${JSON.stringify(known.identifier)},"TLS.sdkappid":${known.sdkappid},"TLS.expire":${LIFETIME},"TLS.time":${now},"TLS.sig":"${sig}"}`);
    const size = json.length;
    let low = 1, high = 0;
    for (let at = 0; at < size; at++) {
        low = (low + json[at]) % 65521;
        high = (high + low) % 65521;
    }
    const head = Buffer.from([0x78, 0x01, 0x01, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255]);
    const tail = Buffer.from([high >> 8, high & 255, low >> 8, low & 255]);
    return Buffer.concat([head, json, tail]).toString("base64").replace(/\+/g, "*").replace(/\//g, "-").replace(/=/g, "_");
}

function tokenAddress(r) {
    const known = app(r);
    return `${known.endpoint}/${encodeURIComponent(known.org_name)}/${encodeURIComponent(known.app_name)}/token`;
}

/** The proofs that travel in headers, said as headers of an answer that nobody but nginx sees. */
async function prove(r) {
    const known = app(r);
    if (!known) {
        r.return(403);
        return;
    }
    if (known.vendor === "yunxin") {
        const now = String(Math.floor(Date.now() / 1000));
        const nonce = r.variables.request_id;
        r.headersOut["X-Desk-AppKey"] = known.app_key;
        r.headersOut["X-Desk-Nonce"] = nonce;
        r.headersOut["X-Desk-CurTime"] = now;
        r.headersOut["X-Desk-CheckSum"] = crypto.createHash("sha1").update(known.app_secret + nonce + now).digest("hex");
    }
    if (known.vendor === "easemob") {
        const body = JSON.stringify({ grant_type: "client_credentials", client_id: known.client_id, client_secret: known.client_secret, ttl: TOKEN_LIFETIME });
        const answer = await r.subrequest(`/_token/${name(r)}`, { method: "POST", body: body });
        // Without a token the call goes on as it is: the cloud's own refusal says more than this server could.
        if (answer.status === 200) r.headersOut["X-Desk-Bearer"] = `Bearer ${JSON.parse(answer.responseText).access_token}`;
    }
    r.return(204);
}

export default { target, tokenAddress, prove };
