import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import type { Login } from "../support/databases.ts";
import { SignInScreen } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const FAMILIES = "/guichet/facturation/familles";

/** A child's family, as the coordinator finds it. */
async function openFamily(page: Page, logins: Login[], child: string): Promise<Locator> {
  const coordinator = logins.find(({ role }) => role === "coordinator");
  if (!coordinator) throw new Error("the demo has no coordinator");
  await page.goto(FAMILIES);
  await new SignInScreen(page).signIn(coordinator);
  await page.getByRole("combobox", { name: "Enfant" }).fill(child);
  await page.getByRole("option").first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Famille" })).toBeFocused();
  return page.getByRole("region", { name: "Abonnements" });
}

test(
  "a bus ends, another has a new package: what is given back and credited is said",
  { tag: "@both" },
  async ({ page, logins }) => {
    const held = await openFamily(page, logins, "tom delorme");
    const term = held.getByRole("heading", { name: /^2e trimestre 2017-2018/ });
    await expect(term).toBeVisible();
    await expectAccessible(page);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await expectToFit(page);
    }

    const change = held.getByRole("button", { name: /^Passer au [12]AR.*2e trimestre/ }).first();
    const name = (await change.innerText()).replace(/^Passer au [12]AR/, "");
    await change.click();
    const sheet = page.getByRole("dialog", { name: /^Passer au forfait [12]AR$/ });
    const confirm = sheet.getByRole("button", { name: "Changer de forfait" });
    await confirm.click();
    const reason = sheet.getByLabel("Motif");
    await expect(reason).toBeFocused();
    await expectAccessible(page);
    await reason.fill("Demande de la famille");
    await confirm.click();
    const would = /Si vous confirmez\s:.*Avoir\s: [\d,]+\s€\. Facture complémentaire\s: [\d,]+\s€/;
    await expect(sheet.getByRole("status")).toContainText(would);
    await expectAccessible(page);
    await sheet.getByRole("button", { name: "Confirmer" }).click();
    const told = held.getByRole("status");
    await expect(told).toContainText(/forfait [12]AR\..*Avoir A2017\d{6}\s: [\d,]+\s€/);
    await expect(told).toContainText(/Facture complémentaire F2017\d{6}\s: [\d,]+\s€/);
    await expect(held.getByRole("heading", { name: "Abonnements" })).toBeFocused();
    await expectAccessible(page);

    const end = held.getByRole("button", { name: `Mettre fin${name}`, exact: true });
    await end.click();
    const ending = page.getByRole("dialog", { name: "Mettre fin à un abonnement" });
    await expect(ending.getByLabel("Dernier jour")).toHaveValue("2017-12-03");
    await ending.getByLabel("Dernier jour").fill("");
    await ending.getByRole("button", { name: "Mettre fin" }).click();
    await expect(ending.getByText("Remplissez ce champ.")).toHaveCount(2);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(end).toBeFocused();
    await end.click();
    await expect(ending.getByText("Remplissez ce champ.")).toHaveCount(0);
    await ending.getByLabel("Dernier jour").fill("2017-12-22");
    await ending.getByLabel("Motif").fill("Déménagement");
    await ending.getByRole("button", { name: "Mettre fin" }).click();
    await expect(ending.getByRole("status")).toContainText(/rendue.*Avoir/);
    // Another day is another outcome.
    await ending.getByLabel("Dernier jour").fill("2017-12-21");
    await expect(ending.getByRole("button", { name: "Confirmer" })).toHaveCount(0);
    await ending.getByLabel("Dernier jour").fill("2017-12-22");
    await ending.getByRole("button", { name: "Mettre fin" }).click();
    await ending.getByRole("button", { name: "Confirmer" }).click();
    await expect(told).toContainText(/terminé, dernier jour le 22 décembre 2017\./);
    await expect(told).toContainText(/rendue|Aucune inscription/);
    await expect(told).toContainText(/Avoir A2017\d{6}/);
    await expect(end).toHaveCount(0);
    await expect(page.getByRole("table", { name: "Factures et avoirs" })).toContainText("Avoir");
  },
);

test("of two TAP activities one ends, a canteen ends on a day", async ({ page, logins }) => {
  const held = await openFamily(page, logins, "tom delorme");
  const canteen = held.getByRole("button", { name: /^Mettre fin.*Cantine.*2e trimestre/ }).first();
  await canteen.click();
  const sheet = page.getByRole("dialog", { name: "Mettre fin à un abonnement" });
  await expect(sheet).toContainText("La cantine reste facturée chaque mois");
  await sheet.getByLabel("Dernier jour").fill("2018-01-12");
  await sheet.getByLabel("Motif").fill("Déjeune à la maison");
  await sheet.getByRole("button", { name: "Mettre fin" }).click();
  await sheet.getByRole("button", { name: "Confirmer" }).click();
  const told = held.getByRole("status");
  await expect(told).toContainText("Rien à créditer ni à facturer.");
  await expect(held.getByText("jusqu'au 12 janvier 2018")).toHaveCount(1);
  await expectAccessible(page);

  const tap = held.getByRole("button", { name: /^Mettre fin.*TAP.*2e trimestre/ }).first();
  await tap.click();
  await expectAccessible(page);
  await sheet.getByLabel("Motif").fill("Ne vient plus");
  // Neither one nor both is taken for granted.
  await sheet.getByRole("button", { name: "Mettre fin" }).click();
  await expect(sheet.getByRole("radiogroup")).toHaveAccessibleDescription("Remplissez ce champ.");
  await expectAccessible(page);
  await sheet.getByRole("radio", { name: "Théâtre" }).check();
  await sheet.getByRole("button", { name: "Mettre fin" }).click();
  await sheet.getByRole("button", { name: "Confirmer" }).click();
  await expect(told).toContainText("annulé, avant son premier jour.");
  await expect(told).toContainText(/^Théâtre, TAP, .*Avoir A2017\d{6}/);
});
