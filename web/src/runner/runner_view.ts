import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { AsOf, Change, Moment, Race, Runner, RunnerInfo } from "../contract.js";
import { clock } from "../format.js";
import { href } from "../route.js";
import { has_signed_in } from "../signed_in.js";
import { vars } from "../vars.js";
import { View } from "../view.js";
import { fan_at, fan_columns, split_rows, whereabouts, type SplitRow } from "./course.js";
import { earlier_words } from "./earlier.js";
import { followed, is_followed, toggle } from "./follow.js";
import { why_this_split, why_this_time } from "./why.js";
import "./runner_view.css";

/** The likely place on the course is drawn anew this often. */
const STEP_MS = 5_000;
const MARK_MS = 3_000;

/** One runner: where now, splits, projection, moments, and why the time is what it is. */
class RunnerView extends View {
  static override properties = {
    ...View.properties, runner_: { state: true }, moments_: { state: true }, now_ms_: { state: true },
    follows_: { state: true }, chart_: { state: true }, new_point_: { state: true },
    open_point_: { state: true },
  };

  private declare runner_: RunnerInfo | undefined;
  private declare moments_: Moment[];
  private declare now_ms_: number;
  private declare follows_: boolean;
  /** The drawing of the projection is a chunk of its own, read when there is one to draw. */
  private declare chart_: boolean;
  private declare new_point_: string | undefined;
  /** Whose split is explained; one at a time. */
  private declare open_point_: string | undefined;
  private of_ = "";
  private as_of_: { ms: number; read_at: number } | undefined;
  private clock_: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.moments_ = [];
    this.now_ms_ = 0;
    this.follows_ = false;
    this.chart_ = false;
  }

  private get bib_(): string | undefined {
    return this.route.params["bib"];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.clock_ = setInterval(() => { if (!document.hidden) this.tick_(); }, STEP_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.clock_);
  }

  protected override concerns(change: Change): boolean {
    if (change.race !== this.race?.id) return false;
    return change.bib === this.bib_ || change.kind === "version" || change.kind === "gun";
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("route")) return;
    const of = `${this.race?.id}\n${this.bib_}`;
    if (this.of_ !== "" && of !== this.of_) {
      this.runner_ = undefined;
      this.open_point_ = undefined;
      void this.load_now();
    }
    this.of_ = of;
    const { event } = this.context;
    this.follows_ = is_followed(followed(event, localStorage), this.race?.id ?? "", this.bib_ ?? "");
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const race = this.race, bib = this.bib_;
    if (!race || bib === undefined) return;
    const { data } = await this.context.api.get<Runner>(
      `api/v1/runners/${encodeURIComponent(race.id)}/${encodeURIComponent(bib)}`, {}, signal);
    this.told(data.as_of);
    this.keep_time_(data.as_of);
    this.mark_new_(this.runner_, data.runner);
    this.runner_ = data.runner;
    this.moments_ = data.moments;
    this.named(data.runner.name);
    if ((data.runner.fan?.length ?? 0) > 1 && !this.chart_) {
      void import("./fan_chart.js").then(() => { this.chart_ = true; });
    }
  }

  private mark_new_(before: RunnerInfo | undefined, now: RunnerInfo): void {
    if (!before || before.bib !== now.bib || before.last?.point === now.last?.point || !now.last) return;
    const { words, format } = this.context;
    this.new_point_ = now.last.point;
    this.say(words.last_at(format.point(now.last.point), format.time(now.last.at)));
    setTimeout(() => { this.new_point_ = undefined; }, MARK_MS);
  }

  /** The dial is the server's: the reader's own may be minutes off. */
  private keep_time_(as_of: AsOf): void {
    this.as_of_ = { ms: Date.parse(as_of.at), read_at: performance.now() };
    this.tick_();
  }

  private tick_(): void {
    if (this.as_of_) this.now_ms_ = this.as_of_.ms + performance.now() - this.as_of_.read_at;
  }

  protected override render(): TemplateResult {
    const { words } = this.context;
    const race = this.race, runner = this.runner_;
    if (!race || this.bib_ === undefined) {
      return html`<h1>${words.find_runner}</h1><p class="lede"><a href=${href("board", { race: race?.id })}
        >${words.choose_runner}</a></p>`;
    }
    if (!runner) {
      return this.trouble ? html`<h1>${words.bib_n(this.bib_)}</h1><p class="lede" role="alert">${
        words.failed(this.trouble.message)}</p>` : html`<div class="waiting"></div>`;
    }
    return html`
      ${this.head_(runner, race)}
      ${this.facts_(runner)}
      ${this.course_(runner, race)}
      <div class="two">
        <section aria-labelledby="splits"><h2 id="splits">${words.splits}</h2>${this.splits_(runner, race)}</section>
        ${this.fan_(runner, race)}
      </div>
      ${this.told_()}
      <details class="why"><summary>${words.why_this_time}</summary>
        <ul>${why_this_time(runner, race, this.context.format).map((one) => html`<li>${one}</li>`)}</ul></details>`;
  }

  private head_(runner: RunnerInfo, race: Race): TemplateResult {
    const { words, races } = this.context;
    const about = [words.bib_n(runner.bib), races.length > 1 ? race.name : "", runner.division ?? "",
      runner.age === undefined ? "" : String(runner.age), runner.club ?? "", runner.team ?? "",
      words.status[runner.status] ?? runner.status].filter((text) => text !== "");
    return html`<div class="runner-head">
      <div><h1><bdi>${runner.name}</bdi></h1>
        <p class="about">${about.map((text, n) => html`${n > 0 ? " · " : nothing}<span>${text}</span>`)}</p>
        ${runner.before ? html`<p class="about">${earlier_words(runner.before, words).join(" · ")}</p>` : nothing}</div>
      <button class="button" aria-pressed=${this.follows_} @click=${() => this.follow_(runner, race)}>
        ${this.follows_ ? words.followed : words.follow}</button>
    </div>`;
  }

  private follow_(runner: RunnerInfo, race: Race): void {
    const now = toggle(this.context.event, { race: race.id, bib: runner.bib, name: runner.name }, localStorage);
    this.follows_ = is_followed(now, race.id, runner.bib);
  }

  private facts_(runner: RunnerInfo): TemplateResult {
    const { words, format } = this.context;
    const place = (n: number | undefined, of: string): [string, string][] =>
      n === undefined ? [] : [[of, format.count(n)]];
    const shared = runner.shared ? ` (${words.shared_place})` : "";
    const facts: [string, string][] = [
      ...(runner.official_ms === undefined ? [] : [[words.official_time, format.official(runner.official_ms)]] as [string, string][]),
      ...(runner.projected ? [[words.projected_finish, format.projected(runner.projected)]] as [string, string][] : []),
      ...place(runner.place, words.place_overall + shared),
      ...place(runner.place_sex, runner.sex ? words.sex[runner.sex] : ""),
      ...place(runner.place_division, runner.division ?? words.division),
      ...(runner.net_ms === undefined ? [] : [[words.net_time, format.tenths(runner.net_ms)]] as [string, string][]),
      ...(runner.gun_ms === undefined ? [] : [[words.gun_time, format.tenths(runner.gun_ms)]] as [string, string][]),
    ];
    return html`<dl class="facts">${facts.map(([name, value]) =>
      html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  private course_(runner: RunnerInfo, race: Race): TemplateResult {
    const { words, format } = this.context;
    const where = whereabouts(runner, race, this.now_ms_);
    const at = (metres: number): string => `${((metres / race.distance_m) * 100).toFixed(2)}%`;
    const { last, next } = runner;
    const said = [
      last ? words.last_at(format.point(last.point), format.time(last.at)) : words.no_splits,
      !next || runner.status !== "RUN" ? "" : where?.late ? words.overdue_at(format.point(next.point))
        : words.expected_at(format.point(next.point), format.time(next.at), format.time(next.low_at), format.time(next.high_at)),
    ].join(" ");
    const shown = where && (where.likely_m ?? where.seen_m);
    return html`<figure class="course">
      <div class="track" aria-hidden="true">
        ${where ? html`<i class="seen" ${vars({ width: at(where.seen_m) })}></i>` : nothing}
        ${where?.likely_m === undefined ? nothing : html`<i class="likely"
          ${vars({ left: at(where.seen_m), width: at(where.likely_m - where.seen_m) })}></i>`}
        ${race.points.filter((point) => !point.spotter).map((point) => html`<i class="tick"
          ${vars({ left: at(point.distance_m) })}></i>`)}
        ${this.names_(race).map((point) => html`<span ${vars({ left: at(point.distance_m) })}>${format.point(point.id)}</span>`)}
        ${shown === undefined ? nothing : html`<i class="here ${where?.likely_m === undefined ? "" : "is-likely"}"
          ${vars({ left: at(shown) })}></i>`}
      </div>
      <figcaption>${said}</figcaption>
    </figure>`;
  }

  /** Points whose names have room below the line. */
  private names_(race: Race): Race["points"] {
    const room = race.distance_m / (innerWidth < 600 ? 5 : 11);
    const named: Race["points"] = [];
    const finish = race.points[race.points.length - 1];
    for (const point of race.points) {
      const before = named[named.length - 1];
      if (point.spotter || point === finish) continue;
      if (before && point.distance_m - before.distance_m < room) continue;
      if (finish && finish.distance_m - point.distance_m < room) continue;
      named.push(point);
    }
    return finish ? [...named, finish] : named;
  }

  private splits_(runner: RunnerInfo, race: Race): TemplateResult {
    const { words } = this.context;
    return html`<table class="plain splits">
      <thead><tr><th scope="col">${words.point}</th><th scope="col" class="num wide">${words.clock_of_day}</th>
        <th scope="col" class="num">${words.net}</th><th scope="col" class="num">${words.place_short}</th>
        <th scope="col" class="num">${words.pace_km}</th><th scope="col" class="num wide">${words.projected_then}</th></tr></thead>
      <tbody>${split_rows(runner, race).map((row) => this.split_(runner, row))}</tbody></table>`;
  }

  private split_(runner: RunnerInfo, row: SplitRow): TemplateResult {
    const { words, format } = this.context;
    const { split } = row;
    const name = this.point_(row, runner);
    if (split?.missed) {
      return html`<tr>${name}<td colspan="5" class="missed">${
        words.missed_mat(clock(split.missed.low_ms), clock(split.missed.high_ms))}</td></tr>${this.why_split_(runner, row)}`;
    }
    if (split?.net_ms === undefined) {
      const next = runner.next?.point === row.point && runner.status === "RUN" ? runner.next : undefined;
      return html`<tr class="ahead">${name}<td colspan="5">${next ? html`${words.expected} ${format.minute(next.at)}
        (${format.minute(next.low_at)}–${format.minute(next.high_at)})` : "\u00a0"}</td></tr>`;
    }
    return html`<tr class=${this.new_point_ === row.point ? "is-marked" : ""}>${name}
      <td class="num wide">${split.at ? format.time(split.at) : nothing}</td>
      <td class="num"><strong>${format.tenths(split.net_ms)}</strong>
        <span class="under only-small">${split.at ? format.time(split.at) : nothing}</span></td>
      <td class="num">${split.place === undefined ? nothing : format.count(split.place)}</td>
      <td class="num">${row.ms_per_km === undefined ? nothing : clock(row.ms_per_km)}</td>
      <td class="num wide">${this.projected_then_(row)}</td></tr>${this.why_split_(runner, row)}`;
  }

  /** The name of a point opens why its time is what it is, where there is something to say. */
  private point_(row: SplitRow, runner: RunnerInfo): TemplateResult {
    const { words, format } = this.context;
    const point = format.point(row.point);
    if (!row.split || why_this_split(row.split, runner, format).length === 0) return html`<th scope="row">${point}</th>`;
    const is_open = this.open_point_ === row.point;
    return html`<th scope="row"><button class="why-key" aria-expanded=${is_open ? "true" : "false"}
      title=${words.why_this_time} aria-label=${words.why_point(point)}
      @click=${() => this.open_(is_open ? undefined : row.point)}>${point}</button></th>`;
  }

  private open_(point: string | undefined): void {
    this.open_point_ = point;
    // Only where somebody signed in on this device is it worth asking for more.
    if (point !== undefined && has_signed_in(localStorage)) void import("../officials/split_reads.js");
  }

  private why_split_(runner: RunnerInfo, { split, point }: SplitRow): TemplateResult | typeof nothing {
    if (!split || this.open_point_ !== point) return nothing;
    return html`<tr class="why-split"><td colspan="6"><ul>${why_this_split(split, runner, this.context.format).map((one) =>
        html`<li>${one}</li>`)}</ul>
      <hs-split-reads .context=${this.context} .race=${this.race?.id ?? ""} .bib=${runner.bib} .point=${point}
        .state_of=${runner}></hs-split-reads></td></tr>`;
  }

  private projected_then_(row: SplitRow): string {
    if (!row.fan) return "";
    const [low_ms, ms, high_ms] = [0.1, 0.5, 0.9].map((share) => row.fan && fan_at(row.fan, share));
    if (low_ms === undefined || ms === undefined || high_ms === undefined) return "";
    return this.context.format.projected({ ms, low_ms, high_ms });
  }

  private fan_(runner: RunnerInfo, race: Race): TemplateResult | typeof nothing {
    const { words } = this.context;
    const columns = fan_columns(runner, race);
    if (columns.km.length < 2) return nothing;
    const finish = runner.status === "FIN" ? runner.net_ms : undefined;
    const text = [words.projection_caption,
      finish === undefined ? "" : words.projection_finished(clock(finish))].join(" ");
    return html`<section aria-labelledby="projection"><h2 id="projection">${words.projection}</h2>
      <figure class="fan-room">${this.chart_ ? html`<hs-fan-chart .columns=${columns} .finish_ms=${finish}
        .course_km=${race.distance_m / 1000} .described=${text}></hs-fan-chart>` : nothing}</figure>
      <p class="caption">${text}</p></section>`;
  }

  private told_(): TemplateResult | typeof nothing {
    const { words } = this.context;
    if (this.moments_.length === 0) return nothing;
    return html`<section aria-labelledby="told"><h2 id="told">${words.moments}</h2>
      ${this.moments_.map((moment) => html`<article class="own t-${moment.theme}">
        <p class="kicker">${words.theme[moment.theme] ?? moment.theme}</p>
        <h3>${moment.headline}</h3><p class="text">${moment.text}</p></article>`)}</section>`;
  }
}

customElements.define("hs-runner", RunnerView);
