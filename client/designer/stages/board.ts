// The status board: the full face of stages. Each status is a column with what is done on entering it, its commands and
// timers, where its results lead, and what is done on leaving it. A step is chosen here and filled in beside.
import { type Kind, say } from "../data";
import { button, picture as drawn, el, icon } from "../dom";
import type { Editor, What } from "../editor";
import type { Face, Panel } from "../faces";
import { Form } from "../form/form";
import { people } from "../form/people";
import {
  at,
  insert,
  isList,
  isMapping,
  listAt,
  type Mapping,
  mappingAt,
  move,
  named,
  type Path,
  type Plain,
  put,
  remove,
  same,
  set,
  without,
} from "../model";
import { line, time } from "../settings/controls";
import { made } from "../tree/actions";
import { kindOf, wordOf } from "../tree/shape";
import { titleOf as stepTitle } from "../tree/titles";
import { addStage, stagePath } from "./edits";
import { leadsOf, list, mapping, stagesOf, text, titleOf } from "./reading";
import { ownOf } from "./telling";

/** The form of a step within a stage; stages themselves are edited where they stand. */
export class StepForm implements Panel {
  private readonly form: Form;
  readonly element: HTMLElement;

  constructor(private readonly editor: Editor) {
    this.form = new Form(editor);
    this.element = this.form.element;
    this.element.hidden = true;
  }

  draw(what: ReadonlySet<What>): void {
    const { chosen, document } = this.editor;
    const step = chosen && chosen.length > 2 ? at(document, chosen) : undefined;
    this.element.hidden = !isMapping(step) || !wordOf(step);
    if (!this.element.hidden) this.form.draw(what);
  }
}

export class StatusBoard implements Face {
  readonly element = el("div", { class: "status-board" });

  constructor(private readonly editor: Editor) {}

  draw(what: ReadonlySet<What>): void {
    if (!["document", "chosen", "problems", "kept"].some((each) => what.has(each as What))) return;
    const held = (document.activeElement as HTMLElement | null)?.dataset?.at;
    if (held && this.element.contains(document.activeElement) && what.has("document") && this.isTyping())
      return;
    const columns = stagesOf(this.editor.document).map(([id, stage]) => this.column(id, stage));
    this.element.replaceChildren(...columns, this.adding());
    if (held) this.element.querySelector<HTMLElement>(`[data-at="${CSS.escape(held)}"]`)?.focus();
  }

  show(path: Path): void {
    const found = this.element.querySelector<HTMLElement>(`[data-at="${CSS.escape(named(path))}"]`);
    const column = this.element.querySelector<HTMLElement>(
      `[data-stage="${CSS.escape(String(path[1] ?? ""))}"]`,
    );
    column?.scrollIntoView({ block: "nearest", inline: "center" });
    (found ?? column?.querySelector<HTMLElement>("input, button"))?.focus();
  }

  private isTyping(): boolean {
    const focused = document.activeElement;
    return focused instanceof HTMLInputElement && focused.type !== "checkbox";
  }

  private column(id: string, stage: Mapping): HTMLElement {
    const { editor } = this;
    const bad = editor.problems.filter(
      (each) => !each.advice && (each.path === `stages.${id}` || each.path.startsWith(`stages.${id}.`)),
    );
    const path = stagePath(id);
    const title = line(
      say("stage_name"),
      text(stage.title),
      (value) => editor.apply(set(editor.document, path, "title", value), named(path)),
      { class: "inp sm status-title", "data-at": named([...path, "title"]) },
    );
    const marks = [stage.begin === true && say("begins"), stage.end === true && say("ends")].filter(
      (each) => each !== false,
    );
    return el(
      "section",
      {
        class: `status-column${bad.length ? " bad" : ""}`,
        "data-stage": id,
        "aria-label": titleOf(id, stage),
      },
      el("div", { class: "row g6" }, title, ...marks.map((each) => el("span", { class: "tag" }, each))),
      ...bad.map((each) => el("p", { class: "s12 status-bad" }, each.sentence)),
      this.steps(say("status_enter"), [...path, "enter"]),
      stage.end !== true && this.own(stage),
      stage.end !== true && this.events(id, stage),
      stage.end !== true && this.results(id, stage),
      stage.end !== true && this.steps(say("status_leave"), [...path, "leave"]),
      this.rights(path, stage),
    );
  }

