// Hears of what others draw in the same definition: the page keeps one hidden element up to date (see _latest.html).
import { say } from "./data";
import { el, icon } from "./dom";

export interface Latest {
  revision: string;
  by: string;
  at: string;
}

const find = (): HTMLElement | null => document.getElementById("latest");

/** Tell whenever somebody has kept something. */
export function hear(told: (latest: Latest) => void): void {
  // The element is replaced or changed in its place; both are seen from its parent.
  const holder = find()?.parentElement;
  const tell = (): void => {
    const now = find()?.dataset;
    if (now?.revision) told({ revision: now.revision, by: now.by ?? "", at: now.at ?? "" });
  };
  if (holder)
    new MutationObserver(tell).observe(holder, {
      childList: true,
      subtree: true,
      attributeFilter: ["data-revision"],
    });
}

/** One line under the bar about somebody else's work, with a way to see it. */
export const notice = (latest: Latest, show: () => void): HTMLElement =>
  el(
    "div",
    { class: "designer-notice", role: "status" },
    icon("info"),
    el("span", { class: "grow" }, say("others_drew", { who: latest.by, when: latest.at })),
    el("button", { type: "button", class: "btn sm", onclick: show }, say("show_theirs")),
  );
