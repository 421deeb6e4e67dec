import type { Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { Device, takeSeats } from "../support/api.ts";
import type { Login } from "../support/databases.ts";
import { PlanningScreen, SignInScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
const SESSION = { activity: "bus-fin-ecole", date: MONDAY, monday: MONDAY };
/** An hour after the deadline of that week. */
const LATE = "+2017-11-07T12:00:00Z";

function coordinatorOf(logins: Login[]): Login {
  const coordinator = logins.find(({ role }) => role === "coordinator");
  if (!coordinator) throw new Error("the demo has no coordinator");
  return coordinator;
}

async function openDesk(page: Page, logins: Login[], path: string): Promise<void> {
  await page.goto(path);
  await new SignInScreen(page).signIn(coordinatorOf(logins));
  await expect(page).toHaveURL(path);
  await expect(page.getByRole("table", { name: "Places prises" })).toBeVisible();
}

/** By keyboard alone. */
async function chooseChild(page: Page, name: string): Promise<void> {
  await page.keyboard.press("/");
  const search = page.getByRole("combobox", { name: "Enfant" });
  await expect(search).toBeFocused();
  await search.fill(name);
  const found = page.getByRole("listbox", { name: "Enfant" }).getByRole("option");
  await expect(found.first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(found).toHaveCount(0);
}

test("the coordinator comes to the week, on any screen", async ({ page, logins, watch }) => {
  // A parent's week is asked for along with who she is.
  watch.allows(403, /^\/family\/weeks\//);
  await page.goto("/");
  await new SignInScreen(page).signIn(coordinatorOf(logins));
  await expect(page).toHaveURL("/guichet/semaine");
  await expect(page.getByRole("heading", { name: "Semaine", exact: true })).toBeVisible();
  await expect(page.getByText("Les familles ne modifient plus depuis")).toBeVisible();
  await page.getByRole("link", { name: "Semaine suivante" }).click();
  await expect(page.getByText("Les familles modifient jusqu'au mardi 7 nov.")).toBeVisible();
  const buses = page.getByRole("table", { name: "Forfaits bus dépassés" });
  await expect(buses.getByText("de trop").first()).toBeAttached();
  await expectAccessible(page);
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await expectToFit(page);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
});

test(
  "a late change stands in the family's history with its reason",
  { tag: "@both" },
  async ({ browser, page, server, logins, camille, watch }) => {
    await server.restartAt(LATE);
    await openDesk(page, logins, `/guichet/semaine/${MONDAY}`);
    await chooseChild(page, "tom delorme");
    await expect(page.getByRole("link", { name: camille.email })).toBeVisible();
    await page.getByLabel("Activité").selectOption({ label: "Bus fin école" });
    await page.getByLabel("Jour").selectOption({ label: "lundi 13" });
    await expect(page.getByText("N'a pas de place")).toBeVisible();
    const add = page.getByRole("button", { name: "Inscrire" });
    watch.expects(422, "/guichet/changes");
    await add.click();
    await expect(page.getByText("Remplissez ce champ.")).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Motif").fill("Rendez-vous de la maman annulé");
    await add.click();
    await expect(toast(page)).toContainText("Bus fin école, lundi 13, inscription ajoutée");
    await expect(page.getByText("A une place")).toBeVisible();
    await expect(page.getByText("Claire Morand · Rendez-vous de la maman annulé")).toBeVisible();

    const home = await browser.newContext({ baseURL: server.url });
    const planning = await PlanningScreen.open(await home.newPage(), camille, MONDAY);
    await expectState(planning.cell("Tom", "Bus fin école", "lundi 13"), "inscrit, verrouillé");
    await planning.child("Tom").getByRole("button", { name: /Historique/ }).click();
    const history = planning.page.getByRole("dialog", { name: /Tom/ });
    await expect(history).toContainText("« Rendez-vous de la maman annulé »");
    await expect(history).toContainText("Claire Morand");
    await home.close();
  },
);

test(
  "a seat beyond the capacity, a session's list, its capacity",
  { tag: "@both" },
  async ({ page, server, logins, others, camille, watch }) => {
    await takeSeats(server.address, others, SESSION, { leave: 0 });
    const [, tom] = camille.children;
    if (!tom) throw new Error("Camille has no second child");
    await server.restartAt(LATE);
    const mother = await Device.signIn(server.address, camille);
    await openDesk(page, logins, `/guichet/semaine/${MONDAY}`);
    await chooseChild(page, "tom delorme");
    await page.getByLabel("Activité").selectOption({ label: "Bus fin école" });
    await page.getByLabel("Motif").fill("Garde en panne");
    watch.expects(409, "/guichet/changes");
    await page.getByRole("button", { name: "Inscrire" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Toutes les places sont prises" })).toBeVisible();
    await page.getByLabel("Donner une place au-delà de la capacité").check();
    await page.getByRole("button", { name: "Inscrire" }).click();
    await expect(page.getByText("Places prises : 65 sur 64")).toBeVisible();
    expect((await mother.free(tom, SESSION)).status).toBe(409);

    const cell = page.getByRole("link", { name: /Bus fin école, lundi 13/ });
    await expect(cell).toContainText("1 au-delà");
    await cell.click();
    await expect(page).toHaveURL(`/guichet/seances/bus-fin-ecole/${MONDAY}`);
    const sheet = page.getByRole("dialog", { name: "Bus fin école, lundi 13" });
    await expect(sheet.getByRole("heading", { name: "65 enfants inscrits" })).toBeVisible();
    await expectAccessible(page);
    await sheet.getByText("Changer la capacité").first().click();
    await sheet.getByLabel("Capacité de cette séance").fill("66");
    await sheet.getByLabel("Motif").fill("Un second car");
    await sheet.getByRole("button", { name: "Changer la capacité" }).click();
    await expect(sheet.getByText("Places prises : 65 sur 66")).toBeVisible();
    await page.goBack();
    await expect(sheet).toBeHidden();
    await cell.click();
    await sheet.getByRole("button", { name: "Modifier pour Delorme Tom" }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByLabel("Motif")).toBeFocused();
    await page.getByLabel("Motif").fill("Finalement malade");
    await page.getByRole("button", { name: "Retirer", exact: true }).click();
    await expect(page.getByText("Places prises : 64 sur 66")).toBeVisible();
  },
);

test("a child gets the activity that it is missing", async ({ page, logins, server, camille }) => {
  await openDesk(page, logins, `/guichet/semaine/${MONDAY}`);
  await chooseChild(page, "tom delorme");
  // Whatever week is shown, who is chosen and what is written stays.
  await page.getByLabel("Motif").fill("Oublié");
  for (const way of ["Semaine suivante", "Semaine précédente"]) {
    await page.getByRole("link", { name: way }).click();
    await expect(page.getByRole("table", { name: "Places prises" })).toBeVisible();
    await expect(page.getByLabel("Motif")).toHaveValue("Oublié");
  }
  // Tom plays chess on Thursdays.
  await page.getByLabel("Activité").selectOption({ label: "Jardinage" });
  await expect(page.getByText("L'enfant n'est pas abonné")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Motif").fill("Oublié à l'inscription");
  await page.getByRole("button", { name: "Ajouter l'activité" }).click();
  await expect(toast(page)).toContainText("activité ajoutée");
  await expect(page.getByText("A une place")).toBeVisible();
  const week = await (await Device.signIn(server.address, camille)).week(MONDAY);
  const fixed = week.cells.filter(({ state }) => state === "fixed");
  expect(fixed.length).toBeGreaterThan(1);
});

test("whoever is no coordinator sees nothing of it", async ({ page, camille }) => {
  await page.goto("/guichet/semaine");
  await new SignInScreen(page).signIn(camille);
  await expect(page.getByRole("heading", { name: "Accès réservé" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Mon planning" }).click();
  await expect(page).toHaveURL("/planning");
});
