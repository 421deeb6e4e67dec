import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { PlanningScreen, SignInScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

test("weeks change by arrows, by the way back and by their address", async ({ page, camille }) => {
  await page.goto("/connexion");
  await new SignInScreen(page).signIn(camille);
  const planning = new PlanningScreen(page);
  await planning.expectWeek("6 au 10 novembre");
  await expect(
    page.getByRole("columnheader", { name: /^lundi 6\s?, aujourd'hui$/ }).first(),
  ).toBeVisible();
  await expect(planning.thisWeek).toHaveAttribute("aria-current", "true");

  await planning.next.click();
  await expect(page).toHaveURL("/planning/2017-11-13");
  await planning.expectWeek("13 au 17 novembre");
  await planning.previous.click();
  await planning.previous.click();
  await planning.expectWeek("30 octobre au 3 novembre");
  await page.goBack();
  await planning.expectWeek("6 au 10 novembre");
  await planning.next.click();
  await planning.next.click();
  await planning.expectWeek("20 au 24 novembre");
  await planning.thisWeek.click();
  await expect(page).toHaveURL("/planning");
  await planning.expectWeek("6 au 10 novembre");

  // Any day leads to its week.
  await page.goto("/planning/2017-11-15");
  await expect(page).toHaveURL("/planning/2017-11-13");
  await planning.expectWeek("13 au 17 novembre");
});

test("an open week says until when, and its states in words", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-13");
  await expect(page.getByText("Modifiable jusqu'au mardi 7 nov. 12 h 00")).toBeVisible();
  await expectState(planning.cell("Léa", "Cantine", "lundi 13"), "inscrit, modifiable");
  await expectState(planning.cell("Léa", "Cantine", "vendredi 17"), "libre, modifiable");
  await expectState(
    planning.cell("Tom", "Bus fin école", "lundi 13"),
    "libre, modifiable, 2\\splaces",
  );
  await expect(planning.cell("Tom", "Bus fin école", "lundi 13")).toContainText(/2\spl\./);
  await expectState(planning.cell("Léa", "Bus 8h30", "vendredi 17"), "complet");
  await expect(planning.cell("Léa", "Bus 8h30", "vendredi 17")).toContainText("Plein");
  await expectAccessible(page);

  await page.reload();
  await expect(page).toHaveURL("/planning/2017-11-13");
  await expectState(planning.cell("Léa", "Cantine", "lundi 13"), "inscrit, modifiable");
});

test("a week is chosen in its month", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-13");
  const open = page.getByRole("button", { name: "Choisir une semaine dans le mois" });
  await open.click();
  const november = page.getByRole("dialog", { name: "Novembre 2017" });
  const shown = november.getByRole("link", { name: "Semaine du 13 au 17 novembre : modifiable" });
  await expect(shown).toHaveAttribute("aria-current", "true");
  await expect(
    november.getByRole("link", { name: "Semaine du 6 au 10 novembre : verrouillée" }),
  ).toBeVisible();
  await expect(
    november.getByRole("link", { name: "Semaine du 30 octobre au 3 novembre : fermée" }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectToFit(page);
  await expectAccessible(page);

  await november.getByRole("button", { name: "Mois suivant" }).click();
  const december = page.getByRole("dialog", { name: "Décembre 2017" });
  await december.getByRole("link", { name: "Semaine du 11 au 15 décembre : modifiable" }).click();
  await expect(december).toBeHidden();
  await expect(page).toHaveURL("/planning/2017-12-11");
  await planning.expectWeek("11 au 15 décembre");
});

test("the current week, which is locked, leads to what can still be done", async ({
  page,
  camille,
}) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-06");
  await page.getByRole("link", { name: /^La semaine suivante se règle jusqu'au mardi 7/ }).click();
  await planning.expectWeek("13 au 17 novembre");
  await expect(page.getByText("Modifiable jusqu'au mardi 7 nov. 12 h 00")).toBeVisible();
});

test("on Wednesday school ends at 11:30, and so does the bus", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-13");
  for (const activity of ["Cantine", "Bus 11h30", "Bus 13h30"]) {
    await expect(planning.row("Léa", activity).nth(2)).toHaveAccessibleName("pas de service");
    await expect(planning.row("Léa", activity).getByRole("button")).toHaveCount(4);
  }
  await expect(planning.row("Léa", "Bus fin école")).toHaveCount(5);
  await expect(
    planning.child("Léa").getByRole("rowheader", { name: "Bus fin école" }),
  ).toContainText("mer. 11h30");
  await expectState(planning.cell("Léa", "Bus fin école", "mercredi 15"), "inscrit, modifiable");
});

test("a locked week says since when, and what can be done", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-06");
  await expect(page.getByText("Verrouillée depuis le mardi 31 oct. 12 h 00.")).toBeVisible();
  await expect(planning.child("Léa").getByRole("button", { name: "modifiable" })).toHaveCount(0);
  const monday = planning.cell("Léa", "Cantine", "lundi 6");
  await expectState(monday, "inscrit, verrouillé");
  await expect(monday).toHaveAccessibleDescription(/Le délai de modification est passé/);
  await expectAccessible(page);

  await monday.click();
  await expect(toast(page)).toContainText("Trop tard pour ce jour");
  await expect(toast(page)).toContainText("Le délai est passé depuis le mardi 31 oct. 12 h 00.");
  await expect(toast(page)).toContainText("adressez-vous au guichet périscolaire");
  await expectState(monday, "inscrit, verrouillé");
  await expectAccessible(page);
});

test("TAP holds for the term and says so", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-13");
  await expect(planning.child("Léa").getByRole("rowheader", { name: /^TAP/ })).toContainText(
    "Théâtre · Échecs",
  );
  const tuesday = planning.cell("Léa", "TAP", "mardi 14");
  await expectState(tuesday, "inscrit pour le trimestre");
  await tuesday.click();
  await expect(toast(page)).toContainText("Fixé pour le trimestre");
  await expect(toast(page)).toContainText("Cette activité vaut pour tout le trimestre.");
  await toast(page).getByRole("button", { name: "Fermer" }).click();
  await expect(toast(page)).toHaveCount(0);
});

test("a closed day is named", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2018-04-02");
  await expect(page.getByText("Fermé lundi 2 : Lundi de Pâques")).toBeVisible();
  const monday = planning.cell("Léa", "Cantine", "lundi 2");
  await expectState(monday, "fermé");
  await expectAccessible(page);
  await monday.click();
  await expect(toast(page)).toContainText("Lundi de Pâques");
  await expect(toast(page)).toContainText("Aucun service ce jour-là.");
  await expect(planning.cell("Léa", "Cantine", "mardi 3")).toHaveAccessibleName(/modifiable/);
});

