// What is fetched only when it is needed: what follows a form, and the page of the connection. A part that is late or does not
// arrive loses nothing, and nothing is sent without it.

import { RECALL, carryOut, done } from "./acts.ts";
import { expect, test } from "./desk.ts";
import { FAILED_CALL } from "./watch.ts";

const ACTS = /\/acts-\w+\.wasm$/;
const CONNECTING = /\/connecting-\w+\.wasm$/;
const SUBFOLDER = "/portal/desk/";

test.use({ locale: "zh-CN" });

test.beforeEach(({ desk }) => desk.watch.expects(FAILED_CALL, /Failed to fetch|404 http/));

const toTheCloud = (desk: { watch: { requested: { url: string }[] } }) =>
  desk.watch.requested.filter(({ url }) => url.includes("/proxy/")).length;

test("when the part that carries an act out does not arrive, that is said, what was typed stays, and a retry goes on", async ({ desk, cloud, page }) => {
  await page.route(ACTS, (route) => route.abort());
  await desk.open(RECALL.operation, SUBFOLDER);
  const values = await RECALL.values(cloud);
  await desk.fill(values);
  await desk.submit();
  await expect(page.getByRole("alert")).toContainText("消息台有一部分没有取到");
  await expect(desk.page.locator("main")).toContainText("什么都没有发出");
  await expect(page.locator("#retry")).toBeFocused();
  await expect(desk.dialog).toHaveCount(0);
  // A server's page in its place is no part of the desk either.
  await page.unroute(ACTS);
  await page.route(ACTS, (route) => route.fulfill({ status: 404, contentType: "text/html", body: "gone" }));
  await page.locator("#retry").click();
  await expect(page.locator("#retry")).toBeFocused();
  for (const [name, value] of Object.entries(values).filter(([name]) => name !== "conversation_id.conversation_type" && name !== "type")) {
    await expect(desk.control(name)).toHaveValue(value);
  }
  expect(toTheCloud(desk)).toBe(0);
  await page.unroute(ACTS);
  await page.locator("#retry").click();
  await expect(desk.dialog).toBeVisible();
  await desk.confirm();
  await desk.concludes("accepted");
  expect(await done(cloud)).toEqual(RECALL.effects);
});

test("a press that waits for its part goes on once when it is here, however often it was pressed", async ({ desk, cloud, page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(ACTS, async (route) => {
    await held;
    await route.continue();
  });
  await desk.open(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await desk.submit();
  await expect(page.locator("#act")).toHaveAttribute("aria-disabled", "true");
  await page.locator("#act").click({ force: true });
  expect(toTheCloud(desk)).toBe(0);
  release();
  await expect(desk.dialog).toHaveCount(1);
  await desk.confirm();
  await desk.concludes("accepted");
  expect(await done(cloud)).toEqual(RECALL.effects);
});

test("a press whose page is left before its part arrives is dropped", async ({ desk, cloud, page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(ACTS, async (route) => {
    await held;
    await route.continue();
  });
  await desk.open(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await desk.submit();
  await desk.go("yunxin.modify");
  const arrived = page.waitForResponse(ACTS);
  release();
  await arrived;
  await desk.go(RECALL.operation);
  await expect(page.locator("#act")).toHaveAttribute("aria-disabled", "false");
  await expect(desk.dialog).toHaveCount(0);
  await carryOut(desk, RECALL);
  await desk.concludes("accepted");
  expect(await done(cloud)).toEqual(RECALL.effects);
});

for (const [part, place] of [[ACTS, "record"], [ACTS, "paste"], [CONNECTING, "connection"]] as const) {
  test(`the page ${place} says that it did not arrive, and comes after a retry`, async ({ desk, page }) => {
    await page.route(part, (route) => route.abort());
    await desk.open(RECALL.operation);
    await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
    await expect(page.getByRole("alert")).toContainText("消息台有一部分没有取到");
    await page.unroute(part);
    await page.locator("#retry").click();
    await expect(page.locator("#page-title")).toBeFocused();
  });
}
