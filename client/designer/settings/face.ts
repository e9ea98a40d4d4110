// The settings of a definition as a face of its document: what it is called, who takes part, what starts it, what it
// knows. Whatever is changed here is kept, undone and checked like everything drawn.
import { type Problem, say } from "../data";
import { el, glyph, icon } from "../dom";
import type { Editor, What } from "../editor";
import { type Face, face } from "../faces";
import { type Mapping, type Path, set } from "../model";
import { area, line, select, tick } from "./controls";
import { declared, preview, valuesNow } from "./declared";
import { roles } from "./roles";
import { triggers, triggersOf } from "./triggers";

interface Section {
  name: string;
  /** What of the document it shows; its problems begin with one of these. */
  of: string[];
  draw: (editor: Editor) => HTMLElement;
}

const keep = (editor: Editor, key: string, value: string | boolean | undefined) =>
  editor.apply(set(editor.document, [], key, value), key);

const SECTIONS: Section[] = [
  { name: "set_name", of: ["title", "help", "definition", "record"], draw: called },
  { name: "set_roles", of: ["roles"], draw: roles },
  { name: "set_start", of: ["start"], draw: triggers },
  { name: "set_running", of: ["again", "acts_as", "starts_itself", "zone"], draw: running },
  { name: "set_parameters", of: ["parameters"], draw: (editor) => declared(editor, "parameters") },
  { name: "set_variables", of: ["variables"], draw: (editor) => declared(editor, "variables") },
  {
    name: "set_constants",
    of: ["constants"],
    draw: (editor) => el("div", { class: "col gap12" }, declared(editor, "constants"), valuesNow(editor)),
  },
];

function called(editor: Editor): HTMLElement {
  const { document } = editor;
  const kinds = Object.entries(editor.data.values.records).filter(([name]) => name !== "person");
  const records: [string, string][] = [
    ["", say("no_record")],
    ...kinds.map(([name, each]): [string, string] => [name, each.title]),
  ];
  const labelled = (word: string, inner: HTMLElement) =>
    el("label", { class: "field" }, el("span", { class: "setting-label" }, say(word)), inner);
  return el(
    "div",
    { class: "col gap12" },
    labelled(
      "title",
      line(say("title"), String(document.title ?? ""), (value) => keep(editor, "title", value)),
    ),
    labelled(
      "help",
      area(say("help"), String(document.help ?? ""), (value) => keep(editor, "help", value)),
    ),
    labelled(
      "runs_on",
      select(say("runs_on"), records, String(document.record ?? ""), (value) =>
        keep(editor, "record", value),
      ),
    ),
  );
}

const AGAIN = ["skip", "beside", "after", "instead"];

function running(editor: Editor): HTMLElement {
  const { document } = editor;
  const offered = (key: string, words: string[], usual: string) =>
    select(
      say(key),
      words.map((word): [string, string] => [word, say(`${key}_${word}`)]),
      String(document[key] ?? usual),
      (value) => keep(editor, key, value === usual ? undefined : value),
    );
  return el(
    "div",
    { class: "col gap8" },
    el(
      "label",
      { class: "row g6 s13" },
      el("span", { class: "setting-name" }, say("again")),
      offered("again", AGAIN, "skip"),
    ),
    el(
      "label",
      { class: "row g6 s13" },
      el("span", { class: "setting-name" }, say("acts_as")),
      offered("acts_as", ["system", "initiator"], "system"),
    ),
    tick(say("starts_itself"), document.starts_itself === true, (on) =>
      keep(editor, "starts_itself", on || undefined),
    ),
  );
}

class Settings implements Face {
  private readonly blocks = new Map<string, { shape: string; full: string; element: HTMLElement }>();
  private readonly sections = el("div", { class: "settings-sections" });
  private readonly beside = el("aside", { class: "settings-beside", "aria-label": say("launch_form") });
  readonly element = el("div", { class: "settings-face" }, this.sections, this.beside);

  constructor(private readonly editor: Editor) {}

  draw(what: ReadonlySet<What>): void {
    if (!what.has("document") && !what.has("problems")) return;
    for (const section of SECTIONS) this.drawSection(section);
    this.beside.replaceChildren(el("h2", { class: "sec" }, say("launch_form")), preview(this.editor));
  }

  show(path: Path): void {
    const section = SECTIONS.find((each) => each.of.includes(String(path[0])));
    const block = section && this.blocks.get(section.name)?.element;
    block?.scrollIntoView({ block: "start" });
    block?.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
  }

  // While somebody types into a section only its shape counts, so that the field he is in stays.
  private drawSection(section: Section): void {
    const old = this.blocks.get(section.name);
    const { document: drawn } = this.editor;
    const holds = !!old?.element.contains(document.activeElement);
    const [full, shape] = [shapeOf(section, drawn, false), shapeOf(section, drawn, true)];
    if (old && (holds ? old.shape === shape : old.full === full)) return this.tell(section, old.element);
    const label = holds ? document.activeElement?.getAttribute("aria-label") : null;
    const made = el(
      "section",
      { class: "settings-section", "data-section": section.name },
      el("h2", { class: "sec" }, say(section.name)),
      el("p", { class: "mut s13" }, say(`${section.name}_help`)),
      section.draw(this.editor),
    );
    if (old) old.element.replaceWith(made);
    else this.sections.append(made);
    this.blocks.set(section.name, { shape, full, element: made });
    this.tell(section, made);
    if (label) made.querySelector<HTMLElement>(`[aria-label="${CSS.escape(label)}"]`)?.focus();
  }

  /** What is wrong comes and goes without disturbing what is typed. */
  private tell(section: Section, element: HTMLElement): void {
    for (const line of element.querySelectorAll(":scope > .settings-told")) line.remove();
    const own = (path: string) => section.of.some((key) => path === key || path.startsWith(`${key}.`));
    element.append(...this.editor.problems.filter((each) => own(each.path)).map(told));
  }
}

function told(problem: Problem): HTMLElement {
  return el(
    "p",
    { class: "row g6 s13 settings-told" },
    problem.advice ? icon("info") : glyph("incident"),
    `${problem.sentence} ${problem.hint}`,
  );
}

function shapeOf(section: Section, document: Mapping, typing: boolean): string {
  const shown = section.of.map((key) => (key === "start" ? triggersOf(document) : (document[key] ?? null)));
  return JSON.stringify([
    typing ? shown.map(blurred) : shown,
    OF_RECORD.has(section.name) && document.record,
  ]);
}

const OF_RECORD = new Set(["set_start", "set_roles"]);

/** The same with all texts that one types left out. */
function blurred(value: unknown): unknown {
  if (typeof value === "string") return "";
  if (Array.isArray(value)) return value.map((each) => (typeof each === "string" ? "" : blurred(each)));
  if (value && typeof value === "object")
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === "type" || key === "field" || key === "people" || key === "by" || key === "days"
          ? inner
          : blurred(inner),
      ]),
    );
  return value;
}

for (const notation of ["tree", "stages"] as const)
  face({
    name: "settings",
    notation,
    icon: "sliders-horizontal",
    make: (editor) => new Settings(editor),
    owns: (path) => SECTIONS.some((each) => each.of.includes(String(path[0]))),
  });
