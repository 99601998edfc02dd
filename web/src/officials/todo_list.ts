import { html, nothing, type TemplateResult } from "lit";
import { href } from "../route.js";
import type { Context } from "../view.js";
import type { Draft } from "./facts.js";
import { by_urgency, filtered, grouped, type Group } from "./health.js";
import type { Attention, Severity } from "./official_contract.js";
import type { OfficialWords } from "./words.js";

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
const preset_of = (one: Attention): Partial<Draft> => ({ ...(one.race ? { race: one.race } : {}), bib: one.bib ?? "",
  ...(one.kind === "unresolved" ? { kind: "finish" as const } : {}) });

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
    ${group.items.length <= OPEN_MAX ? html`<div>${group.items.map((one) => item(context, words, one, shown, one.do))}</div>`
      : several(context, words, group, shown)}</li>`)}</ul>`;
}

/** Many of one kind: a line that opens. What to do is said once; it is the same for all of them. */
function several(context: Context, words: OfficialWords, group: Group, shown: TodoShown): TemplateResult {
  const { format } = context;
  const rest = group.items.length - shown.shown;
  return html`<details ?open=${shown.text !== undefined}><summary><b>${format.count(group.items.length)}</b>
      ${words.things[group.kind] ?? group.kind}</summary>
    ${group.items.slice(0, shown.shown).map((one, n) => item(context, words, one, shown, n === 0 ? one.do : undefined))}
    ${rest <= 0 ? nothing : html`<button class="button" @click=${() => shown.on_more(shown.shown + SHOWN_STEP)}>${
      words.more(format.count(rest))}</button>`}</details>`;
}

function item(context: Context, words: OfficialWords, one: Attention, shown: TodoShown,
              act: string | undefined): TemplateResult {
  const of = one.bib === undefined ? "" : context.words.bib_n(one.bib);
  return html`<div class="todo-one"><p class="todo-what">${one.what}</p>${act ? html`<p class="todo-do">${act}</p>` : nothing}
      ${one.bib === undefined ? nothing : html`<p class="todo-links">
        <a href=${href(shown.view, { race: one.race, severity: shown.severity, find: shown.text, runner: one.bib })}
          aria-label="${words.why}: ${of}">${words.why}</a>
        <button class="link" aria-label="${words.correct}: ${of}"
          @click=${() => shown.on_correct(preset_of(one))}>${words.correct}</button></p>`}</div>`;
}

export const TODO_SHOWN = SHOWN_STEP;
