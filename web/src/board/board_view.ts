import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { is_aborted } from "../api.js";
import { touches } from "../live.js";
import type { Change, List, Moment, Race, Results, Row } from "../contract.js";
import { href } from "../route.js";
import { vars } from "../vars.js";
import { View } from "../view.js";
import { board_controls } from "./board_controls.js";
import { head_cells, row_cells, type RowParts } from "./board_row.js";
import { followed_strip } from "../runner/followed_strip.js";
import { gained_in, Marks, place_in } from "./moves.js";
import { rows_on_screen, WINDOW, Windows } from "./windows.js";
import "./board_view.css";

const ROW_PX = 44;
const ROW_SMALL_PX = 60;
/** The head of the board stays on top of the rows. */
const HEAD_PX = 40;
const SMALL = matchMedia("(max-width: 719px)");
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
/** Rows drawn beyond the screen. */
const OVER = 8;
/** A quick scroll passes over windows that nobody looks at. */
const SETTLED_MS = 90;
const MOVE_MS = 450;

const FILTERS = ["race", "point", "sex", "division", "search"] as const;

/** The order of a race: every row of it, moving as it changes. */
class BoardView extends View {
  static override properties = {
    ...View.properties, version_: { state: true }, active_: { state: true },
  };

  /** Counts up when rows, marks or scroll position changed: one thing to redraw for. */
  private declare version_: number;
  /** The row that the keyboard is on. */
  private declare active_: number;

  private windows_ = new Windows();
  private marks_ = new Marks();
  private moments_ = new Map<string, Moment>();
  private moments_known_ = false;
  private leader_ms_: number | undefined;
  private key_ = "";
  /** The filters of what is drawn; differs from key_ while the new order is on its way. */
  private shown_key_ = "";
  private filter_abort_ = new AbortController();
  private readonly asked_ = new Set<number>();
  private screen_ = { first: 0, last: -1 };
  private drawn_at_ = new Map<string, number>();
  private frame_ = 0;
  private settled_: ReturnType<typeof setTimeout> | undefined;
  private calm_: ReturnType<typeof setTimeout> | undefined;
  private focus_wanted_ = false;
  private start_row_: number | undefined;

  constructor() {
    super();
    this.version_ = 0;
    this.active_ = 0;
  }

  override connectedCallback(): void {
    this.start_row_ = Number(this.route.params["from"]) || undefined;
    this.key_ = this.filter_key_();
    super.connectedCallback();
    addEventListener("scroll", this.scrolled_, { passive: true });
    addEventListener("resize", this.scrolled_, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("scroll", this.scrolled_);
    removeEventListener("resize", this.scrolled_);
    cancelAnimationFrame(this.frame_);
    clearTimeout(this.settled_);
    clearTimeout(this.calm_);
    this.filter_abort_.abort();
  }

  private get row_px_(): number {
    return SMALL.matches ? ROW_SMALL_PX : ROW_PX;
  }

  private get point_(): string | undefined {
    return this.route.params["point"];
  }

  private filter_key_(): string {
    return FILTERS.map((name) => this.route.params[name] ?? "").join("\n");
  }

  protected override concerns(change: Change): boolean {
    const race = this.race;
    if (!race || change.race !== race.id) return false;
    if (change.kind === "moment" || change.kind === "withdrawn") this.moments_known_ = false;
    const point = this.point_;
    if (point === undefined || change.kind !== "split") return true;
    const division = this.route.params["division"] ?? this.route.params["sex"];
    return touches(change, [race.id, point, ...(division ? [division] : [])].join("/"));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("route")) return;
    const key = this.filter_key_();
    if (key === this.key_) return;
    this.key_ = key;
    this.filter_abort_.abort();
    this.filter_abort_ = new AbortController();
    this.asked_.clear();
    this.active_ = 0;
    void this.load_now();
  }

  /** Reads the windows on the screen anew; the others are read when they are looked at. */
  protected override async load(signal: AbortSignal): Promise<void> {
    const fresh = this.shown_key_ !== this.key_;
    const { first, last } = this.screen_;
    const at_start = this.start_row_ === undefined ? 0 : Math.floor(this.start_row_ / WINDOW);
    if (!fresh) this.windows_.age();
    const wanted = fresh ? new Set([0, at_start]) : new Set(this.windows_.wanted(first, last));
    if (wanted.size === 0) wanted.add(0);
    await Promise.all([...wanted].map((at) => this.read_(at, signal)));
    if (!this.moments_known_) await this.read_moments_(signal);
  }

