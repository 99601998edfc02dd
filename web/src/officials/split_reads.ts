import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Context } from "../view.js";
import type { Explained, ExplainedRead } from "./official_contract.js";
import { session_of } from "./session.js";
import { dial_time } from "./will.js";

/**
 * The reads at one point of a runner with the verdict on each, for whoever signed in as an official
 * who may see them; for everybody else nothing, and nothing is asked for.
 */
class SplitReads extends LitElement {
  static override properties = {
    context: { attribute: false }, race: {}, bib: {}, point: {}, state_of: { attribute: false }, reads_: { state: true },
  };

  declare context: Context;
  declare race: string;
  declare bib: string;
  declare point: string;
  /** Whatever changes when the runner may have: then it is read again. */
  declare state_of: unknown;
  private declare reads_: ExplainedRead[] | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (["race", "bib", "state_of"].some((name) => changed.has(name))) void this.load_();
  }

  private async load_(): Promise<void> {
    const { api } = this.context;
    const path = `api/v1/explain/${encodeURIComponent(this.race)}/${encodeURIComponent(this.bib)}`;
    try {
      const known = await session_of(api);
      this.reads_ = known === undefined || known.role === "announcer" ? undefined
        : (await api.get<Explained>(path)).data.reads;
    } catch {
      this.reads_ = undefined; // what everybody may see stands above
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const reads = this.reads_?.filter((read) => read.point === this.point) ?? [];
    if (reads.length === 0) return nothing;
    return html`<p class="quiet">${this.context.words.why_reads}</p>
      <ul class="split-reads">${reads.map((read) => html`<li class=${read.verdict === "counted" ? "counts" : ""}>
        <span>${dial_time(read.at, this.context)}</span> ${[read.mat, read.device].filter((text) => !!text).join(", ")}:
        ${read.reason ?? read.verdict}</li>`)}</ul>`;
  }
}

customElements.define("hs-split-reads", SplitReads);
