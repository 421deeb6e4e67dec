import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import type { Login } from "../support/databases.ts";
import { SignInScreen, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const BILLING = "/guichet/facturation";

async function open(page: Page, logins: Login[], path: string, title: string): Promise<void> {
  const coordinator = logins.find(({ role }) => role === "coordinator");
  if (!coordinator) throw new Error("the demo has no coordinator");
  await page.goto(path);
  await new SignInScreen(page).signIn(coordinator);
  await expect(page).toHaveURL(path);
  await expect(heading(page, title)).toBeVisible();
}

function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name, exact: true });
}

function section(page: Page, name: string): Locator {
  return page.getByRole("navigation", { name: "Facturation" }).getByRole("link", { name });
}

async function expectToFitEverywhere(page: Page): Promise<void> {
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expectToFit(page);
  }
}

/** Until a run has come to its end: what it has made. */
async function outcome(page: Page, verdict: string): Promise<void> {
  await expect(page.getByText(verdict)).toBeVisible({ timeout: 60_000 });
}

test(
  "a month: a dry run, the invoices, and nothing when it is run again",
  { tag: "@both" },
  async ({ page, logins }) => {
    await open(page, logins, BILLING, "Facturer");
    const month = page.getByLabel("Période", { exact: true });
    await expect(month).toHaveValue("2017-10");
    await expect(page.getByText("Aucune facturation pour l'instant")).toBeVisible();
    await expectAccessible(page);

    // Slow enough to be seen.
    await page.route(/invoice-runs\/[^/]+$/, async (route) => {
      const answer = await route.fetch();
      const run = (await answer.json()) as { families: number };
      await route.fulfill({
        response: answer,
        json: { ...run, finished_at: null, done: Math.floor(run.families / 2) },
      });
    });
    await page.getByRole("button", { name: "Essai à blanc" }).click();
    await expect(heading(page, "Facturation")).toBeFocused();
    const progress = page.getByRole("progressbar", { name: "Facturation en cours" });
    await expect(progress).toBeVisible();
    await expectAccessible(page);
    await page.unrouteAll({ behavior: "wait" });
    await outcome(page, "Voici ce qui serait facturé.");
    await expect(progress).toBeHidden();
    await expect(page.getByRole("heading", { name: "À regarder" })).toBeVisible();
    await expect(page.getByText("Sans quotient familial").first()).toBeVisible();
    await expectAccessible(page);
    await expectToFitEverywhere(page);
    await page.reload();
    await outcome(page, "Voici ce qui serait facturé.");

    const issue = page.getByRole("button", { name: "Émettre les factures" });
    await issue.click();
    const sheet = page.getByRole("dialog", { name: "Émettre les factures" });
    await expect(sheet.getByText("Cantine, octobre 2017")).toBeVisible();
    await expect(sheet.getByText(/^\d+ factures pour [\d\s]+,\d\d\s€\.$/)).toBeVisible();
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "Annuler" }).click();
    await expect(issue).toBeFocused();
    await issue.click();
    await sheet.getByRole("button", { name: /^Émettre \d+ factures$/ }).click();
    await outcome(page, "Les factures sont émises.");
    await expectAccessible(page);

    // Left and found again; the same month makes nothing more.
    await page.getByRole("link", { name: "Retour aux facturations" }).click();
    await expect(heading(page, "Facturer")).toBeFocused();
    const runs = page.getByRole("table", { name: "Dernières facturations" });
    await expect(runs.getByText("factures émises")).toBeVisible();
    await expect(runs.getByText("essai à blanc")).toBeVisible();
    await expectAccessible(page);
    await expectToFitEverywhere(page);
    await page.getByRole("button", { name: "Essai à blanc" }).click();
    await outcome(page, "Rien à facturer");
    await expect(page.getByRole("button", { name: "Émettre les factures" })).toBeHidden();

    await section(page, "Impayés").click();
    await expect(heading(page, "Impayés")).toBeFocused();
    const unpaid = page.getByRole("table", { name: /factures à payer/ });
    await expect(unpaid.getByText("En retard").first()).toBeVisible();
    await expectAccessible(page);
    await expectToFitEverywhere(page);
    const rows = unpaid.getByRole("row");
    await expect(rows).toHaveCount(51);
    await page.getByRole("button", { name: "Afficher la suite" }).click();
    await expect(rows).toHaveCount(101);
    await rows.nth(1).getByRole("link").click();
    await expect(heading(page, "Famille")).toBeFocused();
    await expect(page.getByRole("table", { name: "Factures et avoirs" })).toBeVisible();
    await page.goBack();
    await expect(heading(page, "Impayés")).toBeFocused();
  },
);

