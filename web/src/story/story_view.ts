import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AsOf, Change, Evidence, List, Moment, River, Story } from "../contract.js";
import { clock } from "../format.js";
import { href } from "../route.js";
import { vars } from "../vars.js";
import { View } from "../view.js";
import { busiest, coarser, day_of, hours_of, river_path } from "./day_line.js";
import "./moment_figure.js";
import "./story_view.css";

const TOP = 12;
/** As it happens: this many, newest first. */
const LATEST_MAX = 50;
/** Scrolled further than this, somebody is reading: what is new waits to be asked for. */
const READING_PX = 40;
/** Room that a mark on the day needs. */
const MARK_PX = 29;
/** A bar of the river is not narrower. */
const BAR_PX = 3;
const NEW_MS = 3_000;

interface Told {
  headline: string;
  moments: Moment[];
  /** Of each race the day in a line and in sentences, as the server tells it. */
  days: { headline: string; day: string }[];
  river: River | undefined;
}

/** The race in moments, as it happens and afterwards. */
class StoryView extends View {
  static override properties = {
    ...View.properties, told_: { state: true }, waiting_: { state: true }, new_: { state: true },
  };

  private declare told_: Told | undefined;
  /** Read and not shown yet, because somebody is reading. */
  private declare waiting_: Told | undefined;
  private declare new_: ReadonlySet<string>;
  private of_ = "";
  private shown_of_ = "";

  constructor() {
    super();
    this.new_ = new Set();
  }

  /** A story is not a board: results come by the second, moments do not. */
  protected override get refresh_ms(): number {
    return 5_000;
  }

  private get latest_(): boolean {
    return this.route.params["order"] === "latest";
  }

  protected override concerns(change: Change): boolean {
    const asked = this.route.params["race"];
    const kinds = ["moment", "withdrawn", "version", "status", "result"];
    return kinds.includes(change.kind) && (!asked || change.race === asked);
  }

  protected override willUpdate(): void {
    const of = `${this.route.params["race"] ?? ""} ${this.latest_}`;
    if (this.of_ !== of && this.of_ !== "") void this.load_now();
    this.of_ = of;
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const race = this.route.params["race"];
    const { told, as_of } = this.latest_ ? await this.read_latest_(race, signal)
      : await this.read_best_(race, signal);
    this.told(as_of);
    this.take_(told);
  }

  private async read_best_(race: string | undefined,
                           signal: AbortSignal): Promise<{ told: Told; as_of: AsOf }> {
    const { data } = await this.context.api.get<Story>("api/v1/story", { race, top: TOP }, signal);
    const days = data.races.map((one) => ({ headline: one.headline ?? "", day: one.day ?? "" }));
    const moments = data.races.flatMap((one) => one.moments.map((moment) => ({ ...moment, race: one.race })));
    return { as_of: data.as_of, told: { headline: data.headline, moments, days, river: data.river } };
  }

  private async read_latest_(race: string | undefined,
                             signal: AbortSignal): Promise<{ told: Told; as_of: AsOf }> {
    const [{ data }, story] = await Promise.all([
      this.context.api.get<List<Moment>>("api/v1/moments", { race }, signal),
      this.context.api.get<Story>("api/v1/story", { race, top: TOP }, signal)]);
    const at = (moment: Moment): number => Date.parse(moment.at ?? "") || 0;
    const moments = [...data.items].sort((a, b) => at(b) - at(a)).slice(0, LATEST_MAX);
    return { as_of: data.as_of,
      told: { headline: this.context.words.order_latest, moments, days: [], river: story.data.river } };
  }

  private take_(told: Told): void {
    const of = this.of_;
    const before = new Set(this.told_?.moments.map((moment) => moment.id));
    const now = new Set(told.moments.map((moment) => moment.id));
    const fresh = told.moments.filter((moment) => !before.has(moment.id));
    const gone = [...before].some((id) => !now.has(id));
    const reading = scrollY > READING_PX && this.told_ !== undefined && this.shown_of_ === of;
    if (reading && fresh.length > 0 && !gone) {
      this.waiting_ = told;
      if (this.told_) this.told_ = { ...this.told_, river: told.river };
      this.say(this.context.words.new_moments(fresh.length));
      return;
    }
    this.show_(told, this.shown_of_ === of ? fresh : []);
    this.shown_of_ = of;
  }