  /** A list of steps: each is chosen, moved, removed; a new one comes from the palette. */
  private steps(title: string, path: Path): HTMLElement {
    const { editor } = this;
    const found = listAt(editor.document, path).map((plain, index, all) => {
      const place = [...path, index];
      const step = mapping(plain);
      const kind = editor.kinds.get(kindOf(step));
      const goal = text(step.go);
      const name = goal
        ? `→ ${titleOf(goal, mapping(mapping(editor.document.stages)[goal]))}`
        : stepTitle(editor, step);
      const chosen = editor.chosen && same(editor.chosen, place);
      return el(
        "li",
        { class: `status-step${chosen ? " chosen" : ""}` },
        el(
          "button",
          {
            type: "button",
            class: "row g6 grow min0",
            "data-at": named(place),
            "aria-pressed": String(!!chosen),
            onclick: () => editor.choose(place),
          },
          drawn(kind?.picture ?? "", kind?.tone),
          el("span", { class: "cut" }, name),
        ),
        index > 0 &&
          button(say("higher", { title: name }), "arrow-up", () =>
            editor.apply(move(editor.document, place, [...path, index - 1])),
          ),
        button(say("remove", { title: name }), "x", () =>
          editor.apply(all.length > 1 ? remove(editor.document, place) : without(editor.document, path)),
        ),
      );
    });
    return this.block(title, found, this.palette(path));
  }

  private palette(path: Path): HTMLElement {
    const { editor } = this;
    const select = el(
      "select",
      { class: "inp sm", "aria-label": say("status_add_step"), "data-at": `add ${named(path)}` },
      el("option", { value: "" }, say("status_add_step")),
    );
    const groups = new Map<string, Kind[]>();
    for (const kind of editor.data.palette)
      if (!kind.cannot) groups.set(kind.group_title, [...(groups.get(kind.group_title) ?? []), kind]);
    for (const [title, kinds] of groups) {
      const group = el("optgroup", { label: title });
      for (const kind of kinds)
        group.append(el("option", { value: kind.word ? `${kind.word}:` : kind.name }, kind.title));
      select.append(group);
    }
    const own = el("optgroup", { label: say("my_blocks") });
    for (const one of editor.data.kept) own.append(el("option", { value: `${KEPT}${one.id}` }, one.title));
    if (editor.data.kept.length) select.append(own);
    select.addEventListener("change", () => {
      const kept = editor.data.kept.find((one) => select.value === `${KEPT}${one.id}`);
      const kind = editor.kinds.get(select.value);
      const steps = kept?.steps ?? (kind ? [made(editor, kind)] : []);
      const place = [...path, listAt(editor.document, path).length];
      if (steps.length) editor.apply(insert(editor.document, place, renewed(editor.document, steps)));
    });
    return select;
  }

  private own(stage: Mapping): HTMLElement | null {
    const found = ownOf(this.editor, stage).filter((each) =>
      ["circle-check-big", "calendar-plus", "git-branch", "timer", "alarm-clock"].includes(each.icon),
    );
    const lines = found.map((each) =>
      el("li", { class: `stage-mark${each.tone ? ` c-${each.tone}` : ""}` }, icon(each.icon), each.words),
    );
    return lines.length ? this.block(say("by_itself"), lines) : null;
  }

  /** What the stage listens for: commands that people give and timers, each with where it leads. */
  private events(id: string, stage: Mapping): HTMLElement {
    const { editor } = this;
    const path = [...stagePath(id), "on"];
    const found = list(stage.on).map((plain, index) => {
      const event = mapping(plain);
      const place = [...path, index];
      const isCommand = event.command !== undefined;
      const words = isCommand
        ? line(
            say("command_words"),
            text(event.command),
            (value) => editor.apply(put(editor.document, [...place, "command"], value), named(place)),
            { "data-at": named([...place, "command"]) },
          )
        : event.pause !== undefined
          ? time(say("timer_after"), text(mapping(event.pause).for), (value) =>
              editor.apply(put(editor.document, [...place, "pause"], { for: value }), named(place)),
            )
          : el("span", {}, text(event.title) || stepTitle(editor, event));
      const drop = () =>
        editor.apply(
          list(stage.on).length > 1 ? remove(editor.document, place) : without(editor.document, path),
        );
      return el(
        "li",
        { class: "status-event" },
        el(
          "div",
          { class: "row g6" },
          icon(isCommand ? "zap" : "timer"),
          words,
          button(say("remove", { title: text(event.command) || say("timer") }), "x", drop),
        ),
        isCommand && this.givers(place, event),
        this.goal(place, event),
        event.do !== undefined && this.steps(say("status_then"), [...place, "do"]),
      );
    });
    const fresh = (event: Mapping) =>
      editor.apply({ ...insert(editor.document, [...path, found.length], [event]), chosen: stagePath(id) });
    const more = el(
      "div",
      { class: "row g4" },
      el(
        "button",
        {
          type: "button",
          class: "btn ghost sm",
          onclick: () => fresh({ command: say("new_command"), to: "{=Document:responsible}", do: [] }),
        },
        icon("plus"),
        say("command"),
      ),
      el(
        "button",
        { type: "button", class: "btn ghost sm", onclick: () => fresh({ pause: { for: "1 days" }, do: [] }) },
        icon("plus"),
        say("timer"),
      ),
    );
    return this.block(say("status_events"), found, more);
  }

