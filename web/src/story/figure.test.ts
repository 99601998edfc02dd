import assert from "node:assert/strict";
import { test } from "node:test";
import type { Moment, Race, RunnerInfo } from "../contract.js";
import { figure_of, minute_step, seen_points } from "./figure.js";

const race = { id: "r", distance_m: 10_000, points: [{ id: "start", distance_m: 0 },
  { id: "5k", distance_m: 5000 }, { id: "finish", distance_m: 10_000 }] } as Race;
const runner = (splits: [string, number | undefined][]): RunnerInfo => ({ bib: "1", name: "A", status: "FIN",
  splits: splits.map(([point, net_ms]) => ({ point, ...(net_ms === undefined ? {} : { net_ms }) })) });
const moment = (evidence: Moment["evidence"]): Moment =>
  ({ id: "m", kind: "k", theme: "line", race: "r", bibs: ["1"], headline: "", text: "", evidence });
const labels = { time: String, length: String, pace: String };

test("a missed point is left out of the line, not invented", () => {
  assert.deepEqual(seen_points(runner([["5k", undefined], ["finish", 3_000_000]]), race),
    [{ metres: 0, ms: 0 }, { metres: 10_000, ms: 3_000_000 }]);
});

test("times that do not rise and points off the course are not drawn", () => {
  assert.equal(seen_points(runner([["5k", 100], ["finish", 50], ["moon", 70]]), race).length, 2);
});

test("a stretch that took far longer is a bend in distance over time", () => {
  const figure = figure_of(moment([{ what: "interval", from: "5k", to: "finish", seconds: 3000,
    expected_90: [1400, 1600] }]), [runner([["5k", 1_500_000], ["finish", 4_500_000]])], race, labels);
  assert.equal(figure?.kind, "distance");
  assert.match(figure?.band ?? "", /^M326\.8 500L/);
});

test("a stretch a little off is drawn as pace, in what was to be expected of it", () => {
  const figure = figure_of(moment([{ what: "interval", from: "5k", to: "finish", seconds: 1700,
    expected_90: [1400, 1600] }]), [runner([["5k", 1_500_000], ["finish", 3_200_000]])], race, labels);
  assert.equal(figure?.kind, "pace");
  assert.match(figure?.band ?? "", /^M500 [\d.]+H1000V[\d.]+H500Z$/);
});

test("without such a stretch the pace along the course is drawn, a step a stretch", () => {
  const figure = figure_of(moment([]), [runner([["5k", 1_500_000], ["finish", 2_800_000]])], race, labels);
  assert.equal(figure?.kind, "pace");
  assert.equal(figure?.lines[0]?.split("L").length, 4);
});

test("nothing seen, nothing drawn", () => {
  assert.equal(figure_of(moment([]), [runner([])], race, labels), undefined);
});

test("a step of time gives few ticks, whatever the span", () => {
  for (const minutes of [3, 17, 95, 400, 5000]) {
    assert.ok((minutes * 60_000) / minute_step(minutes * 60_000, 5) <= 5, String(minutes));
  }
});
