import { html, nothing, type TemplateResult } from "lit";
import type { Context } from "../view.js";
import { ago, mat_state, spark_path } from "./health.js";
import type { ConsoleState, Mat, Reader } from "./official_contract.js";
import type { OfficialWords } from "./words.js";

type Cell = [name: string, value: TemplateResult | string];
const cells = (all: Cell[]): TemplateResult =>
  html`<dl>${all.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** "vor 12 s", on the clock that is `now_ms`. */
export function ago_words(context: Context, words: OfficialWords, at: string | undefined, now_ms: number): string {
  const then = Date.parse(at ?? "");
  if (Number.isNaN(then)) return words.never;
  const { n, unit } = ago(now_ms - then);
  return words.ago(context.format.count(n), unit);
}

/** Every device and port: who is connected, how long it has been quiet, what troubles it. */
export function reader_list(context: Context, words: OfficialWords, readers: readonly Reader[], now_ms: number): TemplateResult {
  if (readers.length === 0) return html`<p class="quiet">${words.no_readers}</p>`;
  return html`<ul class="devices">${readers.map((one) => reader(context, words, one, now_ms))}</ul>`;
}

function reader(context: Context, words: OfficialWords, one: Reader, now_ms: number): TemplateResult {
  const { format } = context;
  const rate = one.reads_per_minute ?? [];
  const seconds = (ms: number): string => `${ms < 0 ? "−" : "+"}${format.count(Math.abs(ms) / 1000)}`;
  const bad = one.bad ? words.bad(format.count(one.bad)) : "";
  const spool = one.spool_bytes ? words.waits_in_spool(format.count(Math.ceil(one.spool_bytes / 1024))) : "";
  return html`<li class="is-${one.state}"><p class="device"><strong>${one.name || one.id}</strong>
      <span class="state">${words.reader_state[one.state] ?? one.state}</span>
      <small class="quiet">${[one.device, one.peer || one.address].filter((text) => !!text).join(" · ")}</small></p>
    ${cells([
      [words.mat, (one.mats ?? one.locations ?? []).join(", ") || "–"],
      [words.last_read, ago_words(context, words, one.last_read_at, now_ms)],
      [words.per_minute, spark(words, rate, format.count(rate.at(-1) ?? 0))],
      [words.reads, format.count(one.reads)],
      [words.clock_ahead, one.clock_ahead_ms === undefined ? "–" : words.seconds(seconds(one.clock_ahead_ms))],
      [words.battery, one.battery_percent === undefined ? "–" : `${one.battery_percent} %`],
    ])}
    ${one.trouble ? html`<p class="problem">${one.trouble}</p>` : nothing}
    ${bad || spool ? html`<p class="device-note">${[bad, spool].filter((text) => text).join(" · ")}</p>` : nothing}</li>`;
}

function spark(words: OfficialWords, rate: readonly number[], now: string): TemplateResult {
  const path = spark_path(rate);
  return html`<span class="spark">${path ? html`<svg viewBox="0 0 100 20" preserveAspectRatio="none" role="img"
    aria-label=${words.per_minute_now(now)}><path d=${path} /></svg>` : nothing}<span>${now}</span></span>`;
}

const WANT = { act: 0, look: 1, nothing: 2 } as const;

/** The mats: what share they hear, and what to do about it; the worst first. */
export function mat_list(context: Context, words: OfficialWords, mats: readonly Mat[]): TemplateResult {
  const told = mats.map((mat) => ({ mat, state: mat_state(mat) }))
    .sort((a, b) => WANT[a.state.wants] - WANT[b.state.wants]);
  return html`<ul class="devices mats">${told.map(({ mat, state }) => {
    const { format } = context;
    const share = state.share === undefined ? words.not_passed
      : words.heard_of(percent(state.share, context), format.count(mat.passed));
    const advice = state.wants === "act" ? words.mat_act(format.minute(state.silent_since ?? ""),
      format.count(state.silent_heard), format.count(state.silent_passed))
      : state.wants === "look" ? words.mat_look : state.share === undefined ? "" : words.mat_good;
    return html`<li class="wants-${state.wants}"><p class="device"><strong>${mat.id}</strong>
        <span>${share}</span></p>
      <p class=${state.wants === "act" ? "problem" : "device-note"}>${advice}</p></li>`;
  })}</ul>`;
}

/** "99.8 %", cut: what was not heard is never rounded away. */
export const percent = (share: number, context: Pick<Context, "format">): string =>
  `${context.format.count(Math.floor(share * 1000 + 1e-9) / 10)} %`;

export function mirror_words(words: OfficialWords, context: Context, mirror: ConsoleState["mirror"]): { text: string; bad: boolean } {
  if (!mirror) return { text: words.no_mirror, bad: false };
  if (mirror.behind) return { text: `${words.mirror_behind(context.format.count(mirror.behind))} ${mirror.path}`, bad: true };
  if (mirror.state !== "ok") return { text: `${mirror.path}: ${mirror.state}`, bad: true };
  return { text: `${words.mirror_ok} ${mirror.path}`, bad: false };
}
