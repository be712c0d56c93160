// The desk in a portal's frame: who may have it, what they are told, what they may want, and what nobody may. Jobs: framed_jobs.spec.ts; a
// second person's consent: second_person.spec.ts.

import { readFileSync } from "node:fs";
import { RECALL, SEND } from "./acts.ts";
import { disguises } from "./canary.ts";
import { type Cloud, SEEDED } from "./cloud.ts";
import { type Host, OPERATION, TOKENS, done, expect, test } from "./portal.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";

test.use({ locale: "zh-CN" });

/** Expects that nothing can be typed and nothing leaves. */
async function isShut(host: Host, cloud: Cloud): Promise<void> {
  await expect(host.desk.locator("#frame-stranger")).toBeVisible({ timeout: 8_000 });
  for (const page of ["connection", "jobs", "paste", "yunxin.batch_send"]) {
    await host.frame.evaluate((page) => (location.hash = `#/${page}`), page);
    await expect(host.desk.locator("#frame-stranger")).toBeVisible();
    await expect(host.desk.locator("input, textarea, select, form")).toHaveCount(0);
  }
  expect(await cloud.requests()).toEqual([]);
}

test("a page that is not listed gets a desk that takes nothing and sends nothing, whatever it says", async ({ host, cloud }) => {
  await host.open({ portal: addresses().stranger });
  await expect(host.desk.locator("#frame-waiting")).toBeVisible();
  await expect(host.desk.locator("input, textarea, select, form")).toHaveCount(0);
  await isShut(host, cloud);
  await expect(host.desk.locator("#open-alone")).toHaveAttribute("href", new RegExp(`^${addresses().page}/`));
  expect(await host.told("ready")).toEqual([]);
});

test("a listed page that says nothing gets the same, and is let in when it answers late", async ({ host, cloud }) => {
  await host.open({ options: null });
  await isShut(host, cloud);
  await host.page.evaluate(async () => {
    const { embed } = await import("/host/embed.js" as string);
    (window as any).desk = embed(document.querySelector("iframe"));
  });
  await expect(host.desk.locator("form[data-operation]")).toBeVisible();
});

test("in English it says so too", async ({ host }) => {
  await host.page.addInitScript(() => Object.defineProperty(navigator, "language", { value: "en-GB" }));
  await host.open({ options: null });
  await expect(host.desk.locator("#frame-stranger")).toContainText("No registered page has answered", { timeout: 8_000 });
});

test("ten thousand messages from strangers and hosts change nothing", async ({ host, cloud }) => {
  test.setTimeout(60_000);
  await host.page.goto(`${addresses().stranger}/host/`);
  const flood = async () => {
    await host.page.evaluate(async () => {
      const frame = document.querySelector("iframe")!;
      const names = ["init", "hello", "prefill", "lock", "navigate", "approval", "theme", "send", "__proto__", "constructor"];
      const pick = <T>(all: T[]): T => all[Math.floor(Math.random() * all.length)]!;
      const anything = (): unknown => pick<() => unknown>([
        () => null, () => undefined, () => Math.random(), () => "x".repeat(pick([1, 100, 70_000])), () => [[[]]], () => new Map([[1, 2]]),
        () => JSON.parse('{"__proto__":{"type":"init","nonce":"x"},"constructor":{"prototype":{"opened":true}}}'),
        () => ({ ns: "message-desk", v: [1, 0], type: pick(names), nonce: "0".repeat(32), to: "#/connection" }),
        () => JSON.stringify({ ns: "message-desk", v: pick<unknown>([[1, 0], [2, 0], 1, null]), type: pick(names), nonce: pick<unknown>(["", "0".repeat(32), 5, null]) }),
        () => JSON.stringify({ ns: "message-desk", v: [1, 0], type: "prefill", prefill: { operation: "yunxin.recall", values: { type: "2" } } }),
        () => `{"__proto__":{"ns":"message-desk"},"ns":"message-desk","v":[1,0],"type":"init"`,
      ])();
      for (let at = 0; at < 10_000; at += 1) {
        const { port1, port2 } = new MessageChannel();
        port1.close();
        frame.contentWindow!.postMessage(anything(), "*", at % 3 ? [port2] : []);
        if (at % 500 === 0) await new Promise((soon) => setTimeout(soon, 0));
      }
    });
  };
  await host.open({ portal: addresses().stranger, options: null });
  await expect(host.desk.locator("#frame-waiting, #frame-stranger")).toBeVisible();
  await flood();
  await expect(host.desk.locator("#frame-stranger")).toBeVisible({ timeout: 8_000 });
  // From a listed page, before and after it has shown itself.
  await host.open({ options: null });
  await expect(host.desk.locator("#frame-waiting, #frame-stranger")).toBeVisible();
  await flood();
  await expect(host.desk.locator("#frame-stranger")).toBeVisible({ timeout: 8_000 });
  await host.ready();
  await flood();
  await expect(host.desk.locator('form[data-operation="yunxin.recall"]')).toBeVisible();
  await expect(host.desk.locator('[name="type"][value="2"]')).not.toBeChecked();
  expect(await cloud.requests()).toEqual([]);
});

