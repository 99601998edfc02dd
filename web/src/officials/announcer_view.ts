import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Change } from "../contract.js";
import { hours_minutes } from "../format.js";
import { earlier_words } from "../runner/earlier.js";
import { again, lineup, mark_of, marked, marks_key, parse_marks, seconds_left, step,
  type Lineup, type Mark, type Marks } from "./lineup.js";
import type { Announcing, Coming } from "./official_contract.js";
import { OfficialsView } from "./officials_view.js";
import { read_store, write_store } from "./store.js";
import "./hide_moments.js";
import "./notes.js";
import "./announcer_view.css";

const BEFORE_SHOWN = 5;

/** One screen, read from two metres: who comes, how to say the name, the one thing worth saying. */
class AnnouncerView extends OfficialsView {
  static override properties = {
    ...OfficialsView.properties, told_: { state: true }, marks_: { state: true },
    chosen_: { state: true }, keys_: { state: true },
  };

  private declare told_: Announcing | undefined;
  private declare marks_: Marks;
  private declare chosen_: string | undefined;
  private declare keys_: boolean;
  private told_at_ = 0;
  private tick_: ReturnType<typeof setInterval> | undefined;
  private key_ = "";

  protected readonly view_name = "announcer";
  protected readonly poll_ms = 10_000;

  constructor() {
    super();
    this.marks_ = { marks: [] };
    this.keys_ = true;
  }

