import assert from "node:assert/strict";
import { test } from "node:test";
import type { Race, RunnerInfo } from "../contract.js";
import { fan_at, fan_columns, split_rows, whereabouts } from "./course.js";

const race = { id: "r", distance_m: 20_000, points: [{ id: "start", distance_m: 0 },
  { id: "10k", distance_m: 10_000 }, { id: "bridge", distance_m: 12_000, spotter: true },
  { id: "15k", distance_m: 15_000 }, { id: "finish", distance_m: 20_000 }] } as Race;
const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const runner = (more: Partial<RunnerInfo>): RunnerInfo =>
  ({ bib: "1", name: "A", status: "RUN", splits: [], ...more });
const running = runner({ last: { point: "10k", at: at(50) },
  next: { point: "15k", low_at: at(74), at: at(75), high_at: at(77) } });

test("between two mats a runner is likely on the way, at an even pace", () => {
  assert.deepEqual(whereabouts(running, race, 65 * 60_000), { seen_m: 10_000, likely_m: 13_000, late: false });
});

test("nobody is drawn beyond a mat that has not heard them", () => {
  assert.deepEqual(whereabouts(running, race, 90 * 60_000), { seen_m: 10_000, likely_m: 15_000, late: true });
});

test("who has finished is where they were seen and not likely anywhere", () => {
  const done = runner({ status: "FIN", last: { point: "finish", at: at(100) } });
  assert.deepEqual(whereabouts(done, race, 0), { seen_m: 20_000, likely_m: undefined, late: false });
});

test("who was never seen is nowhere", () => {
  assert.equal(whereabouts(runner({}), race, 0), undefined);
});

test("pace over a missed mat is over the whole stretch between two seen ones", () => {
  const rows = split_rows(runner({ splits: [{ point: "10k", net_ms: 3_000_000 },
    { point: "15k", missed: { low_ms: 1, high_ms: 2 } }, { point: "finish", net_ms: 6_500_000 }] }), race);
  assert.deepEqual(rows.map((row) => [row.point, row.ms_per_km]),
    [["10k", 300_000], ["15k", undefined], ["finish", 350_000]]);
});

test("a spotter gives no split and no row", () => {
  assert.ok(!split_rows(runner({}), race).some((row) => row.point === "bridge"));
});

test("a fan is read between its shares and never beyond them", () => {
  const fan = { point: "10k", shares_ms: [[0.1, 100], [0.5, 200], [0.9, 400]] as [number, number][] };
  assert.equal(fan_at(fan, 0.5), 200);
  assert.equal(fan_at(fan, 0.7), 300);
  assert.equal(fan_at(fan, 0.05), undefined);
});

test("the picture has a column for each fan that says low, middle and high", () => {
  const columns = fan_columns(runner({ fan: [
    { point: "start", shares_ms: [[0.1, 1], [0.5, 2], [0.9, 3]] },
    { point: "10k", shares_ms: [[0.5, 2]] },
    { point: "15k", shares_ms: [[0.05, 1], [0.5, 2], [0.95, 3]] }] }), race);
  assert.deepEqual(columns.km, [0, 15]);
  assert.equal(columns.middle[1], 2);
});
