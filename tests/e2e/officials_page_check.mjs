// The officials' views of the live page in Chromium, against a server that serves an event for tests:
//   HS_TOKEN=... node officials_page_check.mjs http://127.0.0.1:8261 [SCREENSHOT-FOLDER]
// HS_TOKEN is a timer's token (a timer may see all three views). It writes facts: entries by hand, a
// ruling and its undo. Exits 1 with a line for each thing found. Needs `npm ci` here and a chromium.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [base = process.env.HS_BASE, shots] = process.argv.slice(2);
const token = process.env.HS_TOKEN;
if (!base || !token) {
  console.error("officials page check: needs a base address and HS_TOKEN");
  process.exit(2);
}
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const executablePath = process.env.HS_CHROMIUM ||
  execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();
const VIEWS = ["announcer", "console", "referee"];
const PATIENCE_MS = 15_000;

const found = [];
const expect = (holds, text) => { if (!holds) found.push(text); };
const url = (query) => new URL(query, base).href;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const new_context = (width, scheme) => browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 },
  colorScheme: scheme, bypassCSP: false, serviceWorkers: "block" });

async function open(context, query, where) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => found.push(`${where}: ${error.message}`));
  page.on("console", (line) => {
    // A refused or lost request is what is being tried; anything else is a fault.
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource")) found.push(`${where}: ${line.text()}`);
  });
  await page.goto(url(query));
  return page;
}

async function sign_in(page) {
  await page.fill("[name=token]", token);
  await page.fill("[name=name]", "Page check");
  await page.click(".sign-in button");
  await page.waitForSelector(".who-signed");
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
}

const shoot = (page, name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : undefined);

/** A part of the check; what breaks it is one thing found and does not stop the others. */
async function part(name, run) {
  const context = await new_context(1440, "light");
  try {
    await run(context);
    console.log(`${name}: done`);
  } catch (error) {
    found.push(`${name}: ${String(error.message).split("\n")[0]}`);
  } finally {
    await context.close();
  }
}

const races = (await (await fetch(url("api/v1/races"))).json()).items;
const race = races[0];
const some = (await (await fetch(url(`api/v1/races/${race.id}/results?limit=8`))).json()).items;
const bib = some.at(-1).bib;

await part("sign in", async (context) => {
  const page = await open(context, "?view=console", "sign in");
  await page.waitForSelector(".sign-in");
  await page.click(".sign-in button");
  expect(await page.getAttribute("[name=token]", "aria-invalid") === "true", "sign in: a missing token is not said at its field");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("name")) === "token", "sign in: the focus is not on what is missing");
  await page.fill("[name=token]", "no such token");
  await page.fill("[name=name]", "Page check");
  await page.click(".sign-in button");
  await page.waitForSelector("#wrong-token");
  expect(await page.inputValue("[name=name]") === "Page check", "sign in: a refusal loses the name");
  await common(page, "sign in");
  await sign_in(page);
  await page.reload();
  await page.waitForSelector(".who-signed");
  await page.click(".who-signed button");
  await page.waitForSelector(".sign-in");
});

// The demo serves a race file; a folder that is there is read again in server_test and by hand.
await part("files cannot be read again without a folder", async (context) => {
  const page = await open(context, "?view=console", "files");
  await sign_in(page);
  await page.click('.co-jump a[href="#files-head"]');
  const button = page.locator("hs-read-files button");
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("hs-read-files [role=alert]");
  expect((await page.textContent("hs-read-files [role=alert]")).includes("without an event folder"), "files: why they are not read is not said");
  expect(await button.evaluate((one) => one === document.activeElement), "files: the focus left the button");
});

const looks = [[390, "light"], [1440, "dark"]].concat(shots ? [[390, "dark"], [1440, "light"]] : []);
for (const [width, scheme] of looks) {
  await part(`looks ${width} ${scheme}`, async () => {
    const context = await new_context(width, scheme);
    let page = await open(context, "?view=announcer", "looks");
    await sign_in(page);
    for (const view of VIEWS) {
      const where = `${view} ${width} ${scheme}`;
      await page.close();
      page = await open(context, `?view=${view}&runner=${bib}`, where);
      await page.waitForSelector(view === "announcer" ? ".an-front" : "hs-explained table");
      await common(page, where);
      await shoot(page, `${view}-${width}-${scheme}`);
    }
    await context.close();
  });
}