test("a week of holidays leads on", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-10-23");
  await expect(
    page.getByRole("heading", { name: "Vacances de la Toussaint : aucun service cette semaine" }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Aller à la semaine du 30 octobre au 3 novembre" }).click();
  await planning.expectWeek("30 octobre au 3 novembre");
});

test("outside the terms the nearest week is offered", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2017-08-28");
  await expect(page.getByRole("heading", { name: "Hors des trimestres" })).toBeVisible();
  await expect(page.getByText("Le planning ne commence qu'après cette semaine.")).toBeVisible();
  await expect(planning.previous).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Aller à la semaine du 4 au 8 septembre" }).click();
  await planning.expectWeek("4 au 8 septembre");

  await page.goto("/planning/2018-07-16");
  await expect(page.getByText("L'année scolaire est finie.")).toBeVisible();
  await expect(planning.next).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Aller à la semaine du 2 au 6 juillet" }).click();
  await planning.expectWeek("2 au 6 juillet");
});

test("an address that leads nowhere says so", async ({ page, camille }) => {
  await PlanningScreen.open(page, camille, "2017-11-13");
  await page.goto("/planning/demain");
  await expect(page.getByRole("heading", { name: "Page introuvable" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Aller à mon planning" }).click();
  await new PlanningScreen(page).expectWeek("6 au 10 novembre");
});

test("the declaration of accessibility can be read by all", async ({ page }) => {
  await page.goto("/connexion");
  await page.getByRole("link", { name: "Accessibilité" }).click();
  await expect(page.getByRole("heading", { name: "Accessibilité" })).toBeFocused();
  await expect(page.getByText("RGAA 4.1")).toBeVisible();
  await expectAccessible(page);
});

test.describe("at the deadline", () => {
  test.use({ now: "+2017-11-07T10:59:54Z" });

  test("the last seconds are counted, then the week is locked", async ({ page, camille }) => {
    const planning = await PlanningScreen.open(page, camille, "2017-11-13");
    const monday = planning.cell("Léa", "Cantine", "lundi 13");
    await expect(page.getByText("Le délai vient de passer")).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText("Verrouillée depuis le mardi 7 nov. 12 h 00.")).toBeVisible();
    await expectState(monday, "inscrit, verrouillé");
  });
});

test.describe("in the last hours", () => {
  test.use({ now: "2017-11-07T07:40:00Z" });

  test("the time left is shown", async ({ page, camille }) => {
    await PlanningScreen.open(page, camille, "2017-11-13");
    await expect(page.getByText("encore 3 h 20")).toBeVisible();
    await expectAccessible(page);
  });
});