test("from a frame without an origin nobody is believed, a nonce is good once, and a second answer is not heard", async ({ host }) => {
  await host.page.goto(`${addresses().portal}/host/`);
  const opened = await host.page.evaluate(async (src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    const nonces: string[] = [];
    addEventListener("message", ({ data }) => typeof data === "string" && nonces.push(JSON.parse(data).nonce));
    document.body.append(frame);
    while (nonces.length < 2) await new Promise((soon) => setTimeout(soon, 50));
    const init = (nonce: string) => JSON.stringify({ ns: "message-desk", v: [1, 0], type: "init", nonce, locale: "en" });
    const answered = async (text: string) => {
      const { port1, port2 } = new MessageChannel();
      const said: string[] = [];
      port1.onmessage = ({ data }) => said.push(JSON.parse(data).type);
      frame.contentWindow!.postMessage(text, "*", [port2]);
      await new Promise((soon) => setTimeout(soon, 400));
      return said.includes("ready");
    };
    // The same words from a sibling without an origin: the browser says that it is another window, and nobody's.
    const null_ = document.createElement("iframe");
    null_.setAttribute("sandbox", "allow-scripts");
    null_.srcdoc = `<script>const c = new MessageChannel(); parent.frames[0].postMessage(${JSON.stringify(init(nonces[0]!))}, "*", [c.port2])</script>`;
    document.body.append(null_);
    await new Promise((soon) => setTimeout(soon, 400));
    return [await answered(init("f".repeat(32))), await answered(init(nonces[0]!)), await answered(init(nonces[0]!)), new Set(nonces).size];
  }, `${addresses().page}/#/${OPERATION}`);
  expect(opened).toEqual([false, true, false, 1]);
});

test("a host of another version is told from a stranger", async ({ host }) => {
  await host.page.goto(`${addresses().portal}/host/`);
  await host.page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    addEventListener("message", ({ data }) => {
      const { port2 } = new MessageChannel();
      frame.contentWindow!.postMessage(JSON.stringify({ ns: "message-desk", v: [2, 0], type: "init", nonce: JSON.parse(data).nonce }), "*", [port2]);
    });
    document.body.append(frame);
  }, `${addresses().page}/#/${OPERATION}`);
  await expect(host.desk.locator("#frame-stranger")).toContainText("另一个版本");
});

test("the example portal: an act, its audit without what was said, language, look, height, lock", async ({ host, cloud }) => {
  await host.page.goto(`${addresses().portal}/demo/`);
  const { desk, page } = host;
  await expect(desk.locator('form[data-operation="yunxin.recall"]')).toBeVisible();
  await expect(desk.locator("section.where.practice")).toBeVisible();
  await page.locator("#locale").selectOption("en");
  await expect(desk.locator("html")).toHaveAttribute("lang", "en");
  await page.locator("#look").selectOption("brand");
  await expect(desk.locator("html")).toHaveAttribute("data-look", "light");
  expect(await desk.locator("html").evaluate((root) => getComputedStyle(root).getPropertyValue("--accent"))).toBe("#006b54");
  await page.locator("#look").selectOption("dark");
  expect(await desk.locator("html").evaluate((root) => getComputedStyle(root).getPropertyValue("--accent"))).not.toBe("#006b54");
  // As high as the page, and no scrolling inside.
  await expect.poll(() => desk.locator("html").evaluate((root) => root.scrollHeight - root.clientHeight)).toBe(0);
  await host.fill(await RECALL.values(cloud));
  await host.submit();
  await host.confirm();
  expect(await done(cloud)).toEqual(RECALL.effects);
  const line = JSON.parse((await page.locator("#audit li").textContent()) ?? "");
  expect(line).toMatchObject({ operation: "yunxin.recall", outcome: "accepted", stage: "practice", count: 1, reason: "" });
  expect(line.targets).toMatchObject({
    "conversation_id.sender_id": SEEDED.fresh.sender, "conversation_id.receiver_id": SEEDED.fresh.receiver, message_server_id: SEEDED.fresh.message,
  });
  expect(line).not.toHaveProperty("body");
  await page.locator("#lock").click();
  // Loaded anew, and known again by a new greeting; it keeps the host's language.
  await expect(desk.locator("#result")).toHaveCount(0);
  await expect(desk.locator('form[data-operation="yunxin.recall"]')).toBeVisible();
  await expect(desk.locator("html")).toHaveAttribute("lang", "en");
});

