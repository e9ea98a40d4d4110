// The same definition as a list: a tree of steps and branches in which everything is done from the keyboard.
import { say } from "../data";
import { button, el, glyph, icon, picture } from "../dom";
import type { Editor, What } from "../editor";
import type { Face } from "../faces";
import type { Mapping, Path } from "../model";
import { isMapping, listAt, mappingAt, named, parsed, same } from "../model";
import { pressed } from "./keys";
import { offer } from "./palette";
import { branchKey, kindOf, type Lane, lanesOf, stepAround } from "./shape";
import { detailOf, laneTitle, titleOf } from "./titles";

const KEYS: [string, string][] = [
  ["A", "add_here"],
  ["B", "add_branch"],
  ["Alt ↑↓", "move_step"],
  ["Del", "delete"],
  ["↵", "block_settings"],
];

export class Outline implements Face {
  readonly element: HTMLElement;
  private readonly tree = el("div", { class: "outline-tree", role: "tree", "aria-label": say("outline") });

  constructor(private readonly editor: Editor) {
    const keys = KEYS.map(([key, word]) =>
      el("span", { class: "row g4" }, el("span", { class: "kbd" }, key), say(word)),
    );
    this.element = el(
      "section",
      { class: "outline scroll", "aria-label": say("outline") },
      el("div", { class: "outline-keys" }, ...keys),
      this.tree,
    );
    this.tree.addEventListener("keydown", (event) => pressed(event, editor, this.hands));
    this.tree.addEventListener("click", (event) => this.clicked(event));
    this.tree.addEventListener("focusin", (event) => {
      const path = (event.target as HTMLElement).closest<HTMLElement>("[data-path]")?.dataset.path;
      if (path) editor.choose(parsed(path));
    });
  }

  draw(what: ReadonlySet<What>): void {
    if (what.has("document") || what.has("view") || what.has("problems")) {
      const focused = this.tree.contains(document.activeElement);
      const lines = this.sequence(["do"], 1);
      this.tree.replaceChildren(...(lines.length ? lines : [this.nothing()]));
      if (focused) queueMicrotask(() => this.hands.focus());
    }
    this.choose();
  }

  show(path: Path): void {
    const line = this.lineOf(path);
    line?.scrollIntoView({ block: "nearest" });
    line?.focus();
  }

  private readonly hands = {
    offer: (place: Path) => {
      const beside = this.editor.chosen && this.lineOf(this.editor.chosen);
      offer(this.editor, place, (beside ?? this.tree).getBoundingClientRect(), () =>
        queueMicrotask(() => queueMicrotask(() => this.hands.focus())),
      );
    },
    focus: () => this.editor.chosen && this.show(this.editor.chosen),
    open: () =>
      document.querySelector<HTMLElement>(".designer-forms input, .designer-forms [role='textbox']")?.focus(),
  };

  private nothing(): HTMLElement {
    return el(
      "div",
      { class: "outline-line", role: "treeitem", tabindex: "0", "aria-level": "1" },
      icon("plus"),
      el("span", {}, say("add_here")),
    );
  }

  private sequence(list: Path, level: number): HTMLElement[] {
    const steps = listAt(this.editor.document, list);
    return steps.flatMap((step, index) => (isMapping(step) ? this.step(step, [...list, index], level) : []));
  }

  private step(step: Mapping, path: Path, level: number): HTMLElement[] {
    const kind = this.editor.kinds.get(kindOf(step));
    const lanes = lanesOf(step, path).filter((lane) => !lane.shut);
    const folded = this.editor.folded.has(named(path));
    const [title, detail] = [titleOf(this.editor, step), detailOf(this.editor, step)];
    const line = this.line({
      path,
      level,
      title,
      detail,
      face: picture(kind?.picture ?? "", kind?.tone),
      expanded: lanes.length ? !folded : undefined,
      branches: !!branchKey(step),
      note: step.note ? say("comment_here", { note: String(step.note) }) : "",
    });
    if (step.off === true) line.classList.add("off");
    if (step.note) line.append(noted(String(step.note)));
    return [line, ...(folded ? [] : lanes.flatMap((lane, index) => this.lane(lane, index, level + 1)))];
  }

