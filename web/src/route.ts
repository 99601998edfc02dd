/**
 * Where the page is. All of it stands in the query of the address, so that any file server can give
 * the page: `?view=board&race=half&point=10k&sex=F`. What is default is left out.
 */
export interface Route {
  view: string;
  params: Readonly<Record<string, string>>;
}

export const DEFAULT_VIEW = "story";

export function parse_route(query: string): Route {
  const params: Record<string, string> = {};
  let view = DEFAULT_VIEW;
  for (const [key, value] of new URLSearchParams(query)) {
    if (key === "view") view = value;
    else if (value !== "") params[key] = value;
  }
  return { view, params };
}

/** A link to a view: `?view=runner&race=half&bib=12`. Empty values are left out. */
export function href(view: string, params: Record<string, string | undefined> = {}): string {
  const query = new URLSearchParams();
  if (view !== DEFAULT_VIEW) query.set("view", view);
  for (const [key, value] of Object.entries(params)) {
    if (value !== undefined && value !== "") query.set(key, value);
  }
  return `?${query.toString()}`;
}

export type Stay = "push" | "replace";

/**
 * Follows the address of the page and clicks on its own links. One for the page.
 */
export class Router {
  route: Route = parse_route(location.search);

  constructor(private readonly on_route_: (route: Route, moved: "forward" | "back") => void) {
    addEventListener("popstate", () => this.take_("back"));
    document.addEventListener("click", (click) => this.click_(click));
  }

  go(to: string, how: Stay = "push"): void {
    const url = new URL(to, document.baseURI);
    if (how === "push") history.pushState(null, "", url);
    else history.replaceState(history.state, "", url);
    this.take_("forward");
  }

  /** Changes some filters of this view and keeps the others; undefined removes one. */
  set(changed: Record<string, string | undefined>, how: Stay = "replace"): void {
    this.go(href(this.route.view, { ...this.route.params, ...changed }), how);
  }

  private take_(moved: "forward" | "back"): void {
    this.route = parse_route(location.search);
    this.on_route_(this.route, moved);
  }

  private click_(click: MouseEvent): void {
    if (click.defaultPrevented || click.button !== 0) return;
    if (click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    const link = (click.target as Element | null)?.closest?.("a");
    if (!link || link.target || link.hasAttribute("download")) return;
    if (!link.getAttribute("href")?.startsWith("?")) return;
    click.preventDefault();
    this.go(link.href);
  }
}
