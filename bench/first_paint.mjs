// How long until a phone shows something of the race: first contentful paint, and when the page is
// drawn from the answers of the server (its state is told), of a browser that has never been here.
// Against a running `homestretch serve`, on loopback, in Chromium with its network and processor
// slowed down:
//
//   cd tests/e2e && npm install --no-save && cd ../..
//   node bench/first_paint.mjs http://127.0.0.1:8262 [RUNS=5]
//
// `slow 4G`: 150 ms a round trip, 1.6 Mbit/s down, 0.75 up, as Lighthouse has it. `slow 3G`: 400 ms
// and 400 kbit/s. Both with a processor four times slower. Exit 1 where the median of the first
// paint of a view is over a second on slow 4G.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../tests/e2e/", import.meta.url))("playwright-core");
const [base = "http://127.0.0.1:8262", runs = "5"] = process.argv.slice(2);
const BUDGET_MS = 1000;
const CPU_SLOWER = 4;
const PROFILES = {
  "slow 4G": { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
  "slow 3G": { latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 },
};
const races = (await (await fetch(new URL("api/v1/races", base))).json()).items;
const race = encodeURIComponent(races[0].id);
const { items } = await (await fetch(new URL(`api/v1/races/${race}/results?limit=1`, base))).json();
const VIEWS = { story: "./", board: "?view=board", runner: `?view=runner&race=${race}&bib=${encodeURIComponent(items[0].bib)}` };

const executablePath = process.env.HS_CHROMIUM ||
  execFileSync("sh", ["-c", "command -v chromium || command -v chromium-browser || command -v google-chrome"]).toString().trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function look(query, network) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2,
    serviceWorkers: "block" });
  const page = await context.newPage();
  const debug = await context.newCDPSession(page);
  await debug.send("Network.enable");
  await debug.send("Network.emulateNetworkConditions", { offline: false, ...network });
  await debug.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWER });
  await page.goto(new URL(query, base).href, { waitUntil: "commit" });
  await page.waitForSelector(".standing strong", { timeout: 60_000 });
  const drawn = await page.evaluate(() => performance.now());
  const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
  await context.close();
  return { first, drawn };
}

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
for (const [name, network] of Object.entries(PROFILES)) {
  for (const [view, query] of Object.entries(VIEWS)) {
    const looks = [];
    for (let run = 0; run < Number(runs); ++run) looks.push(await look(query, network));
    const first = median(looks.map((one) => one.first));
    const most = Math.max(...looks.map((one) => one.first));
    const drawn = median(looks.map((one) => one.drawn));
    console.log(`${name}  ${view.padEnd(7)} first paint ${first.toFixed(0).padStart(5)} ms (most ${
      most.toFixed(0).padStart(5)})  drawn ${drawn.toFixed(0).padStart(5)} ms`);
    if (name === "slow 4G" && first > BUDGET_MS) process.exitCode = 1;
  }
}
await browser.close();
