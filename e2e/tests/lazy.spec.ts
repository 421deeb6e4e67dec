import type { BrowserContext, Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { PlanningScreen } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
const FAILED = "Cette partie de Préau n'a pas pu être chargée";

test.use({ live: false });

/** The app's chunks that the pages ask for, by what they hold. */
function chunksAsked(context: BrowserContext): Set<string> {
  const chunks = new Set<string>();
  context.on("request", (request) => {
    const chunk = /\/preau-([a-z]+)-[0-9a-f]{16}\.wasm$/.exec(request.url())?.[1];
    if (chunk) chunks.add(chunk);
  });
  return chunks;
}

async function openCalendar(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Choisir une semaine dans le mois" }).click();
}

test("what the first view does not need is loaded when it is opened", async ({
  page,
  context,
  camille,
}) => {
  const chunks = chunksAsked(context);
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  expect([...chunks]).toEqual([]);
  await planning.more("Tom", "Bus 11h30").click();
  await expect(page.getByRole("dialog", { name: "Tom · Bus 11h30" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(planning.more("Tom", "Bus 11h30")).toBeFocused();
  await page.getByRole("link", { name: "Mon compte" }).click();
  await expect(page.getByText(camille.email)).toBeVisible();
  expect([...chunks].toSorted()).toEqual(["account", "sheets"]);
});

test("a sheet that is long on its way says so, and the focus goes back", async ({
  page,
  camille,
}) => {
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/preau-sheets-*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  const button = planning.more("Tom", "Bus 11h30");
  await button.click();
  await expect(page.getByRole("dialog", { name: "Chargement…" })).toBeVisible();
  await expectAccessible(page);
  letThrough();
  const sheet = page.getByRole("dialog", { name: "Tom · Bus 11h30" });
  await expect(sheet).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(button).toBeFocused();
});

test("a page that can't be loaded says so, and can be tried again", async ({
  page,
  camille,
  server,
  watch,
}) => {
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  watch.expectsNoServer();
  await server.kill();
  await page.getByRole("link", { name: "Mon compte" }).click();
  await expect(page.getByRole("heading", { name: "Mon compte" })).toBeFocused();
  const failed = page.getByRole("alert").filter({ hasText: FAILED });
  await expect(failed).toContainText("Vérifiez votre réseau");
  await expectAccessible(page);
  await failed.getByRole("button", { name: "Réessayer" }).click();
  await expect(failed).toBeVisible();

  await server.start();
  // By itself where the app finds out first.
  await expect(page.getByText(camille.email)).toBeVisible({ timeout: 40_000 });
});

test("a sheet that can't be loaded says so", async ({ page, camille, server, watch }) => {
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  watch.expectsNoServer();
  await server.kill();
  await openCalendar(page);
  const failed = page.getByRole("dialog", { name: FAILED });
  await expect(failed.getByRole("button", { name: "Réessayer" })).toBeVisible();
  await expectAccessible(page);
  await server.start();
  await failed.getByRole("button", { name: "Réessayer" }).click({ noWaitAfter: true });
  await expect(page.getByRole("dialog", { name: "Novembre 2017" })).toBeVisible({
    timeout: 40_000,
  });
});

test("a part that went with an older version asks for a reload", async ({
  page,
  camille,
  watch,
}) => {
  watch.expects(404, /preau-account-.*wasm/);
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  watch.expectsNoServer();
  await page.route("**/preau-account-*.wasm", (route) => route.fulfill({ status: 404 }));
  await page.getByRole("link", { name: "Mon compte" }).click();
  const reload = page.getByRole("button", { name: "Recharger la page" });
  await expect(reload).toBeVisible({ timeout: 40_000 });
  await page.unroute("**/preau-account-*.wasm");
  await reload.click();
  await expect(page.getByText(camille.email)).toBeVisible();
});
