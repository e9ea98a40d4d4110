// One stage of the table: at rest a few words, chosen a form.
import { type Problem, say } from "../data";
import { button, el, glyph, icon } from "../dom";
import type { Editor } from "../editor";
import { type Mapping, type Path, put, set } from "../model";
import { choice, line } from "./controls";
import {
  addResult,
  addStage,
  begin,
  end,
  lostAtAnEnd,
  moveResult,
  moveStage,
  peopleOf,
  removeResult,
  removeStage,
  stagePath,
} from "./edits";
import { own, partsOf } from "./own";
import { face, people } from "./people";
import { isGone, leadsOf, mapping, stagesOf, text, titleOf } from "./reading";
import { ownOf, personOf } from "./telling";

export interface Told {
  id: string;
  stage: Mapping;
  number: number;
  chosen: boolean;
  problems: Problem[];
  /** Ask for the focus after the row is drawn anew: the place in the document whose field is to get it. */
  want: (at: string) => void;
}

const titles = (editor: Editor): Map<string, string> =>
  new Map(stagesOf(editor.document).map(([id, stage]) => [id, titleOf(id, stage)]));

/** What of a stage decides which fields its row has; while it is the same, only values change. */
export function shape(editor: Editor, told: Told): string {
  const { stage } = told;
  const names = [...titles(editor)].map(([id, title]) => (id === told.id ? id : `${id} ${title}`));
  return JSON.stringify([
    told.number,
    told.chosen || stage,
    names,
    Object.keys(mapping(stage.results)),
    peopleOf(stage),
    partsOf(stage),
    [stage.begin, stage.end, isGone(stage), text(stage.then)],
    told.problems.map((each) => each.sentence),
  ]);
}

export function row(editor: Editor, told: Told): HTMLElement {
  const bad = told.problems.some((each) => !each.advice);
  const kind = `stage-row${told.chosen ? " chosen" : ""}${bad ? " bad" : ""}`;
  const inner = told.chosen ? chosen(editor, told) : atRest(editor, told);
  const number = el("span", { class: "stage-number" }, bad ? glyph("incident") : String(told.number));
  const made = el("li", { class: kind, "data-stage": told.id }, number, ...inner, said(told));
  if (!told.chosen) made.addEventListener("click", () => editor.choose(stagePath(told.id)));
  return made;
}

function said(told: Told): HTMLElement | null {
  if (!told.problems.length) return null;
  const lines = told.problems.map((each) =>
    el(
      "li",
      {},
      each.advice ? icon("info") : glyph("incident"),
      el("span", {}, each.sentence, " ", el("span", { class: "mut" }, each.hint)),
    ),
  );
  return el("ul", { class: "stage-said" }, ...lines);
}

function atRest(editor: Editor, told: Told): (HTMLElement | null)[] {
  const { id, stage } = told;
  const name = el(
    "button",
    { type: "button", class: "stage-name", "aria-expanded": "false" },
    titleOf(id, stage),
  );
  const marks = [
    stage.begin === true && mark("play", say("begins")),
    stage.end === true && mark("flag", say("ends")),
    ...ownOf(editor, stage).map((each) => mark(each.icon, each.words, each.tone)),
  ];
  return [
    el("div", { class: "min0" }, name, ...marks),
    responsible(editor, stage),
    ways(editor, id, stage),
    menu(editor, told),
  ];
}

const mark = (name: string, words: string, tone = ""): HTMLElement =>
  el("span", { class: `stage-mark${tone ? ` c-${tone}` : ""}` }, icon(name), el("span", {}, words));

function responsible(editor: Editor, stage: Mapping): HTMLElement {
  const found = peopleOf(stage);
  if (stage.end === true) return el("div");
  if (!found.length)
    return el("div", { class: "dim" }, say(isGone(stage) ? "nobody_needed" : "chosen_by_hand"));
  const lines = found.map((code) => {
    const name = personOf(editor, code);
    return el("span", { class: "who" }, face(name, code), el("span", { class: "cut", title: name }, name));
  });
  return el("div", { class: "col gap4 min0" }, ...lines);
}

function ways(editor: Editor, id: string, stage: Mapping): HTMLElement {
  if (stage.end === true) return el("div", { class: "dim" }, say("process_ends"));
  const known = titles(editor);
  const found = leadsOf(id, stage).map((lead) => {
    const words = lead.title || say(stage.pause ? "pause_over" : "goes_on");
    const goal = known.get(lead.to);
    return el(
      "div",
      { class: `stage-way${lead.kind === "result" || lead.kind === "then" ? "" : " soft"}` },
      el("span", { class: "cut", title: words }, words),
      icon("arrow-right"),
      el("span", { class: goal ? "cut" : "cut dim" }, goal ?? say("not_chosen")),
    );
  });
  return el("div", {}, ...(found.length ? found : [el("span", { class: "mut" }, say("no_ways"))]));
}

function menu(editor: Editor, told: Told): HTMLElement {
  const { id, stage, number } = told;
  const title = titleOf(id, stage);
  const pop = el("div", { class: "pop menu", role: "menu", popover: "manual" });
  const item = (words: string, name: string, act: () => void, given = {}) =>
    pop.append(
      el(
        "button",
        { type: "button", class: "mi", role: "menuitem", onclick: act, ...given },
        icon(name),
        words,
      ),
    );
  item(say("higher", { title }), "arrow-up", () => moved(editor, told, -1), { disabled: number === 1 });
  item(say("lower", { title }), "arrow-down", () => moved(editor, told, 1), {
    disabled: number === stagesOf(editor.document).length,
  });
  if (stage.begin !== true) item(say("begin_here"), "play", () => editor.apply(begin(editor.document, id)));
  item(say("remove_stage"), "trash-2", () => {
    editor.apply(removeStage(editor.document, id));
    editor.announce("stage_removed", { title });
  });
  const opener = el(
    "button",
    {
      type: "button",
      class: "btn ghost sq sm",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `${say("more")}: ${title}`,
    },
    icon("ellipsis"),
  );
  const made = el("potok-menu" as "div", {}, opener, pop);
  made.addEventListener("click", (event) => event.stopPropagation());
  return made;
}

