// An LLRP reader made of somebody else's library, for llrp_reader_test.cc: node llrp_reader.mjs.
// Prints "port N", then a line for each thing it was told, and ends when it was answered a
// keepalive, or after 20 s. Needs `npm ci` here.
import llrpjs from "llrpjs";

const { LLRPServer, LLRPCore } = llrpjs;
const SECONDS_MAX = 20;
const TAGS = 25;
const FIRST_SEEN_MS = Date.parse("2026-05-08T08:00:55.160Z");

const reader = new LLRPServer({ host: "127.0.0.1", port: 0 });
const say = (line) => process.stdout.write(line + "\n");
const end = (code) => { process.exitCode = code; setTimeout(() => process.exit(code), 100); };
setTimeout(() => { say("nobody came to an end"); end(1); }, SECONDS_MAX * 1000).unref();
reader.on("error", (error) => { say("error " + error.message); });

const status = { LLRPStatus: { StatusCode: "M_Success", ErrorDescription: "" } };
const answer = (name, more = {}) => reader.send(new LLRPCore[name]({ data: { ...status, ...more } }));

let rospec = 0;
const tag = (i) => ({
  ...(i % 5 === 0 ? { EPCData: { EPC: [0xe2, 0x80, ...Array(13).fill(0x11), i] } }
                  : { EPC_96: { EPC: [0x30, ...Array(10).fill(0), i] } }),
  ROSpecID: { ROSpecID: rospec },
  AntennaID: { AntennaID: 1 + (i % 4) },
  PeakRSSI: { PeakRSSI: -40 - i },
  FirstSeenTimestampUTC: { Microseconds: new Date(FIRST_SEEN_MS + i * 1000) },
  LastSeenTimestampUTC: { Microseconds: new Date(FIRST_SEEN_MS + i * 1000 + 500) },
  TagSeenCount: { TagCount: 3 },
});

const event = (more) => reader.send(new LLRPCore.READER_EVENT_NOTIFICATION({
  data: { ReaderEventNotificationData: { UTCTimestamp: { Microseconds: new Date() }, ...more } },
}));

reader.on("connection", () => event({ ConnectionAttemptEvent: { Status: "Success" } }));
reader.on("GET_READER_CONFIG", () => answer("GET_READER_CONFIG_RESPONSE", {
  Identification: { IDType: "MAC_Address", ReaderID: [0x00, 0x16, 0x25, 0xff, 0xff, 0x11, 0x25, 0xd6] },
}));
reader.on("GET_ROSPECS", () => answer("GET_ROSPECS_RESPONSE"));
reader.on("SET_READER_CONFIG", (message) => {
  say("config " + JSON.stringify(message.toLLRPData().data));
  answer("SET_READER_CONFIG_RESPONSE");
});
reader.on("DELETE_ROSPEC", () => answer("DELETE_ROSPEC_RESPONSE"));
reader.on("ADD_ROSPEC", (message) => {
  const data = message.toLLRPData().data;
  rospec = data.ROSpec.ROSpecID;
  say("rospec " + JSON.stringify(data));
  answer("ADD_ROSPEC_RESPONSE");
});
reader.on("ENABLE_ROSPEC", () => answer("ENABLE_ROSPEC_RESPONSE"));
reader.on("START_ROSPEC", () => answer("START_ROSPEC_RESPONSE"));
reader.on("ENABLE_EVENTS_AND_REPORTS", async () => {
  for (let i = 0; i < TAGS; i += 5) {
    const tags = [0, 1, 2, 3, 4].map((k) => tag(i + k));
    await reader.send(new LLRPCore.RO_ACCESS_REPORT({ data: { TagReportData: tags } }));
  }
  await reader.send(new LLRPCore.KEEPALIVE({ id: 4711, data: {} }));
});
reader.on("KEEPALIVE_ACK", (message) => {
  say("acknowledged " + message.getMessageId());
  end(0);
});

reader.listen();
reader._server.on("listening", () => say("port " + reader._server.address().port));
