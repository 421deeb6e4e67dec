import { type Locator, type Page } from "@playwright/test";

import { PlanningScreen, SignInScreen, expectState, toast } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

/** Tab, as often as needed; wherever the focus goes, it can be seen. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return "solid";
      // A radio button's choice shows it in its place.
      return [at, at.closest("label")]
        .map((element) => element && getComputedStyle(element).outlineStyle)
        .join(" ");
    });
    expect(outline).toContain("solid");
  }
  throw new Error("the Tab key does not lead there");
}

test("the whole way without a mouse", async ({ page, camille }) => {
  const signIn = new SignInScreen(page);
  const planning = new PlanningScreen(page);
  await page.goto("/connexion");
  await tabTo(page, signIn.email);
  await page.keyboard.type(camille.email);
  await tabTo(page, signIn.password);
  await page.keyboard.type(camille.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Mon planning" })).toBeFocused();

  await tabTo(page, planning.next);
  await page.keyboard.press("Enter");
  await planning.expectWeek("13 au 17 novembre");

  // As whoever opens the page anew: past the menu with one key.
  await page.reload();
  await planning.expectWeek("13 au 17 novembre");
  await expect(page.getByRole("table").first()).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Aller au contenu" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  const monday = planning.cell("Léa", "Bus 11h30", "lundi 13");
  const tuesday = planning.cell("Léa", "Bus 11h30", "mardi 14");
  await tabTo(page, monday);
  await page.keyboard.press("Space");
  await expectState(monday, "inscrit, modifiable");
  await expect(toast(page)).toContainText("Léa · Bus 11h30, lundi 13 : inscription ajoutée");
  await expect(monday).toBeFocused();
  await tabTo(page, toast(page).getByRole("button", { name: "Annuler" }));
  await page.keyboard.press("Enter");
  await expectState(monday, "libre, modifiable");
  await expect(toast(page)).toContainText("inscription retirée");
  // The button is gone, the focus is not lost with it.
  await expect(page.locator("a:focus, button:focus")).toBeVisible();

  await page.getByRole("main").focus();
  await tabTo(page, monday);
  await page.keyboard.press("ArrowRight");
  await expect(tuesday).toBeFocused();
  await page.keyboard.press("ArrowRight");
  // Wednesday has no such bus.
  await expect(planning.cell("Léa", "Bus 11h30", "jeudi 16")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await expect(planning.cell("Léa", "Bus 13h30", "mardi 14")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(tuesday).toBeFocused();
  await page.keyboard.press("Enter");
  await expectState(tuesday, "inscrit, modifiable");

  await page.reload();
  await expectState(tuesday, "inscrit, modifiable");
  await tabTo(page, page.getByRole("link", { name: "Mon compte" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Mon compte" })).toBeFocused();
  await tabTo(page, page.getByRole("button", { name: "Se déconnecter" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/connexion");
  await expect(page.getByText("La session est fermée.")).toBeVisible();
});

test("the message of a full session keeps the focus inside and gives it back", async ({
  page,
  camille,
}) => {
  const planning = await PlanningScreen.open(page, camille, "2017-11-13");
  const cell = planning.cell("Léa", "Bus 8h30", "vendredi 17");
  await tabTo(page, cell);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  const close = dialog.getByRole("button", { name: "Fermer" });
  await tabTo(page, close);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(cell).toBeFocused();
});
