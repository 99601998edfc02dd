import { html, nothing, type TemplateResult } from "lit";
import { href } from "../route.js";
import type { Context } from "../view.js";
import { kind_named, type Draft } from "./facts.js";
import { by_urgency, filtered, grouped, type Group } from "./health.js";
import type { Attention, Severity, Step } from "./official_contract.js";
import type { OfficialWords } from "./words.js";
import "./undo_fact.js";

/** Of one kind, shown at once. */
const SHOWN_STEP = 20;
/** So few of a kind stand open. */
const OPEN_MAX = 2;
const SEVERITIES: readonly Severity[] = ["act", "look", "note"];

export interface TodoShown {
  view: string;
  severity: string | undefined;
  text: string | undefined;
  shown: number;
  on_more: (shown: number) => void;
  on_correct: (preset: Partial<Draft>) => void;
}

/** What a correction of this thing begins with. */
const preset_of = (one: Attention): Partial<Draft> => ({ ...(one.race ? { race: one.race } : {}), bib: one.bib ?? "" });

/** The form that a step leads to, filled in as far as the step knows; undefined where it is no decision. */
function preset_of_step(step: Step): Partial<Draft> | undefined {
  const kind = kind_named(step.form);
  if (!kind) return undefined;
  const { race, bib, wave, clause } = step;
  return { kind, ...(race ? { race } : {}), ...(bib ? { bib } : {}), ...(wave ? { wave } : {}), ...(clause ? { clause } : {}) };
}

/** Severity and text, as filters that stand in the address. */
export function todo_filter(context: Context, words: OfficialWords, all: readonly Attention[],
                            { severity, text }: TodoShown): TemplateResult {
  const { router, format } = context;
  const count = (of: Severity): number => all.filter((one) => one.severity === of).length;
  return html`<div class="todo-filter">
    <div class="todo-severities" role="group" aria-label=${words.filter}>
      ${[undefined, ...SEVERITIES].map((one) => html`<button class="button" aria-pressed=${severity === one}
        @click=${() => router.set({ severity: one })}>${one ? words.severity[one] : words.all}
        <span class="quiet">${format.count(one ? count(one) : all.length)}</span></button>`)}</div>
    <label class="field"><span class="unseen">${words.filter}</span><input type="search" placeholder=${words.filter_hint}
      autocomplete="off" .value=${text ?? ""}
      @input=${(event: Event) => router.set({ find: (event.target as HTMLInputElement).value.trim() || undefined })}></label>
  </div>`;
}

/** The list of things that need a person, most pressing first. */
export function todo_list(context: Context, words: OfficialWords, all: readonly Attention[], empty: string,
                          shown: TodoShown): TemplateResult {
  const found = by_urgency(filtered(all, shown.severity, shown.text));
  if (found.length === 0) return html`<p class="quiet">${all.length === 0 ? empty : words.nothing_found}</p>`;
  return html`<ul class="todo">${grouped(found).map((group) => html`<li class="is-${group.severity}">
    <span class="todo-severity">${words.severity[group.severity] ?? group.severity}</span>
    ${group.items.length <= OPEN_MAX ? html`<div>${group.items.map((one) => item(context, words, one, shown, "with forms"))}</div>`
      : several(context, words, group, shown)}</li>`)}</ul>`;
}

/** Many of one kind: a line that opens. What to do is said once; it is the same for all of them. */
function several(context: Context, words: OfficialWords, group: Group, shown: TodoShown): TemplateResult {
  const { format } = context;
  const rest = group.items.length - shown.shown;
  return html`<details ?open=${shown.text !== undefined}><summary><b>${format.count(group.items.length)}</b>
      ${words.things[group.kind] ?? group.kind}</summary>
    ${group.items.slice(0, shown.shown).map((one, n) => item(context, words, one, shown, n === 0 ? "in words" : "not said"))}
    ${rest <= 0 ? nothing : html`<button class="button" @click=${() => shown.on_more(shown.shown + SHOWN_STEP)}>${
      words.more(format.count(rest))}</button>`}</details>`;
}

/** How what to do is said: with the forms in the sentence, in words for many, or above already. */
type Said = "with forms" | "in words" | "not said";

function item(context: Context, words: OfficialWords, one: Attention, shown: TodoShown, said: Said): TemplateResult {
  const of = one.bib === undefined ? "" : context.words.bib_n(one.bib);
  const steps = one.steps ?? [];
  const forms = steps.filter((step) => preset_of_step(step) !== undefined);
  const why = one.bib === undefined ? nothing : html`<a
    href=${href(shown.view, { race: one.race, severity: shown.severity, find: shown.text, runner: one.bib })}
    aria-label="${words.why}: ${of}">${words.why}</a>`;
  const keys = said === "with forms" ? nothing : forms.map((step) => form_key(words, step, of, shown));
  const plain = forms.length > 0 || one.bib === undefined ? nothing : html`<button class="link"
    aria-label="${words.correct}: ${of}" @click=${() => shown.on_correct(preset_of(one))}>${words.correct}</button>`;
  return html`<div class="todo-one"><p class="todo-what">${one.what}</p>
      ${said === "not said" || steps.length === 0 ? nothing : html`<div class="todo-do">${steps.map((step) =>
        step_words(context, words, step, of, shown, said === "with forms"))}</div>`}
      ${one.bib === undefined && forms.length === 0 ? nothing : html`<p class="todo-links">${why}${keys}${plain}</p>`}</div>`;
}

/** A button that opens the form of a step. */
function form_key(words: OfficialWords, step: Step, of: string, shown: TodoShown): TemplateResult | typeof nothing {
  const preset = preset_of_step(step);
  if (!preset?.kind) return nothing;
  const name = words.kind[preset.kind];
  return html`<button class="link" aria-label=${of ? `${name}: ${of}` : name} @click=${() => shown.on_correct(preset)}>${name}</button>`;
}

/** A step inside the sentence: its words, a button, a link to the runner, or taking back in place. */
function step_words(context: Context, words: OfficialWords, step: Step, of: string, shown: TodoShown,
                    with_forms: boolean): unknown {
  if (step.form === undefined) return step.text ?? nothing;
  if (step.form === "undo" && step.fact !== undefined) {
    return html`<hs-undo-fact class="in-line" .context=${context} .words=${words} .seq=${step.fact}></hs-undo-fact>`;
  }
  const kind = kind_named(step.form);
  if (!kind) {
    return step.bib === undefined ? nothing
      : html`<a href=${href(shown.view, { race: step.race, runner: step.bib })}>${of}</a>`;
  }
  return with_forms ? form_key(words, step, of, shown) : html`<em>${words.kind[kind]}</em>`;
}

/** What to look at first, with its forms in the sentence, wherever it stands. */
export function steps_in_words(context: Context, words: OfficialWords, steps: readonly Step[], of: string, shown: TodoShown): TemplateResult {
  return html`${steps.map((step) => step_words(context, words, step, of, shown, true))}`;
}

export const TODO_SHOWN = SHOWN_STEP;
