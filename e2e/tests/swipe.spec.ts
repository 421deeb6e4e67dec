import type { Locator } from "@playwright/test";

import { PlanningScreen } from "../support/screens.ts";
import { expect, test } from "../support/test.ts";

const MONDAY = "2017-11-13";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

type Point = [x: number, y: number];

/** A finger touches the screen at one point and leaves it at another. */
async function swipe(over: Locator, from: Point, to: Point): Promise<void> {
  const finger = ([clientX, clientY]: Point) => ({ identifier: 0, clientX, clientY });
  const on = (point: Point) => {
    const touches = [finger(point)];
    return { touches, targetTouches: touches, changedTouches: touches };
  };
  await over.dispatchEvent("touchstart", on(from));
  await over.dispatchEvent("touchmove", on(to));
  await over.dispatchEvent("touchend", { ...on(to), touches: [], targetTouches: [] });
}

test("a swipe turns the week", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  const cell = planning.cell("Tom", "Bus 11h30", "mardi 14");
  await swipe(cell, [300, 500], [120, 520]);
  await planning.expectWeek("20 au 24 novembre");
  await expect(page).toHaveURL("/planning/2017-11-20");
  await swipe(planning.child("Tom"), [120, 500], [300, 490]);
  await planning.expectWeek("13 au 17 novembre");
  await page.goBack();
  await planning.expectWeek("20 au 24 novembre");
});

test("what a finger does otherwise is left alone", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, MONDAY);
  const lea = planning.child("Léa");
  // A scroll, a tap that slips, the browser's own way back, and the menu.
  await swipe(lea, [300, 600], [200, 300]);
  await swipe(lea, [200, 500], [160, 500]);
  await swipe(lea, [380, 500], [200, 500]);
  await swipe(page.getByRole("contentinfo"), [300, 800], [120, 800]);

  // Two fingers zoom.
  const fingers = [200, 300].map((clientX, identifier) => ({ identifier, clientX, clientY: 500 }));
  const [, right] = fingers;
  await lea.dispatchEvent("touchstart", { touches: fingers, changedTouches: [right] });
  await lea.dispatchEvent("touchend", {
    touches: [],
    changedTouches: [{ identifier: 1, clientX: 100, clientY: 500 }],
  });

  // Under a dialog, and in its table.
  await planning.more("Léa", "Bus 8h30").click();
  const sheet = page.getByRole("dialog");
  await swipe(sheet.getByRole("table"), [300, 500], [120, 500]);
  await swipe(page.locator("section.child").first(), [300, 300], [120, 300]);
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  // Nothing of all that has turned the week.
  await planning.expectWeek("13 au 17 novembre");
  await swipe(lea, [300, 500], [120, 500]);
  await planning.expectWeek("20 au 24 novembre");
});

test("a swipe leads nowhere that the arrows do not lead", async ({ page, camille }) => {
  const planning = await PlanningScreen.open(page, camille, "2018-07-02");
  await expect(planning.next).toBeDisabled();
  await swipe(page.getByRole("main"), [300, 500], [120, 500]);
  await planning.expectWeek("2 au 6 juillet");
  await swipe(page.getByRole("main"), [120, 500], [300, 500]);
  await planning.expectWeek("25 au 29 juin");
});
