import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ApiError, OfflineError } from "../api.js";
import type { Race, Runner } from "../contract.js";
import type { Context } from "../view.js";
import { CHECKS, empty_draft, fact_of, field_of, FIELDS, is_optional, may_be_about, RACE_KINDS, RUNNER_KINDS, SUBJECTS, YES,
  type Draft, type Field, type Kind } from "./facts.js";
import type { FactLine, ListedRuling, Witness } from "./official_contract.js";
import { about_the_same, ruling_line } from "./rulings.js";
import { write } from "./session.js";
import { standing_words, who_of, will_words } from "./will.js";
import type { OfficialWords } from "./words.js";
import "./undo_fact.js";

/** What `written` says: the number of a fact, or of the one that it took back. */
export interface Written {
  seq?: number;
  undone?: number;
}

interface Listed {
  seq: number;
  who: string;
  words: string;
}

/** What was checked: the sentence, how those it is about stand, and what had been ruled by then. */
interface Question {
  fact: FactLine;
  words: string;
  now: string[];
  known: number;
}

/** Somebody whom a fact is about, and the field that names them. */
interface Subject {
  race: string;
  bib: string;
  field: Field;
}

const WRITTEN_SHOWN = 5;
const CHOICES: readonly Field[] = ["point", "to_point", "wave", "witness", "about", "to", "other_race"];

/** Everybody whom a fact is about, in the order of the form. */
function subjects_of(fact: FactLine): Subject[] {
  const race = fact.race ?? "";
  if (fact.bibs) return fact.bibs.map((bib) => ({ race, bib, field: "bibs" }));
  const first: Subject[] = fact.bib === undefined ? [] : [{ race, bib: fact.bib, field: "bib" }];
  const is_pair = fact.ruling === "merge" || fact.ruling === "swap-chips";
  const other = is_pair ? fact.to ?? race : race;
  return [...first, ...(fact.with ?? []).map((bib): Subject => ({ race: other, bib, field: is_pair ? "other" : "with" }))];
}

/**
 * One decision: fields, then in words what will happen, then it is written. A refusal stands beside
 * its field; what was typed stays until the server said that it is on the disk.
 *
 * Says `written` after each fact, `signed-out` where the session ended.
 */
class FactForm extends LitElement {
  static override properties = {
    context: { attribute: false }, words: { attribute: false }, kinds: { attribute: false },
    race: { attribute: false }, author: {}, preset: { attribute: false }, witnesses: { attribute: false },
    rulings: { attribute: false }, draft_: { state: true }, wrong_: { state: true }, checked_: { state: true }, problem_: { state: true },
    written_: { state: true }, busy_: { state: true },
  };

  declare context: Context;
  declare words: OfficialWords;
  declare kinds: readonly Kind[];
  declare race: Race;
  declare author: string;
  /** Fields that somebody chose elsewhere on the page; a new object is put into the form. */
  declare preset: Partial<Draft> | undefined;
  /** Whose words a note may have; the first is the usual one. */
  declare witnesses: readonly Witness[];
  /** All rulings as they are listed now, so that what another session wrote is seen before the key is pressed. */
  declare rulings: readonly ListedRuling[];
  private declare draft_: Draft | undefined;
  private declare wrong_: Partial<Record<Field, string>>;
  private declare checked_: Question | undefined;
  private declare problem_: string;
  private declare written_: Listed[];
  private declare busy_: boolean;

  constructor() {
    super();
    this.witnesses = [];
    this.rulings = [];
    this.wrong_ = {};
    this.problem_ = "";
    this.written_ = [];
    this.busy_ = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.draft_ ??= this.empty_(this.kinds[0] ?? "dnf", this.race.id);
    if (!changed.has("preset") || !this.preset) return;
    this.draft_ = { ...this.draft_, ...this.preset };
    this.checked_ = undefined;
    this.wrong_ = {};
    this.problem_ = "";
  }

  private empty_(kind: Kind, race: string): Draft {
    return { ...empty_draft(kind, race), witness: this.witnesses[0] ?? "" };
  }

