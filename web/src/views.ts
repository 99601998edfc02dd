import type { Words } from "./words/index.js";

/** Who finds a view in the menu: everybody, or whoever signed in as an official. */
export type Audience = "public" | "officials";

export interface ViewEntry {
  /** `?view=NAME`. */
  name: string;
  /** Its element. */
  tag: string;
  title: (words: Words) => string;
  audience: Audience;
  /** In the menu, or only reached by links. */
  menu: boolean;
  /** Defines the element; a chunk of its own. */
  load: () => Promise<unknown>;
}

/** The views of the page, in the order of the menu. */
export const VIEWS: readonly ViewEntry[] = [
  { name: "story", tag: "hs-story", title: (w) => w.story, audience: "public", menu: true,
    load: () => import("./story/story_view.js") },
  { name: "board", tag: "hs-board", title: (w) => w.board, audience: "public", menu: true,
    load: () => import("./board/board_view.js") },
  { name: "runner", tag: "hs-runner", title: (w) => w.runner, audience: "public", menu: false,
    load: () => import("./runner/runner_view.js") },
  { name: "replay", tag: "hs-replay", title: (w) => w.replay, audience: "public", menu: true,
    load: () => import("./replay/replay_view.js") },
  { name: "awards", tag: "hs-awards", title: (w) => w.awards, audience: "public", menu: true,
    load: () => import("./awards/awards_view.js") },
  { name: "announcer", tag: "hs-announcer", title: (w) => w.announcer, audience: "officials", menu: true,
    load: () => import("./officials/announcer_view.js") },
  { name: "console", tag: "hs-console", title: (w) => w.console, audience: "officials", menu: true,
    load: () => import("./officials/console_view.js") },
  { name: "align", tag: "hs-align", title: (w) => w.align, audience: "officials", menu: true,
    load: () => import("./officials/align_view.js") },
  { name: "referee", tag: "hs-referee", title: (w) => w.referee, audience: "officials", menu: true,
    load: () => import("./officials/referee_view.js") },
];

export const view_named = (name: string): ViewEntry | undefined =>
  VIEWS.find((view) => view.name === name);
