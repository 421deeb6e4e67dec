import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import type { Login } from "../support/databases.ts";
import { SignInScreen, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

// The second term's window: 6 to 27 November 2017.
test.use({ now: "+2017-11-20T08:00:00Z" });

const CONFIRMATION = "**/api/v1/families/*/terms/*/confirmation";

async function openOverview(page: Page, login: Login): Promise<void> {
  await page.goto("/abonnements");
  await new SignInScreen(page).signIn(login);
  await expect(page).toHaveURL("/abonnements");
  await expect(page.getByRole("heading", { level: 1, name: "Mes abonnements" })).toBeVisible();
}

async function openForm(page: Page, login: Login): Promise<void> {
  await openOverview(page, login);
  await page.getByRole("link", { name: "Choisir les abonnements" }).click();
  await expectStep(page, "Abonnements d'Inès");
}

async function expectStep(page: Page, title: string): Promise<void> {
  const heading = page.getByRole("heading", { level: 1, name: title });
  await expect(heading).toBeVisible();
  await expect(page).toHaveTitle(`${title} · Préau`);
}

function part(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

async function tick(page: Page, service: string, ...cells: string[]): Promise<void> {
  // What is seen is its label.
  for (const name of cells) {
    await part(page, service).locator("label", { hasText: name }).click();
    await expect(part(page, service).getByRole("checkbox", { name })).toBeChecked();
  }
}

async function choose(page: Page, service: string, option: RegExp): Promise<void> {
  await part(page, service).getByRole("radio", { name: option }).check();
}

/** The activities that can be taken together with nothing else. */
function freeTaps(page: Page): Locator {
  return part(page, "TAP").locator("label:not(.barred)");
}

async function takeFirstTap(page: Page): Promise<void> {
  await freeTaps(page).first().getByRole("checkbox").check();
}

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByText("Brouillon enregistré").filter({ visible: true })).toBeVisible();
}

/** Bus and one TAP activity for both, meals for Inès. */
async function fillIn(page: Page): Promise<void> {
  await choose(page, "Cantine", /Régulièrement/);
  await tick(page, "Cantine", "Cantine, lundi", "Cantine, vendredi");
  await choose(page, "Bus", /1AR/);
  await tick(page, "Bus", "Bus 8h30, lundi", "Bus fin école, lundi");
  await takeFirstTap(page);
  await page.getByRole("link", { name: "Continuer" }).click();
  await expectStep(page, "Abonnements de Malo");
  await choose(page, "Bus", /2AR/);
  await choose(page, "Bus", /De temps en temps/);
  await takeFirstTap(page);
  await expectSaved(page);
}

const total = (page: Page) => page.locator(".sums .money");

test(
  "two children are subscribed, and the invoice's total is the one that was shown",
  { tag: "@both" },
  async ({ page, nadia }) => {
    await openOverview(page, nadia);
    await expect(page.getByText("2e trimestre 2017-2018 : les abonnements sont ouverts")).toBeVisible();
    await expect(page.getByText("Aucun abonnement pour ce trimestre.").first()).toBeVisible();
    await expect(page.getByText("Les abonnements ouvrent le")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Choisir les abonnements" }).click();
    await expectStep(page, "Abonnements d'Inès");
    await expectAccessible(page);
    await fillIn(page);
    await expectAccessible(page);

    await page.getByRole("link", { name: "Continuer" }).click();
    await expectStep(page, "Récapitulatif");
    await expect(part(page, "Inès")).toContainText("lun., ven.");
    await expect(part(page, "Malo")).toContainText("forfait 2AR");
    await expectAccessible(page);
    const shown = (await total(page).innerText()).trim();
    expect(shown).toMatch(/^\d+,\d\d\s€$/);

    await page.getByRole("button", { name: "Confirmer" }).click();
    await expectStep(page, "C'est confirmé");
    await expect(page.locator(".money")).toHaveText(shown);
    await expectAccessible(page);
    await page.getByRole("link", { name: "Voir la facture" }).click();
    const name = "Bus et TAP, 2e trimestre 2017-2018";
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.locator(".paper-sums p").first()).toContainText(shown);

    await page.goto("/abonnements");
    await expect(part(page, "2e trimestre 2017-2018")).toContainText("lun., ven.");
    // What is there is the guichet's to change.
    await page.getByRole("link", { name: "Compléter les abonnements" }).click();
    await expect(part(page, "Bus")).toContainText("Pour un changement, adressez-vous au guichet.");
    await expect(part(page, "Bus").getByRole("radio")).toHaveCount(0);
    await expectAccessible(page);
  },
);