  private show_(told: Told, fresh: Moment[]): void {
    this.told_ = told;
    this.waiting_ = undefined;
    this.new_ = new Set(fresh.map((moment) => moment.id));
    if (fresh.length > 0) setTimeout(() => { this.new_ = new Set(); }, NEW_MS);
  }

  protected override on_changes(changes: Change[]): void {
    const shown = new Set(this.told_?.moments.map((moment) => moment.id));
    if (changes.some((one) => one.kind === "withdrawn" && one.moment && shown.has(one.moment))) {
      this.say(this.context.words.moment_withdrawn);
    }
  }

  protected override render(): TemplateResult {
    const { words } = this.context;
    const told = this.told_;
    if (!told) return html`<div class="waiting"></div>`;
    return html`
      <h1>${told.headline || (this.race?.name ?? words.story)}</h1>
      ${this.lede_()}
      ${this.tabs_()}
      ${this.day_line_(told)}
      ${told.moments.length === 0 ? html`<p class="lede">${words.nothing_told}</p>` : nothing}
      <div class="moments">
        ${repeat(told.moments, (moment) => moment.id, (moment, n) => this.moment_(moment, n + 1))}
      </div>
      ${this.waiting_ ? this.waiting_button_(this.waiting_) : nothing}`;
  }

  private lede_(): TemplateResult {
    const { words, format, races } = this.context;
    const asked = this.route.params["race"];
    const of = asked ? races.filter((race) => race.id === asked) : races;
    const sum = (key: "started" | "running" | "finished"): string =>
      format.count(of.reduce((all, race) => all + race.counts[key], 0));
    const text = of.every((race) => race.cancelled) ? words.cancelled
      : of.every((race) => race.closed) ? words.counts_final(sum("finished"), sum("started"))
      : words.counts(sum("finished"), sum("running"));
    const [day, ...more] = this.told_?.days ?? [];
    if (!day || more.length > 0 || !(day.day || day.headline)) return html`<p class="lede">${text}</p>`;
    return html`<p class="lede">${day.headline ? html`<strong>${day.headline}.</strong>` : nothing}
      ${day.day || text}</p>`;
  }

  private tabs_(): TemplateResult {
    const { words, races } = this.context;
    const { race, order } = this.route.params;
    const tab = (to: string, on: boolean, text: string): TemplateResult =>
      html`<a href=${to} aria-current=${on ? "true" : nothing}>${text}</a>`;
    return html`<div class="story-tabs">
      <nav class="tabs" aria-label=${words.order}>
        ${tab(href("story", { race }), !this.latest_, words.order_best)}
        ${tab(href("story", { race, order: "latest" }), this.latest_, words.order_latest)}
      </nav>
      ${races.length < 2 ? nothing : html`<nav class="tabs" aria-label=${words.race}>
        ${tab(href("story", { order }), !race, words.everybody)}
        ${races.map((one) => tab(href("story", { race: one.id, order }), race === one.id, one.name))}
      </nav>`}
    </div>`;
  }

  private day_line_({ moments, river: finest }: Told): TemplateResult | typeof nothing {
    const { words, format, races } = this.context;
    const guns = races.flatMap((race) => race.first_gun_at ? [race.first_gun_at] : []).sort();
    const wide = Math.min(document.documentElement.clientWidth, 1128) - 60;
    const river = finest && coarser(finest, wide / BAR_PX);
    const day = day_of(moments, guns[0], MARK_PX / wide, river);
    if (!day) return nothing;
    const caption = [river ? this.river_words_(river) : "", day.marks.length > 0 ? words.each_mark : ""];
    return html`<figure class="river"><nav class="day-line" aria-label=${words.day_line}
        ${vars({ "--lanes": String(day.lanes) })}>
      ${river ? html`<svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true"><path
        d=${river_path(river, day)}></path></svg>` : nothing}
      ${hours_of(day).map((hour) => html`<span class="x" aria-hidden="true"
        ${vars({ left: `${hour.at * 100}%` })}>${format.minute(new Date(hour.ms).toISOString())}</span>`)}
      ${repeat(day.marks, (mark) => mark.moment.id, (mark) => html`
        <a class="mark t-${mark.moment.theme}" href="#m-${mark.moment.id}"
          aria-label=${words.moment_mark(mark.number, mark.moment.headline)}
          ${vars({ left: `${mark.at * 100}%`, "--lane": String(mark.lane) })}
          ><span class="n">${mark.number}</span></a>`)}
      </nav><figcaption>${caption.filter((text) => text !== "").join(" ")}</figcaption></figure>`;
  }

