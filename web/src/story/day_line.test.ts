import assert from "node:assert/strict";
import { test } from "node:test";
import type { Moment } from "../contract.js";
import { day_of, hours_of } from "./day_line.js";

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

test("hours are whole and inside the day", () => {
  const day = day_of([moment("a", "2026-05-08T15:10:00Z")], "2026-05-08T08:30:00Z", 0.03);
  assert.ok(day);
  const hours = hours_of(day).map((hour) => new Date(hour.ms).toISOString().slice(11, 16));
  assert.deepEqual(hours, ["09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"]);
});
