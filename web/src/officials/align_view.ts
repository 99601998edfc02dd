import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ApiError, OfflineError } from "../api.js";
import { align_words, type AlignWords } from "./align_words.js";
import { is_bib } from "./dial.js";
import { undo_of } from "./facts.js";
import type { HandBlock, HandState } from "./hand_contract.js";
import { block_of, count_again, first_shown, kept_marks, mend, NO_MARKS, parse_marks, proposal, rows_of,
  set_alone, type Marks, type Row } from "./hand_sheet.js";
import { OfficialsView } from "./officials_view.js";
import { write } from "./session.js";
import { read_store, write_store } from "./store.js";
import { with_tenth } from "./take_lines.js";
import "./undo_fact.js";
import "./align_view.css";

const SHOWN = 60;
const PAGE = 10;
const new_id = (): string => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

/** Times on the left, bibs on the right: they slide until they fit, and are accepted block by block. */
class AlignView extends OfficialsView {
  static override properties = {
    ...OfficialsView.properties, told_: { state: true }, marks_: { state: true }, cursor_: { state: true },
    from_: { state: true }, shown_: { state: true }, block_: { state: true }, done_: { state: true },
    wrong_: { state: true }, busy_: { state: true },
  };

  private declare told_: HandState | undefined;
  private declare marks_: Marks;
  /** The key of the row under the cursor. */
  private declare cursor_: string | undefined;
  /** The first row that is shown; undefined: where it begins to wait. */
  private declare from_: number | undefined;
  private declare shown_: number;
  /** What is about to be written, with its name, so that writing it again writes nothing twice. */
  private declare block_: { block: HandBlock; rows: Row[]; unsure: number; left: number } | undefined;
  /** What was written last here. */
  private declare done_: number[] | undefined;
  private declare wrong_: string;
  private declare busy_: boolean;
  private rows_: Row[] = [];

  protected readonly view_name = "align";
  protected readonly poll_ms = 2_000;

  constructor() {
    super();
    this.marks_ = NO_MARKS;
    this.shown_ = SHOWN;
    this.wrong_ = "";
    this.busy_ = false;
  }

  protected get has_content(): boolean {
    return this.told_ !== undefined;
  }

  private get words_(): AlignWords {
    return align_words(this.context.words);
  }

  private get marks_key_(): string {
    const { event } = this.context;
    return `homestretch.hand-marks.${event.date}.${event.name}.${this.told_?.mat ?? ""}`;
  }

  protected override async read(signal: AbortSignal): Promise<void> {
    const { mat, times, bibs } = this.route.params;
    const { data } = await this.context.api.get<HandState>("api/v1/hand",
      { race: this.race?.id, mat, times, bibs }, signal);
    this.told(data.as_of);
    const other = data.mat !== this.told_?.mat;
    this.told_ = data;
    if (other) this.marks_ = parse_marks(read_store(this.marks_key_));
    this.marks_ = kept_marks(data, this.marks_);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const before = changed.get("route") as typeof this.route | undefined;
    if (before && this.hasUpdated) {
      this.from_ = undefined;
      this.shown_ = SHOWN;
      void this.load_now();
    }
    this.rows_ = this.told_ ? rows_of(this.told_, this.marks_) : [];
  }

  private get at_(): number {
    const found = this.rows_.findIndex((row) => row.key === this.cursor_);
    return found < 0 ? Math.min(this.rows_.length - 1, first_shown(this.rows_)) : found;
  }

  private set_marks_(marks: Marks): void {
    if (marks === this.marks_) return;
    this.marks_ = marks;
    this.block_ = undefined;
    write_store(this.marks_key_, JSON.stringify(marks));
  }

  private go_(to: number): void {
    const n = Math.max(0, Math.min(this.rows_.length - 1, to));
    const row = this.rows_[n];
    if (!row) return;
    this.cursor_ = row.key;
    this.wrong_ = "";
    const from = this.from_ ?? first_shown(this.rows_);
    if (n < from) this.from_ = n;
    if (n >= from + this.shown_) this.shown_ = n - from + PAGE;
    void this.updateComplete.then(() => this.querySelector(`#row-${n}`)?.scrollIntoView({ block: "nearest" }));
  }

