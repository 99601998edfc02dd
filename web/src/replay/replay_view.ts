import { html, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Change, Race, Replay, ReplayMoment } from "../contract.js";
import { clock } from "../format.js";
import { href } from "../route.js";
import { vars } from "../vars.js";
import { View } from "../view.js";
import { rows_on_screen } from "../board/windows.js";
import { followed } from "../runner/follow.js";
import { draw_course, type CourseColours, type Spot } from "./course_canvas.js";
import { RaceState, type Counts } from "./race_state.js";
import "./replay_view.css";

const SPEEDS = [1, 10, 60, 300] as const;
const PARTS = 160;
const ROW_PX = 40;
const OVER = 4;
/** The order is written this often while it plays; the course at every frame. */
const ORDER_MS = 250;
const MOVE_MS = 220;
/** A moment stays on the course picture this long, in seconds of the race. */
const MOMENT_S = 600;
/** Without a second in the address it opens here: everybody is on the way and can be seen. */
const OPENS_AT_S = 1800;
const SPOTS_MAX = 8;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** The race again: scrubbed by hand or played; the order and the course follow. */
class ReplayView extends View {
  static override properties = {
    ...View.properties, state_: { state: true }, playing_: { state: true }, speed_: { state: true },
    version_: { state: true }, begun_: { state: true },
  };

  private declare state_: RaceState | undefined;
  private declare playing_: boolean;
  private declare speed_: number;
  private declare version_: number;

  /** False: the server has nothing to play yet. */
  private declare begun_: boolean;

  /** The second that is shown. */
  private s_ = 0;
  private frame_ = 0;
  private before_ms_ = 0;
  private ordered_ms_ = 0;
  private order_ = new Int32Array(0);
  private n_ = 0;
  private counts_: Counts = { not_started: 0, on_course: 0, finished: 0, gone: 0 };
  private readonly parts_ = new Float32Array(PARTS);
  private full_ = 1;
  private finishers_ = "";
  /** By the second they are about. */
  private moments_: ReplayMoment[] = [];
  private bib_to_runner_ = new Map<string, number>();
  private screen_ = { first: 0, last: -1 };
  private drawn_at_ = new Map<number, number>();
  private of_ = "";
  private colours_: CourseColours | undefined;
  private readonly scheme_ = matchMedia("(prefers-color-scheme: dark)");

  constructor() {
    super();
    this.playing_ = false;
    this.begun_ = true;
    this.speed_ = 60;
    this.version_ = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("scroll", this.scrolled_, { passive: true });
    addEventListener("resize", this.scrolled_, { passive: true });
    addEventListener("keydown", this.key_down_);
    this.scheme_.addEventListener("change", this.recolour_);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("scroll", this.scrolled_);
    removeEventListener("resize", this.scrolled_);
    removeEventListener("keydown", this.key_down_);
    this.scheme_.removeEventListener("change", this.recolour_);
    cancelAnimationFrame(this.frame_);
    this.playing_ = false;
  }

