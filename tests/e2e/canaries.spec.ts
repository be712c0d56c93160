// Secrets, tokens and signatures of all three clouds, through every flow: each is in its one place, and nowhere else.

import { readFileSync } from "node:fs";
import { disguises, everywhere, isNowhere, overheard } from "./canary.ts";
import { type Desk, type Operation, expect, test } from "./desk.ts";
import { addresses } from "./stage/addresses.ts";
import { FAILED_CALL, type Seen } from "./watch.ts";

interface Flows {
  vendor: string;
  /** The secret field, and the sandbox's own secret, which is looked for. */
  secret: [string, string];
  edit: Operation;
  recall: Operation;
  find: Operation;
  send: Operation;
  /** A list, and what all its rows share. */
  job: { operation: Operation; list: string; shared: Record<string, string> };
  /** Where the secret itself must be. */
  may?: (request: Seen) => Partial<Seen>;
  /** What proves the app in a request, and the request without it. */
  proof: (request: Seen) => { value: string; without: Partial<Seen> } | undefined;
}

const inHeader = (name: string, strip = "") => ({ headers }: Seen) => {
  const { [name]: value, ...others } = headers;
  // A question about the way carries each header with a 0 in it.
  return value && value !== "0" ? { value: value.replace(strip, ""), without: { headers: others } } : undefined;
};

const FLOWS: Flows[] = [
  {
    vendor: "yunxin", secret: ["app_secret", "practice-secret"],
    edit: "yunxin.modify", recall: "yunxin.recall", find: "yunxin.find_history", send: "yunxin.send",
    job: { operation: "yunxin.batch_send", list: "zhangsan\nlisi\nwangwu", shared: { sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" } },
    proof: inHeader("checksum"),
  },
  {
    vendor: "tencent", secret: ["secret_key", "practice-secret-key"],
    edit: "tencent.modify_c2c", recall: "tencent.recall_c2c", find: "tencent.find_c2c", send: "tencent.send",
    job: { operation: "tencent.batch_send", list: "zhangsan\nlisi\nwangwu", shared: { "MsgBody": '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"今晚十点维护"}}]' } },
    proof: ({ url }) => {
      const value = /usersig=([^&]+)/.exec(url)?.[1];
      return value ? { value, without: { url: url.replace(value, "") } } : undefined;
    },
  },
  {
    vendor: "easemob", secret: ["client_secret", "practice-secret-0001"],
    edit: "easemob.rewrite", recall: "easemob.recall", find: "easemob.find_chat", send: "easemob.send_users",
    job: { operation: "easemob.send_users", list: "zhangsan\nlisi\nwangwu", shared: { from: "admin", type: "txt", "body.msg": "今晚十点维护" } },
    may: ({ url, body }) => (url.endsWith("/token") ? { body: (body ?? "").replace("practice-secret-0001", "") } : {}),
    proof: inHeader("authorization", "Bearer "),
  },
];

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

/** Fills in an operation's sample, which is offered while a practice connection is in use. */
async function sample(desk: Desk, operation: Operation): Promise<void> {
  if (!desk.scene.url().endsWith(`/${operation}`)) await desk.go(operation);
  await expect(desk.form(operation)).toBeVisible();
  await desk.scene.locator("#fill-sample").click();
}

/** Confirms where a dialog asks, with the count where it wants that typed; edits leave at once, others after seconds that are not waited out. */
async function agree(desk: Desk, atOnce = false): Promise<void> {
  await expect(desk.dialog).toBeVisible();
  const count = desk.dialog.locator("#confirm-count");
  if (await count.isVisible()) {
    const asked = await desk.dialog.locator('label[for="confirm-count"]').textContent();
    await count.fill(/\d+/.exec(asked ?? "")![0]);
  }
  if (atOnce) await desk.agree();
  else await desk.confirm();
}

/** An act with what stands in its form, confirmed where a dialog asks. */
async function act(desk: Desk, operation: Operation, verdict: "accepted" | "not_sent" | "unknown", atOnce = false): Promise<void> {
  if (!desk.scene.url().endsWith(`/${operation}`)) await desk.go(operation);
  await expect(desk.scene.getByRole("complementary").locator("pre")).toBeVisible();
  await desk.submit();
  await expect(desk.dialog.or(desk.result)).toBeVisible();
  if (await desk.dialog.isVisible()) await agree(desk, atOnce);
  await expect(desk.result).toHaveAttribute("data-verdict", verdict);
}

/** What every button that copies gives away at this moment. */
async function copied({ scene }: Desk): Promise<string> {
  const buttons = scene.getByRole("button", { name: /^复制/ });
  const texts: string[] = [];
  for (let at = 0; at < (await buttons.count()); at += 1) {
    if (!(await buttons.nth(at).isVisible())) continue;
    await buttons.nth(at).click();
    await expect(buttons.nth(at).locator("xpath=following-sibling::*[1]")).toHaveText("已复制");
    texts.push(await scene.evaluate(() => navigator.clipboard.readText()));
  }
  expect(texts.filter((text) => text.length > 20), "something was copied").not.toEqual([]);
  return texts.join("\n");
}

/** A job for these people, which is not begun. */
async function made(desk: Desk, { operation, shared }: Flows["job"], list: string): Promise<void> {
  const { scene } = desk;
  await desk.go(`jobs/new/${operation}`);
  await scene.locator("#list-text").fill(list);
  await desk.fill(shared);
  await scene.locator("#dry-run-start").click();
  await scene.locator("#job-create").click();
  await expect(scene.locator("#job")).toHaveAttribute("data-phase", "checked");
}

/** A job as it is taken elsewhere: the file of all that is known of it. */
async function handedOver(desk: Desk, job: Flows["job"]): Promise<string> {
  const { page, scene } = desk;
  await made(desk, job, "zhangsan\nlisi");
  await scene.locator("#job-hand-over").click();
  const [download] = await Promise.all([page.waitForEvent("download"), scene.locator("#job-hand-over").click()]);
  await expect(scene.locator("#job")).toHaveAttribute("data-phase", "handed_over");
  return readFileSync((await download.path())!, "utf8");
}

/** A job of three, to its end; both files of its results. */
async function job(desk: Desk, flows: Flows["job"]): Promise<string> {
  const { page, scene } = desk;
  await made(desk, flows, flows.list);
  await scene.locator("#job-start").click();
  await agree(desk);
  const phase = scene.locator("#job");
  await expect(phase).toHaveAttribute("data-phase", /done|asking/, { timeout: 20_000 });
  if (await scene.locator("#job-approve").isVisible()) await scene.locator("#job-approve").click();
  await expect(phase).toHaveAttribute("data-phase", "done", { timeout: 20_000 });
  const files = [];
  for (const id of ["#job-csv", "#job-json"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), scene.locator(id).click()]);
    files.push(readFileSync((await download.path())!, "utf8"));
  }
  return files.join("\n");
}