  private readonly pressed_ = (press: KeyboardEvent): void => {
    if (press.ctrlKey || press.metaKey || press.altKey || (press.target as HTMLElement).closest("input, button")) return;
    const keys: Record<string, () => void> = {
      ArrowUp: () => this.go_(this.at_ - 1), ArrowDown: () => this.go_(this.at_ + 1),
      PageUp: () => this.go_(this.at_ - PAGE), PageDown: () => this.go_(this.at_ + PAGE),
      Home: () => this.go_(0), End: () => this.go_(this.rows_.length - 1),
      ArrowRight: () => this.alone_("time"), ArrowLeft: () => this.alone_("bib"),
      Delete: () => this.again_(), Backspace: () => this.again_(),
      Enter: () => this.propose_(), Escape: () => { this.block_ = undefined; },
    };
    const act = keys[press.key];
    if (!act) return;
    press.preventDefault();
    act();
  };

  private alone_(side: "time" | "bib"): void {
    const row = this.rows_[this.at_];
    if (!row || !this.told_) return;
    const n = this.at_;
    this.set_marks_(set_alone(this.told_, this.marks_, row, side));
    this.rows_ = rows_of(this.told_, this.marks_);
    this.go_(n); // the row that is on its own now stands there
  }

  private again_(): void {
    const row = this.rows_[this.at_];
    if (row) this.set_marks_(count_again(this.marks_, row));
  }