  private givers(place: Path, event: Mapping): HTMLElement {
    const { editor } = this;
    const whom = people(editor, {
      label: say("command_to"),
      value: event.to,
      place,
      id: `to-${named(place)}`,
      change: (value) => editor.apply(set(editor.document, place, "to", value)),
    });
    return whom.field;
  }

  /** Where an event leads; without a stage its steps are done and the stage goes on. */
  private goal(place: Path, event: Mapping): HTMLElement {
    const { editor } = this;
    const select = el(
      "select",
      { class: "inp sm", "aria-label": say("next_stage"), "data-at": named([...place, "go"]) },
      el("option", { value: "" }, say("status_stays")),
    );
    for (const [id, stage] of stagesOf(editor.document))
      select.append(el("option", { value: id }, titleOf(id, stage)));
    const steps = list(event.do);
    const last = mapping(steps.at(-1));
    select.value = text(event.go) || text(last.go);
    select.addEventListener("change", () =>
      editor.apply(put(editor.document, place, led(mappingAt(editor.document, place), select.value))),
    );
    return el("label", { class: "row g6 s13" }, icon("arrow-right"), select);
  }

  /** Who sees, changes and removes the record while it is in this status; nobody named: whoever may anyway. */
  private rights(path: Path, stage: Mapping): HTMLElement {
    const { editor } = this;
    const given = mapping(stage.permissions);
    const lines = RIGHTS.map((right) => {
      const label = say(`right_${right}`);
      const whom = people(editor, {
        label,
        value: given[right],
        place: [...path, "permissions"],
        id: `${right}-${named(path)}`,
        change: (value) => editor.apply(permitted(editor.document, path, right, value)),
      });
      return el("div", { class: "field" }, el("span", { class: "setting-label" }, label), whom.field);
    });
    return el(
      "details",
      { class: "status-block status-rights", open: Object.keys(given).length > 0 },
      el("summary", {}, say("status_rights")),
      el("p", { class: "dim s12" }, say("status_rights_help")),
      ...lines,
    );
  }

  private results(id: string, stage: Mapping): HTMLElement | null {
    const known = new Map(stagesOf(this.editor.document));
    const lines = leadsOf(id, stage)
      .filter((lead) => lead.kind === "result" || lead.kind === "then")
      .map((lead) => {
        const goal = known.get(lead.to);
        return el(
          "li",
          { class: "stage-way" },
          el("span", { class: "cut" }, lead.title || say("goes_on")),
          icon("arrow-right"),
          el("span", { class: "cut" }, goal ? titleOf(lead.to, goal) : say("not_chosen")),
        );
      });
    return lines.length ? this.block(say("stage_result"), lines) : null;
  }

  private block(title: string, lines: HTMLElement[], more?: HTMLElement): HTMLElement {
    return el(
      "div",
      { class: "status-block" },
      el("h2", {}, title),
      lines.length > 0 && el("ul", {}, ...lines),
      more,
    );
  }

  private adding(): HTMLElement {
    const { editor } = this;
    const add = () => {
      const made = addStage(editor.document, say("new_stage"));
      editor.apply({ document: made.document });
      queueMicrotask(() => this.show([...stagePath(made.id), "title"]));
    };
    return el(
      "button",
      { type: "button", class: "btn status-add", onclick: add },
      icon("plus"),
      say("add_stage"),
    );
  }
}

const RIGHTS = ["see", "edit", "remove"];

function permitted(document: Mapping, path: Path, right: string, value: Plain | undefined): Mapping {
  const holder = [...path, "permissions"];
  const none = isList(value) && !value.length;
  const made = set(document, holder, right, none ? undefined : value);
  return Object.keys(mappingAt(made, holder)).length ? made : without(made, holder);
}

/** An event that leads to a stage, or to none: with steps before it, going is the last of them. */
function led(event: Mapping, to: string): Mapping {
  const steps = list(event.do).filter(
    (step) => mapping(step).go === undefined || Object.keys(mapping(step)).length > 1,
  );
  const bare = without(without(event, ["go"]), ["do"]);
  if (!to) return { ...bare, do: steps };
  return steps.length ? { ...bare, do: [...steps, { go: to }] } : { ...bare, go: to };
}

const KEPT = "kept:"; // no block is called so: a colon ends the word of a construct

/** Steps with names that no other step of any stage has; what they say of each other follows. */
function renewed(document: Mapping, steps: readonly Plain[]): readonly Plain[] {
  const there = JSON.stringify(document);
  let written = JSON.stringify(steps);
  for (const id of new Set([...written.matchAll(/"id":"(\w+)"/g)].map((found) => found[1]!))) {
    const base = id.replace(/_\d+$/, "");
    let count = 1;
    while (`${there}${written}`.includes(`"id":"${base}_${count}"`)) count += 1;
    if (!there.includes(`"id":"${id}"`)) continue;
    const fresh = `${base}_${count}`;
    written = written.replaceAll(`"id":"${id}"`, `"id":"${fresh}"`).replaceAll(`{=${id}:`, `{=${fresh}:`);
  }
  return JSON.parse(written);
}
