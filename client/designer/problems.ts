// The checks panel: everything wrong at once, each a sentence with its place; a click goes there.
import { type Problem, say } from "./data";
import { el, glyph, icon } from "./dom";
import type { Editor } from "./editor";
import type { Path } from "./model";
import { parsed } from "./model";

export interface Fix {
  title: string;
  mend(): void;
}

/** What the faces of a notation know of a place: how it is called, and what would surely mend a problem there. */
export interface Guide {
  /** The step or stage that a path lies in. */
  place(path: Path): { path: Path | null; title: string };
  fix(problem: Problem): Fix | null;
}

export class Checks {
  readonly element = el("section", { class: "checks", "aria-label": say("checks") });

  constructor(
    private readonly editor: Editor,
    private readonly guide: () => Guide,
    private readonly show: (path: Path) => void,
  ) {}

  draw(): void {
    const errors = this.editor.problems.filter((each) => !each.advice);
    const advice = this.editor.problems.filter((each) => each.advice);
    const head = el(
      "div",
      { class: "checks-head" },
      el("h2", { class: "b" }, say("checks")),
      errors.length > 0 &&
        el("span", { class: "row g6" }, glyph("incident"), say("errors", { n: errors.length })),
      advice.length > 0 &&
        el("span", { class: "row g6 mut" }, icon("info"), say("advice", { n: advice.length })),
      !errors.length && !advice.length && el("span", { class: "row g6 mut" }, glyph("done"), say("clean")),
      errors.length > 0 && el("span", { class: "right dim s12" }, say("must_mend")),
    );
    const lines = [...errors, ...advice].map((each) => this.line(each));
    this.element.replaceChildren(head, lines.length ? el("ul", {}, ...lines) : "");
  }

  private line(problem: Problem): HTMLElement {
    const guide = this.guide();
    const place = guide.place(parsed(problem.path));
    const said = el("span", { class: "grow cut" }, `${place.title}: ${problem.sentence}`);
    const fix = guide.fix(problem);
    const go = el(
      "button",
      {
        type: "button",
        class: "checks-line grow",
        title: `${problem.sentence} ${problem.hint}`,
        onclick: () => place.path && this.show(place.path),
      },
      problem.advice ? icon("info") : glyph("incident"),
      said,
      el("span", { class: "dim s12 cut only-wide" }, problem.hint),
    );
    const mend = fix && el("button", { type: "button", class: "lnk nw", onclick: fix.mend }, fix.title);
    return el("li", {}, go, mend);
  }
}
