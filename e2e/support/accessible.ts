/** What every state of every page must keep. */
import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

type Results = Awaited<ReturnType<AxeBuilder["analyze"]>>;

/** axe finds nothing, in the light theme nor, where they differ, in the dark one. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect(found(await axe(page).withTags(RULES).analyze())).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(found(await axe(page).withRules(["color-contrast"]).analyze())).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
}

/** Nothing is cut off or scrolled to at the side. */
export async function expectToFit(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
    .toBeLessThanOrEqual(0);
}

/** No page has frames; without looking for them it takes half the time. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

function found({ violations }: Results): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
  );
}
