import { expectAccessible } from "../support/accessible.ts";
import { Device, takeSeats } from "../support/api.ts";
import { PlanningScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";
/** Two seats are left of it, and Tom has none. */
const SESSION = { activity: "bus-fin-ecole", date: MONDAY, monday: MONDAY };

test("a tick is kept, unticked and undone", { tag: "@both" }, async ({ page, camille, server }) => {
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
  const booked = async () => {
    const { cells } = await (await Device.signIn(server.address, camille)).week(MONDAY);
    return cells
      .filter(
        ({ activity, date, state }) =>
          activity === "bus-1130" && date === "2017-11-14" && state === "booked_open",
      )
      .map(({ child_id }) => camille.children.indexOf(child_id));
  };
  await expectState(cell, "libre, modifiable");
  await expect(cell).toHaveAttribute("aria-pressed", "false");

  await cell.click();
  await expectState(cell, "inscrit, modifiable");
  await expect(cell).toHaveAttribute("aria-pressed", "true");
  await expect(toast(page)).toContainText("Tom · Bus 11h30, mardi 14 : inscription ajoutée");
  expect(await booked()).toEqual([1]);
  await expectAccessible(page);
  await page.reload();
  await expectState(cell, "inscrit, modifiable");

  await cell.click();
  await expectState(cell, "libre, modifiable");
  await expect(toast(page)).toContainText("Tom · Bus 11h30, mardi 14 : inscription retirée");
  expect(await booked()).toEqual([]);

  await toast(page).getByRole("button", { name: "Annuler" }).click();
  await expectState(cell, "inscrit, modifiable");
  await expect(toast(page)).toContainText("inscription ajoutée");
  expect(await booked()).toEqual([1]);
});

test("a tick shows before the server has answered", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/inscriptions/**", async (route) => {
    await held;
    await route.continue();
  });
  await cell.click();
  await expectState(cell, "inscrit, modifiable");
  await expect(toast(page)).toHaveCount(0);
  await expectAccessible(page);
  // The last wish wins, whatever is on its way.
  await cell.click();
  await expectState(cell, "libre, modifiable");
  answer();
  await expect(toast(page)).toContainText("inscription retirée");
  await page.reload();
  await expectState(cell, "libre, modifiable");
});

test("a toast goes with Escape, and with its week", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
  // Long before it goes by itself.
  const soon = { timeout: 3_000 };
  await cell.click();
  await expect(toast(page)).toContainText("inscription ajoutée");
  await page.keyboard.press("Escape");
  await expect(toast(page)).toHaveCount(0, soon);
  await expect(cell).toBeFocused();

  await cell.click();
  await expect(toast(page)).toContainText("inscription retirée");
  // As long as there is a dialog, the key is its own.
  await planning.more("Tom", "Bus 11h30").click();
  const sheet = page.getByRole("dialog");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(toast(page)).toHaveCount(1);
  await planning.next.click();
  await planning.expectWeek("20 au 24 novembre");
  await expect(toast(page)).toHaveCount(0, soon);
});

test.describe("on a screen that is behind", () => {
  test.use({ live: false });

  test(
    "the last seat goes to whoever comes first",
    { tag: "@both" },
    async ({ page, camille, others, server, watch }) => {
      await takeSeats(server.address, others, SESSION, { leave: 1 });
      const planning = await PlanningScreen.open(page, camille, MONDAY);
      const cell = planning.cell("Tom", "Bus fin école", "lundi 13");
      await expectState(cell, "libre, modifiable, 1\\splace");
      await expect(cell).toContainText(/1\spl\./);

      // Meanwhile on another phone.
      await takeSeats(server.address, others, SESSION, { leave: 0 });
      watch.expects(409, `/children/${camille.children[1]}/inscriptions/bus-fin-ecole/${MONDAY}`);
      await cell.click();
      await expect(toast(page)).toContainText("Tom · Bus fin école, lundi 13 : complet");
      await expect(toast(page)).toContainText("Toutes les places sont prises.");
      await expectState(cell, "complet");
      await expect(cell).toContainText("Plein");
      await expectAccessible(page);
    },
  );
});

test.describe("on a screen of before the deadline", () => {
  // Shortly before, so that the restarted server still knows the sign-in's access token.
  test.use({ now: "2017-11-07T10:55:00Z", live: false });

  test("a tick after the deadline is refused with words", async ({
    page,
    camille,
    server,
    watch,
  }) => {
    const planning = await PlanningScreen.openAndSettle(page, camille, MONDAY);
    const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
    await server.restartAt("2017-11-07T11:00:00Z");
    watch.expects(409, `/children/${camille.children[1]}/inscriptions/bus-1130/2017-11-14`);
    await cell.click();
    await expect(toast(page)).toContainText("Tom · Bus 11h30, mardi 14 : rien n'a changé");
    await expect(toast(page)).toContainText("Trop tard pour ce jour.");
    await expectState(cell, "non inscrit, verrouillé");
    await expect(page.getByText("Verrouillée depuis le mardi 7 nov. 12 h 00.")).toBeVisible();
    await expectAccessible(page);
  });
});
