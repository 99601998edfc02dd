import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { Change } from "./contract.js";
import { Live, retry_ms, touches, type Line } from "./live.js";

const change = (seq: number, orders?: string[]): Change =>
  ({ seq, at: "2026-05-08T10:00:00Z", race: "half", kind: "split", ...(orders ? { orders } : {}) });

/** A server that answers the n-th request by the n-th function, and what the page heard of it. */
async function heard_from(answers: ((request: IncomingMessage, response: ServerResponse) => void)[],
                          until: (live: Live, told: string[]) => boolean): Promise<string[]> {
  const told: string[] = [];
  let n = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(n++, answers.length - 1)];
    told.push(`asked after ${request.headers["last-event-id"] ?? "nothing"}`);
    answer?.(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const live = new Live(() => `http://127.0.0.1:${port}/events`);
  const ended = new Promise<void>((done) => {
    const check = (): void => { if (until(live, told)) done(); };
    live.add({
      on_changes: (changes) => { told.push(`changes ${changes.map((one) => one.seq).join(" ")}`); check(); },
      on_resync: () => { told.push("resync"); check(); },
      on_line: (line: Line) => { told.push(line); if (line === "offline") setTimeout(() => live.nudge(), 5); check(); },
    });
  });
  live.follow("7");
  await ended;
  live.stop();
  server.closeAllConnections();
  server.close();
  return told;
}

const stream = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(text);
};
const event = (id: number): string => `event: changes\nid: ${id}\ndata: ${JSON.stringify([change(id)])}\n\n`;

test("after a broken line it goes on after the last change it was given", async () => {
  const told = await heard_from([
    (_request, response) => { stream(response, event(8) + event(9)); response.end(); },
    (_request, response) => stream(response, event(10)),
  ], (_live, all) => all.includes("changes 10"));
  assert.deepEqual(told, ["asked after 7", "live", "changes 8", "changes 9", "offline",
    "asked after 9", "live", "changes 10"]);
});

test("a server that refuses is offline, not live", async () => {
  const told = await heard_from([
    (_request, response) => { response.writeHead(503); response.end(); },
    (_request, response) => stream(response, event(8)),
  ], (_live, all) => all.includes("changes 8"));
  assert.deepEqual(told, ["asked after 7", "offline", "asked after 7", "live", "changes 8"]);
});

test("resync is told and the next connection begins now", async () => {
  const told = await heard_from([
    (_request, response) => { stream(response, "event: resync\ndata: {}\n\n"); response.end(); },
    (_request, response) => stream(response, event(20)),
  ], (_live, all) => all.includes("changes 20"));
  assert.deepEqual(told, ["asked after 7", "live", "resync", "offline", "asked after nothing",
    "live", "changes 20"]);
});

test("resync that says where the stream goes on is gone on from there", async () => {
  const told = await heard_from([
    (_request, response) => { stream(response, 'event: resync\nid: 90.2\ndata: {"after":"90.2"}\n\n' + event(91)); response.end(); },
    (_request, response) => stream(response, event(92)),
  ], (_live, all) => all.includes("changes 92"));
  assert.deepEqual(told, ["asked after 7", "live", "resync", "changes 91", "offline", "asked after 91",
    "live", "changes 92"]);
});

test("an event that is no JSON costs itself only", async () => {
  const told = await heard_from([
    (_request, response) => stream(response, "event: changes\nid: 8\ndata: {broken\n\n" + event(9)),
  ], (_live, all) => all.includes("changes 9"));
  assert.deepEqual(told, ["asked after 7", "live", "changes 9"]);
});

test("waiting grows to half a minute at most and is never the same for everybody", () => {
  assert.equal(retry_ms(1, 1), 1000);
  assert.equal(retry_ms(1, 0), 500);
  assert.equal(retry_ms(100, 1), 30_000);
});

test("a change touches the orders it names and what they are part of", () => {
  const one = change(1, ["half/10k/W30"]);
  assert.ok(touches(one, "half/10k"));
  assert.ok(touches(one, "half/10k/W30"));
  assert.ok(!touches(one, "half/10k/W3"));
  assert.ok(!touches(one, "half/10"));
  assert.ok(!touches(change(1), "half/10k"));
});
