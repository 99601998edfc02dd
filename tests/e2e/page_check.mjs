// Opens a story page (and an officials' page) in Chromium at two widths in both colour schemes and
// looks for what a unit test cannot see: node page_check.mjs STORY OFFICIALS [SCREENSHOT-FOLDER].
// Exits 1 with a line for each thing found. Needs `npm ci` here and a chromium on the PATH.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [story, officials, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = process.env.HS_CHROMIUM ||
  execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();
const INTERACTIVE_MS_MAX = 1500;
const SHIFT_MAX = 0.01;

const found = [];
const expect = (holds, text) => { if (!holds) found.push(text); };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(file, where, width, scheme, hash = "") {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: scheme,
    deviceScaleFactor: width < 500 ? 2 : 1, bypassCSP: false,
  });
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.on("pageerror", (error) => found.push(`${where}: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && found.push(`${where}: ${line.text()}`));
  page.on("request", (request) => {
    const own = request.url().startsWith("file:") || request.url().startsWith("data:");
    expect(own, `${where}: asked for ${request.url()}`);
  });
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url + hash);
  return page;
}

async function common(page, where) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width[0] <= width[1], `${where}: wider than the screen, ${width[0]} of ${width[1]} px`);
  expect(await page.evaluate(() => window.shifted) <= SHIFT_MAX, `${where}: the layout shifts`);
  await page.evaluate((text) => { (0, eval)(text); }, axe).catch(() => {});
  const broken = await page.evaluate(async () => {
    const report = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    });
    return report.violations.map((one) =>
      `${one.id} (${one.nodes.length}): ${one.nodes[0].target} ${one.nodes[0].failureSummary.split("\n")[1]}`);
  });
  for (const one of broken) found.push(`${where}: axe ${one}`);
}

const shoot = (page, name, fullPage = false) =>
  shots ? page.screenshot({ path: `${shots}/${name}.png`, fullPage }) : undefined;

// Each scheme and each width once; all four when pictures are asked for.
const looks = [[390, "light"], [1440, "dark"]].concat(shots ? [[390, "dark"], [1440, "light"]] : []);
for (const [width, scheme] of looks) {
  const where = `story ${width} ${scheme}`;
  const page = await open(story, where, width, scheme);
  const ready = await page.evaluate(() => performance.getEntriesByType("navigation")[0].domInteractive);
  expect(ready < INTERACTIVE_MS_MAX, `${where}: interactive after ${Math.round(ready)} ms`);
  console.log(`${where}: interactive after ${Math.round(ready)} ms`);
  await shoot(page, `story-${width}-${scheme}`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await common(page, where);
  await page.close();
  const other = await open(officials, `officials ${width} ${scheme}`, width, scheme);
  await common(other, `officials ${width} ${scheme}`);
  await shoot(other, `officials-${width}-${scheme}`);
  await other.close();
}

// The keyboard: the first stop skips to the results; a runner opens and closes with Enter.
{
  const page = await open(story, "keyboard", 390, "light");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.className) === "skip", "no skip link first");
  const first = page.locator("#table tbody button").first();
  await first.focus();
  await page.keyboard.press("Enter");
  expect(await first.getAttribute("aria-expanded") === "true", "Enter does not open a runner");
  expect((await page.locator("tr.detail .splits tbody tr").count()) > 1, "an open runner has no splits");
  expect((await page.locator("tr.detail .plot[role=img]").getAttribute("aria-label")).length > 20,
    "a runner's picture has no words");
  await common(page, "open runner");
  await shoot(page, "runner-390-light");
  await page.keyboard.press("Enter");
  expect((await page.locator("tr.detail").count()) === 0, "Enter does not close a runner");
  await page.close();
}

// Search, filters and pages, and that the address carries them.
{
  const page = await open(story, "search", 1440, "light");
  const said = () => page.locator("#count").textContent();
  const all = await said();
  await page.fill("#q", "dvorak"); // folded: finds Dvorak with its accents
  await page.waitForFunction((before) => document.getElementById("count").textContent !== before, all);
  const names = await page.locator("#table tbody .who button bdi").allTextContents();
  expect(names.length > 0 && names.every((name) => name.normalize("NFD").replace(/\p{M}/gu, "").includes("Dvorak")),
    "search does not fold accents");
  expect(page.url().includes("q=dvorak"), "the address does not carry the search");
  await page.selectOption("#sex", "F");
  expect(await said() !== all, "the live region does not tell the count");
  await page.fill("#q", "no such runner");
  await page.waitForFunction(() => document.getElementById("count").textContent === "Nobody found.");
  await page.fill("#q", "");
  await page.selectOption("#sex", "");
  await page.waitForFunction((before) => document.getElementById("count").textContent === before, all);
  await page.click("#pages button[data-go=next]");
  expect((await said()).includes("51 to 100"), "the next page is not the next fifty");
  const began = Date.now();
  await page.click("th[data-sort=name] button");
  console.log(`sort by name: ${Date.now() - began} ms`);
  expect(await page.locator("th[data-sort=name]").getAttribute("aria-sort") === "ascending",
    "sorting is not told");
  await page.close();
}

// On paper: light whatever the screen is, nothing wider than A4, every detail open for the time.
{
  const page = await open(story, "paper", 688, "dark");
  const closed = () => page.locator("details:not([open])").count();
  const before = await closed();
  expect(before > 0, "paper: nothing is closed on the screen");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(paper === "rgb(255, 255, 255)", `paper: the page is ${paper}`);
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width[0] <= width[1], `paper: ${width[0]} px on ${width[1]}`);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  expect(await closed() === 0, "paper: something stays closed");
  await shoot(page, "story-paper", true);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await closed() === before, "paper: the screen is not as it was");
  await page.close();
}

// A deep link opens the runner, and a missed mat is two times.
{
  const page = await open(story, "deep link", 390, "dark", "#bib=9");
  const detail = await page.locator("tr.detail").textContent();
  expect(/missed mat: between \d+:\d\d(:\d\d)? and \d+:\d\d/.test(detail), "no interval for a missed mat");
  const box = await page.locator("tr.open").boundingBox();
  expect(box && box.y >= 0 && box.y < 844, "the runner of the address is not on the screen");
  await shoot(page, "runner-390-dark");
  await page.close();
}

await browser.close();
for (const one of found) console.error(one);
console.log(found.length === 0 ? "page check: nothing found" : `page check: ${found.length} found`);
process.exit(found.length === 0 ? 0 : 1);
