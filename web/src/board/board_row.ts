import { html, nothing, type TemplateResult } from "lit";
import type { Moment, Race, Row } from "../contract.js";
import { clock, gap } from "../format.js";
import { href } from "../route.js";
import type { Context } from "../view.js";

/** What a row needs besides itself. */
export interface RowParts {
  context: Context;
  race: Race;
  /** The point asked for; undefined: the finish and who is on the way to it. */
  point: string | undefined;
  leader_ms: number | undefined;
  /** In the order asked for; undefined: none. */
  place: number | undefined;
  /** Places since the point before; undefined: nothing to compare. */
  gained: number | undefined;
  moments: ReadonlyMap<string, Moment>;
}

/** "1:31:44", or where somebody was last seen, or what became of them. */
export function time_cell(row: Row, parts: RowParts): TemplateResult | string {
  const { format, words } = parts.context;
  if (parts.point !== undefined) return row.point_ms === undefined ? "" : clock(row.point_ms);
  if (row.status === "FIN" && row.official_ms !== undefined) return format.official(row.official_ms);
  if (row.status === "RUN" && row.last && row.last.net_ms !== undefined) {
    return html`<span class="at">${format.point(row.last.point)}</span> ${clock(row.last.net_ms)}`;
  }
  return html`<span class="at">${words.status[row.status] ?? row.status}</span>`;
}

export function gap_text(row: Row, leader_ms: number | undefined): string {
  if (row.point_ms === undefined || leader_ms === undefined || row.place === undefined) return "";
  return gap(row.point_ms - leader_ms);
}

export function projected_text(row: Row, { context }: RowParts): string {
  if (!row.projected) return "";
  const text = context.format.projected(row.projected);
  return row.projected.overdue ? `${text} · ${context.words.overdue}` : text;
}

function change_cell(parts: RowParts): TemplateResult | typeof nothing {
  const { words } = parts.context;
  const n = parts.gained;
  if (n === undefined) return nothing;
  if (n === 0) return html`<span aria-hidden="true">–</span><span class="unseen">${words.unchanged}</span>`;
  return html`<span aria-hidden="true">${n > 0 ? "▲" : "▼"}${Math.abs(n)}</span>
    <span class="unseen">${n > 0 ? words.gained(n) : words.lost(-n)}</span>`;
}

function moments_cell(row: Row, parts: RowParts): TemplateResult | typeof nothing {
  const first = row.moments?.map((id) => parts.moments.get(id)).find((one) => one !== undefined);
  if (!first) return nothing;
  return html`<span class="told t-${first.theme}" title=${first.headline}><i class="spot"></i>
    ${parts.context.words.theme[first.theme] ?? first.theme}</span>`;
}

/** The cells of a row, in the order of the head. */
export function row_cells(row: Row, parts: RowParts): TemplateResult {
  const { format } = parts.context;
  const link = href("runner", { race: parts.race.id, bib: row.bib });
  const behind = gap_text(row, parts.leader_ms), projected = projected_text(row, parts);
  return html`
    <span role="gridcell" class="pl">${parts.place === undefined ? nothing
      : `${row.shared ? "=" : ""}${format.count(parts.place)}`}</span>
    <span role="gridcell" class="ch">${change_cell(parts)}</span>
    <span role="gridcell" class="bib">${row.bib}</span>
    <span role="gridcell" class="who"><a href=${link} tabindex="-1"><bdi>${row.name}</bdi></a>
      <span class="under"><span class="only-small">${row.bib}</span>
        <span class="only-small">${row.division ?? nothing}</span> <span>${row.club ?? nothing}</span></span></span>
    <span role="gridcell" class="dv">${row.division ?? nothing}</span>
    <span role="gridcell" class="tm">${time_cell(row, parts)}
      <span class="under only-small">${behind || projected || nothing}</span></span>
    <span role="gridcell" class="gap">${behind || nothing}</span>
    <span role="gridcell" class="pr">${projected || nothing}</span>
    <span role="gridcell" class="mo">${moments_cell(row, parts)}</span>`;
}

/** The head of the board, in the order of the cells. */
export function head_cells({ words, format }: Context, point: string | undefined): TemplateResult {
  const head = (css: string, text: string, title?: string): TemplateResult =>
    html`<span role="columnheader" class=${css} title=${title ?? nothing}>${text}</span>`;
  return html`
    ${head("pl", words.place_short, words.place)}
    ${head("ch", words.change_short, words.change_long)}
    ${head("bib", words.bib)} ${head("who", words.name)} ${head("dv", words.division)}
    ${head("tm", point === undefined ? words.time : format.point(point))}
    ${head("gap", words.gap)} ${head("pr", words.projected)} ${head("mo", words.moments)}`;
}
