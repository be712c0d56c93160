// The ready configurations of deploy/, nginx and Caddy alike, with the release build behind them and the sandbox as their cloud.

import { readFileSync, readdirSync } from "node:fs";
import { type IncomingHttpHeaders, createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { RECALL } from "./acts.ts";
import { userSig } from "./apps.ts";
import { Cloud } from "./cloud.ts";
import { type Operation, expect, test } from "./desk.ts";
import { SHARED, ends, make, people, start } from "./running.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";

const RECALLED = "/im/v2/conversations/zhangsan%7C1%7Clisi%40x/messages/1";
const WITHDRAWN = "/tencent/v4/openim/admin_msgwithdraw?sdkappid=1&usersig=CANARY-SIGNATURE";
const SERVERS = ["nginx", "caddy"] as const;

function places(server: (typeof SERVERS)[number]): { page: string; relay: string } {
  const at = addresses();
  if (server === "nginx") return at;
  test.skip(!at.caddy, "Caddy is not installed on this machine");
  return at.caddy ?? at;
}

async function call(address: string, method: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(address, { method, headers, redirect: "manual" });
}

/** What comes over the wire for one file, unpacked by nobody. */
async function wire(address: string, encoding: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return await new Promise((done, broken) => {
    const asked = forward(address, { headers: { "Accept-Encoding": encoding } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part)).on("end", () => done({ headers: answer.headers, body: Buffer.concat(parts) })).on("error", broken);
    });
    asked.on("error", broken).end();
  });
}

function logs(): string {
  const folder = addresses().logs;
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}

