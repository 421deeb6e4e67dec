import type { BrowserContext, Locator, Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { Device } from "../support/api.ts";
import { PlanningScreen, SignInScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
const KEPT = "preau.weeks";

test.use({ live: false, serviceWorkers: "allow" });

/** Says of when the shown week is. */
function lastKnown(page: Page): Locator {
  return page.locator("main").getByRole("status").filter({ hasText: "Dernier état connu" });
}

function banner(page: Page): Locator {
  const retry = page.getByRole("button", { name: "Réessayer" });
  return page.locator("main").getByRole("status").filter({ has: retry });
}

function stored(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => ({ ...localStorage }));
}

/** From now on the app opens without network. */
async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const worker = (await navigator.serviceWorker.ready).active;
    while (worker && worker.state !== "activated") {
      await new Promise((resolve) =>
        worker.addEventListener("statechange", resolve, { once: true }),
      );
    }
  });
}

/** Paths that the worker keeps. */
function cached(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const paths = [];
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      paths.push(...requests.map(({ url }) => new URL(url).pathname));
    }
    return paths.sort();
  });
}

/** The changes that the pages ask for. */
function changesAsked(context: BrowserContext): string[] {
  const changes: string[] = [];
  context.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === "GET" || pathname.endsWith("/auth/refresh")) return;
    // What the sheet of a row looks at.
    if (!pathname.endsWith("/preview")) changes.push(`${request.method()} ${pathname}`);
  });
  return changes;
}

test("the app can be installed", async ({ page, request }) => {
  await page.goto("/connexion");
  await installed(page);
  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const answer = await request.get(address ?? "");
  expect(answer.headers()["content-type"]).toBe("application/manifest+json");
  expect(answer.headers()["cache-control"]).toBe("no-cache");
  const manifest = await answer.json();
  expect(manifest).toMatchObject({
    name: "Préau",
    lang: "fr",
    start_url: "/planning",
    display: "standalone",
  });
  const touch = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  const icons: { src: string; sizes: string; type: string }[] = [
    ...manifest.icons,
    { src: touch, sizes: "180x180", type: "image/png" },
  ];
  for (const { src, sizes, type } of icons) {
    expect((await request.get(src)).headers()["content-type"], src).toBe(type);
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== "any") expect(size, src).toBe(sizes);
  }
  // The browser's own opinion.
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // Each test's browser is a private window.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);

  expect((await request.get("/sw.js")).headers()["cache-control"]).toBe("no-cache");
  const paths = await cached(page);
  expect(paths).toContain("/");
  expect(paths.filter((path) => path !== "/" && !path.startsWith("/assets/"))).toEqual([]);
  expect(paths.join()).toMatch(/\.wasm/);
  expect(paths.join()).toMatch(/\.woff2/);
});

test("without network the last known week is shown as such, and nothing is pretended", async ({
  page,
  context,
  camille,
  server,
  watch,
}) => {
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  const booked = planning.cell("Tom", "Bus 11h30", "lundi 13");
  const free = planning.cell("Tom", "Bus 11h30", "mardi 14");
  await booked.click();
  await expect(toast(page)).toContainText("inscription ajoutée");
  await expect(lastKnown(page)).toHaveCount(0);
  await installed(page);

  watch.expectsNoServer();
  await server.kill();
  await page.reload();
  await planning.expectWeek("13 au 17 novembre");
  await expect(lastKnown(page)).toContainText(
    /Dernier état connu, du lundi 6 nov\. 9\sh\s\d\d\. Rien ne peut y être changé/,
  );
  await expect(banner(page)).toContainText("Pas de connexion.");
  await expectState(booked, "inscrit, modifiable");
  await expectState(free, "libre, modifiable");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectToFit(page);
  await page.setViewportSize({ width: 1280, height: 900 });

  const changes = changesAsked(context);
  for (const [cell, state] of [
    [free, "libre, modifiable"],
    [booked, "inscrit, modifiable"],
  ] as const) {
    await cell.click();
    await expect(toast(page)).toContainText("rien n'a changé");
    await expect(toast(page)).toContainText("ni envoyé ni gardé pour plus tard");
    await expectState(cell, state);
    await expect(cell).not.toHaveAttribute("data-pending");
    await toast(page).getByRole("button", { name: "Fermer" }).click();
  }
  await planning.more("Tom", "Bus 11h30").click();
  await page.getByRole("button", { name: "Cocher toute la semaine" }).click();
  await expect(toast(page)).toContainText("Rien n'a changé");
  await expectState(free, "libre, modifiable");
  await expectAccessible(page);

  await server.start();
  await expect(lastKnown(page)).toHaveCount(0, { timeout: 40_000 });
  await expect(banner(page)).toBeHidden();
  await expectState(booked, "inscrit, modifiable");
  await expectState(free, "libre, modifiable");
  // Nothing has waited for the connection.
  expect(changes).toEqual([]);
  await free.click();
  await expect(toast(page)).toContainText("Tom · Bus 11h30, mardi 14 : inscription ajoutée");
});

