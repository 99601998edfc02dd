import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, OfflineError } from "../api.js";
import { parse_known, session_of, sign_in, write } from "./session.js";

const api_with = (status: number, body: unknown): Api =>
  new Api("http://host/", async () => new Response(JSON.stringify(body), { status }));

test("whoever is signed in may write: the header comes from the server", async () => {
  const api = api_with(200, { role: "timer", name: "Sam", csrf: "c1" });
  assert.deepEqual(await session_of(api), { role: "timer", name: "Sam" });
  assert.equal(api.csrf, "c1");
});

test("nobody is nobody, here and on a listener without officials", async () => {
  for (const status of [401, 403, 404]) {
    const api = api_with(status, { title: "No", status });
    api.csrf = "old";
    assert.equal(await session_of(api), undefined);
    assert.equal(api.csrf, undefined);
  }
});

test("no answer is not nobody", async () => {
  const api = new Api("http://host/", async () => { throw new TypeError("network"); });
  await assert.rejects(session_of(api), OfflineError);
});

test("the token goes in the body and nowhere else", async () => {
  let asked: { url: string; body: string } | undefined;
  const api = new Api("http://host/", async (url, init) => {
    asked = { url: String(url), body: String(init?.body) };
    return new Response(JSON.stringify({ role: "referee", name: "Kim", csrf: "c2" }));
  });
  await sign_in(api, "secret", "Kim");
  assert.ok(!asked?.url.includes("secret"));
  assert.deepEqual(JSON.parse(asked?.body ?? ""), { token: "secret", name: "Kim" });
});

test("a role that does not exist is not remembered", () => {
  assert.deepEqual(parse_known('{"role":"timer","name":"Sam"}'), { role: "timer", name: "Sam" });
  assert.equal(parse_known('{"role":"king","name":"Sam"}'), undefined);
  assert.equal(parse_known("{"), undefined);
});

/** A server whose session was taken over in another window: only the right "new" may write. */
function taken_over(session: number): { api: Api; writes: () => number } {
  let writes = 0;
  const api = new Api("http://host/", async (url, init) => {
    if (String(url).endsWith("session")) {
      return new Response(JSON.stringify({ role: "timer", name: "Sam", csrf: "new" }), { status: session });
    }
    writes += 1;
    const right = (init?.headers as Record<string, string>)["x-csrf-token"];
    return new Response(JSON.stringify({ seq: 7 }), { status: right === "new" ? 201 : 403 });
  });
  api.csrf = "old";
  return { api, writes: () => writes };
}

test("a right that another window renewed is asked for again before it is a no", async () => {
  const { api, writes } = taken_over(200);
  assert.deepEqual(await write(api, "api/v1/facts", {}), { seq: 7 });
  assert.equal(writes(), 2);
});

test("a no is a no where nobody is signed in, or the right is the same", async () => {
  const gone = taken_over(401);
  await assert.rejects(write(gone.api, "api/v1/facts", {}), { status: 403 });
  assert.equal(gone.writes(), 1);
  const refused = new Api("http://host/", async (url) => (String(url).endsWith("session")
    ? new Response(JSON.stringify({ role: "announcer", name: "Sam", csrf: "same" }))
    : new Response(JSON.stringify({ title: "Forbidden" }), { status: 403 })));
  refused.csrf = "same";
  await assert.rejects(write(refused, "api/v1/facts", {}), { status: 403 });
});