test("a draft is found again after a reload, and on the way back", async ({ page, nadia }) => {
  await openForm(page, nadia);
  await fillIn(page);
  await page.reload();
  await expectStep(page, "Abonnements de Malo");
  await expect(part(page, "Bus").getByRole("radio", { name: /2AR/ })).toBeChecked();
  await page.goBack();
  await expectStep(page, "Abonnements d'Inès");
  await expect(page.getByRole("checkbox", { name: "Cantine, lundi" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Cantine, mardi" })).not.toBeChecked();
  // «Pas de bus» was a slip.
  await choose(page, "Bus", /Pas de bus/);
  await choose(page, "Bus", /1AR/);
  await expect(page.getByRole("checkbox", { name: "Bus 8h30, lundi" })).toBeChecked();
});

test("a reload right after a change loses nothing of it", async ({ page, nadia }) => {
  await openForm(page, nadia);
  await choose(page, "Bus", /1AR/);
  await page.reload();
  await expectStep(page, "Abonnements d'Inès");
  await expect(part(page, "Bus").getByRole("radio", { name: /1AR/ })).toBeChecked();
});

test("another device's draft is not overwritten", async ({
  browser,
  page,
  watch,
  nadia,
  baseURL,
}) => {
  watch.expects(412, /subscription-draft$/);
  await openForm(page, nadia);
  const context = await browser.newContext({ baseURL, locale: "fr-FR" });
  const other = await context.newPage();
  await openForm(other, nadia);
  await choose(other, "Cantine", /De temps en temps/);
  await expectSaved(other);
  await context.close();

  await choose(page, "Bus", /1AR/);
  await expect(page.getByText("Ce brouillon a été modifié ailleurs.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Recharger le brouillon" }).click();
  await expect(
    part(page, "Cantine").getByRole("radio", { name: /De temps en temps/ }),
  ).toBeChecked();
});

test("without connection the form goes on, and says that it is not saved", async ({
  page,
  watch,
  nadia,
}) => {
  watch.expectsNoServer();
  await openForm(page, nadia);
  await page.route("**/api/v1/**", (route) => route.abort());
  await choose(page, "Bus", /1AR/);
  await expect(page.getByText("Brouillon non enregistré.").filter({ visible: true })).toBeVisible();
  await choose(page, "Cantine", /De temps en temps/);
  await expectAccessible(page);
  await page.unroute("**/api/v1/**");
  await expectSaved(page);
  await page.reload();
  await expect(part(page, "Bus").getByRole("radio", { name: /1AR/ })).toBeChecked();
});

test("faults lead to their place", async ({ page, nadia }) => {
  await openForm(page, nadia);
  await choose(page, "Cantine", /Régulièrement/);
  await page.getByRole("link", { name: "Récapitulatif" }).click();
  await expectStep(page, "Récapitulatif");
  const faults = page.getByRole("alert").filter({ hasText: "À corriger avant de confirmer" });
  await expect(faults).toContainText("Cochez au moins un jour");
  await expect(page.getByRole("button", { name: "Confirmer" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expectAccessible(page);
  await faults.getByRole("link", { name: "Inès, Cantine" }).click();
  await expectStep(page, "Abonnements d'Inès");
  await expect(page.getByRole("heading", { name: "Cantine" })).toBeFocused();
  await expect(part(page, "Cantine")).toContainText("Cochez au moins un jour");
  await expectAccessible(page);
  await tick(page, "Cantine", "Cantine, lundi");
  await expect(part(page, "Cantine")).not.toContainText("Cochez au moins un jour");
});

test("trips beyond the package are told, and TAP activities that can't be had", async ({
  page,
  nadia,
}) => {
  await openForm(page, nadia);
  await choose(page, "Bus", /1AR/);
  await tick(page, "Bus", "Bus 8h30, lundi", "Bus 11h30, lundi", "Bus 13h30, lundi");
  await expect(part(page, "Bus")).toContainText("Le lundi, 3 trajets sont cochés");
  await takeFirstTap(page);
  const barred = part(page, "TAP").locator("label.barred").first();
  await expect(barred.locator(".why")).toBeVisible();
  // It can be reached and read, but not ticked.
  await barred.getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await expect(barred.getByRole("checkbox")).not.toBeChecked();
  await expectAccessible(page);
});

test("an activity that is full by now is refused, and nothing is lost", async ({
  page,
  watch,
  nadia,
}) => {
  watch.expects(409, /confirmation$/);
  await openForm(page, nadia);
  await fillIn(page);
  await page.getByRole("link", { name: "Continuer" }).click();
  await page.route(CONFIRMATION, (route) => {
    expect(route.request().headers()["idempotency-key"]).toBeTruthy();
    return route.fulfill({
      status: 409,
      contentType: "application/problem+json",
      json: {
        type: "/problems/session_full",
        title: "Séance complète",
        status: 409,
        code: "session_full",
        detail: "Toutes les places sont prises.",
        errors: [{ pointer: "/children/1/taps/0", detail: "L'activité est complète." }],
        seats_left: 0,
      },
    });
  });
  await page.getByRole("button", { name: "Confirmer" }).click();
  const refused = page.getByRole("alert").filter({ hasText: "Rien n'est confirmé." });
  await expect(refused).toContainText("L'activité est complète.");
  await expectAccessible(page);
  await refused.getByRole("link", { name: "Malo, TAP" }).click();
  await expect(page.getByRole("heading", { name: "TAP" })).toBeFocused();
  await expect(part(page, "Bus").getByRole("radio", { name: /2AR/ })).toBeChecked();
});

test("an answer that is lost is asked for again with the same key", async ({
  page,
  watch,
  nadia,
}) => {
  watch.expectsNoServer();
  await openForm(page, nadia);
  await fillIn(page);
  await page.getByRole("link", { name: "Continuer" }).click();
  const keys: (string | undefined)[] = [];
  await page.route(CONFIRMATION, async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    // It reaches the server all the same.
    if (keys.length === 1) {
      await route.fetch();
      return route.abort();
    }
    return route.continue();
  });
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expect(page.getByText("Pas de réponse du serveur.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expectStep(page, "C'est confirmé");
  expect(keys[1]).toBe(keys[0]);
});

test("the term before is taken over, and undone", async ({ page, server, watch, nadia }) => {
  watch.expectsNoServer();
  await openForm(page, nadia);
  await fillIn(page);
  await page.getByRole("link", { name: "Continuer" }).click();
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expectStep(page, "C'est confirmé");
  // The third term's window: the sign-in of November has ended by then.
  await server.restartAt("+2018-03-05T08:00:00Z");
  watch.expects(401, "/auth/refresh");
  await page.goto("/abonnements");
  await new SignInScreen(page).signIn(nadia);
  await page.getByRole("link", { name: "Choisir les abonnements" }).click();
  await page.getByRole("button", { name: "Comme au 2e trimestre" }).click();
  await expect(toast(page)).toContainText("Les choix du trimestre précédent sont repris");
  await expect(page.getByRole("checkbox", { name: "Cantine, vendredi" })).toBeChecked();
  await expectAccessible(page);
  await toast(page).getByRole("button", { name: "Annuler" }).click();
  await expect(part(page, "Cantine").getByRole("radio", { name: /Pas de cantine/ })).toBeChecked();
});

test("it fits a phone, at 320 pixels too", async ({ page, nadia }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openForm(page, nadia);
  await fillIn(page);
  await expectToFit(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectToFit(page);
  await page.getByRole("link", { name: "Continuer" }).click();
  await expectStep(page, "Récapitulatif");
  await expectToFit(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Confirmer" }).click();
  await expectStep(page, "C'est confirmé");
  await expectToFit(page);
});

test("in English", async ({ page, nadia }) => {
  await page.addInitScript(() => localStorage.setItem("preau.language", "en"));
  await page.goto("/abonnements");
  await page.getByRole("textbox", { name: "E-mail address" }).fill(nadia.email);
  await page.getByLabel("Password", { exact: true }).fill(nadia.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Choose subscriptions" }).click();
  await expectStep(page, "Subscriptions of Inès");
  await choose(page, "Bus", /1AR/);
  await expect(total(page)).toHaveText(/^€\d+\.\d\d$/);
  await expectAccessible(page);
});

test("what does not come is said, and asked for again", async ({ page, watch, nadia }) => {
  watch.expects(500, "/family/subscriptions");
  const overview = "**/api/v1/family/subscriptions";
  await page.route(overview, (route) => route.fulfill({ status: 500, body: "?" }));
  await page.goto("/abonnements");
  await new SignInScreen(page).signIn(nadia);
  await expect(page.getByText("Vos abonnements n'ont pas pu être chargés")).toBeVisible();
  await expectAccessible(page);
  await page.unroute(overview);
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("link", { name: "Choisir les abonnements" })).toBeVisible();
});

test.describe("out of the window", () => {
  test.use({ now: "+2017-10-02T08:00:00Z" });

  test("the day is told on which it opens", async ({ page, nadia }) => {
    await openOverview(page, nadia);
    await expect(page.getByText("Les abonnements ouvrent le 6 novembre 2017.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Choisir les abonnements" })).toHaveCount(0);
    await expectAccessible(page);
  });
});

