// The desk in Firefox: a connection, a recall, a job of three rows, and what its test of a connection tells apart.

import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { RECALL } from "../acts.ts";
import { Cloud } from "../cloud.ts";
import { PRACTICE, addresses } from "../stage/addresses.ts";
import { type Tab, startFirefox } from "./bidi.ts";

/** Debian's, or whichever is there. */
function program(): string {
  for (const name of ["firefox-esr", "firefox"]) {
    try {
      execFileSync(name, ["--version"], { stdio: "pipe" });
      return name;
    } catch {
      // The next one.
    }
  }
  throw new Error("no Firefox on this machine: .ci/setup test installs firefox-esr on Debian");
}

test.describe.configure({ mode: "serial" });

let tab: Tab;
let end = async () => {};
let cloud: Cloud;

test.beforeAll(async () => {
  cloud = new Cloud();
  await cloud.reset();
  await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
  ({ tab, end } = await startFirefox(program()));
});

test.afterAll(async () => await end());

test.afterEach(() => {
  expect(tab.said, "nothing unexpected on the console").toEqual([]);
});

/** Types a connection in. */
async function typed(proxy: string): Promise<void> {
  await tab.go(`${addresses().page}/#/connection`);
  await tab.find("form[data-connection]");
  const values = { endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, proxy };
  for (const [name, text] of Object.entries(values)) await tab.fill(name, text);
}

test("a connection that is typed in, tested and used", async () => {
  await typed("proxy/sandbox{path}{query}");
  await tab.click("#test-connection");
  await tab.find('[data-finding="ready"]');
  await tab.click('form[data-connection] button[type="submit"]');
  await expect.poll(() => tab.text("#test-finding")).toMatch(/已连接|Connected/);
});

test("a recall that is confirmed and happens once", async () => {
  await tab.go(`${addresses().page}/#/${RECALL.operation}`);
  await tab.find('form[data-operation="yunxin.recall"]');
  for (const [name, text] of Object.entries(await RECALL.values(cloud))) await tab.fill(name, text);
  await tab.click('form[data-operation] button[type="submit"]');
  await tab.find('dialog[open] #confirm-cancel');
  if (await tab.evaluate(() => document.querySelector("#confirm-count") !== null)) await tab.type("#confirm-count", "1");
  await tab.click("#confirm-go");
  await tab.click("#leave-now");
  await tab.find('#result[data-verdict="accepted"]');
  expect((await cloud.effects()).map(({ change, receiver_id }) => `${change} ${receiver_id}`)).toEqual(RECALL.effects);
});

test("a job of three rows sends each of them once", async () => {
  const people = ["user0001", "user0002", "user0003"];
  await tab.go(`${addresses().page}/#/jobs/new/yunxin.batch_send`);
  await tab.type("#list-text", people.join("\n"));
  await tab.find("#list-rows");
  for (const [name, text] of Object.entries({ sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" })) await tab.fill(name, text);
  for (const [box, text] of [["#per-minute", "60000"], ["#items-per-minute", "60000"], ["#per-request", "1"], ["#canary", "0"]] as const) await tab.type(box, text);
  await tab.click("#dry-run-start");
  await tab.click("#job-create");
  await tab.find('#job[data-phase="checked"]');
  await tab.click("#job-start");
  await tab.find("dialog[open] #confirm-cancel");
  if (await tab.evaluate(() => document.querySelector("#confirm-count") !== null)) await tab.type("#confirm-count", "3");
  await tab.click("#confirm-go");
  await tab.click("#leave-now");
  await tab.find('#job[data-phase="done"][data-sent="3"]');
  const stored = (await cloud.effects()).filter(({ change }) => change === "stored");
  expect(stored.map(({ receiver_id }) => receiver_id).sort()).toEqual(people);
});

test("what is wrong with a way is told apart by what this browser lets a page know", async () => {
  const { closed, broken, portal } = addresses();
  await typed("");
  for (const [proxy, finding] of [
    [closed, "unreachable"],
    [`${broken}/403-silent`, "proxy_refuses_page"],
    [`${broken}/few-headers`, "header_refused"],
    [portal, "policy"],
    [`${broken}/redirect`, "redirected"],
    ["https://10.0.0.256", "not_built"],
  ]) {
    await tab.fill("proxy", `${proxy}/{host}{path}{query}`);
    await tab.click("#test-connection");
    await tab.find(`[data-finding="${finding}"]`);
  }
  // What Firefox itself writes of calls that it stopped or could not read.
  expect(tab.said.filter((said) => !/Cross-Origin Request|Content-Security-Policy|NetworkError/.test(said))).toEqual([]);
  tab.said.splice(0);
});
