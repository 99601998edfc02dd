import { html, LitElement, nothing, svg, type TemplateResult } from "lit";
import type { Moment, Race, Runner, RunnerInfo } from "../contract.js";
import { clock } from "../format.js";
import { vars } from "../vars.js";
import type { Context } from "../view.js";
import { figure_of, SIDE, type Figure } from "./figure.js";

/** A picture holds at most this many runners. */
const RUNNERS_MAX = 2;

/** The picture of one moment; reads its runners when it comes near the screen, and keeps its room. */
class MomentFigure extends LitElement {
  static override properties = {
    context: { attribute: false }, moment: { attribute: false }, race: { attribute: false },
    runners_: { state: true },
  };

  declare context: Context;
  declare moment: Moment;
  declare race: Race;
  private declare runners_: RunnerInfo[];
  private seen_: IntersectionObserver | undefined;
  private of_ = "";

  constructor() {
    super();
    this.runners_ = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.seen_ = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.read_();
    }, { rootMargin: "400px" });
    this.seen_.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.seen_?.disconnect();
  }

  private async read_(): Promise<void> {
    if (this.of_ === this.moment.id) return;
    this.of_ = this.moment.id;
    const asked = this.moment.bibs.slice(0, RUNNERS_MAX).map((bib) => this.context.api.get<Runner>(
      `api/v1/runners/${encodeURIComponent(this.moment.race)}/${encodeURIComponent(bib)}`));
    // One who cannot be had costs their own line only.
    const answers = await Promise.allSettled(asked);
    this.runners_ = answers.flatMap((one) => one.status === "fulfilled" ? [one.value.data.runner] : []);
  }

  protected override render(): TemplateResult {
    const { format } = this.context;
    const figure = figure_of(this.moment, this.runners_, this.race, {
      time: (ms) => clock(ms).replace(/^(\d+):(\d\d):00$/, "$1:$2"),
      length: (metres) => format.length(metres), pace: (ms) => clock(ms),
    });
    return html`<figure class="told-by">
      <div class="area" role="img" aria-label=${this.described_()}>
        ${figure ? this.drawn_(figure) : nothing}
      </div>
      <figcaption>${figure ? this.caption_(figure) : "\u00a0"}</figcaption>
    </figure>`;
  }

  private drawn_(figure: Figure): TemplateResult {
    return html`
      <svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true">
        ${figure.y.map((tick) => svg`<path class="grid" d="M0 ${tick.at * SIDE}H${SIDE}"/>`)}
        ${figure.band ? svg`<path class="band" d=${figure.band}/>` : nothing}
        ${figure.lines.map((line, n) =>
          svg`<path class=${n === 0 ? "main" : "second"} d=${line}/>`)}
      </svg>
      ${figure.y.map((tick) => html`<span class="y" ${vars({ top: percent(tick.at) })}>${tick.text}</span>`)}
      ${figure.x.map((tick) => html`<span class="x" ${vars({ left: percent(tick.at) })}>${tick.text}</span>`)}
      ${figure.ends.slice(0, 1).map((end) =>
        html`<i class="dot" ${vars({ left: percent(end.x), top: percent(end.y) })}></i>`)}`;
  }

  private caption_(figure: Figure): string {
    const { words } = this.context;
    const text = figure.kind === "pace" ? (figure.band ? words.pace_along_band : words.pace_along)
      : figure.band ? words.distance_over_time_band : words.distance_over_time;
    const second = this.runners_[1];
    return figure.lines.length > 1 && second ? `${text} ${words.dashed(second.name)}` : text;
  }

  private described_(): string {
    const { words, format } = this.context;
    const first = this.runners_[0];
    if (!first) return words.distance_over_time;
    const points = first.splits.flatMap((split) =>
      split.net_ms === undefined ? [] : [`${format.point(split.point)} ${clock(split.net_ms)}`]);
    return words.picture_of(first.name, points.join(", "));
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

customElements.define("hs-moment-figure", MomentFigure);
