import type { Locator, Page } from "@playwright/test";

import { expectAccessible } from "../support/accessible.ts";
import { PlanningScreen, SignInScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";

test.use({ live: false });

function banner(page: Page): Locator {
  const retry = page.getByRole("button", { name: "Réessayer" });
  return page.locator("main").getByRole("status").filter({ has: retry });
}

test(
  "the server goes and comes back: nothing is lost, nothing is feigned",
  { tag: "@both" },
  async ({ page, camille, server, watch }) => {
    const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
    const kept = planning.cell("Tom", "Bus 11h30", "lundi 13");
    const refused = planning.cell("Tom", "Bus 11h30", "mardi 14");
    await kept.click();
    await expect(toast(page)).toContainText("inscription ajoutée");

    watch.expectsNoServer();
    await server.kill();
    await refused.click();
    await expect(toast(page)).toContainText("Tom · Bus 11h30, mardi 14 : pas de réponse");
    await expect(toast(page)).toContainText("si votre choix est enregistré");
    await expectState(refused, "libre, modifiable");
    await expect(banner(page)).toContainText("Pas de connexion.");
    await expectAccessible(page);

    // The app finds out by itself.
    await server.start();
    await expect(banner(page)).toBeHidden({ timeout: 40_000 });
    await expect(toast(page)).toContainText("La connexion est revenue.");
    await refused.click();
    await expect(toast(page)).toContainText("Tom · Bus 11h30, mardi 14 : inscription ajoutée");
    await page.reload();
    await expectState(kept, "inscrit, modifiable");
    await expectState(refused, "inscrit, modifiable");
  },
);

test("an answer that gets lost is made up for", async ({ page, camille, watch }) => {
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
  watch.expectsNoServer();
  await page.route("**/inscriptions/**", async (route) => {
    // The server has booked it.
    await route.fetch();
    await route.abort("connectionreset");
  });
  await cell.click();
  await expect(toast(page)).toContainText("Nous ne savons pas si votre choix est enregistré.");
  await expect(banner(page)).toBeHidden({ timeout: 40_000 });
  await expectState(cell, "inscrit, modifiable");
});

test("a week that could not be loaded comes by itself", async ({
  page,
  camille,
  server,
  watch,
}) => {
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  watch.expectsNoServer();
  await server.kill();
  await planning.previous.click();
  await planning.previous.click();
  await planning.expectWeek("30 octobre au 3 novembre");
  await expect(
    page.getByRole("heading", { name: "Le planning n'a pas pu être chargé" }),
  ).toBeVisible();
  await expectAccessible(page);

  await server.start();
  await expect(page.getByRole("heading", { name: /Vacances de la Toussaint/ })).toBeVisible({
    timeout: 40_000,
  });
  await expect(banner(page)).toBeHidden();
});

test("a retry asks at once", async ({ page, camille, server, watch }) => {
  await page.clock.install();
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  // Time stands still: the app tries nothing by itself.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  watch.expectsNoServer();
  await server.kill();
  const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
  await cell.click();
  const retry = banner(page).getByRole("button", { name: "Réessayer" });
  await retry.click();
  await expect(retry).toBeEnabled();
  await server.start();
  await retry.click();
  await expect(banner(page)).toBeHidden();
  await expect(toast(page)).toContainText("La connexion est revenue.");
  await expectState(cell, "libre, modifiable");
});

test("without the server nobody signs in, and what was typed stays", async ({
  page,
  camille,
  server,
  watch,
}) => {
  await page.goto("/connexion");
  const signIn = new SignInScreen(page);
  await signIn.fill(camille);
  watch.expectsNoServer();
  // So the app finds out by itself that the server is back, when it is quicker than this test.
  watch.allows(401, "/me");
  await server.kill();
  await signIn.submit.click();
  await expect(page.getByRole("alert")).toContainText("ce que vous avez saisi reste là");
  await expect(signIn.password).toHaveValue(camille.password);
  await expectAccessible(page);

  await server.start();
  await signIn.submit.click();
  await new PlanningScreen(page).expectWeek("6 au 10 novembre");
});

test("without the server nobody is signed out, and that is said", async ({
  page,
  camille,
  server,
  watch,
}) => {
  await PlanningScreen.openAndSettle(page, camille, MONDAY);
  await page.getByRole("link", { name: "Mon compte" }).click();
  // The page's own part of the module comes from the server: it must be there before the server goes.
  const signOut = page.getByRole("button", { name: "Se déconnecter" });
  await expect(signOut).toBeVisible();
  watch.expectsNoServer();
  await server.kill();
  await signOut.click();
  await expect(toast(page)).toContainText("Vous êtes toujours connecté");
  await expect(page).toHaveURL("/compte");
  await expectAccessible(page);

  await server.start();
  await signOut.click();
  await expect(page.getByText("La session est fermée.")).toBeVisible();
});

test("while a week is on its way, its shape is shown", async ({ page, camille }) => {
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/family/weeks/**", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/connexion");
  await new SignInScreen(page).signIn(camille);
  await expect(page.getByText("Chargement…")).toBeAttached();
  await expect(page.locator(".skeleton")).toBeVisible();
  await expectAccessible(page);
  answer();
  await expect(page.getByRole("table").first()).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
});

test("a fault of the server's gives a number to quote", async ({ page, camille, watch }) => {
  await page.route("**/family/weeks/**", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      json: {
        type: "/problems/internal",
        title: "Erreur du serveur",
        status: 500,
        code: "internal",
        detail: "L'erreur est de notre côté.",
        request_id: "7f3a",
      },
    }),
  );
  watch.expects(500, `/family/weeks/${MONDAY}`);
  await page.goto(`/planning/${MONDAY}`);
  await new SignInScreen(page).signIn(camille);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("Le planning n'a pas pu être chargé");
  await expect(alert).toContainText("Numéro à donner au guichet : 7f3a.");
  await expectAccessible(page);
  await page.unroute("**/family/weeks/**");
  await alert.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("table").first()).toBeVisible();
});
