import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "../api.js";
import { HandLines, parse_kept, prune, type HandLine } from "./hand_lines.js";

const event = { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 };
const at = (n: number): string => `2026-05-08T09:00:0${n}.250Z`;

class Store {
  readonly texts = new Map<string, string>();
  full = false;
  getItem(key: string): string | null { return this.texts.get(key) ?? null; }
  setItem(key: string, text: string): void {
    if (this.full) throw new Error("full");
    this.texts.set(key, text);
  }
}

interface Sent {
  list: string;
  mat: string;
  lines: { line: number; at?: string; bib?: string }[];
}

/** Answers each request by the next of `answers`: a status, or no answer at all. */
function server(answers: (number | "gone" | "lost")[], bad: number[] = []): { api: Api; sent: Sent[] } {
  const sent: Sent[] = [];
  const api = new Api("http://host/", async (_url, init) => {
    const answer = answers.shift() ?? 201;
    if (answer === "gone") throw new TypeError("network");
    const body = JSON.parse(String(init?.body)) as Sent;
    sent.push(body);
    if (answer === "lost") throw new TypeError("network");
    if (answer === 201) {
      return new Response(JSON.stringify({ lines: body.lines.length - bad.length,
        bad: bad.map((line) => ({ line, message: "found" })) }), { status: 201 });
    }
    return new Response(JSON.stringify({ title: "No", status: answer, detail: "why" }), { status: answer });
  });
  return { api, sent };
}

test("a time keeps the instant of its key press, however late it is sent, and its number", async () => {
  const { api, sent } = server(["gone"]);
  const lines = new HandLines(event, new Store());
  lines.add_time("arch", at(1));
  lines.add_time("arch", at(2));
  await lines.send(api);
  assert.equal(lines.waiting, 2);
  await lines.send(api);
  assert.deepEqual(sent[0]?.lines, [{ line: 1, at: at(1) }, { line: 2, at: at(2) }]);
  assert.equal(lines.waiting, 0);
});

test("a request whose answer was lost is sent again with the same numbers under the same name", async () => {
  const { api, sent } = server(["lost", 201]);
  const lines = new HandLines(event, new Store());
  lines.add_bib("arch", "12");
  await lines.send(api);
  await lines.send(api);
  assert.deepEqual(sent[0], sent[1]);
});

test("times and bibs count on their own, mat by mat, and go on where they were after a reload", async () => {
  const store = new Store();
  const { api, sent } = server([]);
  const first = new HandLines(event, store);
  first.add_time("arch", at(1));
  first.add_bib("arch", "12");
  first.add_time("pier", at(2));
  await first.send(api);
  const second = new HandLines(event, store);
  second.add_time("arch", at(3));
  second.add_bib("arch", "?");
  await second.send(api);
  assert.deepEqual(sent.map((one) => [one.mat, one.lines]), [
    ["arch", [{ line: 1, at: at(1) }, { line: 1, bib: "12" }]], ["pier", [{ line: 1, at: at(2) }]],
    ["arch", [{ line: 2, at: at(3) }, { line: 2, bib: "?" }]]]);
  assert.equal(new Set(sent.map((one) => one.list)).size, 1);
});

test("two devices have two names", () => {
  assert.notEqual(new HandLines(event, new Store()).list, new HandLines(event, new Store()).list);
});

test("a line that was refused says why and holds up nobody", async () => {
  const { api } = server([], [2]);
  const lines = new HandLines(event, new Store());
  lines.add_bib("arch", "12");
  lines.add_bib("arch", "13");
  await lines.send(api);
  assert.deepEqual(lines.lines().map((one) => [one.state, one.why]), [["written", undefined], ["refused", "found"]]);
  lines.drop_refused();
  assert.equal(lines.lines().length, 1);
});

test("a session that ended, haste, a full event and a fault leave lines waiting", async () => {
  for (const status of [401, 409, 429, 500, 503]) {
    const { api } = server([status]);
    const lines = new HandLines(event, new Store());
    lines.add_time("arch", at(1));
    await lines.send(api);
    assert.equal(lines.waiting, 1, String(status));
    assert.equal(lines.trouble, status === 409 ? "why" : "");
  }
});

test("lines that came while others were being sent are sent behind them", async () => {
  const { api, sent } = server([]);
  const lines = new HandLines(event, new Store());
  lines.add_time("arch", at(1));
  const sending = lines.send(api);
  lines.add_time("arch", at(2));
  await sending;
  assert.deepEqual(sent.flatMap((one) => one.lines.map((line) => line.line)), [1, 2]);
});

test("a browser that keeps nothing still sends, and says so", async () => {
  const store = new Store();
  store.full = true;
  const { api, sent } = server([]);
  const lines = new HandLines(event, store);
  lines.add_time("arch", at(1));
  lines.add_time("arch", at(2));
  assert.ok(lines.only_here);
  await lines.send(api);
  assert.deepEqual(sent[0]?.lines.map((one) => one.line), [1, 2]);
});

test("a store that lost its counter never gives a number twice", () => {
  const kept = parse_kept(JSON.stringify({ list: "a", last: {}, lines: [
    { mat: "arch", line: 7, bib: "12", state: "written" }, { mat: "arch", line: "x", bib: "1", state: "written" }] }));
  assert.equal(kept?.last["bibs/arch"], 7);
  assert.equal(kept?.lines.length, 1);
  assert.equal(parse_kept("{"), undefined);
  assert.equal(parse_kept('{"list":""}'), undefined);
});

test("of what is written the newest stay; what waits always does", () => {
  const all: HandLine[] = Array.from({ length: 200 }, (_, n) =>
    ({ mat: "arch", line: n + 1, bib: "1", state: n % 2 ? "written" : "waiting" }));
  assert.equal(prune(all).filter((one) => one.state === "waiting").length, 100);
  assert.equal(prune(all).filter((one) => one.state === "written").length, 50);
  assert.equal(prune(all).at(-1)?.line, 200);
});
