// «Insert a value»: a search over everything that fits; what leads further opens with →.
import { say, type Type } from "../data";
import { el, icon } from "../dom";
import type { Editor } from "../editor";
import type { Path } from "../model";
import { type Group, groups, inside, type Source, suits } from "./sources";

export function pick(
  editor: Editor,
  given: {
    place: Path;
    wanted: Type | undefined;
    beside: Element;
    /** What only this place takes, offered before the rest. */
    first?: Group[];
    done: (source: Source | null) => void;
  },
): void {
  new Picker(editor, given);
}

class Picker {
  private readonly search = el("input", {
    type: "search",
    role: "combobox",
    "aria-expanded": "true",
    placeholder: say("insert_search"),
    "aria-label": say("insert_search"),
  });
  private readonly list = el("div", {
    class: "scroll offer-list",
    role: "listbox",
    "aria-label": say("insert"),
  });
  private readonly pop: HTMLElement;
  private trail: Source[] = [];
  private lines: { element: HTMLElement; source: Source }[] = [];
  private marked = 0;
  private chosen: Source | null = null;

  constructor(
    private readonly editor: Editor,
    private readonly given: Parameters<typeof pick>[1],
  ) {
    this.pop = el(
      "div",
      { class: "pop offer insert", popover: "auto", role: "dialog", "aria-label": say("insert") },
      el("div", { class: "inp sm" }, icon("search"), this.search),
      this.list,
      el(
        "div",
        { class: "insert-foot" },
        hint("↵", say("insert")),
        hint("→", say("inside")),
        hint("←", say("back")),
      ),
    );
    this.search.addEventListener("input", () => this.fill());
    this.search.addEventListener("keydown", (event) => this.pressed(event));
    this.pop.addEventListener("toggle", (event) => {
      if ((event as ToggleEvent).newState === "open") return;
      this.pop.remove();
      given.done(this.chosen);
    });
    document.querySelector("potok-designer")!.append(this.pop);
    this.pop.showPopover();
    this.fill();
    this.hang();
    this.search.focus();
  }

  private hang(): void {
    const beside = this.given.beside.getBoundingClientRect();
    const own = this.pop.getBoundingClientRect();
    const below = beside.bottom + 4 + own.height < innerHeight;
    this.pop.style.left = `${Math.max(8, Math.min(beside.left, innerWidth - own.width - 12))}px`;
    this.pop.style.top = `${below ? beside.bottom + 4 : Math.max(8, beside.top - own.height - 4)}px`;
  }

  private fill(): void {
    const words = this.search.value.trim().toLowerCase().split(/\s+/);
    const deep = this.trail[this.trail.length - 1];
    const found = deep
      ? [{ title: deep.title, sources: inside(this.editor, deep) }]
      : [...(this.given.first ?? []), ...groups(this.editor, this.given.place)];
    this.lines = [];
    const drawn = found.flatMap((group) => {
      const fitting = group.sources.filter((each) => this.fits(each) && contains(each, words));
      return fitting.length
        ? [el("div", { class: "mh" }, group.title), ...fitting.map((each) => this.line(each))]
        : [];
    });
    this.list.replaceChildren(
      ...(drawn.length ? drawn : [el("p", { class: "dim s13 pad" }, say("none_found"))]),
    );
    this.mark(0);
  }

  private fits(source: Source): boolean {
    return suits(source.type, this.given.wanted) || inside(this.editor, source).length > 0;
  }

  private line(source: Source): HTMLElement {
    const leads = inside(this.editor, source).length > 0;
    const element = el(
      "div",
      { class: "mi", role: "option", id: `insert-${this.lines.length}`, onclick: () => this.take(source) },
      el("span", { class: "grow cut" }, source.above ? `${source.above} › ${source.title}` : source.title),
      el("span", { class: "dim s12" }, source.type.title),
      leads &&
        el(
          "button",
          {
            type: "button",
            class: "btn ghost sq sm",
            tabindex: "-1",
            title: say("inside"),
            "aria-label": say("inside"),
            onclick: (event: Event) => {
              event.stopPropagation();
              this.enter(source);
            },
          },
          icon("chevron-right", "s"),
        ),
    );
    this.lines.push({ element, source });
    return element;
  }

  private mark(at: number): void {
    this.marked = (at + this.lines.length) % Math.max(1, this.lines.length);
    for (const [index, { element }] of this.lines.entries()) {
      element.classList.toggle("on", index === this.marked);
      element.setAttribute("aria-selected", String(index === this.marked));
    }
    const line = this.lines[this.marked]?.element;
    if (line) this.search.setAttribute("aria-activedescendant", line.id);
    line?.scrollIntoView({ block: "nearest" });
  }

  private enter(source: Source): void {
    this.trail.push(source);
    this.search.value = "";
    this.fill();
    this.search.focus();
  }

  private take(source: Source): void {
    if (!suits(source.type, this.given.wanted)) return this.enter(source);
    this.chosen = source;
    this.pop.hidePopover();
  }

  private pressed(event: KeyboardEvent): void {
    const marked = this.lines[this.marked]?.source;
    const empty = !this.search.value;
    if (event.code === "ArrowDown") this.mark(this.marked + 1);
    else if (event.code === "ArrowUp") this.mark(this.marked - 1);
    else if (event.code === "Enter" && marked) this.take(marked);
    else if (event.code === "ArrowRight" && marked && inside(this.editor, marked).length) this.enter(marked);
    else if (event.code === "ArrowLeft" && empty && this.trail.length) {
      this.trail.pop();
      this.fill();
    } else return;
    event.preventDefault();
  }
}

const hint = (key: string, words: string): HTMLElement =>
  el("span", { class: "row g4" }, el("span", { class: "kbd" }, key), words);

const contains = (source: Source, words: string[]): boolean =>
  words.every((word) => `${source.above} ${source.title} ${source.reference}`.toLowerCase().includes(word));