export function moved(editor: Editor, told: Told, by: number): void {
  if (!editor.apply(moveStage(editor.document, told.id, by))) return editor.announce("cannot_move");
  editor.announce("stage_moved", { title: titleOf(told.id, told.stage), n: told.number + by });
}

function chosen(editor: Editor, told: Told): (HTMLElement | null)[] {
  const { id, stage } = told;
  const isEnd = stage.end === true;
  const name = el(
    "div",
    { class: "col gap4 min0" },
    line(editor, [...stagePath(id), "title"], say("stage_name")),
    switches(editor, id, stage),
  );
  const parts = isEnd ? null : own(editor, id, stage);
  return [
    name,
    isEnd ? el("div") : people(editor, id, stage),
    isEnd ? el("div", { class: "dim" }, say("process_ends")) : results(editor, told),
    menu(editor, told),
    parts,
  ];
}

function switches(editor: Editor, id: string, stage: Mapping): HTMLElement {
  const press = (word: string, on: boolean, act: () => void, title = "") =>
    el(
      "button",
      { type: "button", class: "btn sm", "aria-pressed": String(on), title, onclick: act },
      icon(word === "begins" ? "play" : "flag"),
      say(word),
    );
  const lost = stage.end === true ? 0 : lostAtAnEnd(stage);
  return el(
    "div",
    { class: "row g4 stage-switches" },
    press("begins", stage.begin === true, () => editor.apply(begin(editor.document, id)), say("begin_here")),
    press(
      "ends",
      stage.end === true,
      () => editor.apply(end(editor.document, id, stage.end !== true)),
      lost ? say("loses", { n: lost }) : say("end_here"),
    ),
  );
}

const COMMENTS = ["none", "required"];

function results(editor: Editor, told: Told): HTMLElement {
  const { id, stage, want } = told;
  const base = [...stagePath(id), "results"];
  const others: [string, string][] = [...titles(editor)].map(([each, title]) => [each, title]);
  const add = () => {
    const made = addResult(editor.document, id, "");
    editor.apply({ ...made, document: put(made.document, [...base, made.name], { title: "" }) });
    want([...base, made.name, "title"].join("."));
  };
  const lines = Object.entries(mapping(stage.results)).map(([name, result], at, all) => {
    const title = text(mapping(result).title) || name;
    const named = { "data-titled": [...base, name, "title"].join(".") };
    const field = line(editor, [...base, name, "title"], say("stage_result"));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      add();
    });
    const comment = choice(editor, [...base, name, "comment"], `${say("comment_with")}: ${title}`, [
      ["", say("comment_optional")],
      ...COMMENTS.map((each): [string, string] => [each, say(`comment_${each}`)]),
    ]);
    return el(
      "div",
      { class: "stage-result" },
      field,
      icon("arrow-right"),
      target(editor, [...base, name], title, others),
      button(say("remove", { title }), "x", () => editor.apply(removeResult(editor.document, id, name)), {
        ...named,
        "data-words": "remove",
      }),
      el(
        "span",
        { class: "row g4 stage-result-more" },
        el("span", { class: "dim s12" }, say("comment_with")),
        comment,
        at > 0 &&
          button(
            say("higher", { title }),
            "arrow-up",
            () => editor.apply(moveResult(editor.document, id, name, -1)),
            { ...named, "data-words": "higher" },
          ),
        at < all.length - 1 &&
          button(
            say("lower", { title }),
            "arrow-down",
            () => editor.apply(moveResult(editor.document, id, name, 1)),
            { ...named, "data-words": "lower" },
          ),
      ),
    );
  });
  const more = el(
    "button",
    { type: "button", class: "lnk row g4 s12", onclick: add },
    icon("plus"),
    say("add_result"),
    el("span", { class: "kbd" }, "↵"),
  );
  const going = Object.keys(mapping(stage.results)).length
    ? null
    : el(
        "label",
        { class: "row g6 s13" },
        el("span", { class: "mut nw" }, say(stage.pause ? "pause_over" : "goes_on")),
        icon("arrow-right"),
        choice(editor, [...stagePath(id), "then"], say("next_stage"), [
          ["", say("not_chosen")],
          ...others.filter(([each]) => each !== id),
        ]),
      );
  return el("div", { class: "col gap4 min0" }, ...lines, more, going);
}

const NEW = "+";

// The last line of the list makes a stage, so that one need not leave the result to draw on.
function target(editor: Editor, path: Path, title: string, others: [string, string][]): HTMLSelectElement {
  const select = choice(editor, [...path, "to"], say("leads_to", { result: title }), [
    ["", say("not_chosen")],
    ...others,
    [NEW, `+ ${say("new_stage")}`],
  ]);
  select.addEventListener(
    "change",
    (event) => {
      if (select.value !== NEW) return;
      event.stopImmediatePropagation();
      const made = addStage(editor.document, say("new_stage"));
      editor.apply(set(made.document, path, "to", made.id));
    },
    { capture: true },
  );
  return select;
}
