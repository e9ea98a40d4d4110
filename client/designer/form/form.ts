// The form of what is chosen, at the right: derived from what the palette says of the block.
import { type Kind, type Param, say } from "../data";
import { button, el, icon, picture } from "../dom";
import type { Editor, What } from "../editor";
import type { Panel } from "../faces";
import type { Mapping, Path, Plain } from "../model";
import { isList, isMapping, mappingAt, named, set } from "../model";
import * as actions from "../tree/actions";
import { keep } from "../tree/kept";
import { kindOf, wordOf } from "../tree/shape";
import { titleOf } from "../tree/titles";
import { condition, select, typed } from "./condition";
import { people } from "./people";
import { rich } from "./rich";
import * as rows from "./rows";

// Keys that belong to the branches of a construct, not to itself.
const OF_BRANCHES = new Set([
  "if",
  "when",
  "do",
  "else",
  "cases",
  "is",
  "codes",
  "then",
  "on_error",
  "on_escalation",
  "meanwhile",
  "parallel",
  "race",
  "try",
  "steps",
  "late",
  "save_point",
]);
// Constructs whose keys lie within their own word.
const INNER = new Set(["pause", "wait", "throw"]);
// What is seldom asked for stands under «Further settings».
const FIRST = 6;

let count = 0;

export class Form implements Panel {
  readonly element = el("aside", { class: "block-form", "aria-label": say("block_settings") });
  private shown = "";
  private own: Mapping | null = null;

  constructor(private readonly editor: Editor) {
    this.element.addEventListener("keydown", (event) => {
      if (event.code === "Escape" && !event.defaultPrevented) this.leave();
    });
  }

  draw(what: ReadonlySet<What>): void {
    const { chosen, document } = this.editor;
    const name = chosen ? named(chosen) : "";
    if (name === this.shown && (!what.has("document") || document === this.own)) return;
    this.shown = name;
    this.element.hidden = !chosen;
    this.element.replaceChildren(...(chosen ? this.content(chosen) : []));
  }

  private content(path: Path): HTMLElement[] {
    const step = mappingAt(this.editor.document, path);
    return wordOf(step) ? this.ofStep(path, step) : this.ofBranch(path, step);
  }

  private leave(): void {
    window.document.querySelector<HTMLElement>(".designer-middle [tabindex='0']")?.focus();
  }

  private head(title: string, drawn: Node, remove: () => void, kind?: Kind, keep?: () => void): HTMLElement {
    return el(
      "div",
      { class: "block-form-head" },
      drawn,
      el("h2", { class: "bb grow cut" }, title),
      kind && this.help(kind),
      keep && button(say("keep_block"), "star", keep),
      button(say("delete"), "trash-2", remove),
      button(say("close"), "x", () => this.editor.choose(null)),
    );
  }

  /** The page of the manual about a block, in a window of its own: what is being drawn stays. */
  private help(kind: Kind): HTMLElement | undefined {
    const manual = this.editor.data.urls.manual;
    if (!manual) return undefined;
    const given = { class: "btn ghost sq sm", href: `${manual}${kind.name}.md`, target: "_blank" };
    const title = say("help_of", { title: kind.title });
    return el("a", { ...given, title, "aria-label": title }, icon("circle-help"));
  }

  private ofStep(path: Path, step: Mapping): HTMLElement[] {
    const kind = this.editor.kinds.get(kindOf(step));
    const title = kind?.title ?? titleOf(this.editor, step);
    const head = this.head(
      title,
      picture(kind?.picture ?? "", kind?.tone),
      () => actions.remove(this.editor, path),
      kind,
      () => keep(this.editor, path),
    );
    const name = this.plain(say("name_on_diagram"), String(step.title ?? ""), (text) =>
      this.put(path, "title", text),
    );
    const params = (kind?.params ?? []).filter(
      (each) => !kind?.word || !OF_BRANCHES.has(each.name) || each.kind === "yes_no",
    );
    const holder: Path = !kind?.word ? [...path, "with"] : INNER.has(kind.word) ? [...path, kind.word] : path;
    const first = params.filter((each, at) => at < FIRST || each.required || this.isGiven(holder, each));
    const further = params.filter((each) => !first.includes(each));
    const controls = first.map((each) => this.param(path, holder, kind!, each));
    const more = [
      ...further.map((each) => this.param(path, holder, kind!, each)),
      this.plain(say("id"), String(step.id ?? ""), (text) => this.put(path, "id", text), say("id_help")),
      this.toggle(say("switched_off"), "", step.off === true, (on) => this.put(path, "off", on || undefined)),
    ];
    const help = kind?.summary ? el("p", { class: "dim s12" }, kind.summary) : null;
    const body = el("div", { class: "block-form-body scroll" });
    body.append(
      ...(help ? [help] : []),
      name,
      ...controls,
      this.plain(
        say("note"),
        String(step.note ?? ""),
        (text) => this.put(path, "note", text),
        say("note_help"),
      ),
      el("details", {}, el("summary", {}, say("further")), ...more),
    );
    return [head, body];
  }

  private ofBranch(path: Path, branch: Mapping): HTMLElement[] {
    const owner = mappingAt(this.editor.document, path.slice(0, -2));
    const kind = this.editor.kinds.get(kindOf(owner));
    const head = this.head(say("branch_settings"), picture(kind?.picture ?? ""), () =>
      actions.removeBranch(this.editor, path),
    );
    const asked = (kind?.params ?? []).filter(
      (each) => each.name in branch && ["when", "is"].includes(each.name),
    );
    const body = el("div", { class: "block-form-body scroll" });
    body.append(...asked.map((each) => this.param(path, path, kind!, each)));
    if (!asked.length) body.append(el("p", { class: "dim s13" }, titleOf(this.editor, owner)));
    return [head, body];
  }

