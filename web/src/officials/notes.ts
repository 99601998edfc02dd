import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { is_aborted } from "../api.js";
import type { List, Race } from "../contract.js";
import type { Context } from "../view.js";
import { WITNESSES } from "./facts.js";
import type { Note } from "./official_contract.js";
import type { Known } from "./session.js";
import type { OfficialWords } from "./words.js";
import type { Written } from "./fact_form.js";
import "./fact_form.js";
import "./undo_fact.js";

/** The server lists a note some moments after it is written: it is asked again this often, so long. */
const AGAIN_MS = 300;
const AGAIN_MAX = 30;

/**
 * A form for a note and what was noted, newest first. `written` and `signed-out` go on to the view.
 */
class Notes extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, race: { attribute: false },
    known: { attribute: false }, state_of: { attribute: false }, items_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  declare race: Race;
  declare known: Known;
  /** Whatever changes when somebody may have noted something: then the list is read again. */
  declare state_of: unknown;
  private declare items_: Note[] | undefined;
  private loading_: AbortController | undefined;
  private awaited_: Written | undefined;
  private again_: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.loading_?.abort();
    clearTimeout(this.again_);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("race") || changed.has("state_of")) void this.load_();
  }

  /** Reads until what was written, or taken back, shows. */
  private async load_until_(written: Written): Promise<void> {
    this.awaited_ = written;
    for (let n = 0; n < AGAIN_MAX && this.awaited_ === written && this.isConnected; ++n) {
      await this.load_();
      const has = (seq: number | undefined): boolean => this.items_?.some((note) => note.seq === seq) ?? false;
      if (written.undone === undefined ? has(written.seq) : !has(written.undone)) return;
      await new Promise((done) => { this.again_ = setTimeout(done, AGAIN_MS); });
    }
  }

  private async load_(): Promise<void> {
    this.loading_?.abort();
    const own = new AbortController();
    this.loading_ = own;
    try {
      const { data } = await this.context.api.get<List<Note>>("api/v1/notes", { race: this.race.id }, own.signal);
      this.items_ = data.items;
    } catch (error) {
      // The list stays as it was; the view around it says that the line is gone.
      if (!is_aborted(error) && this.items_ === undefined) this.items_ = [];
    }
  }

  protected override render(): TemplateResult {
    const { words, context, race, known } = this;
    return html`<p class="quiet notes-why">${words.notes_why}</p>
      <hs-fact-form .context=${context} .words=${words} .kinds=${["note"]} .race=${race} .author=${known.name}
        .witnesses=${WITNESSES[known.role]} @written=${(event: CustomEvent<Written>) => void this.load_until_(event.detail)}></hs-fact-form>
      ${this.items_ === undefined ? nothing : this.items_.length === 0 ? html`<p class="quiet">${words.no_notes}</p>`
        : html`<ul class="rulings notes" @written=${(event: CustomEvent<Written>) => void this.load_until_(event.detail)}>${repeat(this.items_, (note) => note.seq,
            (note) => this.note_(note))}</ul>`}`;
  }

  private note_(note: Note): TemplateResult {
    const { words, context, known } = this;
    const { format } = context;
    const about = [...note.bibs.map((bib) => context.words.bib_n(bib)), note.point ? words.note_at(format.point(note.point)) : ""];
    const signed = [words.witness[note.kind], note.by, note.at ? format.time(note.at) : "", `${words.fact} ${note.seq}`];
    const may_undo = known.role !== "announcer" || note.by === known.name;
    return html`<li>${note.text === undefined ? html`<p class="quiet">${words.note_hidden}</p>`
        : html`<p class="note-text">${note.text}</p>`}
      <p>${about.filter((text) => text !== "").join(", ")}</p>
      ${note.words ? html`<p class="note-held">${words.not_told(note.words)}</p>` : nothing}
      <p class="quiet">${signed.filter((text) => text !== "").join(" · ")}</p>
      ${may_undo ? html`<hs-undo-fact .context=${context} .words=${words} .seq=${note.seq}></hs-undo-fact>` : nothing}</li>`;
  }
}

customElements.define("hs-notes", Notes);
