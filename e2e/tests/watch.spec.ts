/** What the other tests rely on does see. */
import { expectAccessible, expectToFit } from "../support/accessible.ts";
import { Watch } from "../support/watch.ts";
import { expect, test } from "../support/test.ts";

test("errors, violations of the policy and requests elsewhere are seen", async ({
  browser,
  server,
}) => {
  const context = await browser.newContext();
  const watch = new Watch(context, server.url);
  const page = await context.newPage();
  await page.goto(`${server.url}/connexion`);
  expect(watch.problems()).toEqual([]);
  await page.evaluate(() => {
    console.error("said by the page");
    setTimeout(() => {
      throw new Error("thrown by the page");
    });
    const script = document.createElement("script");
    script.textContent = "document.title = 'run'";
    document.body.append(script);
    const image = document.createElement("img");
    image.src = "http://127.0.0.1:9/pixel.png";
    document.body.append(image);
  });
  await expect.poll(() => watch.problems().join("\n")).toMatch(/said by the page/);
  await expect.poll(() => watch.problems().join("\n")).toMatch(/thrown by the page/);
  await expect
    .poll(() => watch.problems().join("\n"))
    .toMatch(/inline script.*Content Security Policy/);
  await expect.poll(() => watch.problems().join("\n")).toMatch(/127\.0\.0\.1:9/);
  await expect(page).not.toHaveTitle("run");
  await context.close();
});

test("poor contrast, missing names and wide pages are seen", async ({ page }) => {
  await page.goto("/connexion");
  await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
  await expectToFit(page);
  const add = (html: string) =>
    page.locator("form").evaluate((form, html) => form.insertAdjacentHTML("beforeend", html), html);
  const findings = () => expectAccessible(page).then(String, String);

  await add('<p class="faint">à peine lisible</p>');
  // In one theme alone.
  const style = "@media (prefers-color-scheme: dark) { .faint { color: #333 } }";
  await page.evaluate((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
  }, style);
  expect(await findings()).toContain('color-contrast: <p class=\\"faint');
  await add("<button></button>");
  expect(await findings()).toContain("button-name: <button>");
  await add('<img src="/favicon.svg" alt="" width="3000">');
  await expect(expectToFit(page)).rejects.toThrow();
});