  private isGiven(holder: Path, param: Param): boolean {
    return mappingAt(this.editor.document, holder)[param.name] !== undefined;
  }

  private put(path: Path, key: string, value: Plain | undefined): void {
    const { editor } = this;
    let next = set(editor.document, path, key, value);
    // Parameters that say nothing any more leave no empty mapping behind.
    const holder = path[path.length - 1];
    if (holder === "with" && !Object.keys(mappingAt(next, path)).length)
      next = set(next, path.slice(0, -1), "with", null);
    this.own = next;
    editor.apply(next, `${named(path)}.${key}`);
  }

  private plain(label: string, value: string, change: (text: string) => void, hint = ""): HTMLElement {
    const id = `form-${++count}`;
    const input = el("input", { class: "inp", id, value });
    input.addEventListener("input", () => change(input.value));
    return field(label, id, input, { hint });
  }

  private toggle(label: string, hint: string, on: boolean, change: (on: boolean) => void): HTMLElement {
    const input = el("input", { type: "checkbox", class: "switch", role: "switch", checked: on });
    input.addEventListener("change", () => change(input.checked));
    return el("label", { class: "switch-row", title: hint }, el("span", { class: "grow" }, label), input);
  }

  private param(path: Path, holder: Path, kind: Kind, param: Param): HTMLElement {
    const value = mappingAt(this.editor.document, holder)[param.name];
    const change = (next: Plain | undefined): void => this.put(holder, param.name, emptied(next, kind));
    const id = `form-${++count}`;
    const label = param.title;
    const place = path;
    const box = (control: HTMLElement, insert?: HTMLElement): HTMLElement =>
      field(label, id, control, { hint: param.help, insert, optional: !param.required });
    const isYes = param.kind === "yes_no" || param.type?.kind === "yes_no";
    if (isYes && typeof (value ?? true) === "boolean")
      return this.toggle(label, param.help, (value ?? param.default) === true, change);
    switch (param.kind) {
      case "choice": {
        const blank: [string, string][] = param.required ? [] : [["", say("not_chosen")]];
        const now = String(value ?? param.default ?? "");
        return box(
          select(label, param.default ? param.choices : [...blank, ...param.choices], now, change, id),
        );
      }
      case "people": {
        const drawn = people(this.editor, { label, value, place, id, change });
        return box(drawn.field, drawn.insert);
      }
      case "condition":
        return box(condition(this.editor, { label, value, place, change }));
      case "fields":
        return box(rows.fields(this.editor, { label, value: asMapping(value), place, change }));
      case "form":
        return box(rows.form({ label, value: asMapping(value), place, change }));
      case "answers":
        return box(rows.answers({ label, value: asMapping(value), place, change }));
      case "values":
        return box(
          rows.values(this.editor, { label, value: asMapping(value), place, change }, param.name === "set"),
        );
    }
    if (isMapping(value)) return box(el("p", { class: "dim s13" }, say("written_by_hand")));
    return this.text(param, { id, value, place, kind, change, box });
  }

  private text(
    param: Param,
    given: {
      id: string;
      value: Plain | undefined;
      place: Path;
      kind: Kind;
      change(next: Plain | undefined): void;
      box(control: HTMLElement, insert?: HTMLElement): HTMLElement;
    },
  ): HTMLElement {
    if (param.name === "run") return given.box(this.definitions(param, given));
    const many = isList(given.value) || param.type?.multiple;
    const long = param.kind === "text" && ["description", "text"].includes(param.name);
    const drawn = rich(this.editor, {
      label: param.title,
      value: isList(given.value) ? given.value.join(", ") : String(given.value ?? ""),
      place: given.place,
      wanted: param.kind === "text" ? undefined : param.type,
      lines: long ? 4 : 1,
      id: given.id,
      change: (text) =>
        given.change(many && text.includes(",") ? text.split(/\s*,\s*/) : typed(text, param.type)),
    });
    return given.box(drawn.field, drawn.insert);
  }

  private definitions(
    param: Param,
    given: { id: string; value: Plain | undefined; change(next: Plain): void },
  ): HTMLElement {
    const known = Object.entries(this.editor.data.values.definitions);
    return select(
      param.title,
      [["", say("not_chosen")], ...known],
      String(given.value ?? ""),
      given.change,
      given.id,
    );
  }
}

/** A construct keeps its own word even while nothing is written there. */
const emptied = (value: Plain | undefined, kind: Kind): Plain | undefined =>
  value === "" && !kind.word ? undefined : value;

const asMapping = (value: Plain | undefined): Mapping => (isMapping(value) ? value : {});

function field(
  label: string,
  id: string,
  control: HTMLElement,
  more: { hint?: string; insert?: HTMLElement; optional?: boolean } = {},
): HTMLElement {
  return el(
    "div",
    { class: "field" },
    el(
      "div",
      { class: "row" },
      el("label", { for: id, class: "field-label" }, label),
      more.insert && el("span", { class: "right" }, more.insert),
    ),
    control,
    more.hint && el("span", { class: "hint" }, more.hint),
  );
}
