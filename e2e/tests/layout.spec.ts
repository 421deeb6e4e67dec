import type { Page } from "@playwright/test";

import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { PlanningScreen } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const SCREENS = [
  { name: "the smallest phone", viewport: { width: 320, height: 640 }, look: expectToFit },
  { name: "a phone", viewport: { width: 390, height: 844 }, look: expectAll },
  { name: "a desktop at 200 %", viewport: { width: 640, height: 450 }, look: expectToFit },
  { name: "a desktop", viewport: { width: 1280, height: 900 }, look: expectToFit },
  { name: "a wide desktop", viewport: { width: 1920, height: 1080 }, look: expectToFit },
];

/** The other journeys take place on a desktop; what a phone shows is looked at here. */
async function expectAll(page: Page): Promise<void> {
  await expectToFit(page);
  await expectAccessible(page);
}

for (const { name, viewport, look } of SCREENS) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport });

    test("every page fits", async ({ page, camille }) => {
      await page.goto("/connexion");
      await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
      await look(page);

      const planning = await PlanningScreen.open(page, camille, "2017-11-13");
      await look(page);
      await planning.cell("Léa", "Bus 8h30", "vendredi 17").click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await look(page);
      await page.getByRole("dialog").getByRole("button", { name: "Fermer" }).click();
      await planning.more("Léa", "Bus 8h30").click();
      await expect(page.getByRole("dialog").getByRole("table")).toBeVisible();
      await look(page);
      await page.keyboard.press("Escape");
      await planning.cell("Tom", "Bus 11h30", "lundi 13").click();
      await expect(page.getByText("inscription ajoutée")).toBeVisible();
      await look(page);

      await planning.previous.click();
      await expect(page.getByText("Verrouillée depuis")).toBeVisible();
      await look(page);
      await planning.previous.click();
      await planning.previous.click();
      await expect(page.getByRole("heading", { name: /Vacances de la Toussaint/ })).toBeVisible();
      await look(page);

      await page.getByRole("link", { name: "Mon compte" }).click();
      await expect(page.getByRole("heading", { name: "Changer de mot de passe" })).toBeVisible();
      await look(page);
    });
  });
}

test("a chosen theme outlasts the visit, whatever the device says", async ({ page, camille }) => {
  await PlanningScreen.open(page, camille, "2017-11-13");
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.getByRole("link", { name: "Mon compte" }).click();
  await page.getByRole("radio", { name: "Claire" }).check();
  expect(await paper()).toBe(light);
  await page.reload();
  await expect(page.getByRole("radio", { name: "Claire" })).toBeChecked();
  expect(await paper()).toBe(light);
  await page.getByRole("radio", { name: "Comme l'appareil" }).check();
  expect(await paper()).toBe(dark);
});