await part("announcer by keyboard", async (context) => {
  const page = await open(context, "?view=announcer", "announcer");
  await sign_in(page);
  await page.waitForSelector(".an-front");
  if (await page.locator(".an-bib").count() === 0) {
    console.log("announcer by keyboard: nobody is expected, nothing to press");
    return;
  }
  const front = () => page.textContent(".an-bib");
  const first = await front();
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Space");
  const left = await page.locator(".an-bib").count();
  expect(left === 0 || await front() !== first, "announcer: space does not go on to the next");
  await page.reload();
  await page.waitForSelector(".an-front");
  expect(await page.locator(".an-bib").count() === 0 || await front() !== first, "announcer: who was said is not remembered");
  await page.keyboard.press("a");
  await page.waitForFunction((was) => document.querySelector(".an-bib")?.textContent === was, first);
  await page.keyboard.press("s");
  await page.waitForFunction((was) => document.querySelector(".an-bib")?.textContent !== was, first);
});

await part("by hand, with and without the network", async (context) => {
  const page = await open(context, "?view=console", "by hand");
  await sign_in(page);
  await page.waitForSelector("[name=hand-bib]");
  const state = (n) => page.locator(".hand-list li").nth(n).getAttribute("class");
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.type(bib); // the first digit finds the field by itself
  await page.keyboard.press("Enter");
  await page.waitForSelector(".hand-list .is-written");
  await context.setOffline(true);
  await page.fill("[name=hand-bib]", bib);
  await page.click(".pad .strong");
  await page.waitForSelector(".hand-list .is-waiting");
  await shoot(page, "by-hand-offline");
  await context.setOffline(false);
  await page.waitForFunction(() => document.querySelectorAll(".hand-list .is-written").length === 2);
  await page.click(".pad .strong"); // an instant first, the bib afterwards
  expect(await state(0) === "is-waiting", "by hand: an instant without a bib is not kept");
  await page.fill(".hand-mend", "no-such-bib");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".hand-list .is-refused .problem");
  await common(page, "by hand");
  await page.fill(".hand-mend", bib);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".hand-list .is-written").length === 3);
});

await part("the console opens without the network", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await open(context, "?view=console", "no network");
  await sign_in(page);
  await page.waitForSelector("[name=hand-bib]");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload(); // now the service worker has what the page shows
  await page.waitForSelector("[name=hand-bib]");
  await page.waitForFunction(async () => (await (await caches.open("homestretch-officials")).keys()).length > 1);
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector("[name=hand-bib]");
  await page.fill("[name=hand-bib]", bib);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".hand-list .is-waiting");
  await shoot(page, "no-network");
  await context.setOffline(false);
  await page.waitForSelector(".hand-list .is-written");
  await context.close();
});

