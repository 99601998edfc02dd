import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Context } from "../view.js";
import type { TakenFolder } from "./official_contract.js";
import { write } from "./session.js";
import type { OfficialWords } from "./words.js";

/** The event folder, read again at a press: what changed, or where the mistake is. */
class ReadFiles extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false },
    taken_: { state: true }, wrong_: { state: true }, busy_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  private declare taken_: TakenFolder | undefined;
  private declare wrong_: string;
  private declare busy_: boolean;

  constructor() {
    super();
    this.wrong_ = "";
    this.busy_ = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async read_(): Promise<void> {
    if (this.busy_) return;
    this.busy_ = true;
    this.wrong_ = "";
    this.taken_ = undefined;
    try {
      this.taken_ = await write<TakenFolder>(this.context.api, "api/v1/reload", {});
    } catch (error) {
      this.wrong_ = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy_ = false;
    }
  }

  private what_(taken: TakenFolder): string {
    const { files_parts, files_same, files_taken } = this.words;
    const counts = [["event", taken.event.length], ["entries", taken.entries], ["rulings", taken.rulings],
      ["reads", taken.reads]] as const;
    const some = counts.filter(([, count]) => count > 0)
      .map(([what, count]) => files_parts[what](this.context.format.count(count)));
    return some.length > 0 ? files_taken(some.join(", ")) : files_same;
  }

  /** The button stays as it is while it works, so that the focus does. */
  protected override render(): TemplateResult {
    const { words, taken_: taken, wrong_: wrong } = this;
    const said = this.busy_ ? words.reading_files : taken ? this.what_(taken) : "";
    return html`<p class="keys"><button class="button" aria-disabled=${String(this.busy_)}
        @click=${() => void this.read_()}>${words.read_files}</button>
      <span class="quiet" role="status">${said}</span></p>
      ${taken && taken.event.length > 0 ? html`<ul>${taken.event.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
      ${wrong ? html`<p class="problem" role="alert">${words.not_taken} ${wrong}</p>` : nothing}`;
  }
}

customElements.define("hs-read-files", ReadFiles);