for (const server of SERVERS) {
  test.describe(server, () => {
    for (const folder of ["/", "/portal/desk/"]) {
      test(`the page opens at ${folder} under the strict policy and a recall goes through`, async ({ desk, cloud, page }) => {
        await page.goto(`${places(server).page}${folder}#/yunxin.recall`);
        await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
        await desk.fill(await RECALL.values(cloud));
        await desk.submit();
        await desk.confirm();
        await desk.concludes("accepted");
        expect((await cloud.effects()).map((effect) => `${effect.change} ${effect.receiver_id}`)).toEqual(RECALL.effects);
      });
    }

    test("through one more reverse proxy, below its folder, a link into the page opens and a recall goes through", async ({ desk, cloud, page }) => {
      const behind = new URL(places(server).page);
      const front = createServer((request, response) => {
        const options = { port: behind.port, path: (request.url ?? "").replace("/a/b/", "/"), method: request.method, headers: request.headers };
        request.pipe(forward(options, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers))));
      });
      await new Promise<void>((ready) => front.listen(0, "127.0.0.1", ready));
      try {
        const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
        desk.watch.expects(new RegExp(`a call to a stranger: ${origin}/a/b/`));
        await page.goto(`${origin}/a/b/#/yunxin.recall`);
        await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
        await page.reload();
        await desk.fill(await RECALL.values(cloud));
        await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
        await desk.submit();
        await desk.confirm();
        await desk.concludes("accepted");
        expect(desk.watch.requested.every(({ url }) => url.startsWith(`${origin}/a/b/`))).toBe(true);
      } finally {
        front.closeAllConnections();
        front.close();
      }
    });

    test("the second time, the files with lasting names are not fetched again", async ({ desk, page }) => {
      const open = async () => {
        await page.goto(`${places(server).page}/?${Math.random()}#/yunxin.recall`);
        await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
        return await page.evaluate(() => {
          const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
          return entries.filter(({ name }) => /\.(wasm|css)$/.test(name)).map(({ transferSize }) => transferSize);
        });
      };
      expect((await open()).some((bytes) => bytes > 0)).toBe(true);
      const again = await open();
      expect(again.length).toBeGreaterThan(3);
      expect(again.filter((bytes) => bytes > 0)).toEqual([]);
    });

    test("every file comes as headers.json says", async () => {
      const { page } = places(server);
      const { files, headers } = (await (await call(`${page}/headers.json`, "GET")).json()) as {
        files: Record<string, Record<string, string> & { encodings: string[] }>;
        headers: Record<string, string>;
      };
      expect(Object.keys(files).length).toBeGreaterThan(10);
      for (const [name, { encodings, ...own }] of Object.entries(files)) {
        const answer = await call(`${page}/${name}`, "GET", { "Accept-Encoding": "gzip" });
        const wanted: Record<string, string> = { ...headers, ...own };
        // The stage lets the page call its proxies elsewhere, and a portal frame it.
        delete wanted["Content-Security-Policy"];
        for (const [header, value] of Object.entries(wanted)) {
          // text/javascript and application/javascript are one type by two names.
          const said = (answer.headers.get(header) ?? "").replace(/^application\/javascript/, "text/javascript");
          expect(said, `${name} ${header}`).toBe(value);
        }
        expect(answer.headers.get("content-encoding"), name).toBe(encodings.includes("gz") ? "gzip" : null);
        await answer.arrayBuffer();
      }
      const policy = (await call(`${page}/`, "GET")).headers.get("content-security-policy") ?? "";
      const plain = (text = "") => text.replace(/(connect-src|frame-ancestors)[^;]*/g, "$1").trim();
      expect(plain(policy)).toBe(plain(headers["Content-Security-Policy"]));
    });

    test("what was compressed beforehand comes compressed to whoever takes it, and is the very file", async () => {
      const { page } = places(server);
      const { files } = (await (await call(`${page}/headers.json`, "GET")).json()) as { files: Record<string, { encodings: string[] }> };
      // Brotli is no part of nginx itself: docs/deploy.md.
      const unpack = { gzip: ["gz", gunzipSync], br: server === "caddy" ? ["br", brotliDecompressSync] : ["", null] } as const;
      const asked = Object.entries(files).filter(([name, { encodings }]) => /\.(wasm|js)$/.test(name) && encodings.includes("gz"));
      for (const kind of [/\.wasm$/, /\.js$/]) expect(asked.filter(([name]) => kind.test(name)).length).toBeGreaterThan(1);
      for (const [name, { encodings }] of asked) {
        const plain = await wire(`${page}/${name}`, "identity");
        expect([plain.headers["content-encoding"], plain.headers.vary], name).toEqual([undefined, "Accept-Encoding"]);
        for (const [encoding, [ending, unpacked]] of Object.entries(unpack)) {
          const { headers, body } = await wire(`${page}/${name}`, encoding);
          const what = `${name} ${encoding}`;
          const packed = unpacked && encodings.includes(ending);
          expect(headers["content-encoding"], what).toBe(packed ? encoding : undefined);
          expect(headers["content-type"], what).toMatch(name.endsWith(".wasm") ? /^application\/wasm$/ : /^(text|application)\/javascript; charset=utf-8$/);
          expect(headers.vary, what).toBe("Accept-Encoding");
          expect((packed ? unpacked(body) : body).equals(plain.body), what).toBe(true);
          if (packed) expect(body.length, what).toBeLessThan(plain.body.length);
        }
      }
      // One that takes both gets the smaller.
      const { headers } = await wire(`${page}/${asked[0]![0]}`, "gzip, deflate, br");
      expect(headers["content-encoding"]).toBe(server === "caddy" ? "br" : "gzip");
    });

    test("a file that lasts is kept for ever, and one that is not there, or not yet, is not kept", async () => {
      const { page } = places(server);
      const { files } = (await (await call(`${page}/headers.json`, "GET")).json()) as { files: Record<string, unknown> };
      const lasting = Object.keys(files).find((name) => /^jobs-[0-9a-f]+\.wasm$/.test(name))!;
      expect((await call(`${page}/${lasting}`, "GET")).headers.get("cache-control")).toContain("immutable");
      const absent = await call(`${page}/${lasting.replace(/[0-9a-f]{16}/, "0".repeat(16))}`, "GET");
      expect(absent.status).toBe(404);
      expect(absent.headers.get("cache-control") ?? "").not.toContain("immutable");
    });

    test("only the listed hosts, paths and methods are reached, and no other site's page reaches any", async () => {
      const { page } = places(server);
      const cloud = new Cloud();
      await cloud.reset();
      const own = `${page}/proxy/sandbox`;
      const refused: [string, string, number, Record<string, string>?][] = [
        [`${page}/proxy/evil.example${RECALLED}`, "DELETE", 404],
        [`${page}/proxy/127.0.0.1:1/yunxin${RECALLED}`, "DELETE", 404],
        [`${own}/yunxin${RECALLED}`, "PATCH", 403],
        [`${own}/yunxin${RECALLED}`, "OPTIONS", 403],
        [`${own}/yunxin${RECALLED}/more`, "DELETE", 403],
        [`${own}/yunxin/im/v2/conversations/a%2F..%2Fb/messages/1`, "DELETE", 403],
        [`${own}/yunxin//im/v2/conversations/a/messages/1`, "DELETE", 403],
        [`${own}/control/reset`, "POST", 403],
        [`${own}/yunxin/im/v2/users`, "POST", 403],
        [`${own}/tencent/v4/im_open_login_svc/account_delete`, "POST", 403],
        [`${own}/tencent/v4/openim/sendmsg`, "GET", 403],
        [`${own}/easemob/corp/shop/users`, "DELETE", 403],
        [`${own}/yunxin${RECALLED}`, "DELETE", 403, { "Sec-Fetch-Site": "cross-site" }],
        [`${own}/yunxin${RECALLED}`, "DELETE", 403, { Origin: "https://evil.example" }],
        [`${own}/yunxin${RECALLED}`, "DELETE", 403, { Origin: "null" }],
      ];
      for (const [address, method, status, headers] of refused) {
        expect((await call(address, method, headers)).status, `${method} ${address}`).toBe(status);
      }
      expect(await cloud.requests()).toEqual([]);
      const passed = await call(`${own}/yunxin${RECALLED}?type=2`, "DELETE", { Origin: page, Cookie: "portal=1" });
      expect(await passed.json()).toMatchObject({ code: 403 });
      expect(passed.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
      expect((await cloud.requests()).map(({ path, query }) => `${path}?${query}`)).toEqual([`/yunxin${RECALLED}?type=2`]);
    });

    test("from another origin the same, and every refusal can be read by the page it knows", async () => {
      const { page, relay } = places(server);
      const cloud = new Cloud();
      await cloud.reset();
      const own = `${relay}/sandbox.invalid`;
      for (const [address, method, status] of [
        [`${relay}/evil.example${RECALLED}`, "DELETE", 404],
        [`${own}/yunxin${RECALLED}`, "PATCH", 403],
        [`${own}/control/reset`, "POST", 403],
        [`${own}/easemob/corp/shop/users`, "DELETE", 403],
      ] as const) {
        const answer = await call(address, method, { Origin: page });
        expect([answer.status, answer.headers.get("access-control-allow-origin")], `${method} ${address}`).toEqual([status, page]);
        expect((await call(address, method, { Origin: "https://evil.example" })).headers.get("access-control-allow-origin")).toBeNull();
      }
      expect(await cloud.requests()).toEqual([]);
      // A cloud that breaks off, one that redirects, one whose certificate nobody vouches for.
      await cloud.faults({ kind: "cut_before" }, { kind: "redirect", to: "https://elsewhere.example/" });
      for (const [place, status] of [[own, 502], [own, 302], [`${relay}/untrusted`, 502]] as const) {
        const answer = await call(`${place}/yunxin${RECALLED}?type=2`, "DELETE", { Origin: page });
        expect([answer.status, answer.headers.get("access-control-allow-origin")], place).toEqual([status, page]);
      }
      expect(await cloud.requests()).toHaveLength(2);
      const preflight = await call(`${own}/yunxin${RECALLED}`, "OPTIONS", { Origin: page });
      expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, "DELETE, GET, POST, PUT"]);
      expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
      expect((await call(`${own}/yunxin${RECALLED}`, "OPTIONS", { Origin: "https://evil.example" })).status).toBe(403);
    });

    test("an address with the longest text that a cloud takes there reaches the cloud", async () => {
      const { page, relay } = places(server);
      const cloud = new Cloud();
      await cloud.reset();
      for (const place of [`${page}/proxy/sandbox`, `${relay}/sandbox.invalid`]) {
        const answer = await call(`${place}/yunxin${RECALLED}?type=2&attach=${"%E6%92%A4".repeat(5_000)}`, "DELETE", { Origin: page });
        expect(answer.status, place).toBe(200);
      }
      expect(await cloud.requests()).toHaveLength(2);
    });

    test("no query, no signature and no token stands in a log, whatever went wrong", async () => {
      const { page, relay } = places(server);
      const proofs = { CheckSum: "CANARY-CHECKSUM", Authorization: "Bearer CANARY-TOKEN", AppKey: "CANARY-KEY", Origin: page };
      for (const place of [`${page}/proxy/sandbox`, `${page}/proxy/untrusted`, `${page}/proxy/evil.example`, `${relay}/sandbox.invalid`, `${relay}/untrusted`]) {
        for (const method of ["POST", "PATCH"]) await call(`${place}${WITHDRAWN}`, method, proofs);
      }
      await expect.poll(() => logs().match(/v4\/openim\/admin_msgwithdraw/g)?.length ?? 0).toBeGreaterThanOrEqual(10);
      expect(logs()).not.toContain("CANARY");
      expect(logs()).not.toContain("usersig");
    });
  });
}

