import assert from "node:assert/strict";
import { test } from "node:test";
import { address, Api, ApiError, is_aborted, is_passing, OfflineError, SAVED_HEADER } from "./api.js";

type Asked = { url: string; init: RequestInit };

function api_that(answers: (Response | Error)[]): { api: Api; asked: Asked[]; reached: boolean[] } {
  const asked: Asked[] = [];
  const reached: boolean[] = [];
  const api = new Api("http://race.test/live/", (url, init = {}) => {
    asked.push({ url: String(url), init });
    const next = answers.shift();
    return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error("none"));
  });
  api.on_reached = (one) => reached.push(one);
  return { api, asked, reached };
}

const json = (data: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(data), { headers });

test("an address leaves out what is absent or empty", () => {
  assert.equal(address("api/v1/x", { race: "half", sex: "", from: 0, limit: undefined }),
    "api/v1/x?race=half&from=0");
});

test("the second reading asks by ETag and 304 gives the same object", async () => {
  const { api, asked } = api_that([json({ n: 1 }, { etag: '"a"' }), new Response(null, { status: 304 })]);
  const first = await api.get("api/v1/races");
  const second = await api.get("api/v1/races");
  assert.equal(asked[0]?.url, "http://race.test/live/api/v1/races");
  assert.equal(new Headers(asked[1]?.init.headers).get("if-none-match"), '"a"');
  assert.equal(second.data, first.data);
  assert.equal(second.same, true);
});

test("what the server refuses comes with its own words", async () => {
  const body = { title: "Not Found", status: 404, detail: "found the race 'x', expected half" };
  const { api } = api_that([new Response(JSON.stringify(body), { status: 404 })]);
  await assert.rejects(api.get("api/v1/x"), (error: unknown) =>
    error instanceof ApiError && error.status === 404 && error.message === body.detail);
});

test("a refusal that is no JSON is still a refusal", async () => {
  const { api } = api_that([new Response("<html>", { status: 500, statusText: "Broken" })]);
  await assert.rejects(api.get("api/v1/x"), (error: unknown) =>
    error instanceof ApiError && error.status === 500);
});

test("nobody answering is offline; an answer from the store is, too", async () => {
  const { api, reached } = api_that([new TypeError("failed to fetch"),
    json({}, { [SAVED_HEADER]: "1" }), new Response(null, { status: 502 })]);
  await assert.rejects(api.get("api/v1/x"), OfflineError);
  assert.equal((await api.get("api/v1/x")).saved, true);
  await assert.rejects(api.get("api/v1/x"), OfflineError);
  assert.deepEqual(reached.slice(0, 2), [false, false]);
});

test("an abort is the caller's own doing and not a broken line", async () => {
  const { api, reached } = api_that([new DOMException("stopped", "AbortError")]);
  await assert.rejects(api.get("api/v1/x"), is_aborted);
  assert.deepEqual(reached, []);
});

test("a write carries the token against forgery", async () => {
  const { api, asked } = api_that([json({ seq: 1 })]);
  api.csrf = "secret";
  assert.deepEqual(await api.post("api/v1/facts", { kind: "note" }), { seq: 1 });
  assert.equal(new Headers(asked[0]?.init.headers).get("x-csrf-token"), "secret");
});

test("too many at once passes by itself, a name that is not there does not", () => {
  assert.ok(is_passing(new OfflineError(undefined)));
  assert.ok(is_passing(new ApiError(429, "Too Many Requests", "")));
  assert.ok(!is_passing(new ApiError(404, "Not Found", "")));
});