/** The secret is only where it must be; each proof that left is in its one place of its one request. */
async function looked(desk: Desk, { secret: [, secret], may, proof }: Flows, besides: Record<string, string> = {}): Promise<void> {
  await isNowhere(desk, secret, may, besides);
  const found = desk.watch.requested.flatMap((request) => proof(request)?.value ?? []);
  expect(found.length).toBeGreaterThan(0);
  for (const value of new Set(found)) {
    const own = (request: Seen) => {
      const its = proof(request);
      return its?.value === value ? its.without : {};
    };
    await isNowhere(desk, value, own, besides);
  }
}

for (const flows of FLOWS) {
  for (const place of ["alone", "in a portal's frame"]) {
    test(`${flows.vendor}, ${place}: secret and signatures are each in one place, through test, edit, recall, send, errors, search, copies, jobs, their files and the record`, async ({ desk: alone, cloud, page }) => {
      test.setTimeout(90_000);
      alone.watch.expects(FAILED_CALL);
      await cloud.practice(page, { parents: [addresses().portal], bodies: true });
      if (place === "alone") await alone.open(flows.recall);
      const desk = place === "alone" ? alone : await overheard(alone, flows.recall);
      for (const operation of [flows.edit, flows.recall, flows.find, flows.send]) await sample(desk, operation);
      await desk.go("connection");
      const [field, secret] = flows.secret;
      // Typed in otherwise than the ready-made connection is, it counts as production.
      await desk.fill({ [field]: secret, proxy: "./proxy/sandbox{path}{query}" });
      await desk.scene.locator("#test-connection").click();
      await expect(desk.finding).toHaveAttribute("data-finding", "ready");
      await desk.submit();
      await expect(desk.scene.locator("section.where")).toContainText("生产环境");
      await looked(desk, flows);

      await act(desk, flows.edit, "accepted", true);
      await act(desk, flows.recall, "accepted");
      await act(desk, flows.find, "accepted");
      await looked(desk, flows);
      // Of the send alone: proofs of what came before may still be looked up.
      await cloud.faults({ on: flows.send, kind: "cut_after" });
      await act(desk, flows.send, "unknown");
      await desk.result.locator("summary").click();
      await looked(desk, flows, { copied: await copied(desk) });
      await cloud.faults({ on: flows.send, kind: "status", code: 403, body: "no" });
      await act(desk, flows.send, "not_sent");
      // Why it failed, and what IT is given.
      await desk.scene.locator("#find-out-why").click();
      await expect(desk.finding).toHaveAttribute("data-finding", "ready");
      await desk.go("connection");
      await desk.fill({ [field]: `${secret}-miscopied` });
      await desk.scene.locator("#test-connection").click();
      // What was found out about the connection in use stands there too.
      await expect(desk.scene.locator("#test-finding [data-finding]")).toHaveAttribute("data-finding", "signature_refused");
      await looked(desk, flows, { copied: await copied(desk) });

      const handed = await handedOver(desk, flows.job);
      expect(handed).toContain("lisi");
      const files = await job(desk, flows.job);
      expect(files).toContain("wangwu");
      await desk.go("record");
      await looked(desk, flows, { files, handed });
      if (place !== "alone") {
        const { posts } = await everywhere(desk);
        for (const type of ["hello", "ready", "dirty", "audit", "job"]) expect(posts).toContain(`"type":"${type}"`);
        // The portal may have what was said: only because config.json lets it.
        expect(posts).toContain("body");
      }
    });
  }

  test(`${flows.vendor}: a proxy that the page's policy does not list gets no signature, and neither do the reports of that`, async ({ desk, cloud, page }) => {
    const { portal } = addresses();
    const reports: string[] = [];
    // Taken before they leave the browser: a document that a test has answered for counts as one of the public network, from which no
    // report would reach this machine.
    const address = `${addresses().page}/reports`;
    await page.route(address, async (route) => {
      reports.push(route.request().postData() ?? "");
      await route.fulfill({ status: 204 });
    });
    desk.watch.expects(/policy violated: connect-src/, /Content Security Policy|Refused to connect|Fetch API cannot load/);
    await cloud.practice(page);
    await page.route(`${addresses().page}/`, async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      await route.fulfill({ response, headers: { ...headers, "content-security-policy": `${headers["content-security-policy"]}; report-uri ${address}` } });
    });
    await desk.open(flows.recall);
    await sample(desk, flows.recall);
    await desk.go("connection");
    const [field, secret] = flows.secret;
    await desk.fill({ [field]: secret, proxy: `${portal}/{host}{path}{query}` });
    await desk.page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "policy");
    await expect.poll(() => reports.join("\n"), "the browser reports").toContain(portal);
    await desk.submit();
    await act(desk, flows.recall, "not_sent");
    await expect(desk.result).toContainText("安全策略不许调用这个代理");
    // What the browser would still have to say would have been said by now.
    await page.waitForTimeout(500);
    const said: Record<string, string> = { ...(await everywhere(desk)), reports: reports.join("\n") };
    expect(said.violations).toContain(portal);
    for (const [where, text] of Object.entries(said)) {
      for (const disguise of disguises(secret)) expect(text.includes(disguise), `${where} holds ${disguise}`).toBe(false);
      expect(text, where).not.toMatch(/usersig=(eJ|eA)|checksum\W{1,4}[0-9a-f]{40}|bearer (?!<|&lt;)/i);
    }
    expect(desk.watch.requested.flatMap((request) => flows.proof(request)?.value ?? [])).toEqual([]);
    expect(await cloud.effects()).toEqual([]);
  });
}

