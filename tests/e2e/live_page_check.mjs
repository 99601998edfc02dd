// Opens the live page of a running server in Chromium and looks for what a unit test cannot see:
//   node live_page_check.mjs BASE-ADDRESS [SCREENSHOT-FOLDER]
// or the address in HS_BASE. Every view at 390 and 1440 px, light and dark, with axe; filters,
// keyboard, a change that moves a row, following, replay, offline and back. The race must have at
// least two rows. With HS_EXPECT_LIVE=1 a real change must move "as of" within a minute.
// Exits 1 with a line for each thing found. Needs `npm ci` here and a chromium on the PATH.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const base = new URL(process.argv[2] ?? process.env.HS_BASE ?? "http://127.0.0.1:8261/");
const shots = process.argv[3];
if (shots) mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = process.env.HS_CHROMIUM ||
  execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();
const SHIFT_MAX = 0.03;
const READY_MS = 15_000;
const LIVE_MS = 60_000;

const found = [];
const expect = (holds, text) => { if (!holds) found.push(text); return holds; };
const json = async (path) => {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};
const { items: races } = await json("api/v1/races");
const race = races[0];
const { items: rows, total } = await json(`api/v1/races/${encodeURIComponent(race.id)}/results?limit=200`);
if (rows.length < 2) throw new Error("the race has fewer than two rows: nothing to check");
const someone = rows.find((row) => row.moments?.length) ?? rows[0];
const address = (query) => new URL(query, base).href;
const of_race = `race=${encodeURIComponent(race.id)}`;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(where, query, { width = 1440, scheme = "light", workers = "block", before, quiet = false, until = "load" } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 },
    colorScheme: scheme, deviceScaleFactor: width < 500 ? 2 : 1, serviceWorkers: workers });
  const page = await context.newPage();
  page.setDefaultTimeout(READY_MS);
  page.on("pageerror", (error) => found.push(`${where}: ${error.message}`));
  if (!quiet) page.on("console", (line) => line.type() === "error" && found.push(`${where}: ${line.text()}`));
  page.on("request", (request) => expect(new URL(request.url()).origin === base.origin,
    `${where}: asked for ${request.url()}`));
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  if (before) await before(page);
  await page.goto(address(query), { waitUntil: until });
  return page;
}

async function step(name, work) {
  try {
    await work();
    console.log(`${name}: looked at`);
  } catch (error) {
    found.push(`${name}: ${String(error.message ?? error).split("\n")[0]}`);
  }
}

async function common(page, where) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide <= room, `${where}: wider than the screen, ${wide} of ${room} px`);
  // By the debugger: the content policy allows no script of ours.
  const debug = await page.context().newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe });
  const broken = await page.evaluate(async () => {
    const report = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] });
    return report.violations.map((one) =>
      `${one.id} (${one.nodes.length}): ${one.nodes[0].target} ${one.nodes[0].failureSummary.split("\n")[1]}`);
  });
  for (const one of broken) found.push(`${where}: axe ${one}`);
}

const shoot = (page, name) => shots ? page.screenshot({ path: `${shots}/${name}.png` }) : undefined;

// No change comes: a new moment on top of a story is no fault of the layout.
const still = (page) => page.route("**/events*", () => {});