await part("a ruling and its undo", async (context) => {
  const page = await open(context, "?view=referee", "ruling");
  await sign_in(page);
  await page.waitForSelector(".fact-form");
  await page.selectOption("[name=kind]", "penalty");
  await page.click(".fact-form .strong");
  expect(await page.locator(".fact-form [aria-invalid=true]").count() === 3, "ruling: not every missing field is said");
  await page.fill(".fact-form [name=bib]", "no-such-bib");
  await page.fill(".fact-form [name=amount]", "2:00");
  await page.fill(".fact-form [name=reason]", "Tried by the page check");
  await page.click(".fact-form .strong");
  await page.waitForSelector("#wrong-fact-bib");
  await page.fill(".fact-form [name=bib]", bib);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".confirm");
  const words = await page.textContent(".confirm-words");
  expect(words.includes(bib) && words.includes("0:02:00"), `ruling: the question does not say what: ${words}`);
  await common(page, "ruling, asked");
  await shoot(page, "ruling-asked");
  await context.clearCookies(); // the session ends under the pen
  await page.click(".confirm .strong");
  await page.waitForSelector(".sign-in");
  expect(await page.inputValue(".fact-form [name=reason]") === "Tried by the page check", "ruling: the end of a session loses what was typed");
  await sign_in(page);
  expect(await page.inputValue(".fact-form [name=bib]") === bib, "ruling: signing in again loses what was typed");
  await page.click(".fact-form .strong");
  await page.click(".confirm .strong");
  await page.waitForSelector(".written");
  expect(/\d.*Page check/.test(await page.textContent(".written")), "ruling: number and author are not shown");
  await page.waitForFunction(() => document.querySelector(".rulings")?.textContent.includes("Tried by the page check"));
  await common(page, "ruling, written");
  await page.click(".written hs-undo-fact button");
  await page.click(".written hs-undo-fact .strong");
  await page.waitForSelector(".written hs-undo-fact .problem");
  await page.fill(".written [name=undo-reason]", "Only tried");
  await page.click(".written hs-undo-fact .strong");
  await page.waitForSelector(".written hs-undo-fact [role=status]");
});

/** The form for rulings, filled in, up to the question. */
async function ask_ruling(page, kind, fields, ticks = []) {
  const form = page.locator("[aria-labelledby=ruling-head] hs-fact-form");
  await form.locator("[name=kind]").selectOption(kind);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`.fact-form [name=${name}]`);
    if (await field.evaluate((one) => one.tagName) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  for (const name of ticks) await form.locator(`.fact-form [name=${name}]`).check();
  await form.locator(".fact-form .strong").click();
  await form.locator(".confirm, [aria-invalid=true]").first().waitFor();
  return form;
}

/** Its number, once it is written and listed with its reason and clause; then it is taken back. */
async function write_and_undo(page, form, what) {
  await form.locator(".confirm .strong").click();
  await form.locator(".written").first().waitFor();
  const seq = /\d+/.exec(await form.locator(".written").first().textContent())[0];
  const line = page.locator("[aria-labelledby=rulings-head] .rulings > li", { hasText: `No. ${seq}` }).first();
  await line.waitFor();
  const told = await line.textContent();
  expect(told.includes("Tried by the page check") && told.includes("R 1.2"), `${what}: reason or clause is not listed: ${told}`);
  await line.locator("hs-undo-fact button").first().click();
  await line.locator("[name=undo-reason]").fill("Only tried");
  await line.locator("hs-undo-fact .strong").click();
  await page.waitForFunction((n) => [...document.querySelectorAll(".rulings > li.is-over")]
    .some((one) => one.textContent.includes(`No. ${n}`) && one.textContent.includes("Taken back by no.")), seq);
}

const why = { reason: "Tried by the page check", clause: "R 1.2" };
const other = some[0].bib;
const ends = race.points.filter((one) => !one.spotter).map((one) => one.id).slice(1);
const ANY_KIND = [
  ["assisted", { bib, with: other, ...why }, ["advantage"]], ["dead-heat", { bib, with: other, ...why }],
  ["swap-chips", { bib, other, ...why }], ["merge", { bib, other, ...why }],
  ["shorten", { point: ends[0], ...why }], ["stop", { at: "23:00:00", ...why }],
  ["neutralise", { from: "3:00:00", until: "3:00:10", ...why }]];
for (const [kind, fields, ticks] of ANY_KIND) {
  await part(`the form for ${kind}`, async (context) => {
    const page = await open(context, `?view=referee&race=${race.id}`, kind);
    await sign_in(page);
    const form = await ask_ruling(page, kind, fields, ticks);
    const words = await form.locator(".confirm").textContent();
    if (fields.bib) {
      expect(words.includes(some.at(-1).name) && words.includes(some[0].name), `${kind}: the question names nobody: ${words}`);
      expect((words.match(/Now /g) ?? []).length === 2, `${kind}: how both stand is not said: ${words}`);
    } else {
      expect(words.includes(race.name) && words.includes("on the course"), `${kind}: the question does not say of which race, or of how many`);
    }
    await common(page, `${kind}, asked`);
    await shoot(page, `ruling-${kind}`);
    await write_and_undo(page, form, kind);
  });
}

