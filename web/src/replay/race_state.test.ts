import assert from "node:assert/strict";
import { test } from "node:test";
import type { Race, Replay } from "../contract.js";
import { RaceState, smooth } from "./race_state.js";

const race = (closed: boolean): Race => ({ id: "r", closed, distance_m: 10_000, points: [
  { id: "start", distance_m: 0 }, { id: "5k", distance_m: 5000 }, { id: "finish", distance_m: 10_000 }] }) as Race;
const replay = (at_s: (number | null)[][]): Replay => ({
  as_of: { seq: 1, status: "official", at: "" }, race: "r", first_at: "2026-05-08T08:00:00Z",
  last_at: "2026-05-08T09:00:00Z", points: ["start", "5k", "finish"], moments: [],
  runners: at_s.map((at, n) => ({ bib: String(n), name: `R${n}`, at_s: at })),
});
const order = (state: RaceState, s: number): string[] => {
  const into = new Int32Array(2 * state.runners);
  const n = state.order(s, into);
  return Array.from({ length: n }, (_, k) => `${into[2 * k]}@${into[2 * k + 1]}`);
};

test("the order is by the last point passed, then by who was there first", () => {
  const state = new RaceState(replay([[0, 1200, 2500], [10, 1100, 2600], [5, 1500, null]]), race(true));
  assert.deepEqual(order(state, 3), ["0@0"]);
  assert.deepEqual(order(state, 1150), ["1@1", "0@0", "2@0"]);
  assert.deepEqual(order(state, 1600), ["1@1", "0@1", "2@1"]);
  assert.deepEqual(order(state, 2550), ["0@2", "1@1", "2@1"]);
});

test("scrubbing back gives what was there before", () => {
  const state = new RaceState(replay([[0, 1200, 2500], [10, 1100, 2600]]), race(true));
  const before = order(state, 1150);
  order(state, 3000);
  assert.deepEqual(order(state, 1150), before);
});

test("a missed mat does not hold anybody back", () => {
  const state = new RaceState(replay([[0, null, 2000], [0, 900, 2400]]), race(true));
  assert.deepEqual(order(state, 2100), ["0@2", "1@1"]);
  assert.equal(state.position(0, 1000), 5000, "half of the way at half of the time");
});

test("two of one second stand in the order of the server", () => {
  const state = new RaceState(replay([[0, 900, null], [0, 900, null]]), race(true));
  assert.deepEqual(order(state, 900), ["0@1", "1@1"]);
});

test("between two mats the pace is even", () => {
  const state = new RaceState(replay([[0, 1000, 3000]]), race(true));
  assert.equal(state.position(0, 500), 2500);
  assert.equal(state.position(0, 2000), 7500);
  assert.equal(state.position(0, 3000), undefined, "who has finished is not on the course");
});

test("in an open race nobody is drawn beyond a mat that has not heard them", () => {
  const state = new RaceState(replay([[0, 1000, null]]), race(false));
  assert.equal(state.position(0, 1500), 7500);
  assert.equal(state.position(0, 9000), 10_000);
});

test("in a closed race who was never heard again is counted and not drawn", () => {
  const state = new RaceState(replay([[0, 1000, null], [0, 900, 2000], [null, null, null]]), race(true));
  const parts = new Float32Array(4);
  assert.deepEqual(state.field(1500, parts), { not_started: 1, on_course: 1, finished: 0, gone: 1 });
  assert.equal(parts.reduce((a, b) => a + b, 0), 1);
  assert.deepEqual(state.field(2000, parts), { not_started: 1, on_course: 0, finished: 1, gone: 1 });
});

test("who is out of an open race does not run on", () => {
  const played = replay([[0, 1000, null], [0, 1000, null]]);
  const [first] = played.runners;
  if (first) first.status = "DNF";
  const state = new RaceState(played, race(false));
  assert.equal(state.position(0, 1500), undefined);
  assert.equal(state.position(1, 1500), 7500);
  assert.equal(state.position(0, 500), 2500, "until the last mat they ran");
});

test("every runner is counted once, whatever the second", () => {
  const at = Array.from({ length: 500 }, (_, n): (number | null)[] =>
    [n % 7 ? n : null, n % 3 ? n + 900 : null, n % 5 ? n + 2000 : null]);
  const state = new RaceState(replay(at), race(true));
  for (let s = 0; s < 3600; s += 97) {
    const all = state.field(s, new Float32Array(16));
    assert.equal(all.not_started + all.on_course + all.finished + all.gone, 500);
    assert.equal(order(state, s).length, 500 - all.not_started);
  }
});

test("finishers fall into the parts of the day", () => {
  const state = new RaceState(replay([[0, null, 100], [0, null, 1900], [0, null, 3600]]), race(true));
  assert.deepEqual(state.finishers(2), [1, 2]);
});

test("smoothing keeps an even field even", () => {
  assert.deepEqual([...smooth(new Float32Array([3, 3, 3]))], [3, 3, 3]);
});

test("a state of 20,000 runners is computed well within a frame", () => {
  const at = Array.from({ length: 20_000 }, (_, n): (number | null)[] => [n / 20, 1000 + n / 7, 2000 + n / 4]);
  const state = new RaceState(replay(at.map((one) => one.map((s) => Math.round(s ?? 0)))), race(true));
  const into = new Int32Array(40_000), parts = new Float32Array(160);
  const times: number[] = [];
  for (let s = 0; s < 3600; s += 60) {
    const began = performance.now();
    state.field(s, parts);
    state.order(s, into);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  assert.ok((times[times.length >> 1] ?? 99) < 16, `the median is ${times[times.length >> 1]} ms`);
});