  private async read_(at: number, signal: AbortSignal): Promise<void> {
    const race = this.race;
    if (!race) return;
    const key = this.key_;
    const { point, sex, division, search } = this.route.params;
    const { data } = await this.context.api.get<Results>(
      `api/v1/races/${encodeURIComponent(race.id)}/results`,
      { point, sex, division, search, from: at * WINDOW, limit: WINDOW }, signal);
    if (key !== this.key_) return;
    if (this.shown_key_ !== key) this.begin_(key);
    this.told(data.as_of);
    const now = performance.now();
    this.windows_.put(at, data.items, data.total);
    this.marks_.take(data.items, now);
    if (at === 0) this.leader_ms_ = data.items[0]?.point_ms;
    this.mark_(now);
    this.version_ += 1;
  }

  /** Another order is drawn from now on. */
  private begin_(key: string): void {
    const first_time = this.shown_key_ === "";
    this.shown_key_ = key;
    this.windows_ = new Windows();
    this.marks_ = new Marks();
    this.drawn_at_.clear();
    this.leader_ms_ = undefined;
    const grid = this.querySelector(".board");
    if (!first_time && grid && grid.getBoundingClientRect().top < 0) grid.scrollIntoView();
  }

  private async read_moments_(signal: AbortSignal): Promise<void> {
    const { data } = await this.context.api.get<List<Moment>>("api/v1/moments",
      { race: this.race?.id }, signal);
    this.moments_ = new Map(data.items.map((moment) => [moment.id, moment]));
    this.moments_known_ = true;
    this.version_ += 1;
  }

  /** Takes the marks off again when their three seconds are over. */
  private mark_(now: number): void {
    const left = this.marks_.end_in(now);
    if (left === undefined) return;
    clearTimeout(this.calm_);
    this.calm_ = setTimeout(() => { this.version_ += 1; }, left + 20);
  }

  private readonly scrolled_ = (): void => {
    if (this.frame_ !== 0) return;
    this.frame_ = requestAnimationFrame(() => {
      this.frame_ = 0;
      const { first, last } = this.screen_;
      this.look_();
      if (first !== this.screen_.first || last !== this.screen_.last) this.version_ += 1;
    });
  };

  /** Finds which rows are on the screen, and reads what of them is missing once it is still. */
  private look_(): void {
    const rows = this.querySelector(".rows");
    if (!rows) return;
    const { top } = rows.getBoundingClientRect();
    this.screen_ = rows_on_screen(top, innerHeight, this.row_px_, this.windows_.total, OVER);
    clearTimeout(this.settled_);
    this.settled_ = setTimeout(() => this.settle_(top), SETTLED_MS);
  }

  private settle_(top: number): void {
    const from = Math.max(0, Math.round((HEAD_PX - top) / this.row_px_));
    const kept = new URLSearchParams(location.search).get("from") ?? "0";
    if (String(from) !== kept && this.start_row_ === undefined) {
      history.replaceState(history.state, "",
        href("board", { ...this.route.params, from: from > 0 ? String(from) : undefined }));
    }
    const { first, last } = this.screen_;
    for (const at of this.windows_.wanted(first, last)) {
      if (this.asked_.has(at)) continue;
      this.asked_.add(at);
      void this.read_(at, this.filter_abort_.signal)
        .catch((error: unknown) => { if (!is_aborted(error)) this.refresh(); })
        .finally(() => this.asked_.delete(at));
    }
  }

  protected override updated(): void {
    if (this.start_row_ !== undefined && this.windows_.total > 0) {
      const rows = this.querySelector(".rows");
      const top = (rows?.getBoundingClientRect().top ?? 0) + scrollY;
      scrollTo({ top: top + this.start_row_ * this.row_px_ - HEAD_PX });
      this.start_row_ = undefined;
    }
    const before = this.screen_;
    this.look_();
    if (before.first !== this.screen_.first || before.last !== this.screen_.last) this.version_ += 1;
    this.move_rows_();
    if (this.focus_wanted_) {
      const row = this.querySelector<HTMLElement>(`[data-bib][data-index="${this.active_}"]`);
      if (row) {
        this.focus_wanted_ = false;
        row.focus({ preventScroll: true });
      }
    }
  }

  /** Rows that changed their place move there from where they were. */
  private move_rows_(): void {
    const now = new Map<string, number>();
    for (const row of this.querySelectorAll<HTMLElement>(".row[data-bib]")) {
      const bib = row.dataset["bib"] ?? "", at = Number(row.dataset["index"]);
      now.set(bib, at);
      const before = this.drawn_at_.get(bib);
      if (before === undefined || before === at || CALM.matches) continue;
      row.animate([{ transform: `translateY(${(before - at) * this.row_px_}px)` }, { transform: "none" }],
        { duration: MOVE_MS, easing: "cubic-bezier(.2,.7,.2,1)" });
    }
    this.drawn_at_ = now;
  }

