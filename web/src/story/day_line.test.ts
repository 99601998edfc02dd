import assert from "node:assert/strict";
import { test } from "node:test";
import type { Moment } from "../contract.js";
import { busiest, coarser, day_of, hours_of, river_path } from "./day_line.js";

const moment = (id: string, at?: string): Moment =>
  ({ id, kind: "k", theme: "line", race: "r", bibs: [], headline: "", text: "", evidence: [], ...(at ? { at } : {}) });

test("marks keep the number under which their moment is told", () => {
  const day = day_of([moment("late", "2026-05-08T12:00:00Z"), moment("never"),
    moment("early", "2026-05-08T10:00:00Z")], "2026-05-08T08:00:00Z", 0.03);
  assert.deepEqual(day?.marks.map((mark) => [mark.moment.id, mark.number, mark.at]),
    [["early", 3, 0.5], ["late", 1, 1]]);
});

test("moments of one minute stand above each other", () => {
  const day = day_of([moment("a", "2026-05-08T10:00:00Z"), moment("b", "2026-05-08T10:00:30Z"),
    moment("c", "2026-05-08T12:00:00Z")], "2026-05-08T08:00:00Z", 0.03);
  assert.deepEqual(day?.marks.map((mark) => mark.lane), [0, 1, 0]);
  assert.equal(day?.lanes, 2);
});

test("on a narrow screen the same moments need more lanes, and never more than there are", () => {
  const crowd = Array.from({ length: 12 }, (_, n) => moment(String(n), `2026-05-08T11:${30 + n}:00Z`));
  assert.equal(day_of(crowd, "2026-05-08T08:00:00Z", 0.001)?.lanes, 1);
  assert.equal(day_of(crowd, "2026-05-08T08:00:00Z", 0.09)?.lanes, 5);
});

test("without an instant there is no day", () => {
  assert.equal(day_of([moment("a")], "2026-05-08T08:00:00Z", 0.03), undefined);
});

const river = { from_at: "2026-05-08T10:00:00Z", minutes: 1, finishers: [0, 4, 1, 0] };

test("the river makes a day by itself, and a longer one of the moments", () => {
  const alone = day_of([], "2026-05-08T08:00:00Z", 0.03, river);
  assert.equal(new Date(alone?.to_ms ?? 0).toISOString(), "2026-05-08T10:04:00.000Z");
  assert.equal(alone?.lanes, 0);
  const both = day_of([moment("a", "2026-05-08T09:02:00Z")], "2026-05-08T08:00:00Z", 0.03, river);
  assert.equal(both?.marks[0]?.at, 0.5);
});

test("the river is one silhouette, highest where most came in", () => {
  const day = day_of([], undefined, 0.03, river);
  assert.ok(day);
  assert.equal(river_path(river, day), "M0.0 1000V1000H250.0V0H500.0V750H750.0V1000H1000.0V1000Z");
  assert.deepEqual(busiest(river), { at: "2026-05-08T10:01:00.000Z", most: 4 });
});

test("a narrow river has fewer bars, and everybody is in them", () => {
  assert.equal(coarser(river, 4), river);
  assert.deepEqual(coarser(river, 2), { ...river, minutes: 2, finishers: [4, 1] });
  assert.deepEqual(coarser({ ...river, finishers: [1, 1, 1] }, 2), { ...river, minutes: 2, finishers: [2, 1] });
});

test("hours are whole and inside the day", () => {
  const day = day_of([moment("a", "2026-05-08T15:10:00Z")], "2026-05-08T08:30:00Z", 0.03);
  assert.ok(day);
  const hours = hours_of(day).map((hour) => new Date(hour.ms).toISOString().slice(11, 16));
  assert.deepEqual(hours, ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"]);
});
