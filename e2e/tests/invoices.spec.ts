import type { Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { Device } from "../support/api.ts";
import type { Login } from "../support/databases.ts";
import { SignInScreen, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

test.use({ now: "+2017-11-20T08:00:00Z" });

const LIST = "**/api/v1/family/invoices*";

async function open(page: Page, login: Login, path = "/factures"): Promise<void> {
  await page.goto(path);
  await new SignInScreen(page).signIn(login);
  await expect(page).toHaveURL(path);
}

test("what is due stands first, and each invoice is as on paper", async ({ page, camille }) => {
  await open(page, camille);
  await expect(page).toHaveTitle("Mes factures · Préau");
  const due = page.getByRole("region", { name: "À payer" });
  await expect(due.getByRole("listitem").first()).toContainText("En retard");
  await expect(due).toContainText("Par chèque remis au guichet périscolaire");
  await expect(page.getByText("Attestation fiscale")).toHaveCount(0);
  await expectAccessible(page);

  const row = page.getByRole("row", { name: /Bus et TAP, 1er trimestre/ });
  const amount = (await row.locator(".amount").innerText()).trim();
  await row.getByRole("link").click();
  const title = "Bus et TAP, 1er trimestre 2017-2018";
  const heading = page.getByRole("heading", { level: 1, name: title });
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(`${title} · Préau`);
  const paper = page.getByRole("article", { name: /^Facture F2017\d{6}$/ });
  for (const text of [
    "SIRET",
    "Léa",
    "Tom",
    "Quotient familial",
    "Reste à payer",
    "TVA non applicable, article 256 B du code général des impôts.",
    "Recours possible dans les deux mois",
    amount,
  ]) {
    await expect(paper).toContainText(text);
  }
  const cheque = page.getByRole("region", { name: "Payer par chèque" });
  await expect(cheque).toContainText(`${amount} exactement`);
  await expect(cheque).toContainText("Trésor Public");
  await expectAccessible(page);
  await page.reload();
  await expect(paper).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Mes factures" })).toBeVisible();
});

test("a document is downloaded as PDF, under its number", async ({ page, watch, camille }) => {
  await page.route("**/api/v1/invoices/*/pdf", (route) => {
    expect(route.request().headers().authorization).toMatch(/^Bearer /);
    return route.fulfill({ contentType: "application/pdf", body: "%PDF-1.7" });
  });
  await open(page, camille);
  const button = page.getByRole("button", { name: /^Télécharger en PDF/ }).first();
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  expect(download.suggestedFilename()).toMatch(/^F201[78]\d{6}\.pdf$/);

  await page.unroute("**/api/v1/invoices/*/pdf");
  watch.expects(500, /^\/invoices\/\w+\/pdf$/);
  await page.route("**/api/v1/invoices/*/pdf", (route) =>
    route.fulfill({ status: 500, body: "?" }),
  );
  await button.click();
  await expect(toast(page)).toContainText("Le PDF n'a pas pu être téléchargé");
  await expectAccessible(page);
});

test("what was paid for a young child's care is certified for the tax return", async ({
  page,
  server,
  logins,
  camille,
}) => {
  const coordinator = logins.find(({ role }) => role === "coordinator");
  if (!coordinator) throw new Error("the demo has no coordinator");
  const desk = await Device.signIn(server.url, coordinator);
  await desk.enterCheques(await Device.signIn(server.url, camille));
  await server.restartAt("+2018-01-15T08:00:00Z");
  await open(page, camille);
  const card = page.getByRole("region", { name: "Attestation fiscale 2017" });
  // Léa was nine.
  await expect(card.getByRole("listitem")).toHaveCount(1);
  await expect(card.getByRole("listitem")).toContainText(/Tom DELORME\s*\d+,\d\d\s€/);
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await card.getByRole("button", { name: /^Télécharger l'attestation 2017.*Tom/ }).click();
  expect((await download).suggestedFilename()).toBe("attestation-fiscale-2017-tom-delorme.pdf");
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 640 });
    await expectToFit(page);
  }
});

test("older documents come on demand", async ({ page, camille }) => {
  await page.route(LIST, async (route) => {
    const answer = await route.fetch({ url: route.request().url().replace(/\?.*/, "") });
    const view = (await answer.json()) as { documents: unknown[]; next?: string };
    const { documents } = view;
    const isFirst = !route.request().url().includes("before=");
    view.documents = isFirst ? documents.slice(0, 1) : documents.slice(1);
    if (isFirst) view.next = "older";
    else delete view.next;
    return route.fulfill({ json: view });
  });
  await open(page, camille);
  await expect(page.getByText(/de plus sur des factures plus anciennes/)).toBeVisible();
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(rows).toHaveCount(1);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Afficher plus" }).click();
  await expect(page.getByRole("button", { name: "Afficher plus" })).toBeHidden();
  await expect(rows).not.toHaveCount(1);
});

test("it fits a phone, at 320 pixels too", async ({ page, camille }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, camille);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 640 });
    await expect(page.getByRole("heading", { name: "Historique" })).toBeVisible();
    await expectToFit(page);
    await expectAccessible(page);
  }
  await page.getByRole("region", { name: "À payer" }).getByRole("link").first().click();
  await expect(page.getByRole("article")).toBeVisible();
  await expectToFit(page);
  await expectAccessible(page);
});

test("without an invoice it says what will come", async ({ page, nadia }) => {
  await open(page, nadia);
  await expect(page.getByRole("heading", { name: "Pas encore de facture" })).toBeVisible();
  await expectAccessible(page);
});

test("what does not come is said, and asked for again", async ({ page, watch, camille }) => {
  watch.expects(500, "/family/invoices");
  await page.route(LIST, (route) => route.fulfill({ status: 500, body: "?" }));
  await open(page, camille);
  await expect(page.getByText("Vos factures n'ont pas pu être chargées")).toBeVisible();
  await expectAccessible(page);
  await page.unroute(LIST);
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("heading", { name: "Historique" })).toBeVisible();
});

test("another family's document is not found", async ({ page, watch, nadia }) => {
  watch.expects(404, "/invoices/F2017000001");
  await open(page, nadia, "/factures/F2017000001");
  await expect(page.getByText("Ce document n'a pas pu être chargé")).toBeVisible();
  await expectAccessible(page);
});
