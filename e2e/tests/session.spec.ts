import { expectAccessible } from "../support/accessible.ts";
import { Device } from "../support/api.ts";
import { PlanningScreen, SignInScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
/** An access token lives ten minutes. */
const LATER = "+2017-11-06T08:11:00Z";
const NEW = "quatre-mots-au-hasard";

test.use({ live: false });

test(
  "an ended access token is renewed unseen",
  { tag: "@both" },
  async ({ page, camille, server, watch }) => {
    const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
    await server.restartAt(LATER);
    const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
    watch.expects(401, `/children/${camille.children[1]}/inscriptions/bus-1130/2017-11-14`);
    await cell.click();
    await expect(toast(page)).toContainText("inscription ajoutée");
    await expectState(cell, "inscrit, modifiable");
    await expect(page).toHaveURL(`/planning/${MONDAY}`);
  },
);

test(
  "a revoked session ends at the sign-in page, and goes on where it was",
  { tag: "@both" },
  async ({ page, camille, server, watch }) => {
    const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
    await (await Device.signIn(server.address, camille)).changePassword(camille.password, NEW);
    await server.restartAt(LATER);
    watch.expects(401, "/auth/refresh");
    await page.goto("/planning/2017-11-27");
    await expect(page).toHaveURL("/connexion?suite=/planning/2017-11-27");
    await expect(page.getByText("Votre session a expiré.")).toBeVisible();
    await expectAccessible(page);
    await new SignInScreen(page).signIn({ ...camille, password: NEW });
    await expect(page).toHaveURL("/planning/2017-11-27");
    await planning.expectWeek("27 novembre au 1er décembre");
  },
);

test("a tick of a revoked session is not taken for done", async ({
  page,
  camille,
  server,
  watch,
}) => {
  const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
  await (await Device.signIn(server.address, camille)).changePassword(camille.password, NEW);
  await server.restartAt(LATER);
  watch.expects(401, `/children/${camille.children[1]}/inscriptions/bus-1130/2017-11-14`);
  watch.expects(401, "/auth/refresh");
  await planning.cell("Tom", "Bus 11h30", "mardi 14").click();
  await expect(page).toHaveURL(`/connexion?suite=/planning/${MONDAY}`);
  await expect(page.getByText("Votre session a expiré.")).toBeVisible();
  await new SignInScreen(page).signIn({ ...camille, password: NEW });
  await expect(page).toHaveURL(`/planning/${MONDAY}`);
  await expectState(planning.cell("Tom", "Bus 11h30", "mardi 14"), "libre, modifiable");
});

test(
  "a password change signs the other devices out",
  { tag: "@both" },
  async ({ page, camille, server, watch }) => {
    const phone = await Device.signIn(server.address, camille);
    await PlanningScreen.open(page, camille, MONDAY);
    await page.getByRole("link", { name: "Mon compte" }).click();
    await expect(page.getByRole("heading", { name: "Mon compte" })).toBeFocused();
    await expect(page.getByText(camille.email)).toBeVisible();
    await expectAccessible(page);

    const current = page.getByLabel("Mot de passe actuel");
    const fresh = page.getByLabel("Nouveau mot de passe");
    const change = page.getByRole("button", { name: "Changer le mot de passe" });
    watch.expects(422, "/auth/password");
    await current.fill("un-autre-que-le-mien");
    await fresh.fill(NEW);
    await change.click();
    await expect(current).toBeFocused();
    await expect(current).toHaveAccessibleDescription(/Le mot de passe actuel n'est pas le bon\./);
    await expectAccessible(page);

    await current.fill(camille.password);
    await fresh.fill("court");
    await change.click();
    await expect(fresh).toBeFocused();
    await expect(fresh).toHaveAccessibleDescription(/Choisissez au moins 10 caractères\./);
    await expectAccessible(page);

    await fresh.fill(NEW);
    await change.click();
    await expect(
      page.getByText("Mot de passe changé. Vos autres appareils seront déconnectés d'ici dix minutes."),
    ).toBeVisible();
    await expect(current).toHaveValue("");
    await expectAccessible(page);

    expect(await phone.refresh()).toBe(401);
    await page.reload();
    await expect(page.getByText(camille.email)).toBeVisible();
    await page.getByRole("button", { name: "Se déconnecter" }).click();
    await new SignInScreen(page).signIn({ ...camille, password: NEW });
    await new PlanningScreen(page).expectWeek("6 au 10 novembre");
  },
);

test("the children's days go into a phone's calendar, by an address that can be changed", async ({
  page,
  camille,
  server,
}) => {
  await PlanningScreen.open(page, camille, MONDAY);
  await page.getByRole("link", { name: "Mon compte" }).click();
  await page.getByRole("button", { name: "Afficher l'adresse" }).click();
  const address = page.getByLabel("Adresse de l'agenda");
  const first = await address.inputValue();
  const calendar = async (url: string) => {
    const answer = await fetch(url.replace(server.url, server.address));
    return { status: answer.status, text: await answer.text() };
  };
  const read = await calendar(first);
  expect(read.status).toBe(200);
  expect(read.text).toContain("SUMMARY:Léa · Cantine");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Changer l'adresse" }).click();
  await expect(page.getByText("Nouvelle adresse : l'ancienne ne mène plus à rien.")).toBeVisible();
  await expect(address).not.toHaveValue(first);
  expect((await calendar(first)).status).toBe(404);
  expect((await calendar(await address.inputValue())).status).toBe(200);
});

test("signing out closes every tab and leaves nothing behind", async ({
  page,
  context,
  camille,
}) => {
  await PlanningScreen.open(page, camille, MONDAY);
  const other = await context.newPage();
  await other.goto("/compte");
  await other.getByRole("button", { name: "Se déconnecter" }).click();
  for (const tab of [page, other]) {
    await expect(tab).toHaveURL("/connexion");
    await expect(tab.getByText("La session est fermée.")).toBeVisible();
  }
  await expectAccessible(page);
  expect(await context.cookies()).toEqual([]);
  await page.goBack();
  await expect(page.getByText("Léa")).toHaveCount(0);
  await page.goto(`/planning/${MONDAY}`);
  await expect(page).toHaveURL(`/connexion?suite=/planning/${MONDAY}`);
});

test("another sign-in in the same browser ends this one's pages", async ({
  page,
  context,
  camille,
  others,
}) => {
  const other = await context.newPage();
  await other.goto("/connexion");
  await PlanningScreen.open(page, camille, MONDAY);
  const [stranger] = others;
  if (!stranger) throw new Error("the demo has one family alone");
  await new SignInScreen(other).signIn(stranger);
  await expect(other).toHaveURL("/planning");
  await expect(page).toHaveURL(/\/connexion/);
  await expect(page.getByText("Léa")).toHaveCount(0);
  // And the other's goes on.
  await other.reload();
  await expect(other.getByRole("heading", { name: "Mon planning" })).toBeVisible();
  await expect(other).toHaveURL("/planning");
});

test("after the sign-out nothing more is asked", async ({ page, camille }) => {
  await page.clock.install({ time: new Date("2017-11-06T08:00:00Z") });
  await PlanningScreen.open(page, camille, MONDAY);
  // From here on nothing that was planned for later happens by itself.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 100);
  await page.getByRole("link", { name: "Mon compte" }).click();
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await expect(page.getByText("La session est fermée.")).toBeVisible();
  // Whatever the app had in mind to ask later, such as the week after.
  await page.clock.runFor(60_000);
  await expect(page.getByText("La session est fermée.")).toBeVisible();
});
