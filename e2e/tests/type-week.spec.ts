import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { PlanningScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";

test(
  "a row's whole week is ticked, unticked and undone",
  { tag: "@both" },
  async ({ page, camille }) => {
    const planning = await PlanningScreen.open(page, camille, MONDAY);
    const days = ["lundi 13", "mardi 14", "jeudi 16", "vendredi 17"];
    const cells = days.map((day) => planning.cell("Tom", "Bus 11h30", day));
    const sheet = page.getByRole("dialog", { name: "Tom · Bus 11h30" });
    await planning.more("Tom", "Bus 11h30").click();
    await sheet.getByRole("button", { name: "Cocher toute la semaine" }).click();
    await expect(sheet).toBeHidden();
    await expect(toast(page)).toContainText("Tom · Bus 11h30 : 4 jours ajoutés");
    for (const cell of cells) await expectState(cell, "inscrit, modifiable");
    await expectAccessible(page);
    await page.reload();
    for (const cell of cells) await expectState(cell, "inscrit, modifiable");

    await planning.more("Tom", "Bus 11h30").click();
    await sheet.getByRole("button", { name: "Tout décocher" }).click();
    await expect(toast(page)).toContainText("4 jours retirés");
    for (const cell of cells) await expectState(cell, "libre, modifiable");
    await toast(page).getByRole("button", { name: "Annuler" }).click();
    await expect(toast(page)).toContainText("4 jours ajoutés");
    for (const cell of cells) await expectState(cell, "inscrit, modifiable");
  },
);

test(
  "the shown week becomes the type week, after a look at what that means",
  { tag: "@both" },
  async ({ page, camille }) => {
    const planning = await PlanningScreen.open(page, camille, MONDAY);
    await planning.cell("Tom", "Bus 11h30", "mardi 14").click();
    await expectState(planning.cell("Tom", "Bus 11h30", "mardi 14"), "inscrit, modifiable");

    await planning.more("Tom", "Bus 11h30").click();
    const sheet = page.getByRole("dialog", { name: "Tom · Bus 11h30" });
    await expect(sheet.getByText("2 jours ajoutés")).toBeVisible();
    await expect(sheet).toContainText("mar. jusqu'au 1er déc.");
    const table = sheet.getByRole("table");
    await expect(table.getByRole("row", { name: /^20 nov\./ })).toContainText("ajouté");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectToFit(page);
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 900 });

    await sheet.getByRole("button", { name: "Valider la semaine-type" }).click();
    await expect(sheet).toBeHidden();
    await expect(toast(page)).toContainText("Tom · Bus 11h30 : semaine-type mise à jour.");
    await expect(toast(page)).toContainText("2 jours ajoutés");
    await planning.next.click();
    await planning.expectWeek("20 au 24 novembre");
    await expectState(planning.cell("Tom", "Bus 11h30", "mardi 21"), "inscrit, modifiable");

    // Nothing is left to do, and the sheet says so.
    await planning.more("Tom", "Bus 11h30").click();
    await expect(sheet.getByText("1 jour inchangé")).toBeVisible();
    await expect(sheet.getByRole("button", { name: "Valider la semaine-type" })).toBeDisabled();
    await sheet.getByRole("button", { name: "Annuler" }).click();
    await expect(planning.more("Tom", "Bus 11h30")).toBeFocused();

    await planning.child("Tom").getByRole("button", { name: /^Historique/ }).click();
    const history = page.getByRole("dialog", { name: "Historique de la semaine de Tom" });
    const latest = history.getByRole("listitem").first();
    await expect(latest).toContainText("Bus 11h30, mardi 21 : inscription ajoutée");
    await expect(latest).toContainText("par la semaine-type, Camille DELORME");
    await expectAccessible(page);
  },
);

test("a locked week and an unreachable server are said in the sheet", async ({
  page,
  camille,
  watch,
}) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-06");
  await planning.more("Tom", "Bus 11h30").click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Cocher toute la semaine" }).click();
  await expect(toast(page)).toContainText("Il n'y a rien à changer sur cette ligne.");

  watch.expectsNoServer();
  await page.route("**/type-week/preview", (route) => route.abort("connectionreset"));
  await planning.more("Tom", "Bus 11h30").click();
  await expect(sheet.getByRole("alert")).toContainText("Pas de connexion.");
  await expect(sheet.getByRole("button", { name: "Valider la semaine-type" })).toBeDisabled();
  await expectAccessible(page);
});