  protected override render(): TemplateResult {
    const race = this.race;
    if (!race) return html``;
    const { words, format } = this.context;
    const point = this.point_;
    const at = point === undefined ? words.at_finish : format.point(point);
    const { total } = this.windows_;
    return html`
      <h1 class="board-title">${race.name} <span class="quiet">${at}</span></h1>
      ${race.cancelled || race.rulings?.length ? html`<div class="race-said">${race.cancelled ? html`<p>${words.cancelled}</p>` : nothing}
        ${race.rulings?.map((one) => html`<p>${one}</p>`)}</div>` : nothing}
      ${board_controls(this.context, race, this.route, (changed) =>
        this.context.router.set({ ...changed, from: undefined }))}
      ${followed_strip(this.context, race)}
      <p class="count" role="status">${this.shown_key_ === "" ? "\u00a0"
        : total === 0 ? words.nobody : words.entries(total, format.count(total))}</p>
      <p class="unseen" id="board-help">${words.board_help}</p>
      <div class="board ${this.shown_key_ === this.key_ ? "" : "is-old"}" role="grid"
          aria-label=${words.board_caption(race.name, at)} aria-describedby="board-help"
          aria-rowcount=${total + 1} @keydown=${this.key_down_}>
        <div role="rowgroup" class="head-group">
          <div role="row" class="head" aria-rowindex="1">${head_cells(this.context, point)}</div></div>
        <div role="rowgroup" class="rows" ${vars({ height: `${this.height_()}px` })}>
          ${this.rows_(race)}
        </div>
      </div>`;
  }

  /** Room for every row; a screen of it while nothing is known. */
  private height_(): number {
    return this.shown_key_ === "" ? innerHeight : this.windows_.total * this.row_px_;
  }

  private rows_(race: Race): unknown {
    const { first, last } = this.screen_;
    const seen = new Set<string>();
    const drawn: { index: number; row: Row | undefined; key: string }[] = [];
    for (let index = first; index <= last; ++index) {
      let row = this.windows_.row(index);
      // Two windows of different moments may both have somebody who moved between them.
      if (row && seen.has(row.bib)) row = undefined;
      if (row) seen.add(row.bib);
      drawn.push({ index, row, key: row ? row.bib : `\n${index}` });
    }
    const on_screen = drawn.some((one) => one.index === this.active_);
    const tab_stop = on_screen ? this.active_ : drawn[Math.min(OVER, drawn.length - 1)]?.index;
    return repeat(drawn, (one) => one.key, (one) => this.row_(race, one.index, one.row, one.index === tab_stop));
  }

  private row_(race: Race, index: number, row: Row | undefined, tab_stop: boolean): TemplateResult {
    const top = vars({ translate: `0 ${index * this.row_px_}px` });
    if (!row) {
      return html`<div class="row" role="row" aria-rowindex=${index + 2} data-index=${index} ${top}>
        <span role="gridcell" class="pl"></span></div>`;
    }
    const { sex, division } = this.route.params;
    const parts: RowParts = { context: this.context, race, point: this.point_,
      leader_ms: this.leader_ms_, place: place_in(row, sex, division),
      gained: gained_in(row, sex, division), moments: this.moments_ };
    const marked = this.marks_.has(row.bib, performance.now());
    return html`<div class="row ${marked ? "is-marked" : ""}" role="row"
      data-index=${index} data-bib=${row.bib} aria-rowindex=${index + 2} tabindex=${tab_stop ? 0 : -1} @focus=${() => { this.active_ = index; }}
      ${top}>${row_cells(row, parts)}</div>`;
  }

  private readonly key_down_ = (press: KeyboardEvent): void => {
    // The row may have moved since it was given the focus; the focus went with the runner.
    const on = (press.target as HTMLElement).closest<HTMLElement>(".row")?.dataset["index"];
    if (on !== undefined && !this.focus_wanted_) this.active_ = Number(on);
    const page = Math.max(1, Math.floor(innerHeight / this.row_px_) - 2);
    const to: Record<string, number> = { ArrowDown: this.active_ + 1, ArrowUp: this.active_ - 1,
      PageDown: this.active_ + page, PageUp: this.active_ - page, Home: 0, End: this.windows_.total - 1 };
    if (press.key === "Enter") {
      const row = this.windows_.row(this.active_);
      if (row) this.context.router.go(href("runner", { race: this.race?.id, bib: row.bib }));
      return;
    }
    const next = to[press.key];
    if (next === undefined) return;
    press.preventDefault();
    this.active_ = Math.min(Math.max(0, next), this.windows_.total - 1);
    this.focus_wanted_ = true;
    this.bring_on_screen_();
  };

  private bring_on_screen_(): void {
    const rows = this.querySelector(".rows");
    if (!rows) return;
    const top = rows.getBoundingClientRect().top + this.active_ * this.row_px_;
    const under = top - HEAD_PX, over = top + this.row_px_ - innerHeight;
    if (under < 0) scrollBy({ top: under });
    else if (over > 0) scrollBy({ top: over });
  }
}

customElements.define("hs-board", BoardView);

