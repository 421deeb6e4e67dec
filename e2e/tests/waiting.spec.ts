import { expectAccessible } from "../support/accessible.ts";
import { Device, takeSeats } from "../support/api.ts";
import { PlanningScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
/** Two seats are left of it, and Tom has none. */
const SESSION = { activity: "bus-fin-ecole", date: MONDAY, monday: MONDAY };

test(
  "a full session has a waiting list, and the first in line gets the seat",
  { tag: "@both" },
  async ({ page, camille, others, server }) => {
    await takeSeats(server.address, others, SESSION, { leave: 0 });
    const planning = await PlanningScreen.open(page, camille, MONDAY);
    const cell = planning.cell("Tom", "Bus fin école", "lundi 13");
    await expectState(cell, "complet");
    await cell.click();
    const full = page.getByRole("dialog", { name: "Bus fin école, lundi 13 : complet" });
    await expect(full).toContainText("il n'est pas possible d'inscrire Tom.");
    await expect(full).toContainText("Tom serait 1er sur la liste d'attente.");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(full).toBeHidden();
    await expect(cell).toBeFocused();

    await cell.click();
    await full.getByRole("button", { name: "Me mettre en liste d'attente" }).click();
    await expect(full).toBeHidden();
    await expectState(cell, "en liste d'attente, 1er");
    await expect(cell).toContainText("1er");
    await expect(toast(page)).toContainText("sur la liste d'attente (1er)");
    await expectAccessible(page);

    // Left and joined again, by undoing it.
    await cell.click();
    const waits = page.getByRole("dialog", { name: "Bus fin école, lundi 13 : en liste d'attente" });
    await expect(waits).toContainText("Tom est seul sur la liste d'attente.");
    await expectAccessible(page);
    await waits.getByRole("button", { name: "Quitter la liste d'attente" }).click();
    await expectState(cell, "complet");
    await toast(page).getByRole("button", { name: "Annuler" }).click();
    await expectState(cell, "en liste d'attente, 1er");

    // Léa gives her seat back: Tom has it, on this screen too.
    const sister = planning.cell("Léa", "Bus fin école", "lundi 13");
    await sister.click();
    await expectState(sister, "complet");
    await expect(toast(page)).toContainText("La séance reste complète");
    await expect(toast(page).getByRole("button", { name: "Annuler" })).toHaveCount(0);
    await expectState(cell, "inscrit, modifiable");
    await page.reload();
    await expectState(cell, "inscrit, modifiable");
  },
);

test(
  "a scarce seat that was given back is asked for again, if it is still free",
  { tag: "@both" },
  async ({ page, camille, others, server }) => {
    await takeSeats(server.address, others, SESSION, { leave: 0 });
    const device = await Device.signIn(server.address, camille);
    const planning = await PlanningScreen.open(page, camille, MONDAY);
    const cell = planning.cell("Léa", "Bus fin école", "lundi 13");
    const undo = toast(page).getByRole("button", { name: "Annuler" });
    await expectState(cell, "inscrit, modifiable");
    await cell.click();
    await expectState(cell, "libre, modifiable, 1\\splace");
    await expect(toast(page)).toContainText("redemande la place, si elle est encore libre.");
    await undo.click();
    await expectState(cell, "inscrit, modifiable");

    await cell.click();
    await expect(toast(page)).toContainText("redemande la place, si elle est encore libre.");
    // It stays while it is pointed at.
    await toast(page).hover();
    await expectAccessible(page);
    const [, tom] = camille.children;
    if (!tom) throw new Error("Camille has one child");
    expect((await device.book(tom, SESSION)).status).toBe(200);
    await expectState(cell, "complet");
    await undo.click();
    await expect(toast(page)).toContainText("Léa · Bus fin école, lundi 13 : complet");
    await expect(toast(page)).toContainText("Toutes les places sont prises.");
  },
);

test(
  "another family's booking shows at once",
  { tag: "@both" },
  async ({ page, camille, others, server }) => {
    const planning = await PlanningScreen.open(page, camille, MONDAY);
    const cell = planning.cell("Tom", "Bus fin école", "lundi 13");
    await expectState(cell, "libre, modifiable, 2\\splaces");
    await takeSeats(server.address, others, SESSION, { leave: 1 });
    await expectState(cell, "libre, modifiable, 1\\splace");
    await takeSeats(server.address, others, SESSION, { leave: 0 });
    await expectState(cell, "complet");

    // A seat that comes free closes the message that there is none.
    await cell.click();
    await expect(page.getByRole("dialog")).toBeVisible();
    const mother = await Device.signIn(server.address, camille);
    const [lea] = camille.children;
    if (!lea) throw new Error("Camille has no child");
    expect((await mother.free(lea, SESSION)).status).toBe(200);
    await expect(page.getByRole("dialog")).toBeHidden();
    await expectState(cell, "libre, modifiable, 1\\splace");
  },
);

test("live seats come back with the server", async ({ page, camille, others, server, watch }) => {
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  const cell = planning.cell("Tom", "Bus fin école", "lundi 13");
  await expectState(cell, "libre, modifiable, 2\\splaces");
  watch.expectsNoServer();
  await server.kill();
  await server.start();
  await takeSeats(server.address, others, SESSION, { leave: 1 });
  await expectState(cell, "libre, modifiable, 1\\splace");
});