await part("what cannot be is said at its field", async (context) => {
  const page = await open(context, `?view=referee&race=${race.id}`, "wrong fields");
  await sign_in(page);
  const form = await ask_ruling(page, "swap-chips", { bib, other: "no-such-bib", ...why });
  expect(await form.locator("[name=other]").getAttribute("aria-invalid") === "true", "swap: an unknown bib is not said at its field");
  await ask_ruling(page, "neutralise", { from: "9:00:00", until: "", point: "", to_point: "", ...why });
  expect(await form.locator("[name=until]").getAttribute("aria-invalid") === "true", "neutralise: half a pair is not said");
  await ask_ruling(page, "neutralise", { from: "9:00:00", until: "9:01:00", point: ends[0], to_point: "", ...why });
  expect(await form.locator("[name=from]").getAttribute("aria-invalid") === "true", "neutralise: times and points together are not said");
});

await part("what is to do leads to its form, filled in", async (context) => {
  for (const view of ["console", "referee"]) {
    const page = await open(context, `?view=${view}`, "to do");
    if (view === "console") await sign_in(page);
    await page.waitForSelector("hs-fact-form");
    const said = await page.locator(".todo").allTextContents();
    const typed = /homestretch (rule|gun|undo|explain)/.exec(said.join(" "));
    expect(typed === null, `to do, ${view}: it quotes '${typed?.[0]}' where a form stands`);
    const key = page.locator(".todo-links button.link:visible, .todo-do button.link:visible").first();
    if (await key.count() === 0) {
      console.log(`what is to do leads to its form: ${view} has nothing that a form does`);
      continue;
    }
    const name = await key.textContent();
    await key.click();
    const form = page.locator(view === "console" ? "[aria-labelledby=correction-head]" : "[aria-labelledby=ruling-head]");
    const chosen = await form.locator("[name=kind]").evaluate((one) => one.selectedOptions[0].textContent);
    expect(name === "Correct" || chosen === name, `to do, ${view}: '${name}' leads to the form '${chosen}'`);
    expect(await form.locator("h2").evaluate((one) => one === document.activeElement), `to do, ${view}: the focus did not go to the form`);
    await page.close();
  }
});

await part("two referees at once", async () => {
  const [rita, bea] = await Promise.all(["light", "dark"].map((scheme) => new_context(1440, scheme)));
  const pages = await Promise.all([rita, bea].map((one) => open(one, `?view=referee&race=${race.id}`, "two referees")));
  for (const page of pages) await sign_in(page);
  const [one, two] = pages;
  // Rita has her question on the screen while Bea rules on the same bib.
  const hers = await ask_ruling(one, "dsq", { bib, clause: "R 1.2", reason: "Tried by the page check" });
  const theirs = await ask_ruling(two, "reinstate", { bib, clause: "R 1.2", reason: "Tried by the page check" });
  await theirs.locator(".confirm .strong").click();
  await theirs.locator(".written").first().waitFor();
  await hers.locator(".confirm .held.problem").waitFor();
  const warned = await hers.locator(".confirm .held.problem").textContent();
  expect(warned.includes(bib) && warned.includes("Page check"), `two referees: the conflict is not told: ${warned}`);
  await common(one, "two referees, conflict");
  await shoot(one, "two-referees");
  // Now both at the same moment.
  await ask_ruling(two, "dnf", { bib, reason: "Tried by the page check" });
  await Promise.all([hers.locator(".confirm .strong").click(), theirs.locator(".confirm .strong").click()]);
  await hers.locator(".written").first().waitFor();
  await two.waitForFunction(() => document.querySelectorAll("[aria-labelledby=ruling-head] .written").length === 2);
  const listed = (page) => page.locator("[aria-labelledby=rulings-head] .rulings > li").evaluateAll((all) => all.slice(0, 3)
    .map((li) => `${/No\. \d+$/m.exec([...li.querySelectorAll("p.quiet")].at(-1).textContent.trim())?.[0]} ${li.querySelector(".over")?.textContent ?? "holds"}`));
  let same = false;
  for (let n = 0; n < 50 && !same; ++n) {
    const [mine, yours] = [await listed(one), await listed(two)];
    same = mine.length === 3 && mine.join() === yours.join() && mine.filter((text) => text.endsWith("holds")).length === 1 && mine[0].endsWith("holds");
    if (!same) await one.waitForTimeout(200);
  }
  expect(same, `two referees: the pages differ: ${await listed(one)} | ${await listed(two)}`);
  // Each takes back what the other wrote, until nothing of it holds.
  for (const page of [one, two, one]) {
    const top = page.locator("[aria-labelledby=rulings-head] .rulings > li:not(.is-over)", { hasText: "Tried by the page check" }).first();
    await top.locator("hs-undo-fact button").first().click();
    await top.locator("[name=undo-reason]").fill("Only tried");
    const before = await page.locator(".rulings > li", { hasText: "Taken back by" }).count();
    await top.locator("hs-undo-fact .strong").click();
    await Promise.all(pages.map((each) => each.waitForFunction((n) => [...document.querySelectorAll(".rulings > li")]
      .filter((li) => li.textContent.includes("Taken back by")).length > n, before)));
  }
  await Promise.all([rita.close(), bea.close()]);
});