test("what is written stays here, unless the configuration lets it be told", async ({ host, cloud, page }) => {
  const send = async () => {
    await host.ready({ at: SEND.operation });
    await host.fill(await SEND.values(cloud));
    await host.submit();
    await host.confirm();
    await expect.poll(() => host.told("audit")).toHaveLength(1);
    return { all: JSON.stringify(await page.evaluate(() => (window as any).told)), audit: (await host.told("audit"))[0] };
  };
  const silent = await send();
  expect(silent.all).not.toContain("今晚十点");
  expect(silent.all).not.toContain("practice-secret");
  expect(silent.audit.targets.receiver_ids).toBe("zhangsan\nlisi\nwangwu");
  await host.configure({ bodies: true });
  const told = await send();
  expect(told.audit.body).toContain("今晚十点");
  expect(told.all).not.toContain("practice-secret");
});

test("no secret and no signature of a typed connection goes through the port, as it is or in disguise", async ({ host, cloud }) => {
  const CANARY = "CANARY-yunxin-p0rt/s3cr3t+鸟?";
  const signed = new Set<string>();
  // A question that proves nothing has a 0 there.
  host.page.on("request", (request) => request.headers()["checksum"]?.match(/^[0-9a-f]{40}$/)?.forEach((sum) => signed.add(sum)));
  await host.overhear();
  await host.ready({ at: "connection" });
  await host.seat.fill({ endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: CANARY, proxy: "./proxy/sandbox{path}{query}" });
  await host.seat.submit();
  await host.desk.locator("#test-connection").click();
  await expect(host.desk.locator("[data-finding]")).toHaveAttribute("data-finding", "signature_refused");
  await host.call("navigate", `#/${SEND.operation}`);
  await host.seat.fill(await SEND.values(cloud));
  await host.submit();
  await host.desk.locator("#confirm-count").fill("3");
  await host.seat.confirm();
  await expect.poll(() => host.told("audit")).toMatchObject([{ operation: SEND.operation, outcome: "refused", stage: "production", count: 3 }]);
  expect(signed.size).toBeGreaterThan(1);
  const overheard = (await host.overheard()).join("\n");
  for (const disguise of [CANARY, ...signed].flatMap(disguises)) expect(overheard.includes(disguise), disguise).toBe(false);
});

test("a host fills a form and shows a page, and can do nothing with it", async ({ host, cloud }) => {
  await host.ready({ options: { prefill: { operation: "yunxin.batch_send", values: { receiver_ids: "lisi" } } } });
  await expect(host.desk.locator('form[data-operation="yunxin.batch_send"] [name="receiver_ids"]')).toHaveValue("lisi");
  await host.call("prefill", "tencent.recall_c2c", { From_Account: "a", To_Account: "b" });
  await expect(host.desk.locator('form[data-operation="tencent.recall_c2c"] [name="From_Account"]')).toHaveValue("a");
  await host.call("navigate", "#/connection");
  await expect(host.desk.locator("form[data-connection]")).toBeVisible();
  await expect.poll(() => host.told("dirty")).toMatchObject([{ dirty: true }]);
  expect(await host.call("isDirty")).toBe(true);
  for (const [operation, values] of [
    ["yunxin.recall", { app_secret: "x" }],
    ["yunxin.recall", { nobody: "x" }],
    ["yunxin", { app_key: "x" }],
    ["yunxin.everything", {}],
  ] as const) await host.call("prefill", operation, values);
  await host.call("navigate", "#/?usersig=abc");
  await host.call("theme", { look: "light", colours: { ink: "#eeeeee" } });
  await expect.poll(async () => (await host.told("error")).map(({ code, about }) => `${code} ${about}`).sort()).toEqual([
    "contrast ink on ground", "malformed to", "secret-refused app_secret", "unknown-field nobody", "unknown-operation yunxin", "unknown-operation yunxin.everything",
  ]);
  await expect(host.desk.getByRole("dialog")).toHaveCount(0);
  expect(await cloud.requests()).toEqual([]);
});