  private river_words_(river: River): string {
    const { words, format } = this.context;
    const { at, most } = busiest(river);
    return words.river(river.minutes, format.minute(at), format.count(most));
  }

  private moment_(moment: Moment, number: number): TemplateResult {
    const { words, format, races } = this.context;
    const race = races.find((one) => one.id === moment.race);
    const lead = number === 1 && !this.latest_;
    return html`<article id="m-${moment.id}" class="moment t-${moment.theme} ${lead ? "lead" : ""}
        ${this.new_.has(moment.id) ? "is-new" : ""}">
      <div class="told">
        <p class="kicker"><span class="n">${number}</span> ${words.theme[moment.theme] ?? moment.theme}
          <span class="where">${races.length > 1 ? race?.name : nothing}
            ${moment.at ? format.minute(moment.at) : nothing}</span></p>
        <h2>${moment.headline}</h2>
        <p class="text">${moment.text}</p>
        ${this.people_(moment)}
        ${this.evidence_(moment)}
      </div>
      ${race && moment.bibs.length > 0 ? html`<hs-moment-figure class="shown"
        .context=${this.context} .moment=${moment} .race=${race}></hs-moment-figure>` : nothing}
    </article>`;
  }

  private people_(moment: Moment): TemplateResult | typeof nothing {
    const { words } = this.context;
    if (moment.bibs.length === 0) return nothing;
    return html`<p class="people">${words.splits_of} ${moment.bibs.slice(0, 12).map((bib, n) => html`${
      n > 0 ? ", " : nothing}<a href=${href("runner", { race: moment.race, bib })}>${words.bib_n(bib)}</a>`)}</p>`;
  }

  private evidence_(moment: Moment): TemplateResult | typeof nothing {
    const { words, format } = this.context;
    const rows = moment.evidence.filter((one) => one.seconds !== undefined && one.to);
    const bits = moment.net_bits;
    return html`<details class="how"><summary>${words.how_we_know}</summary>
      ${rows.length === 0 ? nothing : html`<div class="scroll" tabindex="0" role="group"
        aria-label=${words.how_we_know}><table class="plain">
        <thead><tr><th scope="col">${words.stretch}</th><th scope="col" class="num">${words.measured}</th>
          <th scope="col" class="num">${words.expected_90}</th>
          <th scope="col" class="num">${words.rank}</th></tr></thead>
        <tbody>${rows.map((one) => this.evidence_row_(one))}</tbody></table></div>`}
      ${moment.shelf ? html`<p>${words.told_for_itself}</p>`
        : bits === undefined ? nothing : html`<p>${words.net_bits(format.count(bits))}</p>`}
    </details>`;
  }

  private evidence_row_(one: Evidence): TemplateResult {
    const { words, format } = this.context;
    const where = one.from ? `${format.point(one.from)} – ${format.point(one.to ?? "")}`
      : format.point(one.to ?? "");
    const seconds = (value: number | undefined): string =>
      value === undefined ? "" : clock(value * 1000);
    const [low, high] = one.expected_90 ?? [];
    return html`<tr><th scope="row">${where}</th><td class="num">${seconds(one.seconds)}</td>
      <td class="num">${low === undefined ? nothing : `${seconds(low)} – ${seconds(high)}`}</td>
      <td class="num">${one.rank_in_field === undefined || one.of === undefined ? nothing
        : words.rank_of(format.count(one.rank_in_field), format.count(one.of))}</td></tr>`;
  }

  private waiting_button_(waiting: Told): TemplateResult {
    const { words } = this.context;
    const before = new Set(this.told_?.moments.map((moment) => moment.id));
    const fresh = waiting.moments.filter((moment) => !before.has(moment.id));
    return html`<button class="button pill" @click=${() => {
      this.show_(waiting, fresh);
      scrollTo({ top: 0 });
    }}>${words.new_moments(fresh.length)} · ${words.show}</button>`;
  }
}

customElements.define("hs-story", StoryView);
