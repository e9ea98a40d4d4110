// The palette: blocks in groups with a search; dragged into the chain, or added behind what is chosen.
import { type Kind, say } from "../data";
import { el, icon, picture } from "../dom";
import type { Editor } from "../editor";
import type { Path } from "../model";
import * as actions from "./actions";
import { grip } from "./dragging";

export function palette(editor: Editor): HTMLElement {
  const list = el("div", { class: "palette-list scroll" });
  const search = el("input", {
    type: "search",
    placeholder: say("find_block"),
    "aria-label": say("find_block"),
    "data-key": "Slash",
    oninput: () => fill(),
    onkeydown: (event: KeyboardEvent) => {
      if (event.code === "Enter") list.querySelector("button")?.click();
    },
  });
  const fill = (): void => {
    const found = sought(editor, search.value);
    list.replaceChildren(
      ...grouped(found).flatMap(([title, kinds]) => [el("h2", {}, title), ...kinds.map(line)]),
    );
    if (!found.length) list.append(el("p", { class: "dim s13 pad" }, say("none_found")));
  };
  const line = (kind: Kind): HTMLElement => {
    const drawn = item(kind, () => actions.add(editor, actions.placeBehind(editor), kind));
    if (!kind.cannot) grip(drawn, { kind });
    return drawn;
  };
  fill();
  const find = el("div", { class: "inp sm" }, icon("search"), search, el("span", { class: "kbd" }, "/"));
  return el("aside", { class: "palette-column", "aria-label": say("blocks") }, find, list);
}

/** Offer the palette in a popover beside a place on the screen. */
export function offer(editor: Editor, place: Path, beside: DOMRect, done: () => void): void {
  const search = el("input", {
    type: "search",
    placeholder: say("find_block"),
    "aria-label": say("find_block"),
  });
  const list = el("div", { class: "scroll offer-list", role: "listbox", "aria-label": say("blocks") });
  const pop = el(
    "div",
    { class: "pop offer", popover: "auto", role: "dialog", "aria-label": say("add_here") },
    el("div", { class: "inp sm" }, icon("search"), search),
    list,
  );
  let marked = 0;
  let lines: HTMLElement[] = [];
  const mark = (at: number): void => {
    marked = (at + lines.length) % Math.max(1, lines.length);
    for (const [index, each] of lines.entries()) each.setAttribute("aria-selected", String(index === marked));
    lines[marked]?.scrollIntoView({ block: "nearest" });
  };
  const fill = (): void => {
    lines = [];
    const drawn = grouped(sought(editor, search.value).filter((kind) => !kind.cannot)).flatMap(
      ([title, kinds]) => [
        el("div", { class: "mh" }, title),
        ...kinds.map((kind) => {
          const one = item(kind, () => {
            pop.remove();
            actions.add(editor, place, kind);
            done();
          });
          one.className = "mi";
          one.setAttribute("role", "option");
          one.tabIndex = -1;
          lines.push(one);
          return one;
        }),
      ],
    );
    list.replaceChildren(...drawn);
    mark(0);
  };
  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    if (event.code === "ArrowDown" || event.code === "ArrowUp")
      mark(marked + (event.code === "ArrowDown" ? 1 : -1));
    else if (event.code === "Enter") lines[marked]?.click();
    else return;
    event.preventDefault();
  });
  pop.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") return;
    pop.remove();
    if (document.activeElement === document.body) done();
  });
  fill();
  document.querySelector("potok-designer")!.append(pop);
  pop.showPopover();
  const own = pop.getBoundingClientRect();
  pop.style.left = `${Math.max(8, Math.min(beside.right + 8, innerWidth - own.width - 8))}px`;
  pop.style.top = `${Math.max(8, Math.min(beside.top - 20, innerHeight - own.height - 8))}px`;
  search.focus();
}

function item(kind: Kind, press: () => void): HTMLElement {
  const why = kind.cannot || kind.summary;
  return el(
    "button",
    {
      type: "button",
      class: "palette-item",
      title: why,
      "data-kind": kind.name,
      "aria-disabled": kind.cannot ? "true" : undefined,
      onclick: () => !kind.cannot && press(),
    },
    picture(kind.picture, kind.tone),
    el("span", { class: "grow cut" }, kind.title),
    kind.successor && icon("replace", "s"),
  );
}

function sought(editor: Editor, typed: string): Kind[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  return editor.data.palette.filter((kind) => {
    const text = `${kind.title} ${kind.summary} ${kind.group_title} ${kind.name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const grouped = (kinds: Kind[]): [string, Kind[]][] => {
  const found = new Map<string, Kind[]>();
  for (const kind of kinds) found.set(kind.group_title, [...(found.get(kind.group_title) ?? []), kind]);
  return [...found];
};