// Every view in every look.
// The demo gives no prizes: the page is told of some. One list is locked, one open with an end, one without.
const prizes = async (page) => {
  const winners = rows.slice(0, 2).map((row, n) => ({ place: n + 1, bib: row.bib, name: row.name, official_ms: 7_511_000 + n * 90_000 }));
  const at = new Date().toISOString();
  const items = [{ id: "overall-women", places: 2, winners, locked: true },
    { id: "divisions", division: "W60", places: 3, winners: winners.slice(0, 1), locked: false, could_change_it: 14 },
    { id: "first-three", places: 2, winners, locked: false, could_change_it: 1203, open_until_at: at }];
  const as_of = { seq: 1, status: "provisional", at };
  await page.route("**/api/v1/races/*/awards", (route) => route.fulfill({ json: { as_of, race: race.id, awards_at: at, items } }));
  await page.route("**/api/v1/races", async (route) => {
    const told = await (await route.fetch()).json();
    for (const one of told.items) Object.assign(one, { awards: 3, closed: false });
    await route.fulfill({ json: told });
  });
};
const VIEWS = [
  ["awards", `?view=awards&${of_race}`, ".prizes section", prizes],
  ["story", `?${of_race}`, "h1"],
  ["story-latest", `?${of_race}&order=latest`, "h1"],
  ["board", `?view=board&${of_race}`, ".row[data-bib]"],
  ["runner", `?view=runner&${of_race}&bib=${encodeURIComponent(someone.bib)}`, ".splits"],
  ["replay", `?view=replay&${of_race}`, ".field-picture"],
  ["unknown-runner", `?view=runner&${of_race}&bib=no-such-bib`, "[role=alert]"],
  ["unknown-view", "?view=nowhere", "h1"],
];
for (const [name, query, ready, before] of VIEWS) {
  for (const [width, scheme] of [[390, "light"], [390, "dark"], [1440, "light"], [1440, "dark"]]) {
    const where = `${name} ${width} ${scheme}`;
    await step(where, async () => {
      const page = await open(where, query, { width, scheme, quiet: name === "unknown-runner",
        before: before ?? (name.startsWith("story") ? still : undefined) });
      await page.waitForSelector(ready);
      await page.waitForSelector(".standing strong");
      await page.waitForTimeout(600);
      const shift = await page.evaluate(() => window.shifted);
      expect(shift <= SHIFT_MAX, `${where}: the layout shifts by ${shift.toFixed(3)}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
      await page.waitForTimeout(200);
      await common(page, where);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = false; }));
      await shoot(page, `${name}-${width}-${scheme}`);
      await page.context().close();
    });
  }
}

// What a phone on a slow line sees first: made by the server, in the page itself, gone once it has drawn.
await step("first content", async () => {
  for (const [name, query] of VIEWS.filter(([name]) => ["story", "board", "runner"].includes(name))) {
    let let_go;
    const held = new Promise((done) => { let_go = done; });
    const page = await open(`first content of ${name}`, query, { width: 390, until: "commit", before: (one) =>
      one.route("**/assets/**", async (route) => { await held; await route.continue(); }) });
    await page.waitForSelector("#first h1");
    expect((await page.locator("#first").innerText()).length > 20, `first content of ${name}: nothing is said`);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector("#first")).position) === "absolute",
      `first content of ${name}: the style in the page is not allowed`);
    await shoot(page, `first-${name}`);
    let_go();
    await page.waitForFunction(() => document.querySelector("#first") === null);
    await page.context().close();
  }
});

await step("prizes say whether they can still change", async () => {
  const page = await open("prizes", `?view=awards&${of_race}`, { before: prizes });
  await page.waitForSelector(".prizes section");
  const said = await page.locator(".prize-state").allTextContents();
  expect(said.length === 3 && /^Locked/.test(said[0]) && /^Could still change: 14/.test(said[1]) &&
    /^Could still change until \d\d:\d\d:\d\d, by 1,203/.test(said[2]), `prizes: ${said.join(" | ")}`);
  expect(await page.locator(".mast nav a[aria-current]").textContent() === "Prizes", "prizes: not in the menu");
  await page.context().close();
});

await step("honesty", async () => {
  const page = await open("honesty", `?view=board&${of_race}`);
  await page.waitForSelector(".line.live");
  const said = await page.locator(".standing").innerText();
  expect(/\d\d:\d\d:\d\d/.test(said), `the state does not say of when it is: ${said}`);
  await page.context().close();
});

await step("board: filters, keyboard, thousands of rows", async () => {
  const page = await open("board", `?view=board&${of_race}`);
  await page.waitForSelector(".row[data-bib]");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.className) === "skip", "no skip link first");
  expect((await page.locator(".row").count()) < 120, "more rows are drawn than a screen needs");
  await page.fill("input[name=search]", someone.bib);
  await page.waitForFunction((bib) => document.querySelector('.row[data-index="0"]')?.dataset.bib === bib, someone.bib);
  await page.waitForURL((url) => url.searchParams.get("search") === someone.bib);
  await page.fill("input[name=search]", "no such runner at all");
  await page.waitForFunction(() => document.querySelectorAll(".row[data-bib]").length === 0);
  await page.fill("input[name=search]", "");
  await page.waitForFunction(() => document.querySelectorAll(".row[data-bib]").length > 1);
  await page.selectOption("select[name=sex]", "F");
  await page.waitForURL((url) => url.searchParams.get("sex") === "F");
  await page.selectOption("select[name=sex]", "");
  await page.waitForFunction((n) => document.querySelector("[role=grid]").ariaRowCount === String(n + 1), total)
    .catch(() => found.push("board: the number of rows is not told"));
  await page.locator('.row[data-index="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement.dataset.index === "1");
  await page.keyboard.press("End");
  await page.waitForFunction((n) => document.activeElement.dataset.index === String(n - 1), total);
  await page.waitForFunction((n) => document.querySelector(`.row[data-index="${n - 1}"]`)?.dataset.bib, total);
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.activeElement.dataset.index === "0" && document.activeElement.dataset.bib);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".splits, .facts");
  expect(page.url().includes("view=runner"), "Enter does not open the runner");
  await page.goBack();
  await page.waitForSelector(".row[data-bib]");
  await page.context().close();
});

await step("board: frames while it scrolls", async () => {
  const page = await open("frames", `?view=board&${of_race}`);
  await page.waitForSelector(".row[data-bib]");
  const frames = await page.evaluate(() => new Promise((done) => {
    const all = [];
    let before = performance.now(), y = 0;
    const one = (now) => {
      all.push(now - before);
      before = now;
      scrollTo(0, (y += 300));
      if (all.length < 180) requestAnimationFrame(one);
      else done(all.sort((a, b) => a - b)[90]);
    };
    requestAnimationFrame(one);
  }));
  console.log(`board: the middle frame takes ${frames.toFixed(1)} ms`);
  expect(frames < 25, `board: the middle frame takes ${frames.toFixed(1)} ms`);
  await page.context().close();
});

// A change as the server would send it, over the server's own rows: the second becomes the first.
await step("live: a change moves a row and is marked for three seconds", async () => {
  let changed = false, tell;
  const told = new Promise((done) => { tell = done; });
  const page = await open("live", `?view=board&${of_race}`, { before: async (one) => {
    await one.route("**/api/v1/races/*/results*", async (route) => {
      const answer = await route.fetch({ headers: { ...route.request().headers(), "if-none-match": "" } });
      const body = await answer.json();
      if (changed && body.items.length > 1) {
        const [first, second] = body.items;
        const place = first.place ?? 1;
        body.items[0] = { ...second, place, place_before: place + 1, status: "FIN", official_ms: 1_000_000,
          point_ms: 1_000_000 };
        body.items[1] = { ...first, place: place + 1, place_before: place };
      }
      await route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(body) });
    });
    await one.route("**/events*", async (route) => {
      await told;
      const change = [{ seq: "999999999", at: new Date().toISOString(), race: race.id, bib: rows[1].bib,
        kind: "result", orders: [`${race.id}/finish`] }];
      await route.fulfill({ status: 200, contentType: "text/event-stream",
        body: `event: changes\nid: 999999999\ndata: ${JSON.stringify(change)}\n\n` });
    });
  } });
  await page.waitForSelector('.row[data-index="1"][data-bib]');
  const [first, second] = await page.evaluate(() => [0, 1].map((n) =>
    document.querySelector(`.row[data-index="${n}"]`).dataset.bib));
  changed = true;
  tell();
  await page.waitForFunction((bib) => document.querySelector('.row[data-index="0"]')?.dataset.bib === bib, second);
  expect(await page.evaluate(() => document.getAnimations().length > 0), "the row jumps instead of moving");
  expect(await page.locator('.row[data-index="0"].is-marked').count() === 1, "the change is not marked");
  expect(await page.locator('.row[data-index="1"].is-marked').count() === 0, "who only lost a place is marked");
  expect(/▲1/.test(await page.locator('.row[data-index="0"] .ch').innerText()), "the place gained is not shown");
  expect(/▼1/.test(await page.locator('.row[data-index="1"] .ch').innerText()), "the place lost is not shown");
  expect(await page.evaluate((bib) => document.querySelector('.row[data-index="1"]').dataset.bib === bib, first),
    "the one who was first is not second");
  await page.waitForTimeout(3300);
  expect(await page.locator(".row.is-marked").count() === 0, "after three seconds it is not calm");
  await shoot(page, "board-moved");
  await page.context().close();
});

await step("runner: a split says why its time is what it is", async () => {
  const page = await open("why", `?view=runner&${of_race}&bib=${encodeURIComponent(someone.bib)}`);
  const key = page.locator(".why-key").first();
  await key.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".why-split li");
  expect(await key.getAttribute("aria-expanded") === "true", "why: an open split is not told");
  expect(/\d:\d\d/.test(await page.locator(".why-split").innerText()), "why: no time is given");
  await common(page, "why");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".why-split") === null);
  await page.context().close();
});

await step("runner: followed, kept, and found on the board", async () => {
  const page = await open("follow", `?view=runner&${of_race}&bib=${encodeURIComponent(someone.bib)}`);
  const button = page.locator(".runner-head button");
  await button.click();
  expect(await button.getAttribute("aria-pressed") === "true", "following is not told");
  await page.reload();
  await page.waitForSelector('.runner-head button[aria-pressed="true"]');
  await page.goto(address(`?view=board&${of_race}`));
  await page.waitForSelector(".followed a");
  await page.context().close();
});

await step("replay: plays, scrubs, keeps its second in the address", async () => {
  const page = await open("replay", `?view=replay&${of_race}&t=600`);
  await page.waitForSelector(".player .play");
  const dial = () => page.locator(".since").innerText();
  await page.waitForFunction(() => document.querySelector(".since").textContent !== "");
  const before = await dial();
  await page.selectOption(".speed select", "300");
  await page.click(".player .play");
  await page.waitForTimeout(700);
  await page.click(".player .play");
  expect(await dial() !== before, "the dial does not go");
  expect(/[?&]t=\d+/.test(page.url()), "the address does not carry the second");
  const slider = page.locator("input[type=range]");
  await slider.focus();
  await page.keyboard.press("End");
  expect(await slider.inputValue() === await slider.getAttribute("max"), "End does not go to the end");
  await page.waitForSelector(".replay-row");
  await page.context().close();
});

await step("offline and back", async () => {
  const page = await open("offline", `?view=board&${of_race}`, { workers: "allow", quiet: true });
  await page.waitForSelector(".row[data-bib]");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.waitForSelector(".row[data-bib]");
  await page.waitForTimeout(500);
  const context = page.context();
  await context.setOffline(true);
  await page.waitForSelector(".line.offline");
  expect(await page.locator(".banner").isVisible(), "nothing says that there is no connection");
  expect(await page.locator(".row[data-bib]").count() > 1, "the board is gone without a line");
  await page.reload();
  await page.waitForSelector(".row[data-bib]");
  await page.waitForSelector(".line.offline");
  await shoot(page, "board-offline");
  await context.setOffline(false);
  await page.waitForSelector(".line.live", { timeout: 40_000 });
  await page.waitForFunction(() => document.querySelector(".banner") === null);
  await context.close();
});

if (process.env.HS_EXPECT_LIVE === "1") {
  await step("live: the server's own changes arrive", async () => {
    const page = await open("server's changes", `?view=board&${of_race}`);
    await page.waitForSelector(".line.live");
    const as_of = () => document.querySelector(".standing").innerText;
    const before = await page.evaluate(as_of);
    await page.waitForFunction((text) => document.querySelector(".standing").innerText !== text, before,
      { timeout: LIVE_MS });
    await page.context().close();
  });
}

await browser.close();
for (const one of found) console.error(one);
console.log(found.length === 0 ? "live page check: nothing found" : `live page check: ${found.length} found`);
process.exit(found.length === 0 ? 0 : 1);