  protected get has_content(): boolean {
    return this.told_ !== undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.pressed_);
    this.tick_ = setInterval(() => { if (!document.hidden) this.requestUpdate(); }, 1_000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.pressed_);
    clearInterval(this.tick_);
  }

  protected override concerns(change: Change): boolean {
    return change.race === this.race?.id;
  }

  /** The point asked for in the address, else the last of the course. */
  private get point_(): string {
    return this.route.params["point"] ?? this.race?.points.at(-1)?.id ?? "finish";
  }

  protected override willUpdate(changed: PropertyValues): void {
    const key = marks_key(this.context.event, this.race?.id ?? "", this.point_);
    if (changed.has("route") && this.key_ !== key) {
      const moved = this.key_ !== "";
      this.key_ = key;
      this.marks_ = parse_marks(read_store(key));
      this.chosen_ = undefined;
      this.told_ = undefined;
      if (moved) void this.load_now();
    }
  }

  protected override async read(signal: AbortSignal): Promise<void> {
    const { data } = await this.context.api.get<Announcing>("api/v1/announcer",
      { race: this.race?.id, point: this.point_ }, signal);
    this.told(data.as_of);
    this.told_ = data;
    this.told_at_ = Date.now();
    this.chosen_ = lineup(data, this.marks_, this.chosen_).now?.bib;
  }

  private readonly pressed_ = (press: KeyboardEvent): void => {
    if (!this.keys_ || !this.told_ || press.ctrlKey || press.metaKey || press.altKey) return;
    const target = press.target as HTMLElement;
    if (target.closest("input:not([type=checkbox]), select, textarea, summary")) return;
    // A focused button or link keeps its own keys.
    if (press.key === " " && target.closest("button, a, input")) return;
    const what = { " ": () => this.mark_("said"), s: () => this.mark_("skipped"), a: () => this.again_(),
      ArrowDown: () => this.step_(1), ArrowRight: () => this.step_(1), ArrowUp: () => this.step_(-1),
      ArrowLeft: () => this.step_(-1) }[press.key.length === 1 ? press.key.toLowerCase() : press.key];
    if (!what) return;
    press.preventDefault();
    what();
  };

  private set_marks_(marks: Marks): void {
    this.marks_ = marks;
    write_store(this.key_, JSON.stringify(marks));
  }

  private mark_(mark: Mark): void {
    if (!this.told_) return;
    const { now } = lineup(this.told_, this.marks_, this.chosen_);
    if (!now) return;
    this.set_marks_(marked(this.marks_, now.bib, mark));
    this.chosen_ = lineup(this.told_, this.marks_, undefined).now?.bib;
    const words = this.own_words;
    this.say(mark === "said" ? words.said_of(now.name) : words.skipped_of(now.name));
  }

  private again_(): void {
    const { marks, bib } = again(this.marks_);
    if (bib === undefined) return;
    this.set_marks_(marks);
    this.chosen_ = bib;
    this.say(this.own_words.again_of(bib));
  }

  private step_(by: 1 | -1): void {
    if (this.told_) this.chosen_ = step(this.told_, this.chosen_, by);
  }

  protected override draw(): TemplateResult {
    const words = this.own_words;
    const { format } = this.context;
    const point = format.point(this.point_);
    if (!this.told_) return html`${this.controls_()}<div class="waiting"></div>`;
    const shown = lineup(this.told_, this.marks_, this.chosen_);
    const { spotter } = this.told_;
    return html`${this.controls_()}
      <p class="an-where">${words.next_at(point)}${spotter ? html` · ${words.spotter(format.point(spotter))}` : nothing}</p>
      ${this.front_(shown)}
      ${this.buttons_(shown)}
      <div class="an-two">
        ${this.few_(words.then, shown.then, (one) => this.when_(one))}
        ${this.few_(words.just_in, shown.before.slice(0, BEFORE_SHOWN), (one) => (one.at ? format.time(one.at) : ""))}
      </div>
      ${shown.now && this.race ? html`<div class="an-hide"><hs-hide-moments .api=${this.context.api} .words=${words}
        .race=${this.race.id} .bib=${shown.now.bib} .who=${this.who_of_(shown.now)}></hs-hide-moments></div>` : nothing}
      ${this.race ? this.notes_section(this.race, this.told_.as_of.seq) : nothing}`;
  }

  private controls_(): TemplateResult {
    const words = this.own_words;
    const { races, router, format, words: page } = this.context;
    const race = this.race;
    const points = race?.points.filter((one, n) => n > 0 && !one.spotter).reverse() ?? [];
    const set = (name: string, reset: Record<string, undefined>) => (event: Event): void =>
      router.set({ ...reset, [name]: (event.target as HTMLSelectElement).value });
    return html`<h1 class="unseen">${page.announcer}</h1>
      <div class="an-controls" role="group" aria-label=${words.race_and_point}>
        ${races.length < 2 ? nothing : html`<label class="field"><span>${page.race}</span>
          <select @change=${set("race", { point: undefined })}>${races.map((one) => html`<option value=${one.id}
            .selected=${one.id === race?.id}>${one.name}</option>`)}</select></label>`}
        <label class="field"><span>${page.point}</span>
          <select @change=${set("point", {})}>${points.map((one) => html`<option value=${one.id}
            .selected=${one.id === this.point_}>${format.point(one.id)}</option>`)}</select></label>
        <label class="an-help quiet"><input type="checkbox" .checked=${this.keys_}
          @change=${() => { this.keys_ = !this.keys_; }}> ${words.keys_on}: ${words.keys_help}</label>
      </div>`;
  }

  private front_({ now, is_in }: Lineup): TemplateResult {
    const words = this.own_words;
    if (!now) {
      return html`<article class="an-front"><h2 class="an-name">${words.nobody_comes}</h2>
        <p class="an-about">${words.nobody_comes_long}</p></article>`;
    }
    const mark = mark_of(this.marks_, now.bib);
    return html`<article class="an-front ${mark ? "is-marked" : ""}">
      <p class="an-line"><span class="an-when">${is_in ? words.is_in : this.when_(now)}</span>
        <span class="an-bib">${now.bib}</span>${mark ? html`<span class="an-mark">${words[mark]}</span>` : nothing}</p>
      <h2 class="an-name"><bdi>${now.name}</bdi></h2>
      ${now.say && !now.private ? html`<p class="an-say">${words.say(now.say)}</p>` : nothing}
      ${now.private ? html`<p class="an-say">${words.only_bib}</p>` : nothing}
      ${now.worth && !now.private ? html`<p class="an-worth">${now.worth.text}</p>` : nothing}
      <p class="an-about">${this.about_(now).join(" · ")}</p>
      ${now.before ? html`<p class="an-about">${earlier_words(now.before, this.context.words).join(" · ")}</p>` : nothing}
    </article>`;
  }

  private about_(one: Coming): string[] {
    const words = this.own_words;
    const { format } = this.context;
    const place = one.place_sex === undefined || !one.division?.[0] ? ""
      : words.place_now(format.count(one.place_sex), this.sex_name_(one));
    const division = one.division && one.division in this.context.words.sex && place ? "" : one.division; // said already
    const told = one.private ? [place, division] : [place, division, one.club, one.city];
    return told.filter((text): text is string => !!text);
  }

  /** Women, men or X, by the division of who comes; its id where it has no sex. */
  private sex_name_(one: Coming): string {
    const sex = this.race?.divisions.find((division) => division.id === one.division)?.sex;
    return sex ? this.context.words.sex[sex] : one.division ?? "";
  }

  private who_of_(one: Coming): string {
    const bib = this.context.words.bib_n(one.bib);
    return one.private || one.name === bib ? bib : `${bib} (${one.name})`;
  }

  private when_(one: Coming): string {
    const words = this.own_words;
    if (one.in_s === undefined) return "";
    const left = seconds_left(one.in_s, Date.now() - this.told_at_);
    if (left < 1) return words.any_moment;
    if (left < 100) return words.in_seconds(left);
    return left < 5_970 ? words.in_minutes(Math.round(left / 60)) : words.in_hours(hours_minutes(left * 1000));
  }

  private buttons_({ now }: Lineup): TemplateResult {
    const words = this.own_words;
    return html`<div class="an-keys">
      <button class="button strong" ?disabled=${!now} @click=${() => this.mark_("said")}>${words.key_said}</button>
      <button class="button" ?disabled=${!now} @click=${() => this.mark_("skipped")}>${words.key_skip}</button>
      <button class="button" ?disabled=${this.marks_.marks.length === 0}
        @click=${() => this.again_()}>${words.key_again}</button></div>`;
  }

  private few_(head: string, all: Coming[], when: (one: Coming) => string): TemplateResult {
    const words = this.own_words;
    return html`<section class="an-few"><h2>${head}</h2><ol>${all.map((one) => {
      const mark = mark_of(this.marks_, one.bib);
      return html`<li><button class="an-row" @click=${() => { this.chosen_ = one.bib; scrollTo(0, 0); }}>
        <span class="an-row-when">${when(one)}</span><span class="an-row-bib">${one.bib}</span>
        <span class="an-row-name"><bdi>${one.name}</bdi>${mark ? html` <em>${words[mark]}</em>` : nothing}
          ${one.worth && !one.private ? html`<small>${one.worth.text}</small>` : nothing}</span></button></li>`;
    })}</ol></section>`;
  }
}

customElements.define("hs-announcer", AnnouncerView);
