import type { Locator, Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import type { Login } from "../support/databases.ts";
import { SignInScreen, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const BILLING = "/guichet/facturation";

async function open(page: Page, logins: Login[], path: string): Promise<void> {
  const coordinator = logins.find(({ role }) => role === "coordinator");
  if (!coordinator) throw new Error("the demo has no coordinator");
  await page.goto(path);
  await new SignInScreen(page).signIn(coordinator);
  await expect(page).toHaveURL(path);
}

/** As the coordinator copies it from the cheque. */
function typed(amount: string): string {
  return amount.replace(/[^\d,]/g, "");
}

async function expectToFitEverywhere(page: Page): Promise<void> {
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expectToFit(page);
  }
}

function chequeSheet(page: Page): Locator {
  return page.getByRole("dialog", { name: "Saisir un chèque" });
}

test(
  "a cheque is entered for the exact amount, and a mistake is taken back",
  { tag: "@both" },
  async ({ page, logins }) => {
    await page.route("**/guichet/receipts*", (route) => route.fulfill({ json: { receipts: [] } }));
    await open(page, logins, `${BILLING}/journal`);
    await expect(page.getByText("Aucun encaissement pour l'instant.")).toBeVisible();
    await expectAccessible(page);
    await page.unrouteAll({ behavior: "wait" });

    await page.getByRole("link", { name: "Impayés" }).click();
    const unpaid = page.getByRole("table", { name: /factures à payer/ });
    const enter = unpaid.getByRole("button", { name: /^Saisir un chèque/ });
    await expect(enter.first()).toBeVisible();
    await expectAccessible(page);
    await expectToFitEverywhere(page);
    const named = (await enter.first().getAttribute("aria-label")) ?? "";
    const invoice = /F2017\d{6}/.exec(named)?.[0] ?? "";
    await enter.first().click();
    const sheet = chequeSheet(page);
    await expect(sheet).toContainText(invoice);
    const due = typed(await sheet.locator("dd .num").innerText());
    const amount = sheet.getByLabel("Montant du chèque");
    await amount.fill("1,00");
    await sheet.getByRole("button", { name: "Enregistrer le chèque" }).click();
    await expect(sheet.getByText(/doit être de [\d,\s]+€ exactement/)).toBeVisible();
    await expect(amount).toBeFocused();
    await expectAccessible(page);
    await amount.fill(due);
    await sheet.getByRole("button", { name: "Enregistrer le chèque" }).click();
    await expect(toast(page)).toContainText(/Chèque de [\d,\s]+€ enregistré\s: écriture Q2017\d{6}/);
    const number = /Q2017\d{6}/.exec(await toast(page).innerText())?.[0] ?? "";
    const contra = `Q${Number(number.slice(1)) + 1}`;
    await expect(unpaid.getByText(invoice).first()).toHaveCount(0);

    await page.getByRole("link", { name: "Journal" }).click();
    const journal = page.getByRole("table", { name: "Journal de la régie" });
    const entry = journal.getByRole("row", { name: new RegExp(number) });
    await expect(entry).toContainText(invoice);
    await expect(entry).toContainText("6 novembre 2017");
    await expectAccessible(page);
    await expectToFitEverywhere(page);
    await entry.getByRole("button", { name: `Corriger l'écriture ${number}` }).click();
    const wrong = page.getByRole("dialog", { name: "Corriger une erreur" });
    await expect(wrong).toContainText(`La facture ${invoice} redevient à payer.`);
    await wrong.getByRole("button", { name: "Passer l'écriture contraire" }).click();
    await expect(wrong.getByText("Remplissez ce champ.")).toBeVisible();
    await expectAccessible(page);
    await wrong.getByLabel("Motif").fill("Chèque d'une autre famille");
    await wrong.getByRole("button", { name: "Passer l'écriture contraire" }).click();
    await expect(toast(page)).toContainText(`Écriture ${number} annulée par ${contra}`);
    await expect(
      journal.getByText(new RegExp(`^Annule ${number}\\s: Chèque d'une autre famille$`)),
    ).toBeVisible();
    await expect(journal.getByText(`Annulée par ${contra}`)).toBeVisible();
    for (const corrected of [number, contra]) {
      const correct = journal.getByRole("button", { name: `Corriger l'écriture ${corrected}` });
      await expect(correct).toHaveCount(0);
    }
    await expectAccessible(page);
    await expectToFitEverywhere(page);

    // The invoice is to be paid again, on the family's page too.
    await entry.getByRole("link").first().click();
    const papers = page.getByRole("table", { name: "Factures et avoirs" });
    await papers.getByRole("button", { name: new RegExp(`^Saisir un chèque.*${invoice}`) }).click();
    await chequeSheet(page).getByLabel("Montant du chèque").fill(due);
    await page.keyboard.press("Enter");
    await expect(toast(page)).toContainText(`écriture Q${Number(number.slice(1)) + 2}`);
    const paid = papers.getByRole("row").filter({ hasText: invoice });
    await expect(paid.getByText("Payée")).toBeVisible();
    await expect(paid.getByRole("button", { name: /^Saisir un chèque/ })).toHaveCount(0);
    await expectAccessible(page);
    await expectToFitEverywhere(page);
  },
);

test("a cheque for an invoice that is settled by now is refused in words", async ({
  page,
  logins,
  watch,
}) => {
  const problem = {
    type: "about:blank",
    title: "Rien à payer",
    status: 409,
    detail: "Cette facture est déjà réglée. Rendez le chèque à la famille.",
    code: "nothing_due",
  };
  watch.expects(409, /cheques$/);
  await page.route("**/guichet/invoices/*/cheques", (route) =>
    route.fulfill({ status: 409, contentType: "application/problem+json", json: problem }),
  );
  await open(page, logins, `${BILLING}/impayes`);
  await page
    .getByRole("button", { name: /^Saisir un chèque/ })
    .first()
    .click();
  const sheet = chequeSheet(page);
  await sheet
    .getByLabel("Montant du chèque")
    .fill(typed(await sheet.locator("dd .num").innerText()));
  await sheet.getByRole("button", { name: "Enregistrer le chèque" }).click();
  await expect(sheet.getByRole("alert").filter({ hasText: "Rendez le chèque" })).toBeVisible();
  await expectAccessible(page);
});

test("a family's document comes as PDF, under its number", async ({ page, logins }) => {
  await open(page, logins, `${BILLING}/impayes`);
  const button = page.getByRole("button", { name: /^Télécharger en PDF/ }).first();
  const download = page.waitForEvent("download");
  await button.click();
  expect((await download).suggestedFilename()).toMatch(/^F2017\d{6}\.pdf$/);
});