interface Calls {
  operation: Operation;
  path: string;
  connection: () => Record<string, string>;
  shared: Record<string, string>;
}
const FOUR_CALLS: Calls[] = [
  {
    operation: "yunxin.batch_send",
    path: "conversations/messages",
    connection: () => ({ app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret }),
    shared: SHARED,
  },
  {
    operation: "tencent.batch_send",
    path: "batchsendmsg",
    connection: () => ({ sdkappid: "1400000001", identifier: "administrator", usersig: userSig({ lifetime: 86_400 }) }),
    shared: { MsgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"今晚十点维护"}}]' },
  },
];
for (const { operation, path, connection, shared } of FOUR_CALLS) {
  test(`${operation}: four calls cost no preflight on the page's own origin, and one each on another`, async ({ desk, cloud }) => {
    test.setTimeout(60_000);
    await cloud.limits({ batch_per_minute: 1_000_000 });
    const preflights = () => logs().match(new RegExp(`"OPTIONS [^"]*/${path}"`, "g"))?.length ?? 0;
    const vendor = operation.split(".")[0]!;
    for (const [proxy, more] of [["./proxy/sandbox{path}{query}", 0], [`${addresses().relay}/{host}{path}{query}`, 4]] as const) {
      await desk.typeIn(vendor, { ...connection(), proxy });
      await desk.submit();
      await expect(desk.page.locator("#test-finding")).toContainText(desk.words.connected);
      const before = preflights();
      await make(desk, operation, { list: people(8).slice(more ? 0 : 4).slice(0, 4).join("\n"), shared, each: 1, pace: { requests: "590", items: "6000" } });
      await start(desk, 4);
      await ends(desk, "done", { sent: 4 });
      expect(preflights() - before, proxy).toBe(more);
    }
  });
}
