// Opens the pages of a site from the disk in Chromium, at two widths and in both colour schemes:
// node site_check.mjs FOLDER RACE BIB [SCREENSHOT-FOLDER]. Exits 1 with a line for each thing found.
// Needs `npm ci` here and a chromium on the PATH.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [folder, race, bib, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = process.env.HS_CHROMIUM ||
  execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();
const found = [];
const expect = (holds, text) => { if (!holds) found.push(text); };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(path, where, width, scheme, hash = "") {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: scheme,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => found.push(`${where}: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && found.push(`${where}: ${line.text()}`));
  page.on("request", (request) => expect(
    request.url().startsWith("file:") || request.url().startsWith("data:"),
    `${where}: asked for ${request.url()}`));
  await page.goto(pathToFileURL(`${folder}/${path}`).href + hash);
  return page;
}

async function look(page, where) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width[0] <= width[1], `${where}: wider than the screen, ${width[0]} of ${width[1]} px`);
  await page.evaluate((text) => { (0, eval)(text); }, axe).catch(() => {});
  const broken = await page.evaluate(async () => (await window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
  })).violations.map((one) =>
    `${one.id} (${one.nodes.length}): ${one.nodes[0].target} ${one.nodes[0].failureSummary.split("\n")[1]}`));
  for (const one of broken) found.push(`${where}: axe ${one}`);
}

const list = readdirSync(`${folder}/races/${race}`).find((one) => one.startsWith("division-"));
const pages = ["index.html", `races/${race}/index.html`, `races/${race}/${list}`];
for (const [width, scheme] of [[390, "light"], [390, "dark"], [1440, "light"], [1440, "dark"]]) {
  for (const path of pages) {
    const where = `${path} ${width} ${scheme}`;
    const page = await open(path, where, width, scheme);
    await look(page, where);
    const name = `${path.replaceAll("/", "-")}-${width}-${scheme}`;
    if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
    await page.close();
  }
}

// From the front page to a runner by the keyboard alone: the first link of the winners.
const front = await open("index.html", "keyboard", 1440, "light");
await front.locator("#winners a").first().focus();
await front.keyboard.press("Enter");
await front.waitForSelector("tr.detail");
await front.close();

// The address of a runner opens that runner, and search finds a bib.
const runner = await open(`races/${race}/index.html`, "runner", 390, "light", `#bib=${bib}`);
expect(await runner.locator("tr.detail .splits").count() === 1, "runner: no splits are shown");
expect(await runner.locator("tr.open button").getAttribute("data-bib") === bib,
  "runner: another is open");
await runner.fill("#q", bib);
await runner.waitForTimeout(300);
expect(await runner.locator("#table > tbody > tr:not(.detail)").count() >= 1, "search: nobody");
if (shots) await runner.screenshot({ path: `${shots}/runner-390.png` });
await runner.close();

await browser.close();
for (const one of found) console.log(one);
process.exit(found.length ? 1 : 0);