  private propose_(): void {
    if (!this.told_) return;
    const found = proposal(this.rows_, this.at_);
    this.wrong_ = found.rows.length === 0 ? this.words_.nothing_to_accept : "";
    this.block_ = found.rows.length === 0 ? undefined : { block: block_of(this.told_, found.rows, new_id()),
      rows: found.rows, unsure: found.unsure, left: found.without_runner };
    if (this.block_) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".al-write")?.focus());
  }

  private async write_(): Promise<void> {
    const asked = this.block_;
    if (!asked || this.busy_) return;
    await this.while_busy_(async () => {
      const { seqs } = await write<{ seqs: number[] }>(this.context.api, "api/v1/hand/accept", asked.block);
      this.done_ = seqs;
      this.block_ = undefined;
      this.from_ = undefined;
      this.cursor_ = undefined;
      this.say(this.words_.written(this.count_(seqs.length)));
    });
    this.querySelector<HTMLElement>(".al-sheet")?.focus();
  }

  /** The newest first, so that what is left after a failure is still a beginning of the list. */
  private async take_back_(): Promise<void> {
    const words = this.words_;
    const all = [...(this.done_ ?? [])];
    await this.while_busy_(async () => {
      for (let seq = all.at(-1); seq !== undefined; seq = all.at(-1)) {
        await write(this.context.api, "api/v1/facts", undo_of(seq, words.take_back_reason));
        all.pop();
        this.done_ = all.length > 0 ? [...all] : undefined;
      }
    });
  }

  private async while_busy_(work: () => Promise<void>): Promise<void> {
    if (this.busy_) return;
    this.busy_ = true;
    this.wrong_ = "";
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.session_ended();
      this.wrong_ = error instanceof OfflineError ? this.words_.unknown_whether
        : error instanceof Error ? error.message : String(error);
    } finally {
      this.busy_ = false;
      void this.load_now();
    }
  }

  private readonly count_ = (n: number): string => this.context.format.count(n);
  private readonly time_ = (at: string): string => with_tenth(this.context, at);

  protected override draw(): TemplateResult {
    const words = this.words_;
    const told = this.told_;
    if (!told && !this.trouble) return html`<div class="waiting"></div>`;
    return html`<h1 class="unseen">${this.context.words.align}</h1>${this.where_()}
      <section aria-labelledby="take-head"><h2 id="take-head">${words.take}</h2>
        <hs-take-lines .context=${this.context} .words=${words} .mat=${this.mat_}
          @sent=${() => this.refresh()}></hs-take-lines></section>
      <section aria-labelledby="sheet-head"><h2 id="sheet-head">${words.sheet}</h2>
        ${told ? html`${this.lists_(told)}${this.sheet_(told)}` : html`<p class="quiet">${this.own_words.cannot_ask}</p>`}
      </section>`;
  }

  /** Known without the server too, so that times can be taken where there is no line. */
  private get mat_(): string {
    const key = `homestretch.hand-mat.${this.context.event.date}.${this.context.event.name}`;
    if (this.told_) write_store(key, this.told_.mat);
    return this.told_?.mat ?? this.route.params["mat"] ?? read_store(key) ?? "";
  }

  private choice_(name: string, label: string, chosen: string, all: readonly { id: string; text: string }[]): TemplateResult {
    // Lists are of a mat, and mats of a race.
    const reset = name === "race" ? { mat: undefined, times: undefined, bibs: undefined }
      : name === "mat" ? { times: undefined, bibs: undefined } : {};
    const to = (event: Event): void =>
      this.context.router.set({ ...reset, [name]: (event.target as HTMLSelectElement).value });
    return html`<label class="field"><span>${label}</span><select @change=${to}>${all.map((one) =>
      html`<option value=${one.id} .selected=${one.id === chosen}>${one.text}</option>`)}</select></label>`;
  }

  private where_(): TemplateResult {
    const words = this.words_;
    const { races } = this.context;
    const mats = this.told_?.mats ?? [];
    return html`<div class="controls al-where">
      ${races.length < 2 ? nothing : this.choice_("race", words.race, this.race?.id ?? "",
        races.map((one) => ({ id: one.id, text: one.name })))}
      ${mats.length < 2 ? html`<p class="al-mat"><span class="quiet">${words.mat}</span> <b>${this.mat_}</b></p>`
        : this.choice_("mat", words.mat, this.mat_, mats.map((id) => ({ id, text: id })))}</div>`;
  }

  private lists_(told: HandState): TemplateResult {
    const words = this.words_;
    const of = (kind: "times" | "bibs", label: string): TemplateResult | typeof nothing => {
      const lists = told.lists.filter((one) => one.kind === kind);
      if (lists.length < 2) return nothing;
      return this.choice_(kind, label, told[kind].list ?? "", lists.map((one) =>
        ({ id: one.id, text: words.list_of(one.name, this.count_(one.lines), one.from ?? "") })));
    };
    const left_out = told.times.left_out + told.bibs.left_out;
    return html`<div class="controls">${of("times", words.times_of)}${of("bibs", words.bibs_of)}</div>
      ${left_out > 0 ? html`<p class="quiet">${words.left_out(this.count_(left_out))}</p>` : nothing}`;
  }

  private sheet_(told: HandState): TemplateResult {
    const words = this.words_;
    if (told.lists.length === 0) return html`<p class="quiet">${words.nothing}</p>`;
    const from = Math.min(this.from_ ?? first_shown(this.rows_), Math.max(0, this.rows_.length - 1));
    const rows = this.rows_.slice(from, from + this.shown_);
    const more = this.rows_.length - from - rows.length;
    return html`<p class="quiet al-help" id="al-help">${words.keys_help}</p>
      ${from > 0 ? html`<button class="link" @click=${() => { this.from_ = Math.max(0, from - SHOWN);
        this.shown_ += SHOWN; }}>${words.earlier(this.count_(from))}</button>` : nothing}
      <div class="al-head" aria-hidden="true"><span>${words.time}</span><span>${words.bib}</span></div>
      <div class="al-sheet" role="listbox" tabindex="0" aria-label=${words.sheet} aria-describedby="al-help"
        aria-activedescendant="row-${this.at_}" @keydown=${this.pressed_}>${rows.map((row, n) => this.row_(row, from + n))}</div>
      ${more > 0 ? html`<button class="link" @click=${() => { this.shown_ += SHOWN; }}>${words.more(this.count_(more))}</button>` : nothing}
      ${this.under_cursor_()}${this.keys_()}`;
  }

  private row_(row: Row, n: number): TemplateResult {
    const words = this.words_;
    const who = row.bib?.bib === undefined ? words.no_bib : row.bib.race === undefined ? words.nobody : row.bib.name ?? "";
    const mended = row.bib && row.number !== row.bib.bib;
    return html`<div class="al-row is-${row.bond}" role="option" id="row-${n}" aria-selected=${n === this.at_ ? "true" : "false"}
        @click=${() => this.go_(n)}>
      <span class="al-time">${row.time ? html`<b>${this.time_(row.time.at)}</b><small>${this.after_(row)}</small>`
        : html`<small>${row.bib ? words.no_time : ""}</small>`}</span>
      <span class="al-bib">${row.bib ? html`<b>${row.number ?? "?"}</b><small><bdi>${mended ? "" : who}</bdi></small>`
        : html`<small>${row.bond === "alone" ? words.no_runner : ""}</small>`}</span>
      <span class="al-bond">${words.bond[row.bond]}</span></div>`;
  }

  private after_(row: Row): string {
    if (row.after_ms === undefined) return "";
    return (row.after_ms < 0 ? "" : "+") + this.context.format.tenths(row.after_ms);
  }

  /** What more there is to say of the row under the cursor, and to do with it. */
  private under_cursor_(): TemplateResult | typeof nothing {
    const words = this.words_;
    const row = this.rows_[this.at_];
    if (!row) return nothing;
    if (row.bond === "accepted" && row.seq !== undefined) {
      return html`<div class="al-more"><p>${words.accepted_by(row.by ?? "", String(row.seq))}</p>
        <hs-undo-fact .context=${this.context} .words=${this.own_words} .seq=${row.seq} @written=${() => void this.load_now()}
          @signed-out=${() => this.session_ended()}></hs-undo-fact></div>`;
    }
    const heard = row.bib?.heard_at;
    return html`<div class="al-more">
      ${heard ? html`<p class="quiet">${words.heard_at(this.time_(heard))}</p>` : nothing}
      ${row.bib && row.bond !== "chip" ? html`<form class="al-mend" @submit=${(event: Event) => this.mend_(event, row)}><label class="field">
          <span>${words.mend}</span><input name="mend" maxlength="12" autocomplete="off" inputmode="numeric"
            .value=${row.number ?? ""}></label><button class="button">${words.mend_do}</button></form>` : nothing}</div>`;
  }

  private mend_(event: Event, row: Row): void {
    event.preventDefault();
    const number = String(new FormData(event.target as HTMLFormElement).get("mend") ?? "").trim();
    if (!this.told_) return;
    this.wrong_ = is_bib(number) ? "" : this.words_.bad_bib;
    if (this.wrong_ === "") this.set_marks_(mend(this.told_, this.marks_, row, number));
  }

  private keys_(): TemplateResult {
    const words = this.words_;
    const row = this.rows_[this.at_];
    const fixed = !row || row.bond === "accepted" || row.bond === "chip";
    return html`<div class="al-keys">
      ${this.wrong_ ? html`<p class="problem" role="alert">${this.wrong_}</p>` : nothing}
      ${this.block_ ? this.confirm_() : html`<p class="keys">
        ${row?.bond === "alone" ? html`<button class="button" @click=${() => this.again_()}>${words.again}</button>` : html`
          <button class="button" ?disabled=${fixed || !row?.time} @click=${() => this.alone_("time")}>${words.time_alone}</button>
          <button class="button" ?disabled=${fixed || !row?.bib} @click=${() => this.alone_("bib")}>${words.bib_alone}</button>`}
        <button class="button strong" ?disabled=${!row} @click=${() => this.propose_()}>${words.accept}</button></p>`}
      ${this.done_ && !this.block_ ? html`<p class="al-done" role="status">${words.written(this.count_(this.done_.length))}
        <button class="link" ?disabled=${this.busy_} @click=${() => void this.take_back_()}>${words.take_back}</button></p>` : nothing}
      </div>`;
  }

  private confirm_(): TemplateResult | typeof nothing {
    const words = this.words_;
    const asked = this.block_;
    const [first, last] = [asked?.rows[0], asked?.rows.at(-1)];
    if (!asked || !first?.time || !last?.time) return nothing;
    const row = (one: Row): string => words.row(one.number ?? "", this.time_(one.time?.at ?? ""));
    return html`<form class="confirm" @submit=${(event: Event) => { event.preventDefault(); void this.write_(); }}>
      <h3>${words.confirm_title}</h3>
      <p class="confirm-words">${words.confirm(this.count_(asked.rows.length), row(first), row(last))}</p>
      ${asked.unsure > 0 ? html`<p class="problem">${words.unsure(this.count_(asked.unsure))}</p>` : nothing}
      ${asked.left > 0 ? html`<p>${words.passed_over(this.count_(asked.left))}</p>` : nothing}
      <p class="keys"><button class="button strong al-write" ?disabled=${this.busy_}>${words.write}</button>
        <button type="button" class="button" ?disabled=${this.busy_}
          @click=${() => { this.block_ = undefined; }}>${words.cancel}</button></p></form>`;
  }
}

customElements.define("hs-align", AlignView);