await part("a version goes out, is compared and becomes official", async (context) => {
  const page = await open(context, `?view=referee&race=${race.id}`, "versions");
  await sign_in(page);
  const lists = page.locator("hs-versions");
  await lists.locator(".fact-form").waitFor();
  const publish = async (kind, fields) => {
    await lists.locator("[name=kind]").selectOption(kind);
    for (const [name, value] of Object.entries(fields)) await lists.locator(`.fact-form [name=${name}]`).fill(value);
    await lists.locator(".fact-form .strong").click();
    await lists.locator(".confirm .strong").click();
  };
  await publish("publish", { protest_until: "23:59:00", reason: "Tried by the page check" });
  await page.waitForFunction(() => /Version \d/.test(document.querySelector("hs-versions .rulings")?.textContent ?? ""));
  const first = await lists.locator(".rulings > li").first().textContent();
  expect(first.includes("published") && first.includes("protests until 23:59"), `versions: what it is, is not said: ${first}`);
  const standing = await open(await new_context(390, "light"), `?view=board&race=${race.id}`, "versions, public");
  await standing.waitForFunction(() => /published.*protests (were possible )?until 23:59/s.test(document.querySelector(".standing")?.textContent ?? ""))
    .catch(() => found.push("versions: the public page does not say version and protests"));
  await shoot(standing, "version-public");
  await common(page, "versions");
  const ruled = await ask_ruling(page, "dsq", { bib: other, clause: "R 1.2", reason: "Tried by the page check" });
  await ruled.locator(".confirm .strong").click();
  await ruled.locator(".written").first().waitFor();
  await lists.getByRole("button", { name: /^Changes since version/ }).first().click();
  await lists.locator(".differs .rulings li").first().waitFor();
  const differs = await lists.locator(".differs").textContent();
  expect(differs.includes(other) && differs.includes("DSQ (R 1.2)") && differs.includes("Tried by the page check"),
    `versions: the difference does not say who and why: ${differs}`);
  await common(page, "versions, compared");
  await shoot(page, "versions-compared");
  await ruled.locator(".written hs-undo-fact button").first().click();
  await ruled.locator("[name=undo-reason]").fill("Only tried");
  await ruled.locator("hs-undo-fact .strong").click();
  await publish("official", { reason: "Tried by the page check" });
  await page.waitForFunction(() => document.querySelector("hs-versions .rulings")?.textContent.includes("official"));
  for (let n = 0; n < 2; ++n) {
    const newest = lists.locator(".rulings > li:not(.is-over)", { hasText: "Tried by the page check" }).first();
    await newest.locator("hs-undo-fact button").click();
    await newest.locator("[name=undo-reason]").fill("Only tried");
    await newest.locator("hs-undo-fact .strong").click();
    await page.waitForFunction((many) => document.querySelectorAll("hs-versions .rulings > li.is-over").length > many, n);
  }
});

