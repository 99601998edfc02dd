import assert from "node:assert/strict";
import { test } from "node:test";
import { SseReader } from "./sse.js";

const STREAM = ": hello\n\nevent: changes\nid: 12\ndata: [1,\ndata: 2]\n\n:beat\n\r\nid: 13\r\ndata:x\r\n\r\nevent: resync\ndata:\n\n";
const EVENTS = [
  { event: "changes", id: "12", data: "[1,\n2]" },
  { event: "message", id: "13", data: "x" },
  { event: "resync", id: "13", data: "" },
];

test("a stream cut at any place gives the same events", () => {
  for (let cut = 0; cut <= STREAM.length; ++cut) {
    const reader = new SseReader();
    const told = [...reader.read(STREAM.slice(0, cut)), ...reader.read(STREAM.slice(cut))];
    assert.deepEqual(told, EVENTS, `cut at ${cut}`);
  }
});

test("a stream that comes a character at a time gives the same events", () => {
  const reader = new SseReader();
  assert.deepEqual([...STREAM].flatMap((char) => reader.read(char)), EVENTS);
});

test("what has no data is no event, and a comment is none", () => {
  assert.deepEqual(new SseReader().read("event: changes\nid: 1\n\n: beat\n\n"), []);
});

test("an event larger than anything sensible costs only itself", () => {
  const reader = new SseReader();
  const huge = `data: ${"x".repeat(5_000_000)}\n\n`;
  assert.deepEqual(reader.read(`${huge}data: y\n\n`).map((one) => one.data), ["y"]);
});