const PLANTED = "CANARY-planted-0123456789/鸟?";
/** A leak of each kind, as careless code might make it. */
const LEAKS: Record<string, (secret: string) => unknown> = {
  document: (secret) => document.body.setAttribute("data-x", btoa(unescape(encodeURIComponent(secret)))),
  inputs: (secret) => (document.querySelector("input")!.value = secret),
  local: (secret) => localStorage.setItem("x", secret),
  session: (secret) => sessionStorage.setItem("x", encodeURIComponent(secret)),
  databases: (secret) =>
    new Promise<void>((done) => {
      const opening = indexedDB.open("leak", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("x").put(new TextEncoder().encode(secret), "x");
      opening.onsuccess = () => (opening.result.close(), done());
    }),
  caches: async (secret) => (await caches.open("leak")).put("/x", new Response(secret)),
  cookies: (secret) => (document.cookie = `x=${encodeURIComponent(secret)}`),
  address: (secret) => (location.hash = `#/record?x=${encodeURIComponent(secret)}`),
  title: (secret) => (document.title = secret),
  name: (secret) => (window.name = secret),
  history: (secret) => history.replaceState({ secret }, ""),
  timing: (secret) => performance.mark(secret),
  clipboard: (secret) => navigator.clipboard.writeText(secret),
  console: (secret) => console.log(secret),
  violations: (secret) => void fetch(`http://10.0.0.1/?x=${encodeURIComponent(secret)}`).catch(() => {}),
  posts: (secret) => parent.postMessage({ secret }, "*"),
  requests: (secret) => void navigator.sendBeacon("/config.json", secret),
};

for (const [place, leak] of Object.entries(LEAKS)) {
  test(`a leak is found where it was planted: ${place}`, async ({ desk: alone, cloud, page }) => {
    alone.watch.expects(FAILED_CALL, /policy violated|Content Security Policy|Refused to connect|Fetch API cannot load/);
    await cloud.practice(page, { parents: [addresses().portal] });
    const desk = await overheard(alone, "connection");
    await desk.scene.locator("section.where").click();
    // All tests of a browser share its clipboard: what an earlier one has planted there may still be in it.
    await desk.scene.evaluate(() => navigator.clipboard.writeText(""));
    await isNowhere(desk, PLANTED);
    await desk.scene.evaluate(leak, PLANTED);
    await expect.poll(() => isNowhere(desk, PLANTED).then(() => "", (error: Error) => error.message)).toContain(`${place} holds the secret`);
  });
}
