import { html, nothing, type TemplateResult } from "lit";
import type { AwardList, Awards, Change, Race } from "../contract.js";
import { href } from "../route.js";
import { View } from "../view.js";
import "./awards_view.css";

/** Who would win which prize now, and what can still change. */
class AwardsView extends View {
  static override properties = { ...View.properties, told_: { state: true } };

  private declare told_: Awards | undefined;
  private of_ = "";

  /** Prizes are worked out some seconds apart. */
  protected override get refresh_ms(): number {
    return 5_000;
  }

  protected override concerns(change: Change): boolean {
    return change.race === this.race?.id && change.kind !== "moment" && change.kind !== "withdrawn";
  }

  protected override willUpdate(): void {
    const of = this.race?.id ?? "";
    if (this.of_ !== of && this.of_ !== "") {
      this.told_ = undefined;
      void this.load_now();
    }
    this.of_ = of;
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    const race = this.race;
    if (!race) return;
    const { data } = await this.context.api.get<Awards>(`api/v1/races/${encodeURIComponent(race.id)}/awards`, {}, signal);
    this.told(data.as_of);
    this.told_ = data;
  }

  protected override render(): TemplateResult | typeof nothing {
    const race = this.race;
    const { words, races } = this.context;
    if (!race) return nothing;
    return html`<h1>${words.awards}</h1>
      ${races.length < 2 ? nothing : html`<nav class="tabs" aria-label=${words.race}>${races.map((one) => html`<a
        href=${href("awards", { race: one.id })} aria-current=${one.id === race.id ? "page" : nothing}>${one.name}</a>`)}</nav>`}
      ${!this.told_ ? html`<div class="waiting"></div>` : this.told_.items.length === 0 ? html`<p class="lede">${words.no_awards}</p>`
        : html`<p class="lede">${words.awards_lede}</p><div class="prizes">${this.told_.items.map((one) => this.list_(race, one))}</div>`}`;
  }

  private list_(race: Race, list: AwardList): TemplateResult {
    const { words, format } = this.context;
    // An id is what the event file calls it: words with dashes.
    const name = [list.id.replace(/[-_]/g, " "), list.division ?? ""].filter((text) => text !== "").join(" · ");
    return html`<section><h2>${name}</h2>
      ${list.winners.length === 0 ? html`<p class="quiet">${words.nobody_yet}</p>` : html`<table class="plain"><caption class="unseen">${name}</caption>
        <thead class="unseen"><tr><th scope="col">${words.place}</th><th scope="col">${words.name}</th><th scope="col">${words.time}</th></tr></thead>
        <tbody>${list.winners.map((one) => html`<tr><td class="num">${format.count(one.place)}${one.shared ? "=" : ""}</td>
          <th scope="row"><a href=${href("runner", { race: race.id, bib: one.bib })}><bdi>${one.name}</bdi></a></th>
          <td class="num">${one.official_ms === undefined ? nothing : format.official(one.official_ms)}</td></tr>`)}</tbody></table>`}
      <p class=${list.locked ? "prize-state is-locked" : "prize-state"}>${this.state_(race, list)}</p></section>`;
  }

  /** "Could still change until 11:42: 3 are on the course." */
  private state_(race: Race, list: AwardList): string {
    const { words, format } = this.context;
    if (list.locked) return race.closed ? words.prize_stands : words.prize_locked;
    const could = format.count(list.could_change_it ?? 0);
    return list.open_until_at ? words.prize_open_until(format.time(list.open_until_at), could) : words.prize_open(could);
  }
}

customElements.define("hs-awards", AwardsView);