  private lane(lane: Lane, index: number, level: number): HTMLElement[] {
    const inner = this.sequence(lane.path, level + 1);
    if (lane.event)
      return [...this.step(mappingAt(this.editor.document, lane.event), lane.event, level), ...inner];
    if (!lane.holder && !lane.label)
      return [...this.sequence(lane.path, level), this.adder(lane.path, level)];
    if (lane.virtual) return [];
    const title = laneTitle(this.editor, lane, index);
    const line = this.line({
      path: lane.holder ?? lane.path,
      level,
      title: title || say("branch", { n: index + 1 }),
      detail: "",
      face: icon("corner-up-right"),
    });
    line.classList.add("outline-branch");
    return [line, ...inner, this.adder(lane.path, level + 1)];
  }

  private line(given: {
    path: Path;
    level: number;
    title: string;
    detail: string;
    face: Node;
    expanded?: boolean;
    branches?: boolean;
    note?: string;
  }): HTMLElement {
    const { editor } = this;
    const wrong = editor.problems.find((each) => !each.advice && this.isIn(each.path, given.path));
    const words = [
      given.title,
      given.detail,
      given.note,
      wrong && say("problem_here", { sentence: wrong.sentence }),
    ];
    const drawn = el(
      "div",
      {
        class: `outline-line${wrong ? " wrong" : ""}`,
        role: "treeitem",
        tabindex: "-1",
        "data-path": named(given.path),
        "aria-level": given.level,
        "aria-expanded": given.expanded === undefined ? undefined : String(given.expanded),
        "aria-label": words.filter(Boolean).join(". "),
      },
      el(
        "span",
        { class: "outline-fold" },
        given.expanded === undefined ? "" : icon(given.expanded ? "chevron-down" : "chevron-right", "s"),
      ),
      given.face,
      el("span", { class: "b cut" }, given.title),
      el("span", { class: "dim cut grow" }, given.detail),
      wrong && glyph("incident"),
    );
    drawn.style.paddingInlineStart = `${given.level * 22 - 10}px`;
    return drawn;
  }

  private isIn(problem: string, path: Path): boolean {
    const step = stepAround(this.editor.document, parsed(problem));
    return !!step && same(step, path);
  }

  private adder(list: Path, level: number): HTMLElement {
    const place = [...list, listAt(this.editor.document, list).length];
    const drawn = button(say("add_here"), "plus", () => this.hands.offer(place), { tabindex: "-1" });
    const line = el("div", { class: "outline-add", "aria-hidden": "true" }, drawn);
    line.style.paddingInlineStart = `${level * 22 + 6}px`;
    return line;
  }

  private lineOf(path: Path): HTMLElement | null {
    return this.tree.querySelector(`[data-path="${CSS.escape(named(path))}"]`);
  }

  private choose(): void {
    const { chosen } = this.editor;
    const lines = [...this.tree.querySelectorAll<HTMLElement>("[role='treeitem']")];
    const now = chosen ? this.lineOf(chosen) : null;
    for (const line of lines) {
      line.setAttribute("aria-selected", String(line === now));
      line.tabIndex = line === (now ?? lines[0]) ? 0 : -1;
    }
  }

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const line = target.closest<HTMLElement>("[role='treeitem']");
    if (!line) return;
    const path = line.dataset.path;
    if (!path) return this.hands.offer(["do", 0]);
    if (target.closest(".outline-fold")) this.editor.fold(parsed(path));
    line.focus();
  }
}

const noted = (note: string): HTMLElement =>
  el("span", { class: "row g4 dim s12 cut outline-note", title: note }, icon("message-square", "s"), note);