test("a term is tried as well: what its papers say is billed already", async ({ page, logins }) => {
  await open(page, logins, BILLING, "Facturer");
  const period = page.getByLabel("Période", { exact: true });
  await expect(period.getByRole("option", { name: /^\de.* trimestre/ })).toHaveText([
    "2e trimestre 2017-2018",
    "1er trimestre 2017-2018",
  ]);
  await period.selectOption({ label: "1er trimestre 2017-2018" });
  await page.getByRole("button", { name: "Essai à blanc" }).click();
  await expect(
    page.getByRole("heading", { name: "Bus et TAP, 1er trimestre 2017-2018" }),
  ).toBeVisible();
  await outcome(page, "Rien à facturer");
  await expectAccessible(page);
  await expectToFitEverywhere(page);
  await page.getByRole("link", { name: "Retour aux facturations" }).click();
  const runs = page.getByRole("table", { name: "Dernières facturations" });
  await expect(runs.getByText("Bus et TAP, 1er trimestre 2017-2018")).toBeVisible();
});

test("a month that goes on can only be tried", async ({ page, logins }) => {
  await open(page, logins, BILLING, "Facturer");
  await page.getByLabel("Période", { exact: true }).selectOption("2017-11");
  await page.getByRole("button", { name: "Essai à blanc" }).click();
  await outcome(page, "Voici ce qui serait facturé.");
  await expect(page.getByText("Ce mois n'est pas terminé")).toBeVisible();
  await expect(page.getByRole("button", { name: "Émettre les factures" })).toBeHidden();
});

test(
  "a family's quotient: mistakes are named, its term is billed again; taken back",
  { tag: "@both" },
  async ({ page, logins }) => {
    await open(page, logins, `${BILLING}/familles`, "Familles");
    await expectAccessible(page);
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Enfant" }).fill("tom delorme");
    await expect(page.getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(heading(page, "Famille")).toBeFocused();
    await expect(page.getByRole("heading", { name: "Mme Camille Delorme" })).toBeVisible();
    const papers = page.getByRole("table", { name: "Factures et avoirs" });
    await expect(papers.getByText("Bus et TAP, 1er trimestre 2017-2018").first()).toBeVisible();
    await page.getByText("Saisir un quotient").click();
    await page.getByText("Changer le domicile").click();
    await expectAccessible(page);
    await expectToFitEverywhere(page);

    const form = page.locator("#quotient-form");
    const save = form.getByRole("button", { name: "Enregistrer le quotient" });
    await save.click();
    await expect(form.getByText("Remplissez ce champ.")).toHaveCount(4);
    const value = form.getByRole("textbox", { name: "Quotient", exact: true });
    await expect(value).toBeFocused();
    await expectAccessible(page);
    await value.fill("100");
    await form.getByLabel("Valable du").fill("2017-07-01");
    await form.getByLabel("Jusqu'au").fill("2018-08-31");
    await form.getByLabel("Motif").fill("Attestation reçue");
    await save.click();
    await expect(toast(page)).toContainText("Quotient 100 enregistré");
    const kept = page.getByText("100 · CAF · du 1er juillet 2017 au 31 août 2018", { exact: true });
    await expect(kept).toBeVisible();
    await expect(papers.getByText("Avoir").first()).toBeVisible();
    await expect(papers.getByText("Facture complémentaire").first()).toBeVisible();
    await expectAccessible(page);

    await page.getByRole("button", { name: /^Retirer.*100 · / }).click();
    const sheet = page.getByRole("dialog", { name: "Retirer ce quotient" });
    await expect(sheet.getByText("Ce qui a été facturé avec ce quotient est rectifié")).toBeVisible();
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "Retirer" }).click();
    await expect(toast(page)).toContainText("Quotient 100 retiré");
    await expect(kept).toBeHidden();
    await expectAccessible(page);
  },
);

