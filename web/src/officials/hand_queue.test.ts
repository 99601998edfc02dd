import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "../api.js";
import { HandQueue, parse_entries, prune, type HandEntry } from "./hand_queue.js";

const event = { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 };

class Store {
  readonly texts = new Map<string, string>();
  full = false;
  getItem(key: string): string | null { return this.texts.get(key) ?? null; }
  setItem(key: string, text: string): void {
    if (this.full) throw new Error("full");
    this.texts.set(key, text);
  }
}

const entry = (id: string, bib: string): Omit<HandEntry, "state"> =>
  ({ id, bib, race: "half", mat: "arch", at: `2026-05-08T09:00:0${id}.000Z` });

/** Answers each request by the next of `answers`: a status, or no answer at all. */
function server(answers: (number | "gone")[]): { api: Api; sent: unknown[] } {
  const sent: unknown[] = [];
  let seq = 100;
  const api = new Api("http://host/", async (_url, init) => {
    const answer = answers.shift() ?? 201;
    if (answer === "gone") throw new TypeError("network");
    sent.push(JSON.parse(String(init?.body)));
    if (answer === 201) return new Response(JSON.stringify({ seq: ++seq }), { status: 201 });
    return new Response(JSON.stringify({ title: "No", status: answer, detail: "found the bib" }), { status: answer });
  });
  return { api, sent };
}

test("an entry carries the instant of its key press, however late it is sent", async () => {
  const { api, sent } = server(["gone"]);
  const queue = new HandQueue(event, new Store());
  queue.add(entry("1", "12"));
  await queue.send(api);
  assert.equal(queue.waiting, 1);
  await queue.send(api);
  assert.deepEqual(sent, [{ fact: "hand-read", race: "half", bib: "12", mat: "arch", at: "2026-05-08T09:00:01.000Z",
    said_at: "2026-05-08T09:00:01.000Z" }]);
  assert.equal(queue.entries()[0]?.state, "written");
  assert.equal(queue.entries()[0]?.seq, 101);
});

test("entries outlive the page", () => {
  const store = new Store();
  new HandQueue(event, store).add(entry("1", "12"));
  assert.equal(new HandQueue(event, store).entries()[0]?.bib, "12");
});

test("two pages on one device lose nothing of each other", () => {
  const store = new Store();
  const [one, other] = [new HandQueue(event, store), new HandQueue(event, store)];
  one.add(entry("1", "12"));
  other.add(entry("2", "13"));
  assert.deepEqual(one.entries().map((some) => some.bib), ["12", "13"]);
});

test("a refusal costs itself and is shown; those behind it are sent", async () => {
  const { api } = server([422, 201]);
  const queue = new HandQueue(event, new Store());
  queue.add(entry("1", "99"));
  queue.add(entry("2", "13"));
  await queue.send(api);
  assert.deepEqual(queue.entries().map((some) => some.state), ["refused", "written"]);
  assert.equal(queue.entries()[0]?.why, "found the bib");
  queue.set_bib("1", "9");
  assert.deepEqual([queue.entries()[0]?.state, queue.entries()[0]?.why], ["waiting", undefined]);
});

test("a session that ended, haste and a fault leave entries waiting", async () => {
  for (const status of [401, 429, 500, 503]) {
    const { api } = server([status]);
    const queue = new HandQueue(event, new Store());
    queue.add(entry("1", "12"));
    await queue.send(api);
    assert.equal(queue.entries()[0]?.state, "waiting", String(status));
  }
});

test("an instant without a bib waits for it and holds up nobody", async () => {
  const { api, sent } = server([]);
  const queue = new HandQueue(event, new Store());
  queue.add(entry("1", ""));
  queue.add(entry("2", "13"));
  await queue.send(api);
  assert.equal(sent.length, 1);
  queue.set_bib("1", " 12 ");
  await queue.send(api);
  assert.deepEqual(queue.entries().map((some) => some.state), ["written", "written"]);
});

test("what is written is neither dropped nor changed", async () => {
  const { api } = server([]);
  const queue = new HandQueue(event, new Store());
  queue.add(entry("1", "12"));
  await queue.send(api);
  queue.drop("1");
  queue.set_bib("1", "13");
  assert.deepEqual(queue.entries().map((some) => [some.bib, some.state]), [["12", "written"]]);
});

test("a browser that keeps nothing still sends, and says so", async () => {
  const store = new Store();
  store.full = true;
  const { api, sent } = server([]);
  const queue = new HandQueue(event, store);
  queue.add(entry("1", "12"));
  assert.ok(queue.only_here);
  await queue.send(api);
  assert.equal(sent.length, 1);
  assert.equal(queue.entries()[0]?.state, "written");
});

test("a broken store is nobody's entry", () => {
  assert.deepEqual(parse_entries("{"), []);
  assert.deepEqual(parse_entries('[{"id":"1"},null,7]'), []);
});

test("of what is written the newest stay; what waits always does", () => {
  const all: HandEntry[] = Array.from({ length: 50 }, (_, n) =>
    ({ ...entry("1", String(n)), id: String(n), state: n % 2 === 0 || n > 44 ? "written" : "waiting" }));
  all.push(...Array.from({ length: 20 }, (_, n): HandEntry => ({ ...entry("1", "1"), id: `w${n}`, state: "written" })));
  const kept = prune(all);
  assert.equal(kept.filter((one) => one.state === "waiting").length, 22);
  assert.equal(kept.filter((one) => one.state === "written").length, 30);
  assert.equal(kept.at(-1)?.id, "w19");
});
