import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { clock, hours_minutes } from "../format.js";
import type { FanColumns } from "./course.js";

const HEIGHT_PX = 240;
const MINUTE_MS = 60_000;
/** Where ticks of the time axis may stand, in minutes. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);

/** The projection of the finish along the course: a middle line in a band, drawn by uPlot. */
class FanChart extends LitElement {
  static override properties = {
    columns: { attribute: false }, finish_ms: { attribute: false }, described: { attribute: false },
    course_km: { attribute: false },
  };

  declare columns: FanColumns;
  declare finish_ms: number | undefined;
  declare described: string;
  declare course_km: number;
  private plot_: uPlot | undefined;
  private sizes_: ResizeObserver | undefined;
  private readonly scheme_ = matchMedia("(prefers-color-scheme: dark)");

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme_.addEventListener("change", this.redraw_);
    this.sizes_ = new ResizeObserver(() => {
      if (this.plot_ && this.clientWidth > 0) this.plot_.setSize({ width: this.clientWidth, height: HEIGHT_PX });
    });
    this.sizes_.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme_.removeEventListener("change", this.redraw_);
    this.sizes_?.disconnect();
    this.plot_?.destroy();
    this.plot_ = undefined;
  }

  protected override render(): TemplateResult {
    return html`<div class="fan" role="img" aria-label=${this.described}></div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    if (this.plot_) this.plot_.setData(this.data_());
    else this.redraw_();
  }

  private data_(): uPlot.AlignedData {
    const { km, low, middle, high } = this.columns;
    const finish = this.finish_ms;
    const last = finish === undefined ? [] : [finish];
    const x = finish === undefined ? km : [...km, this.course_km];
    return [x, [...low, ...last], [...high, ...last], [...middle, ...last]];
  }

  /** What the time axis spans: the fans of the mats on the way. That of the start is wide as a barn. */
  private times_(): [number, number] {
    const { km, low, high } = this.columns;
    const from = km.length > 2 && km[0] === 0 ? 1 : 0;
    const finish = this.finish_ms === undefined ? [] : [this.finish_ms];
    const least = Math.min(...low.slice(from), ...finish), most = Math.max(...high.slice(from), ...finish);
    const room = Math.max((most - least) * 0.1, MINUTE_MS);
    return [least - room, most + room];
  }

  private readonly redraw_ = (): void => {
    this.plot_?.destroy();
    const into = this.querySelector<HTMLElement>(".fan");
    if (!into) return;
    this.plot_ = new uPlot(this.options_(), this.data_(), into);
  };

  private options_(): uPlot.Options {
    const style = getComputedStyle(this);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const soft = colour("--soft"), line = colour("--line"), band = colour("--band"), ink = colour("--ink");
    const font = `12px ${style.fontFamily}`;
    const axis = { stroke: soft, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
    const edge: uPlot.Series = { stroke: band, width: 1, points: { show: false } };
    return {
      width: Math.max(200, this.clientWidth), height: HEIGHT_PX,
      legend: { show: false }, cursor: { show: false }, padding: [12, 12, 0, 0],
      scales: { x: { time: false, range: [0, this.course_km] }, y: { range: () => this.times_()} },
      series: [{}, edge, edge,
        { stroke: ink, width: 2, points: { show: true, size: 6, fill: ink, stroke: ink } }],
      bands: [{ series: [2, 1], fill: band }],
      axes: [
        { ...axis, grid: { show: false }, values: (_plot, ticks) => ticks.map((km) => `${km} km`) },
        { ...axis, size: 56, incrs: STEPS, values: (_plot, ticks) =>
          ticks.map((ms) => (ms >= 3_600_000 ? hours_minutes(ms) : clock(ms))) },
      ],
    };
  }
}

customElements.define("hs-fan-chart", FanChart);