test("what is asked for before the desk is there waits for it; a lock leaves nothing unfinished behind", async ({ host }) => {
  await host.open();
  await host.call("navigate", "#/paste");
  await host.call("navigate", "#/connection");
  await expect(host.desk.locator("form[data-connection]")).toBeVisible();
  await host.open();
  await host.call("prefill", SEND.operation, { receiver_ids: "lisi" });
  await expect(host.desk.locator(`form[data-operation="${SEND.operation}"] [name="receiver_ids"]`)).toHaveValue("lisi");
  await expect.poll(() => host.call("isDirty")).toBe(true);
  await host.call("lock");
  await expect.poll(() => host.call("isDirty")).toBe(false);
  await expect.poll(() => host.told("dirty")).toMatchObject([{ dirty: true }, { dirty: false }]);
  expect(await host.page.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true })))).toBe(true);
});

test("what is no frame with an address is refused at once", async ({ host }) => {
  await host.ready();
  for (const name of ["iframe", "div"]) {
    const said = await host.page.evaluate(async (name) => {
      const { embed } = await import("/host/embed.js" as string);
      try {
        return embed(document.createElement(name));
      } catch (error) {
        return String(error);
      }
    }, name);
    expect(said).toBe("TypeError: embed: an iframe with a src is needed");
  }
});

test("a listed host that floods its port gets a hundred answers, and nothing happens", async ({ host, cloud }) => {
  await host.ready();
  await host.page.evaluate(async () => {
    const desk = (window as any).desk;
    for (let at = 0; at < 3_000; at += 1) {
      desk.navigate(at % 2 ? "javascript:alert(1)" : { toString: "x" });
      desk.theme({ look: "__proto__" });
    }
  });
  await expect.poll(async () => (await host.told("error")).length).toBe(100);
  await expect(host.desk.locator('form[data-operation="yunxin.recall"]')).toBeVisible();
  expect(await cloud.requests()).toEqual([]);
});

test("clicks by script, too early, or under a cover confirm nothing", async ({ host, cloud }) => {
  await host.ready();
  await host.fill(await RECALL.values(cloud));
  await host.submit();
  const go = host.desk.locator("#confirm-go");
  await go.click({ force: true });
  await expect(go).toHaveAttribute("aria-disabled", "false");
  await go.evaluate((button) => (button as HTMLElement).click());
  await expect(host.desk.getByRole("dialog")).toBeVisible();
  // The host lays something over the frame that lets the click through.
  await host.page.evaluate(() => {
    const cover = document.createElement("div");
    cover.id = "cover";
    Object.assign(cover.style, { position: "fixed", inset: "0", background: "white", pointerEvents: "none" });
    document.body.append(cover);
  });
  await expect(go).toHaveAttribute("aria-disabled", "true");
  await expect(host.desk.locator("#confirm-covered")).toBeVisible();
  await go.click({ force: true });
  await expect(host.desk.getByRole("dialog")).toBeVisible();
  expect(await cloud.requests()).toEqual([]);
  await host.page.evaluate(() => document.querySelector("#cover")?.remove());
  await host.confirm();
  expect(await done(cloud)).toEqual(RECALL.effects);
});

test("the frame grows and shrinks with the page, never by itself, and dialogs stand where they are seen", async ({ host, cloud, page }) => {
  await host.ready({ at: SEND.operation, options: { fit: true } });
  const height = () => page.locator("iframe").evaluate((frame) => (frame as HTMLElement).clientHeight);
  await expect.poll(async () => (await host.told("resize")).length).toBeGreaterThan(0);
  const tall = await height();
  const grown = await page.evaluate(async () => {
    const seen = new Set<number>();
    for (let frame = 0; frame < 200; frame += 1) {
      await new Promise((next) => requestAnimationFrame(next));
      seen.add(document.querySelector("iframe")!.offsetHeight);
    }
    return seen.size;
  });
  expect(grown, "one height over 200 frames").toBe(1);
  await host.fill(await SEND.values(cloud));
  await page.evaluate(() => document.querySelector("iframe")!.insertAdjacentElement("beforebegin", Object.assign(document.createElement("div"), { style: "height:1500px" })));
  await host.submit();
  const dialog = host.desk.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const inView = async () => {
    const box = (await dialog.boundingBox())!;
    return box.y >= 0 && box.y + box.height <= 900;
  };
  await expect.poll(inView).toBe(true);
  await page.evaluate(() => scrollBy(0, -250));
  await expect.poll(inView).toBe(true);
  await page.keyboard.press("Escape");
  await host.call("navigate", "#/record");
  await expect.poll(height).toBeLessThan(tall);
  const shrunk = await host.told("resize");
  expect(shrunk.at(-1).height).toBeLessThan(tall);
  // However long a page is, there is an end.
  await host.frame.evaluate(() => document.body.append(Object.assign(document.createElement("div"), { style: "height:30000px" })));
  await expect.poll(height).toBe(20_000);
});

