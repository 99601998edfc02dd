// The view of hand timing in Chromium, against a server that serves an event for tests whose last
// race has a finish that some eight runners have not reached:
//   HS_TOKEN=... node hand_page_check.mjs http://127.0.0.1:8261 [SCREENSHOT-FOLDER]
// HS_TOKEN is a timer's token. It writes facts: lines of hand timing, passings, and undos of them.
// Exits 1 with a line for each thing found. Needs `npm ci` here and a chromium.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [base = process.env.HS_BASE, shots] = process.argv.slice(2);
const token = process.env.HS_TOKEN;
if (!base || !token) {
  console.error("hand page check: needs a base address and HS_TOKEN");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = process.env.HS_CHROMIUM ||
  execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();
const PATIENCE_MS = 15_000;
const found = [];
const expect = (holds, text) => { if (!holds) found.push(text); };
const url = (query) => new URL(query, base).href;
const headers = { authorization: `Bearer ${token}` };
const asked = async (path) => (await fetch(url(path), { headers })).json();

const race = (await asked("api/v1/races")).items.at(-1);
const waiting = (await asked(`api/v1/races/${race.id}/results?limit=1000`)).items
  .filter((one) => one.place === undefined).slice(0, 6).map((one) => one.bib);
if (waiting.length < 6) {
  console.error(`hand page check: found ${waiting.length} runners without a finish, expected 6`);
  process.exit(2);
}
const race_mat = (await asked(`api/v1/hand?race=${race.id}`)).mat;
const view = `?view=align&race=${race.id}`;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(width, scheme, where) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: scheme,
    serviceWorkers: "block" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => found.push(`${where}: ${error.message}`));
  page.on("console", (line) => {
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) found.push(`${where}: ${line.text()}`);
  });
  await page.goto(url(view));
  await page.fill("[name=token]", token);
  await page.fill("[name=name]", "Page check");
  await page.click(".sign-in button");
  await page.waitForSelector(".take-now");
  return page;
}

async function common(page, where) {
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width[0] <= width[1], `${where}: wider than the screen, ${width[0]} of ${width[1]} px`);
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe }); // past the content policy of the page
  const broken = await page.evaluate(async () => {
    const report = await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] });
    return report.violations.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0].target} ${one.nodes[0].failureSummary.split("\n")[1]}`);
  });
  for (const one of broken) found.push(`${where}: axe ${one}`);
  if (shots) await page.screenshot({ path: `${shots}/${where.replaceAll(" ", "-")}.png` });
}

/** A part of the check; what breaks it is one thing found and does not stop the others. */
async function part(name, run) {
  try {
    await run();
    console.log(`${name}: done`);
  } catch (error) {
    found.push(`${name}: ${String(error.message).split("\n")[0]}`);
  }
}

const rows = (page) => page.locator(".al-row").count();
const bonds = (page) => page.locator(".al-row").evaluateAll((all) =>
  all.map((one) => [...one.classList].find((name) => name.startsWith("is-")).slice(3)));
const until_rows = (page, n) => page.waitForFunction((least) => document.querySelectorAll(".al-row").length >= least, n);

await part("lines are taken without a line to the server and sent behind it", async () => {
  const page = await open(390, "light", "taking");
  await page.context().setOffline(true);
  await page.click(".take-now");
  await page.focus(".take-now");
  await page.keyboard.press("Space");
  await page.click(".take-now");
  await page.click(".take-now");
  for (const bib of waiting.slice(0, 3)) {
    await page.fill("[name=take-bib]", bib);
    await page.press("[name=take-bib]", "Enter");
  }
  expect((await page.textContent(".take-state")).includes("7"), "taking: seven lines do not wait");
  if (shots) await page.screenshot({ path: `${shots}/taking-without-a-line.png` });
  await page.context().setOffline(false);
  await until_rows(page, 4);
  const kept = await asked(`api/v1/hand?race=${race.id}`);
  expect(kept.times.items.length === 4 && kept.bibs.items.length === 3, "taking: the server has other lists");
  await common(page, "phone");
  await page.context().close();
});

await part("by keyboard: slide, accept, take back", async () => {
  const page = await open(1440, "light", "sliding");
  await until_rows(page, 4);
  expect((await bonds(page)).join() === "open,open,open,open", `sliding: ${await bonds(page)} is not open`);
  await page.focus(".al-sheet");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  expect((await bonds(page)).join() === "count,alone,count,count", `sliding: ${await bonds(page)} after the second time was put aside`);
  await page.reload();
  await until_rows(page, 4);
  expect((await bonds(page)).join() === "count,alone,count,count", "sliding: a reload forgets what was put aside");
  await page.focus(".al-sheet");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".confirm");
  expect(await page.evaluate(() => document.activeElement?.classList.contains("al-write")), "sliding: the focus is not on what writes");
  await common(page, "confirming");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".al-row.is-accepted");
  await page.waitForFunction(() => document.querySelectorAll(".al-row.is-accepted").length === 2);
  const accepted = (await asked(`api/v1/hand?race=${race.id}`)).accepted;
  expect(accepted.map((one) => one.bib).join() === waiting.slice(0, 2).join(), `sliding: accepted are ${accepted.map((one) => one.bib)}`);
  expect(accepted.every((one) => one.by === "Page check"), "sliding: not signed");
  expect((await bonds(page)).at(-1) === "count", "sliding: what is behind the block does not count up");
  await common(page, "accepted");
  await page.click(".al-done button");
  await page.waitForFunction(() => document.querySelectorAll(".al-row.is-accepted").length === 0);
  expect((await asked(`api/v1/hand?race=${race.id}`)).accepted.length === 0, "sliding: the block was not taken back");
  expect(await rows(page) === 4, "sliding: a row is gone");
  await page.context().close();
});

await part("a number that nobody saw is filled in", async () => {
  const page = await open(1440, "dark", "mending");
  await until_rows(page, 4);
  const { name } = (await asked(`api/v1/hand?race=${race.id}`)).lists.find((one) => one.kind === "bibs");
  await fetch(url("api/v1/hand"), { method: "POST", headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ list: name.slice("bibs/".length), mat: race_mat, lines: [{ line: 4, bib: "?" }] }) });
  await page.waitForFunction(() => [...document.querySelectorAll(".al-bib b")].some((one) => one.textContent === "?"));
  await page.locator(".al-row", { hasText: "?" }).click();
  await page.fill("[name=mend]", waiting[3]);
  await page.press("[name=mend]", "Enter");
  await page.waitForFunction((bib) => [...document.querySelectorAll(".al-bib b")].some((one) => one.textContent === bib), waiting[3]);
  await common(page, "mended");
  await page.context().close();
});

await browser.close();
for (const one of found) console.error(one);
process.exit(found.length > 0 ? 1 : 0);