await part("a note is written, listed at once and taken back", async (context) => {
  const page = await open(context, "?view=announcer", "note");
  await sign_in(page);
  const form = page.locator("hs-notes .fact-form");
  const text = `Waited at the bridge, the page check says (${Date.now()})`;
  await form.locator("[name=bibs]").fill("no-such-bib");
  await form.locator(".strong").click();
  expect(await form.locator("[aria-invalid=true]").count() === 1, "note: missing words are not said");
  await form.locator("[name=text]").fill(text);
  await form.locator(".strong").click();
  await page.waitForSelector("#wrong-fact-bibs");
  await form.locator("[name=bibs]").fill(bib);
  await form.locator("[name=point]").selectOption({ index: 1 });
  await page.keyboard.press("Tab");
  await form.locator(".strong").click();
  await page.waitForSelector("hs-notes .confirm");
  expect((await page.textContent("hs-notes .confirm-words")).includes(bib), "note: the question does not say about whom");
  await common(page, "note, asked");
  await page.click("hs-notes .confirm .strong");
  await page.waitForFunction((said) => document.querySelector(".notes")?.textContent.includes(said), text);
  await common(page, "note, listed");
  await shoot(page, "note-listed");
  const first = page.locator(".notes li").first();
  await first.locator("hs-undo-fact button").click();
  await first.locator("[name=undo-reason]").fill("Only tried");
  await first.locator("hs-undo-fact .strong").click();
  await page.waitForFunction((said) => !document.querySelector(".notes")?.textContent.includes(said), text);
});

await part("moments are hidden and shown again", async (context) => {
  const page = await open(context, `?view=referee&runner=${bib}`, "hide");
  await sign_in(page);
  const { paths } = await (await fetch(url("api/v1/openapi.json"))).json();
  if (!("/api/v1/hide" in paths)) {
    await page.waitForSelector("hs-explained table");
    expect(await page.locator("hs-hide-moments button").count() === 0, "hide: a button for what the server cannot do");
    console.log("moments are hidden and shown again: this server does not offer it");
    return;
  }
  await page.click("hs-hide-moments button");
  expect((await page.textContent("hs-hide-moments .ask")).includes(bib), "hide: the question does not say whose");
  await common(page, "hide, asked");
  await page.click("hs-hide-moments .strong");
  await page.waitForFunction(() => document.querySelector("hs-hide-moments [role=status]")?.textContent.length > 3);
  const hidden = await page.textContent("hs-hide-moments [role=status]");
  await page.click("hs-hide-moments button");
  await page.waitForFunction((was) => document.querySelector("hs-hide-moments [role=status]")?.textContent !== was, hidden);
});

await part("a split of a runner shows its reads to whoever signed in", async (context) => {
  const page = await open(context, `?view=referee`, "split");
  await sign_in(page);
  await page.goto(url(`?view=runner&bib=${some[0].bib}`));
  await page.locator(".why-key").first().click();
  await page.waitForSelector(".split-reads li");
  await common(page, "split, explained");
});

await part("reads are chosen for a correction", async (context) => {
  const page = await open(context, `?view=console&runner=${bib}`, "reads");
  await sign_in(page);
  const first = page.locator(".ex-reads input").first();
  await first.check();
  const number = await page.locator(".ex-reads tbody tr").first().locator("td").nth(1).textContent();
  await page.locator("hs-explained > .keys .button").first().click();
  expect(await page.inputValue("[name=kind]") === "ignore-read", "reads: the correction is another");
  expect(await page.inputValue(".fact-form [name=reads]") === number, "reads: the chosen read is not in the form");
  expect(await page.inputValue(".fact-form [name=bib]") === bib, "reads: the bib is not in the form");
});

await browser.close();
for (const one of found) console.error(one);
console.log(found.length === 0 ? "officials page check: nothing found" : `officials page check: ${found.length} found`);
process.exit(found.length === 0 ? 0 : 1);