test("a tariff to come: added, mended, taken back", async ({ page, logins, watch }) => {
  await open(page, logins, `${BILLING}/tarifs`, "Tarifs");
  await expect(page.getByRole("table", { name: /^Cantine, En vigueur depuis/ })).toBeVisible();
  await expectAccessible(page);
  await expectToFitEverywhere(page);
  await page.getByRole("link", { name: "Nouveau tarif Cantine" }).click();
  await expect(heading(page, "Nouveau tarif")).toBeFocused();
  await expectAccessible(page);
  await expectToFitEverywhere(page);
  const meal = page.getByRole("textbox", { name: "Repas, Tranche 2", exact: true });
  await expect(meal).toHaveValue("2,35");
  await meal.fill("cinq");
  const save = page.getByRole("button", { name: "Enregistrer le tarif" });
  await save.click();
  const day = page.getByLabel("À partir du", { exact: true });
  await expect(day).toBeFocused();
  await expect(page.getByText("Écrivez un montant comme 5,40.")).toBeVisible();
  await meal.fill("2.45");
  await day.fill("2018-01-01");
  const bracket = page.getByRole("textbox", { name: "Tranche 3, à partir du quotient" });
  await bracket.fill("300");
  watch.expects(422, "/guichet/tariffs");
  await save.click();
  await expect(page.getByText("Chaque tranche part d'un quotient plus haut")).toBeVisible();
  await expect(bracket).toBeFocused();
  await expectAccessible(page);
  await bracket.fill("750");
  await save.click();
  await expect(toast(page)).toContainText("nouveau tarif à partir du 1er janvier 2018");
  await expect(heading(page, "Tarifs")).toBeFocused();
  const coming = page.getByRole("table", { name: "Cantine, À partir du 1er janvier 2018" });
  await expect(coming).toContainText("2,45");
  await expectAccessible(page);

  await page.getByRole("link", { name: /^Modifier Cantine, À partir/ }).click();
  await expect(heading(page, "Modifier un tarif")).toBeFocused();
  await meal.fill("2,50");
  await save.click();
  await expect(coming).toContainText("2,50");
  await page.getByRole("button", { name: /^Retirer Cantine, À partir/ }).click();
  const sheet = page.getByRole("dialog", { name: "Retirer ce tarif" });
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Retirer" }).click();
  await expect(toast(page)).toContainText("Tarif retiré");
  await expect(coming).toBeHidden();
});

test("the cash desk says who bills, and nothing is billed without it", async ({
  page,
  logins,
  watch,
}) => {
  await open(page, logins, `${BILLING}/regie`, "Régie");
  const siret = page.getByLabel("SIRET");
  await expect(siret).toHaveValue("21400000000007");
  await expectAccessible(page);
  await expectToFitEverywhere(page);
  await siret.fill("214 000 000 00008");
  watch.expects(422, "/guichet/revenue-office");
  await page.getByRole("button", { name: "Enregistrer la régie" }).click();
  await expect(page.getByText("Un SIRET a 14 chiffres")).toBeVisible();
  await expect(siret).toBeFocused();
  await expectAccessible(page);
  await siret.fill("214 000 000 00007");
  await page.getByRole("button", { name: "Enregistrer la régie" }).click();
  await expect(toast(page)).toContainText("Régie enregistrée");

  const problem = {
    type: "about:blank",
    title: "Régie non renseignée",
    status: 409,
    detail: "Les coordonnées de la régie manquent.",
    code: "no_office",
  };
  const none = { status: 409, contentType: "application/problem+json", json: problem };
  await page.route("**/guichet/revenue-office", (route) => route.fulfill(none));
  await page.route("**/guichet/invoice-runs", (route) =>
    route.request().method() === "POST" ? route.fulfill(none) : route.fallback(),
  );
  watch.expects(409, "/guichet/invoice-runs");
  watch.expects(409, "/guichet/revenue-office");
  await section(page, "Facturer").click();
  await page.getByRole("button", { name: "Essai à blanc" }).click();
  await page.getByRole("link", { name: "Renseigner la régie" }).click();
  await expect(heading(page, "Régie")).toBeFocused();
  await expect(page.getByText("Rien ne peut être facturé tant que")).toBeVisible();
  await expect(page.getByLabel("Chèques à l'ordre de")).toHaveValue("Trésor Public");
  await expectAccessible(page);
});

test("an error can be tried again, an address that leads nowhere says so", async ({
  page,
  logins,
  watch,
}) => {
  watch.expects(404, /billing$/);
  const nobody = `${BILLING}/familles/0190aaaa-0000-7000-8000-000000000000`;
  await open(page, logins, nobody, "Famille");
  await expect(page.getByText("Cette famille n'a pas pu être chargée")).toBeVisible();
  await expect(page.getByRole("button", { name: "Réessayer" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${BILLING}/tarifs/bus/2017-07-01`);
  await expect(page.getByText("il a déjà servi à facturer")).toBeVisible();
  await expectAccessible(page);
});