  private get draft(): Draft {
    return this.draft_ ?? this.empty_("dnf", this.race.id);
  }

  private set_<Key extends keyof Draft>(key: Key, value: Draft[Key]): void {
    this.draft_ = { ...this.draft, [key]: value };
    this.wrong_ = { ...this.wrong_, [key]: undefined };
    this.problem_ = "";
  }

  private async check_(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy_) return;
    const { fact, wrong } = fact_of(this.draft, this.context.event);
    if (wrong) return this.refuse_(Object.fromEntries(Object.entries(wrong).map(([field, why]) =>
      [field, this.words.wrong[why]])));
    this.busy_ = true;
    try {
      this.checked_ = await this.question_(fact);
      await this.updateComplete;
      this.querySelector<HTMLElement>(".confirm .strong")?.focus();
    } catch (error) {
      this.problem_ = this.told_(error, this.words.cannot_ask);
    } finally {
      this.busy_ = false;
    }
  }

  /** What will be written, in words; nothing where somebody is not entered, which stands at their field. */
  private async question_(fact: FactLine): Promise<Question | undefined> {
    const { context, words } = this;
    const subjects = subjects_of(fact);
    const found = await Promise.all(subjects.map(async (one) => {
      try {
        return await this.runner_(one.race, one.bib);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return undefined;
        throw error;
      }
    }));
    const missing = subjects.find((_, n) => found[n] === undefined);
    if (missing) {
      await this.refuse_({ [missing.field]: words.not_entered });
      return undefined;
    }
    const named = subjects.map(({ race, bib }, n) => who_of({ ...fact, race, bib }, found[n]?.name, context));
    const said = fact.bibs ? will_words(fact, named.join(", "), context, words)
      : will_words(fact, found[0]?.name, context, words, fact.with ? named.slice(fact.bib === undefined ? 0 : 1) : undefined);
    return { fact, words: said, known: Math.max(0, ...this.rulings.map((one) => one.seq)),
      now: fact.bibs ? [] : this.now_(fact, found, named) };
  }

  /** How those stand whom it is about; of a race how many there are. */
  private now_(fact: FactLine, found: readonly (Runner["runner"] | undefined)[], named: readonly string[]): string[] {
    const { words, context } = this;
    const standing = found.map((one) => one ? standing_words(one, context) : "");
    if (standing.length === 1) return standing.map((one) => words.now_is(one));
    if (standing.length > 1) return standing.map((one, n) => words.now_of(named[n] ?? "", one));
    const race = context.races.find((one) => one.id === fact.race);
    if (!race || !RACE_KINDS.includes(this.draft.kind)) return [];
    const { finished, running } = race.counts;
    return [words.now_is(context.words.counts(context.format.count(finished), context.format.count(running)).replace(/\.$/, ""))];
  }

  private async runner_(race: string, bib: string): Promise<Runner["runner"]> {
    const path = `api/v1/runners/${encodeURIComponent(race)}/${encodeURIComponent(bib)}`;
    return (await this.context.api.get<Runner>(path)).data.runner;
  }

  private async refuse_(wrong: Partial<Record<Field, string>>): Promise<void> {
    this.wrong_ = wrong;
    await this.updateComplete;
    this.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  private told_(error: unknown, offline: string): string {
    if (error instanceof OfflineError) return offline;
    if (error instanceof ApiError && error.status === 401) {
      this.dispatchEvent(new CustomEvent("signed-out", { bubbles: true }));
      return this.words.not_written;
    }
    return error instanceof Error ? error.message : String(error);
  }

  private async write_(): Promise<void> {
    const checked = this.checked_;
    if (!checked || this.busy_) return;
    this.busy_ = true;
    this.problem_ = "";
    try {
      const { seq } = await write<{ seq: number }>(this.context.api, "api/v1/facts", checked.fact);
      this.written_ = [{ seq, who: this.author, words: checked.words }, ...this.written_].slice(0, WRITTEN_SHOWN);
      this.draft_ = this.empty_(this.draft.kind, this.draft.race);
      this.checked_ = undefined;
      this.dispatchEvent(new CustomEvent<Written>("written", { bubbles: true, detail: { seq } }));
      await this.updateComplete;
      this.querySelector<HTMLElement>(".written")?.focus();
    } catch (error) {
      const told = this.told_(error, this.words.not_sent);
      const field = error instanceof ApiError ? field_of(told, FIELDS[this.draft.kind]) : undefined;
      this.checked_ = undefined;
      if (field) await this.refuse_({ [field]: told });
      else this.problem_ = told;
    } finally {
      this.busy_ = false;
    }
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`${this.checked_ ? this.confirm_(this.checked_) : this.form_()}
      ${this.problem_ ? html`<p class="problem" role="alert">${this.problem_}</p>` : nothing}
      ${this.written_.map((one, n) => html`<div class="written" tabindex=${n === 0 ? "-1" : nothing}>
        <p><strong>${words.written_as(String(one.seq), one.who)}</strong> ${one.words}</p>
        <hs-undo-fact .context=${this.context} .words=${words} .seq=${one.seq}></hs-undo-fact></div>`)}`;
  }

  private confirm_(checked: Question): TemplateResult {
    const { words } = this;
    const reason = this.draft.reason && FIELDS[this.draft.kind].includes("reason");
    return html`<div class="confirm" role="group" aria-label=${words.check_title}>
      <p class="quiet">${words.check_title}</p><p class="confirm-words">${checked.words}</p>
      ${checked.now.map((one) => html`<p>${one}</p>`)}
      ${checked.fact.clause && checked.fact.ruling !== "dsq" ? html`<p>${words.clause_is(checked.fact.clause)}</p>` : nothing}
      ${reason ? html`<p class="quiet">${words.field.reason}: ${this.draft.reason}</p>` : nothing}
      ${this.held_(checked)}
      <p class="keys"><button class="button strong" ?disabled=${this.busy_}
          @click=${() => void this.write_()}>${words.write}</button>
        <button class="button" ?disabled=${this.busy_} @click=${() => { this.checked_ = undefined; }}>${words.change}</button></p>
    </div>`;
  }

  /** What holds about the same; what came since the question was put is said aloud. */
  private held_(checked: Question): TemplateResult | typeof nothing {
    const { words, context } = this;
    const same = this.rulings.filter((one) => about_the_same(one.fact, checked.fact) &&
      (one.state === "holds" || one.seq > checked.known));
    const list = (some: readonly ListedRuling[]): TemplateResult => html`<ul>${some.map((one) => html`<li>${
      ruling_line(one, context, words)}</li>`)}</ul>`;
    const before = same.filter((one) => one.seq <= checked.known), since = same.filter((one) => one.seq > checked.known);
    return html`${before.length === 0 ? nothing : html`<div class="held"><p class="quiet">${words.held_so_far}</p>${list(before)}</div>`}
      <div role="alert">${since.length === 0 ? nothing : html`<div class="held problem"><p>${words.meanwhile}</p>${list(since)}</div>`}</div>`;
  }

  private form_(): TemplateResult {
    const { words, draft } = this;
    const { races } = this.context;
    return html`<form class="fact-form" novalidate @submit=${(event: Event) => void this.check_(event)}>
      ${this.kinds.length < 2 ? nothing : html`<label class="field"><span>${words.decision}</span>
        <select name="kind" @change=${(event: Event) => this.set_("kind", (event.target as HTMLSelectElement).value as Kind)}>
          ${this.kind_choices_()}
        </select></label>`}
      ${races.length < 2 ? nothing : html`<label class="field"><span>${this.context.words.race}</span>
        <select name="race" @change=${(event: Event) => this.set_("race", (event.target as HTMLSelectElement).value)}>
          ${races.map((one) => html`<option value=${one.id} .selected=${one.id === draft.race}>${one.name}</option>`)}
        </select></label>`}
      ${FIELDS[draft.kind].map((field) => this.field_(field))}
      <p class="keys"><button class="button strong" ?disabled=${this.busy_}>${words.check}</button></p>
    </form>`;
  }

  /** Long lists are told apart by what they are about. */
  private kind_choices_(): unknown {
    const { words, draft } = this;
    const rest = this.kinds.filter((kind) => !RUNNER_KINDS.includes(kind) && !RACE_KINDS.includes(kind));
    const groups = [[words.about_runner, this.kinds.filter((kind) => RUNNER_KINDS.includes(kind))],
      [words.about_race, this.kinds.filter((kind) => RACE_KINDS.includes(kind))], [words.about_rest, rest]] as const;
    const options = (kinds: readonly Kind[]): unknown => kinds.map((kind) =>
      html`<option value=${kind} .selected=${kind === draft.kind}>${words.kind[kind]}</option>`);
    const used = groups.filter(([, kinds]) => kinds.length > 0);
    return used.length < 2 ? options(this.kinds) : used.map(([name, kinds]) =>
      html`<optgroup label=${name}>${options(kinds)}</optgroup>`);
  }

  private field_(field: Field): TemplateResult | typeof nothing {
    const { words, draft } = this;
    // Where there is one race, nobody is of another.
    if (field === "other_race" && this.context.races.length < 2) return nothing;
    if (CHECKS.includes(field)) {
      return html`<div class="field-room is-wide"><label class="tick"><input type="checkbox" name=${field} .checked=${draft[field] === YES}
        @change=${(event: Event) => this.set_(field, (event.target as HTMLInputElement).checked ? YES : "")}>
        <span>${words.field[field]}</span></label></div>`;
    }
    const wrong = this.wrong_[field];
    const label = words.field[field] + (is_optional(draft.kind, field) ? `, ${words.optional}` : "");
    const id = `wrong-fact-${field}`;
    const take = (event: Event): void => this.set_(field, (event.target as HTMLInputElement).value);
    const is_prose = field === "reason" || field === "text";
    return html`<div class="field-room ${is_prose ? "is-wide" : ""}"><label class="field"><span>${label}</span>
      ${CHOICES.includes(field) ? html`<select name=${field} @change=${take} aria-invalid=${wrong ? "true" : nothing}
          aria-describedby=${wrong ? id : nothing}>${field === "witness" ? nothing
            : html`<option value="" .selected=${draft[field] === ""}></option>`}
          ${this.choices_(field).map(([one, name]) => html`<option value=${one} .selected=${draft[field] === one}>${name}</option>`)}</select>`
        : html`<input name=${field} autocomplete="off" spellcheck=${is_prose} maxlength="500" .value=${draft[field]}
          inputmode=${field === "bib" || field === "other" || field === "reads" ? "numeric" : nothing} @input=${take}
          aria-invalid=${wrong ? "true" : nothing} aria-describedby=${wrong ? id : nothing}>`}</label>
      ${wrong ? html`<p class="problem" id=${id} role="alert">${wrong}</p>` : nothing}</div>`;
  }

  /** Values and how they are called. */
  private choices_(field: Field): [string, string][] {
    const race = this.context.races.find((one) => one.id === this.draft.race);
    if (field === "witness") return this.witnesses.map((one) => [one, this.words.witness[one]]);
    if (field === "about") {
      // What was chosen before stays, to be said to be wrong, not to vanish.
      return SUBJECTS.filter((one) => one === this.draft.about || may_be_about(this.draft.witness, one))
        .map((one) => [one, this.words.subject[one]]);
    }
    if (field === "to" || field === "other_race") {
      return this.context.races.filter((one) => one.id !== this.draft.race).map((one) => [one.id, one.name]);
    }
    if (field === "wave") return (race?.waves ?? []).map((one) => [one.id, one.id]);
    // A passing counts where there is a split; words may be about any point.
    const points = (race?.points ?? []).filter((one) => !one.spotter || this.draft.kind === "note");
    // A race ends behind its start.
    const ends = this.draft.kind === "shorten" || this.draft.kind === "stop";
    return points.slice(ends ? 1 : 0).map((one) => [one.id, this.context.format.point(one.id)]);
  }
}

customElements.define("hs-fact-form", FactForm);
