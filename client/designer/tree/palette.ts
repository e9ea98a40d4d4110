// The palette: my blocks and all blocks in groups with a search; dragged into the chain, or added behind what is chosen.
// What cannot be done here stands greyed: pressed, it says why, and what to take instead.
import { type Kind, say } from "../data";
import { el, icon, picture } from "../dom";
import type { Editor } from "../editor";
import type { Path } from "../model";
import * as actions from "./actions";
import { grip } from "./dragging";
import { kept, keptFor } from "./kept";

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
    const own = kept(editor, search.value);
    list.replaceChildren(
      ...own,
      ...grouped(found).flatMap(([title, kinds]) => [el("h2", {}, title), ...kinds.map(line)]),
    );
    if (!found.length && !own.length) list.append(el("p", { class: "dim s13 pad" }, say("none_found")));
  };
  const line = (kind: Kind): HTMLElement => {
    if (kind.cannot) return greyed(editor, kind);
    const drawn = item(kind, () => actions.add(editor, actions.placeBehind(editor), kind));
    grip(drawn, { kind });
    return drawn;
  };
  fill();
  editor.listen((what) => what.has("kept") && fill());
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
    const own = keptFor(editor, search.value).map((one) => {
      const drawn = el("button", { type: "button", class: "mi", role: "option" }, icon("star"), one.title);
      drawn.tabIndex = -1;
      drawn.addEventListener("click", () => {
        pop.remove();
        actions.insert(editor, one.steps, place);
        done();
      });
      return drawn;
    });
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
    lines.push(...own);
    if (own.length) drawn.push(el("div", { class: "mh" }, say("my_blocks")), ...own);
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

function greyed(editor: Editor, kind: Kind): HTMLElement {
  const instead = kind.successor ? editor.kinds.get(kind.successor) : undefined;
  const why = el(
    "div",
    { class: "palette-why", hidden: true },
    el("p", {}, kind.cannot),
    instead &&
      el(
        "button",
        {
          type: "button",
          class: "lnk",
          onclick: () => actions.add(editor, actions.placeBehind(editor), instead),
        },
        say("use_instead", { title: instead.title }),
      ),
  );
  const line = item(kind, () => {
    why.hidden = !why.hidden;
    line.setAttribute("aria-expanded", String(!why.hidden));
  });
  line.classList.add("cannot");
  line.setAttribute("aria-expanded", "false");
  return el("div", {}, line, why);
}

function item(kind: Kind, press: () => void): HTMLElement {
  return el(
    "button",
    {
      type: "button",
      class: "palette-item",
      title: kind.cannot || kind.summary,
      "data-kind": kind.name,
      onclick: press,
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
