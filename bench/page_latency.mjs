// How long from a read at the socket to its thanks, and to whoever follows the race: everybody's
// stream (4 Hz) and the officials' (20 Hz). Against a running `homestretch serve`, on loopback:
//
//   node bench/page_latency.mjs 127.0.0.1:3097 LOCATION http://127.0.0.1:8261 http://127.0.0.1:8262 \
//     [FIRST-CHIP=1001] [READS=400] [READS-A-SECOND=20]
//
// The second address is the public listener. Each read is the first of another chip, at a time of
// its own, so that each is one change of one bib. Ends by itself; exit 1 where a change was not told.
import net from "node:net";

const [device, location, officials, everybody, first = "1001", count = "400", rate = "20"] =
  process.argv.slice(2);
const [host, port] = device.split(":");
const reads = Number(count);
const sent = new Map(); // By bib: milliseconds.
const waits = { thanks: [], officials: [], everybody: [] };
const told = { officials: new Set(), everybody: new Set() };
const numbers = new Map(); // Message number -> bib.

async function follow(base, name, stop) {
  const answer = await fetch(base + "/events", { signal: stop.signal });
  let text = "";
  try {
    for await (const piece of answer.body) {
      text += new TextDecoder().decode(piece);
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6));
        if (!lines.includes("event: changes")) continue;
        const now = performance.now();
        for (const change of JSON.parse(data.join(""))) {
          if (!sent.has(change.bib) || told[name].has(change.bib)) continue;
          told[name].add(change.bib);
          waits[name].push(now - sent.get(change.bib));
        }
      }
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function summary(name) {
  const sorted = waits[name].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const ms = (value) => (value === undefined ? "-" : value.toFixed(1).padStart(8));
  console.log(`${name.padEnd(10)} ${String(sorted.length).padStart(6)} p50 ${ms(at(0.5))} ms` +
    `  p99 ${ms(at(0.99))} ms  most ${ms(sorted.at(-1))} ms`);
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const stop = new AbortController();
const followers = [follow(officials, "officials", { signal: stop.signal }),
  follow(everybody, "everybody", { signal: stop.signal })];
const socket = net.connect(Number(port), host);
socket.setNoDelay(true);
let heard = "";
socket.on("data", (piece) => {
  heard += piece.toString("latin1");
  for (let end = heard.indexOf("$"); end >= 0; end = heard.indexOf("$")) {
    const found = /@AckPassing@(\d+)@/.exec(heard.slice(0, end));
    heard = heard.slice(end + 1);
    if (found) waits.thanks.push(performance.now() - sent.get(numbers.get(found[1])));
  }
});
socket.write(`${location}@Pong@$`);
await sleep(1000);
for (let i = 0; i < reads; ++i) {
  const bib = String(i + 1);
  const chip = String(Number(first) + i);
  const time = `08:${String(Math.floor(i / 60) % 60).padStart(2, "0")}:${String(i % 60).padStart(2, "0")}.${
    String(i % 1000).padStart(3, "0")}`;
  numbers.set(String(i), bib);
  sent.set(bib, performance.now());
  socket.write(`${location}@Passing@c=${chip}|t=${time}|d=260920@${i}@$`);
  await sleep(1000 / Number(rate));
}
await sleep(1500);
stop.abort();
await Promise.all(followers);
socket.destroy();
for (const name of Object.keys(waits)) summary(name);
process.exitCode = Object.values(waits).every((all) => all.length === reads) ? 0 : 1;