const FRAMES: [string, { sandbox: string | null; allow?: string; width?: number; blocked?: boolean }, string[]][] = [
  ["a plain frame", { sandbox: null }, []],
  ["a sandbox with the documented tokens", { sandbox: TOKENS }, []],
  ["a frame 320 pixels wide", { sandbox: TOKENS, width: 320 }, []],
  ["a frame whose storage is blocked", { sandbox: TOKENS, blocked: true }, []],
  ["a sandbox without forms", { sandbox: "allow-scripts allow-same-origin allow-downloads allow-modals" }, ['sandbox="allow-forms"']],
  ["a sandbox with the least", { sandbox: "allow-scripts allow-same-origin", allow: "" }, ['sandbox="allow-forms"', 'sandbox="allow-modals"', 'sandbox="allow-downloads"', 'allow="clipboard-write"']],
];
for (const [title, { blocked, ...frame }, lacks] of FRAMES) {
  test(`a message is sent in ${title}, and what is missing is named`, async ({ host, cloud, page }) => {
    if (blocked) {
      await page.addInitScript(() => {
        for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
          Object.defineProperty(window, name, { get: () => { throw new DOMException("blocked", "SecurityError"); } });
        }
      });
    }
    await host.ready({ ...frame, at: SEND.operation });
    await expect.poll(() => host.desk.locator("[data-lacks]").evaluateAll((all) => all.map((it) => it.getAttribute("data-lacks")))).toEqual(lacks);
    await host.fill(await SEND.values(cloud));
    await host.submit();
    await host.confirm();
    expect(await done(cloud)).toEqual(SEND.effects);
    expect(await host.desk.locator("html").evaluate((root) => root.scrollWidth <= root.clientWidth)).toBe(true);
    // The browser says itself that it submits no form here.
    if (lacks.length) host.complaints.splice(0);
  });
}

test("in a sandbox without an origin it cannot start, and says which token is missing", async ({ host }) => {
  await host.open({ sandbox: "allow-scripts allow-forms", options: null });
  await expect(host.desk.locator("#shell-sandboxed")).toContainText("allow-same-origin");
  host.complaints.splice(0);
});

test("the focus stays with the portal until it is given; a dialog takes it and gives it back", async ({ host, cloud, page }) => {
  await host.ready();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  await host.call("focus");
  await expect(host.desk.locator("#page-title")).toBeFocused();
  await host.fill(await RECALL.values(cloud));
  await host.submit();
  await expect(host.desk.locator("#confirm-cancel")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  expect(await host.frame.evaluate(() => document.activeElement?.closest("dialog, body")?.tagName), "not on the page behind it").toMatch(/DIALOG|BODY/);
  await page.keyboard.press("Escape");
  await expect(host.desk.locator('form[data-operation] button[type="submit"]')).toBeFocused();
});

test("the types and the code of embed.js say the same", async ({ host, page }) => {
  await host.ready();
  const types = readFileSync(new URL("../../deploy/portal/embed.d.ts", import.meta.url), "utf8");
  const [, body = ""] = types.match(/export interface MessageDesk \{([\s\S]*?)\n\}/) ?? [];
  const methods = [...body.matchAll(/^ {2}([a-zA-Z]+)\(/gm)].map(([, name]) => name).sort();
  expect(await page.evaluate(() => Object.keys((window as any).desk).sort())).toEqual(methods);
  const [, options = ""] = types.match(/export interface Options \{([\s\S]*?)\n\}/) ?? [];
  const names = [...options.matchAll(/^ {2}([a-zA-Z]+)\?:/gm)].map(([, name]) => name);
  const code = readFileSync(new URL("../../src/embed.js", import.meta.url), "utf8");
  for (const name of names) expect(code, name).toMatch(new RegExp(`\\b${name}\\b`));
  const told = [...types.matchAll(/^ {2}type: "([a-z]+)"/gm)].map(([, type]) => type);
  const rust = readFileSync(new URL("../../src/embed/host.rs", import.meta.url), "utf8");
  expect(told.filter((type) => !rust.includes(`"${type}"`))).toEqual([]);
  expect(told).toHaveLength(7);
  const phases = readFileSync(new URL("../../src/domain/job/event.rs", import.meta.url), "utf8").match(/fn name[\s\S]*?\n {4}\}/)?.[0] ?? "";
  const states = (types.match(/ {2}state: (.*);/)?.[1] ?? "").split(" | ").map((name) => JSON.parse(name));
  expect(states.sort()).toEqual([...phases.matchAll(/=> "([a-z_]+)"/g)].map(([, name]) => name).sort());
});
