// The stage table: stages and where their results lead at the left, the picture drawn live at the right.
import { say } from "../data";
import { el, icon } from "../dom";
import type { Editor, What } from "../editor";
import type { Face } from "../faces";
import { at, type Path, parsed } from "../model";
import { addStage, stagePath } from "./edits";
import { picture } from "./picture";
import { stagesOf, text } from "./reading";
import { row, shape, type Told } from "./row";
import { underOf } from "./telling";

export class StageTable implements Face {
  private readonly rows = el("ol", { class: "stage-rows" });
  private readonly drawing = el("div", { class: "stage-drawing dots" });
  private readonly name = el("input", {
    class: "inp sm",
    "aria-label": say("new_stage"),
    placeholder: say("new_stage"),
  });
  private readonly shapes = new Map<string, { shape: string; element: HTMLElement }>();
  private wanted = "";
  readonly element: HTMLElement;

  constructor(private readonly editor: Editor) {
    const head = el(
      "div",
      { class: "stage-row stage-head", "aria-hidden": "true" },
      el("span"),
      el("span", {}, say("stage")),
      el("span", {}, say("responsibles")),
      el(
        "span",
        { class: "stage-way" },
        el("span", {}, say("stage_result")),
        el("span"),
        el("span", {}, say("next_stage")),
      ),
    );
    const adding = el(
      "form",
      { class: "stage-adding" },
      this.name,
      el("button", { type: "submit", class: "btn sm" }, icon("plus"), say("add_stage")),
    );
    adding.addEventListener("submit", (event) => this.add(event));
    const left = el(
      "section",
      { class: "stage-table", "aria-label": say("stage_table") },
      head,
      this.rows,
      adding,
    );
    this.element = el("div", { class: "stage-face" }, left, this.drawing);
    this.drawing.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<SVGElement>("[data-stage]")?.dataset.stage;
      if (id) this.show(stagePath(id));
    });
    this.rows.addEventListener("keydown", (event) => this.pressed(event));
    // A step chosen on the board is no place of the table; its stage is.
    const { chosen } = editor;
    if (chosen?.[0] === "stages" && chosen.length > 2) editor.choose(stagePath(String(chosen[1])));
  }

  draw(what: ReadonlySet<What>): void {
    if (what.has("document") || what.has("chosen") || what.has("problems")) {
      this.drawRows();
      this.drawPicture();
    }
  }

  show(path: Path): void {
    const id = String(path[1] ?? "");
    this.editor.choose(stagePath(id));
    const found = path.length > 2 ? path.join(".") : `stages.${id}.title`;
    this.wanted = found;
    queueMicrotask(() => this.focus());
  }

  private drawRows(): void {
    const stages = stagesOf(this.editor.document);
    const holds =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset.at : undefined;
    const elements = stages.map(([id, stage], index) => {
      const problems = this.editor.problems.filter((each) => within(each.path, id));
      const want = (place: string) => {
        this.wanted = place;
      };
      const chosen = this.editor.chosen?.[0] === "stages" && this.editor.chosen[1] === id;
      const told: Told = { id, stage, number: index + 1, chosen, problems, want };
      return this.kept(told);
    });
    for (const id of [...this.shapes.keys()])
      if (!stages.some(([each]) => each === id)) this.shapes.delete(id);
    if (
      elements.length !== this.rows.children.length ||
      elements.some((each, index) => each !== this.rows.children[index])
    )
      this.rows.replaceChildren(...elements);
    this.refresh();
    if (this.wanted) this.focus();
    else if (holds && document.activeElement === document.body) this.focus(holds);
  }

  /** A row whose fields are the same stays as it is, with the focus and what is selected in it. */
  private kept(told: Told): HTMLElement {
    const now = shape(this.editor, told);
    const old = this.shapes.get(told.id);
    if (old?.shape === now) return old.element;
    const element = row(this.editor, told);
    this.shapes.set(told.id, { shape: now, element });
    return element;
  }

  // Undo and the other editor change values under fields that stay.
  private refresh(): void {
    for (const field of this.rows.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-at]")) {
      if (field === document.activeElement || field.type === "checkbox") continue;
      const value = text(at(this.editor.document, parsed(field.dataset.at!)));
      if (field.value !== value) field.value = value;
    }
    for (const named of this.rows.querySelectorAll<HTMLElement>("[data-titled]")) {
      const title = text(at(this.editor.document, parsed(named.dataset.titled!)));
      const words = say(named.dataset.words!, { title });
      named.setAttribute("aria-label", words);
      named.title = words;
    }
  }

  private focus(place = this.wanted): void {
    this.wanted = "";
    const exact = this.rows.querySelector<HTMLElement>(`[data-at="${CSS.escape(place)}"]`);
    const near = exact ?? this.rows.querySelector<HTMLElement>(`[data-at^="${CSS.escape(place)}"]`);
    (near ?? this.rows.querySelector<HTMLElement>(".chosen input"))?.focus();
    this.rows.querySelector(".chosen")?.scrollIntoView({ block: "nearest" });
  }

  private drawPicture(): void {
    const bad = (id: string) => this.editor.problems.some((each) => !each.advice && within(each.path, id));
    const selected = this.editor.chosen?.[0] === "stages" ? String(this.editor.chosen[1]) : undefined;
    const under = (_id: string, stage: Parameters<typeof underOf>[1]) => underOf(this.editor, stage);
    this.drawing.replaceChildren(
      picture(this.editor.document, { under, bad, selected, label: say("stage_graph") }),
    );
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    const title = this.name.value.trim();
    if (!title) return this.name.focus();
    const made = addStage(this.editor.document, title);
    this.editor.apply({ document: made.document });
    this.editor.announce("stage_added", { title });
    this.name.value = "";
    this.name.focus();
  }

  // Esc closes the form of a stage and goes back to its name.
  private pressed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const id = String(this.editor.chosen?.[1] ?? "");
    this.editor.choose(null);
    queueMicrotask(() =>
      this.rows.querySelector<HTMLElement>(`[data-stage="${CSS.escape(id)}"] .stage-name`)?.focus(),
    );
  }
}

const within = (path: string, id: string): boolean =>
  path === `stages.${id}` || path.startsWith(`stages.${id}.`);
