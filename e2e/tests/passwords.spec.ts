import type { Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { type MailServer, plain, test } from "../support/mail.ts";
import { PlanningScreen, SignInScreen } from "../support/screens.ts";
import { expect, test as silent } from "../support/test.ts";

const NEW = "quatre mots au hasard";

const chosen = (page: Page) => page.getByLabel("Nouveau mot de passe", { exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Enregistrer et me connecter" });

/** The path of the link in the last e-mail. */
async function link(mail: MailServer, count: number): Promise<string> {
  await expect.poll(() => mail.messages.length, { timeout: 30_000 }).toBe(count);
  const [path] = plain(mail.messages.at(-1) ?? "").match(/\/mot-de-passe#[\w.-]+/) ?? [];
  if (!path) throw new Error("no link in the e-mail");
  return path;
}

async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto("/connexion");
  await page.getByRole("link", { name: "Première visite, ou mot de passe oublié ?" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mot de passe");
  await page.getByRole("textbox", { name: "Adresse e-mail" }).fill(email);
  await page.getByRole("button", { name: "Recevoir le lien" }).click();
}

test("a forgotten password is replaced by a link, once @both", async ({
  page,
  camille,
  mail,
  watch,
}) => {
  await askForLink(page, camille.email);
  const sent = page.locator("#lien-envoye");
  await expect(sent).toContainText(`Si ${camille.email} est l'adresse d'un compte`);
  await expect(sent).toBeFocused();
  await expectAccessible(page);
  await expectToFit(page);
  const path = await link(mail, 1);

  await page.goto(path);
  await expect(page.getByText(camille.email)).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  await save(page).click();
  await expect(chosen(page)).toHaveAccessibleDescription(/Saisissez le nouveau mot de passe\./);
  watch.expects(422, "/auth/password-links/use");
  await chosen(page).fill("azertyuiop");
  await save(page).click();
  await expect(chosen(page)).toHaveAccessibleDescription(/Ce mot de passe est trop connu/);
  await expect(chosen(page)).toBeFocused();
  await expectAccessible(page);
  await chosen(page).fill(NEW);
  await save(page).click();
  await new PlanningScreen(page).expectWeek("6 au 10 novembre");
  await page.reload();
  await new PlanningScreen(page).expectWeek("6 au 10 novembre");

  watch.expects(410, "/auth/password-links/read");
  await page.goto(path);
  await expect(page.getByRole("alert")).toContainText("Ce lien a déjà servi");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Adresse e-mail" }).fill("personne");
  watch.expects(422, "/auth/password-links");
  await page.getByRole("button", { name: "Recevoir le lien" }).click();
  await expect(page.getByRole("textbox", { name: "Adresse e-mail" })).toHaveAccessibleDescription(
    /Écrivez une adresse e-mail/,
  );
  await expectAccessible(page);

  await page.goto("/compte");
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await new SignInScreen(page).signIn({ ...camille, password: NEW });
  await new PlanningScreen(page).expectWeek("6 au 10 novembre");
});

test("whoever opens another's link on a shared device sees their own children", async ({
  page,
  camille,
  nadia,
  mail,
}) => {
  await askForLink(page, nadia.email);
  const path = await link(mail, 1);
  await PlanningScreen.openAndSettle(page, camille, "2017-11-06");
  await expect(page.getByText("Léa").first()).toBeVisible();
  await page.goto(path);
  await chosen(page).fill(NEW);
  await save(page).click();
  await expect(page.getByText("Inès").first()).toBeVisible();
  await expect(page.getByText("Léa")).toBeHidden();
});

silent("a commune without e-mails says who gives a password", async ({ page, camille, watch }) => {
  watch.expects(409, "/auth/password-links");
  await askForLink(page, camille.email);
  await expect(page.getByRole("alert")).toContainText("Le guichet périscolaire vous remet un mot de passe.");
  await expectAccessible(page);
});
