import type { Page } from "@playwright/test";

import { PlanningScreen, SignInScreen } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
const WEEK = `/family/weeks/${MONDAY}`;
const FIRST = ["POST /auth/refresh", "GET /me", `GET ${WEEK}`];

test.use({ live: false });

/** The requests of the next start that every planning needs, in order. */
function firstAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    const name = `${request.method()} ${pathname.replace("/api/v1", "")}`;
    if (FIRST.includes(name)) asked.push(name);
  });
  return asked;
}

/** Keeps the app's module on its way until it is let through. */
async function holdModule(page: Page): Promise<() => void> {
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route("**/preau-*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return letThrough;
}

test("what the app needs first comes while it loads, and once", async ({ page, camille }) => {
  await PlanningScreen.open(page, camille, MONDAY);
  const letThrough = await holdModule(page);
  const asked = firstAsked(page);
  const week = page.waitForResponse(`**${WEEK}`);
  await page.reload({ waitUntil: "commit" });
  await week;
  await expect(page.getByText("Cantine, bus et TAP, semaine par semaine.")).toBeVisible();
  letThrough();
  await expect(page.getByRole("region", { name: "Tom" }).getByRole("table")).toBeVisible();
  expect(asked.toSorted()).toEqual(FIRST.toSorted());
});

test("what did not come while the app loads is asked for again", async ({
  page,
  camille,
  watch,
}) => {
  await PlanningScreen.open(page, camille, MONDAY);
  watch.expectsNoServer();
  const asked = firstAsked(page);
  await page.route(`**${WEEK}`, (route) => route.abort(), { times: 1 });
  await page.reload();
  await expect(page.getByRole("region", { name: "Tom" }).getByRole("table")).toBeVisible();
  expect(asked.filter((name) => name.endsWith(WEEK))).toHaveLength(2);
});

test("what another guardian's cookie fetched is not shown to the next", async ({
  page,
  context,
  camille,
  others,
}) => {
  const [stranger] = others;
  if (!stranger) throw new Error("the demo has one family alone");
  const other = await context.newPage();
  await other.goto("/connexion");
  await PlanningScreen.open(page, camille, MONDAY);
  const letThrough = await holdModule(page);
  const week = page.waitForResponse(`**${WEEK}`);
  await page.reload({ waitUntil: "commit" });
  await week;
  await new SignInScreen(other).signIn(stranger);
  await expect(other).toHaveURL("/planning");

  letThrough();
  await expect(page.getByRole("table").or(page.locator("section.empty")).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Tom" })).toHaveCount(0);
});