  /** The whole race is not read again for every split: only when it was published or closed. */
  protected override concerns(change: Change): boolean {
    return change.race === this.race?.id && (change.kind === "version" || !this.begun_);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("route")) return;
    const of = this.race?.id ?? "";
    if (this.of_ !== "" && this.of_ !== of) {
      this.state_ = undefined;
      void this.load_now();
    }
    this.of_ = of;
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const race = this.race;
    if (!race) return;
    const { data, same } = await this.context.api.get<Replay>(
      `api/v1/races/${encodeURIComponent(race.id)}/replay`, {}, signal);
    this.told(data.as_of);
    if (same && this.state_) return;
    this.begun_ = !Number.isNaN(Date.parse(data.first_at ?? ""));
    if (!this.begun_) return;
    const first_time = this.state_ === undefined;
    const state = new RaceState(data, race);
    this.moments_ = data.moments.filter((moment) => Number.isFinite(moment.at_s))
      .sort((a, b) => a.at_s - b.at_s);
    this.order_ = new Int32Array(2 * state.runners);
    this.full_ = state.full(PARTS);
    this.finishers_ = area(state.finishers(180));
    this.bib_to_runner_ = new Map(data.runners.map((runner, n) => [runner.bib, n]));
    this.state_ = state;
    if (first_time) this.s_ = Math.min(state.duration_s, this.asked_s_() ?? Math.min(OPENS_AT_S, state.duration_s / 4));
    this.show_();
  }

  private asked_s_(): number | undefined {
    const asked = Number(this.route.params["t"] ?? NaN);
    return Number.isFinite(asked) ? Math.max(0, asked) : undefined;
  }

  /** The state of second `s_`: field, counts, order. */
  private show_(): void {
    const state = this.state_;
    if (!state) return;
    this.counts_ = state.field(this.s_, this.parts_);
    this.n_ = state.order(this.s_, this.order_);
    this.ordered_ms_ = performance.now();
    this.version_ += 1;
  }

  private play_(): void {
    const state = this.state_;
    if (!state) return;
    this.playing_ = !this.playing_;
    if (!this.playing_) {
      this.keep_();
      return;
    }
    if (this.s_ >= state.duration_s) this.s_ = 0;
    this.before_ms_ = performance.now();
    this.frame_ = requestAnimationFrame(this.step_);
  }

  private readonly step_ = (now: number): void => {
    const state = this.state_;
    if (!this.playing_ || !state) return;
    this.s_ = Math.min(state.duration_s, this.s_ + ((now - this.before_ms_) / 1000) * this.speed_);
    this.before_ms_ = now;
    if (this.s_ >= state.duration_s) {
      this.playing_ = false;
      this.keep_();
      this.show_();
      return;
    }
    if (now - this.ordered_ms_ >= ORDER_MS) this.show_();
    else {
      this.counts_ = state.field(this.s_, this.parts_);
      this.draw_();
    }
    this.frame_ = requestAnimationFrame(this.step_);
  };

  private readonly scrub_ = (event: Event): void => {
    this.s_ = Number((event.target as HTMLInputElement).value);
    this.show_();
  };

  private go_to_(s: number): void {
    this.s_ = s;
    this.show_();
    this.keep_();
  }

  /** The second stands in the address, so that a link leads to it. */
  private readonly keep_ = (): void => {
    history.replaceState(history.state, "",
      href("replay", { ...this.route.params, t: String(Math.round(this.s_)) }));
  };

  private readonly key_down_ = (press: KeyboardEvent): void => {
    const on = press.target as HTMLElement;
    if (press.key !== " " || on.closest("button, input, select, summary, a")) return;
    press.preventDefault();
    this.play_();
  };

  private readonly scrolled_ = (): void => {
    const { first, last } = this.screen_;
    this.look_();
    if (first !== this.screen_.first || last !== this.screen_.last) this.version_ += 1;
    this.draw_();
  };

  private readonly recolour_ = (): void => {
    this.colours_ = undefined;
    this.draw_();
  };

  private look_(): void {
    const rows = this.querySelector(".replay-rows");
    if (rows) this.screen_ = rows_on_screen(rows.getBoundingClientRect().top, innerHeight, ROW_PX, this.n_, OVER);
  }

  protected override updated(): void {
    const { first, last } = this.screen_;
    this.look_();
    if (first !== this.screen_.first || last !== this.screen_.last) this.version_ += 1;
    this.move_rows_();
    this.draw_();
  }

  private move_rows_(): void {
    const now = new Map<number, number>();
    for (const row of this.querySelectorAll<HTMLElement>(".replay-row")) {
      const runner = Number(row.dataset["runner"]), at = Number(row.dataset["index"]);
      now.set(runner, at);
      const before = this.drawn_at_.get(runner);
      if (before === undefined || before === at || CALM.matches) continue;
      row.animate([{ transform: `translateY(${(before - at) * ROW_PX}px)` }, { transform: "none" }],
        { duration: MOVE_MS, easing: "ease-out" });
    }
    this.drawn_at_ = now;
  }

  private draw_(): void {
    const canvas = this.querySelector<HTMLCanvasElement>(".field-picture");
    const state = this.state_;
    if (!canvas || !state) return;
    this.colours_ ??= colours_of(this);
    const length = state.metres[state.metres.length - 1] || 1;
    draw_course(canvas, this.parts_, this.full_, length, this.spots_(state), this.colours_);
    this.write_time_();
  }

  /** The dial and the slider go with every frame, without drawing the rest. */
  private write_time_(): void {
    const { format } = this.context;
    const first = Date.parse(this.state_?.replay.first_at ?? "");
    const set = (of: string, text: string): void => {
      const node = this.querySelector(of);
      if (node && node.textContent !== text) node.textContent = text;
    };
    set(".dial", format.time(new Date(first + this.s_ * 1000).toISOString()));
    set(".since", clock(this.s_ * 1000));
    set(".n-course", format.count(this.counts_.on_course));
    set(".n-finished", format.count(this.counts_.finished));
    const slider = this.querySelector<HTMLInputElement>("input[type=range]");
    if (!slider) return;
    if (this.playing_) slider.value = String(this.s_);
    slider.setAttribute("aria-valuetext", clock(this.s_ * 1000));
    slider.closest<HTMLElement>(".timeline")?.style.setProperty("--at",
      String(this.s_ / (this.state_?.duration_s ?? 1)));
  }

  /** Who is drawn by name: of the moments just told, and whom this reader follows. */
  private spots_(state: RaceState): Spot[] {
    const style = getComputedStyle(this);
    const spots = new Map<number, Spot>();
    const add = (bib: string, colour: string): void => {
      const runner = this.bib_to_runner_.get(bib);
      if (runner === undefined || spots.has(runner) || spots.size >= SPOTS_MAX) return;
      const metres = state.position(runner, this.s_);
      const name = state.replay.runners[runner]?.name ?? bib;
      if (metres !== undefined) spots.set(runner, { metres, colour, text: name });
    };
    const race = this.race?.id;
    for (const one of followed(this.context.event, localStorage)) {
      if (one.race === race) add(one.bib, style.getPropertyValue("--ink"));
    }
    for (const moment of this.moments_) {
      if (Math.abs(moment.at_s - this.s_) > MOMENT_S) continue;
      for (const bib of moment.bibs.slice(0, 2)) add(bib, style.getPropertyValue(`--${colour_of(moment.theme)}`));
    }
    return [...spots.values()];
  }

  protected override render(): TemplateResult {
    const { words } = this.context;
    const race = this.race, state = this.state_;
    if (!race) return html``;
    if (!state) return this.waiting_(race);
    return html`
      <h1 class="board-title">${race.name} <span class="quiet">${words.replay}</span></h1>
      ${this.tabs_(race)}
      <div class="stage">
        ${this.dials_()}
        <canvas class="field-picture" role="img" aria-label=${words.course_picture}></canvas>
        ${this.points_(state)}
        ${this.timeline_(state)}
        ${this.just_told_()}
      </div>
      ${this.all_moments_()}
      <h2 class="then">${words.order_then}</h2>
      <p class="caption">${words.order_then_note}</p>
      <div class="replay-order" role="table" aria-label=${words.order_then} aria-rowcount=${this.n_ + 1}>
        <div role="rowgroup"><div role="row" class="replay-head" aria-rowindex="1">
          <span role="columnheader" class="pl">${words.place_short}</span>
          <span role="columnheader" class="bib">${words.bib}</span>
          <span role="columnheader">${words.name}</span>
          <span role="columnheader" class="dv">${words.division}</span>
          <span role="columnheader">${words.at_point}</span>
          <span role="columnheader" class="tm">${words.time}</span></div></div>
        <div role="rowgroup" class="replay-rows" ${vars({ height: `${this.n_ * ROW_PX}px` })}>${this.rows_(state)}</div>
      </div>`;
  }

  /** Before there is anything to play: it loads, it failed, or the race has not begun. */
  private waiting_(race: Race): TemplateResult {
    const { words } = this.context;
    const said = this.trouble ? words.failed(this.trouble.message)
      : this.begun_ ? words.loading_replay : words.not_begun;
    return html`<h1 class="board-title">${race.name}</h1>${this.tabs_(race)}
      <p class="lede" role="status">${said}</p><div class="waiting"></div>`;
  }

  private tabs_(race: Race): TemplateResult | typeof nothing {
    const { words, races } = this.context;
    if (races.length < 2) return nothing;
    return html`<nav class="tabs" aria-label=${words.race}>${races.map((one) => html`
      <a href=${href("replay", { race: one.id })}
        aria-current=${one === race ? "true" : nothing}>${one.name}</a>`)}</nav>`;
  }

  private dials_(): TemplateResult {
    const { words } = this.context;
    return html`<div class="dials">
      <p class="big"><span class="dial"></span></p>
      <p><strong class="since"></strong> ${words.since_gun}</p>
      <p><strong class="n-course"></strong> ${words.on_the_course}</p>
      <p><strong class="n-finished"></strong> ${words.finished}</p>
    </div>`;
  }

  private points_(state: RaceState): TemplateResult {
    const { format } = this.context;
    const length = state.metres[state.metres.length - 1] || 1;
    const room = innerWidth < 600 ? 0.2 : 0.07;
    let before = -1;
    return html`<div class="points" aria-hidden="true">${state.replay.points.map((id, n) => {
      const at = (state.metres[n] ?? 0) / length;
      const shown = at - before >= room && (at === 1 || 1 - at >= room);
      if (shown) before = at;
      return html`<i ${vars({ left: `${at * 100}%` })}></i>${shown ? html`<span class=${
        at === 0 ? "from" : at === 1 ? "to" : ""} ${vars({ left: `${at * 100}%` })}>${format.point(id)}</span>` : nothing}`;
    })}</div>`;
  }

  private timeline_(state: RaceState): TemplateResult {
    const { words } = this.context;
    return html`<div class="player">
      <button class="button play" @click=${() => this.play_()}>${this.playing_ ? words.pause : words.play}</button>
      <label class="speed"><span class="unseen">${words.speed}</span>
        <select @change=${(event: Event) => { this.speed_ = Number((event.target as HTMLSelectElement).value); }}>
          ${SPEEDS.map((speed) => html`<option value=${speed} .selected=${speed === this.speed_}>${speed}×</option>`)}
        </select></label>
      <div class="timeline">
        <svg viewBox="0 0 180 100" preserveAspectRatio="none" aria-hidden="true">${svg`<path d=${this.finishers_}/>`}</svg>
        ${repeat(this.moments_, (moment) => moment.id, (moment) => html`<i class="moment-mark t-${moment.theme}"
          title=${moment.headline} @click=${() => this.go_to_(moment.at_s)}
          ${vars({ "--x": String(moment.at_s / state.duration_s) })}></i>`)}
        <input type="range" min="0" max=${state.duration_s} step="1" .value=${String(this.s_)}
          aria-label=${words.time_of_race} @input=${this.scrub_} @change=${this.keep_}>
      </div>
    </div>`;
  }

  /** The moment that was told last, in one line that is always there. */
  private just_told_(): TemplateResult {
    const last = this.moments_.filter((moment) => moment.at_s <= this.s_).at(-1);
    return html`<p class="just-told ${last ? `t-${last.theme}` : ""}">${last ? html`<i class="spot"></i>
      <span class="at">${clock(last.at_s * 1000)}</span> ${last.headline}` : "\u00a0"}</p>`;
  }

  private all_moments_(): TemplateResult | typeof nothing {
    if (this.moments_.length === 0) return nothing;
    return html`<details class="all-moments"><summary>${this.context.words.moments}</summary>
      <ol>${this.moments_.map((moment) => html`<li class="t-${moment.theme}"><button class="link"
        @click=${() => this.go_to_(moment.at_s)}><i class="spot"></i>
        <span class="at">${clock(moment.at_s * 1000)}</span>
        <span>${moment.headline}</span></button></li>`)}</ol></details>`;
  }

  private rows_(state: RaceState): unknown {
    const drawn: { index: number; runner: number; point: number }[] = [];
    for (let index = this.screen_.first; index <= Math.min(this.screen_.last, this.n_ - 1); ++index) {
      drawn.push({ index, runner: this.order_[2 * index] ?? 0, point: this.order_[2 * index + 1] ?? 0 });
    }
    return repeat(drawn, (one) => one.runner, (one) => this.row_(state, one.index, one.runner, one.point));
  }

  private row_(state: RaceState, index: number, n: number, point: number): TemplateResult {
    const { format } = this.context;
    const runner = state.replay.runners[n];
    if (!runner) return html``;
    return html`<div class="replay-row" role="row" aria-rowindex=${index + 2} data-index=${index} data-runner=${n}
        ${vars({ translate: `0 ${index * ROW_PX}px` })}>
      <span role="cell" class="pl">${format.count(index + 1)}</span>
      <span role="cell" class="bib">${runner.bib}</span>
      <span role="cell" class="who"><a href=${href("runner", { race: this.race?.id, bib: runner.bib })}><bdi>${runner.name}</bdi></a></span>
      <span role="cell" class="dv">${runner.division ?? nothing}</span>
      <span role="cell" class="at">${format.point(state.replay.points[point] ?? "")}</span>
      <span role="cell" class="tm">${clock((state.at(n, point) ?? 0) * 1000)}</span></div>`;
  }
}

/** The name of the colour of a theme. */
const colour_of = (theme: string): string => (theme === "line" || theme === "mastery" ? "blue" : theme);

function colours_of(element: Element): CourseColours {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return { band: of("--band"), ink: of("--ink"), soft: of("--soft"), paper: of("--paper"), font: style.fontFamily };
}

/** A filled path over parts of equal width, in a box of 100 high. */
function area(values: number[]): string {
  const most = Math.max(1, ...values);
  const points = values.map((value, n) => `${n} ${(100 - (value / most) * 100).toFixed(1)}H${n + 1}`);
  return `M0 100L${points.join("L")}L${values.length} 100Z`;
}

customElements.define("hs-replay", ReplayView);