test("the app opens without network at the current week, and says what it does not know", async ({
  page,
  camille,
  server,
  watch,
}) => {
  await page.goto("/connexion");
  const signIn = new SignInScreen(page);
  const after = page.waitForResponse(`**/family/weeks/${MONDAY}`);
  await signIn.signIn(camille);
  await after;
  await expect(page.getByRole("table").first()).toBeVisible();
  await expect.poll(async () => (await stored(page))[KEPT]).toContain(`"monday":"${MONDAY}"`);
  await installed(page);

  watch.expectsNoServer();
  await server.kill();
  await page.goto("/planning");
  const planning = new PlanningScreen(page);
  // Whatever the device's own clock says.
  await planning.expectWeek("6 au 10 novembre");
  await expect(lastKnown(page)).toBeVisible();
  await planning.next.click();
  await planning.expectWeek("13 au 17 novembre");
  await expect(lastKnown(page)).toBeVisible();
  await planning.next.click();
  await planning.expectWeek("20 au 24 novembre");
  await expect(page.getByRole("alert")).toContainText("Le planning n'a pas pu être chargé");
  await expect(lastKnown(page)).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Aller à la semaine du 13 au 17 novembre" }).click();
  await planning.expectWeek("13 au 17 novembre");

  await server.start();
  await expect(lastKnown(page)).toHaveCount(0, { timeout: 40_000 });
  await planning.next.click();
  await expect(page.getByRole("table").first()).toBeVisible();
});

test("what is loaded later opens without network too, after one visit", async ({
  page,
  camille,
  server,
  watch,
}) => {
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  await installed(page);
  watch.expectsNoServer();
  await server.kill();
  await page.goto("/accessibilite");
  await expect(page.getByRole("heading", { name: "La règle suivie" })).toBeVisible();
  await page.goto(`/planning/${MONDAY}`);
  await expect(lastKnown(page)).toBeVisible();
  await planning.more("Tom", "Bus 11h30").click();
  await expect(page.getByRole("dialog", { name: "Tom · Bus 11h30" })).toBeVisible();
});

test("the account page opens when the network goes after one visit", async ({
  page,
  camille,
  server,
  watch,
}) => {
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  await installed(page);
  watch.expectsNoServer();
  await server.kill();
  await page.getByRole("link", { name: "Mon compte" }).click();
  await expect(page.getByText(camille.email)).toBeVisible();
  await expect(page.getByRole("button", { name: "Se déconnecter" })).toBeVisible();
});

test("a session that was ended meanwhile shows nothing more", async ({
  page,
  camille,
  server,
  watch,
}) => {
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  await installed(page);
  const phone = await Device.signIn(server.address, camille);
  await phone.changePassword(camille.password, "quatre-mots-au-hasard");
  watch.expectsNoServer();
  await server.kill();
  await page.reload();
  await expect(lastKnown(page)).toBeVisible();
  watch.expects(401, "/auth/refresh");
  await server.start();
  await expect(page).toHaveURL(/\/connexion/, { timeout: 40_000 });
  expect((await stored(page))[KEPT]).toBeUndefined();
});

test("signing out leaves nothing of the family in the browser", async ({
  page,
  context,
  camille,
}) => {
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  const other = await context.newPage();
  await other.goto(`/planning/${MONDAY}`);
  await expect(other.getByRole("table").first()).toBeVisible();
  await installed(page);
  const kept = (await stored(page))[KEPT];
  expect(kept).toContain("Léa");
  // No more than the screen shows.
  expect(kept).not.toContain("Delorme");
  expect(kept).not.toMatch(/"birth_date":"/);

  await page.getByRole("link", { name: "Mon compte" }).click();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  for (const tab of [page, other]) {
    await expect(tab).toHaveURL("/connexion");
    expect(Object.keys(await stored(tab))).toEqual([]);
    expect(await tab.evaluate(() => sessionStorage.length)).toBe(0);
  }
  const files = (await cached(page)).filter((path) => !path.startsWith("/assets/"));
  expect(files).toEqual(["/"]);
  await other.goto(`/planning/${MONDAY}`);
  await expect(other.getByText("Léa")).toHaveCount(0);
});

test("what one parent's browser keeps is not the next one's", async ({
  page,
  context,
  camille,
  others,
}) => {
  const other = await context.newPage();
  await other.goto("/connexion");
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  const [stranger] = others;
  if (!stranger) throw new Error("the demo has one family alone");
  const [before] = camille.children;
  expect((await stored(page))[KEPT]).toContain(before);
  await new SignInScreen(other).signIn(stranger);
  await expect(other).toHaveURL("/planning");
  await expect(page).toHaveURL(/\/connexion/);
  await expect.poll(async () => (await stored(other))[KEPT]).toContain(stranger.children[0]);
  expect((await stored(other))[KEPT]).not.toContain(before);
});
