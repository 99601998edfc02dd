import { html, nothing, type TemplateResult } from "lit";
import type { Race } from "../contract.js";
import { href } from "../route.js";
import type { Context } from "../view.js";
import { followed } from "./follow.js";

/** A line of links to whom this reader follows in a race; nothing where nobody is. */
export function followed_strip({ event, words }: Context, race: Race): TemplateResult | typeof nothing {
  const own = followed(event, localStorage).filter((one) => one.race === race.id);
  if (own.length === 0) return nothing;
  return html`<nav class="followed" aria-label=${words.following}><p>${words.following}</p>
    ${own.map((one) => html`<a href=${href("runner", { race: one.race, bib: one.bib })}><bdi>${one.name}</bdi></a>`)}</nav>`;
}
