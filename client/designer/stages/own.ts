// What a stage does by itself: a task, an event, a pause, child processes, a deadline; each may be added once.
import { say } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import { type Mapping, put, set, without } from "../model";
import { choice, line, tick, time } from "./controls";
import { stagePath } from "./edits";
import { list, mapping, text } from "./reading";
import { dueAfter, dueIn } from "./telling";

interface Part {
  name: string;
  icon: string;
  is: (stage: Mapping) => boolean;
  add: (document: Mapping, id: string) => Mapping;
  drop: (document: Mapping, id: string) => Mapping;
  fields: (editor: Editor, id: string, stage: Mapping) => (HTMLElement | null)[];
}

const setting = (key: string, value: Mapping | string) => (document: Mapping, id: string) =>
  put(document, [...stagePath(id), key], value);
const leaving = (key: string) => (document: Mapping, id: string) =>
  without(document, [...stagePath(id), key]);
const labelled = (title: string, inner: HTMLElement): HTMLElement =>
  el("label", { class: "row g6 s13" }, el("span", { class: "mut" }, title), inner);

const PARTS: Part[] = [
  {
    name: "add_text",
    icon: "text",
    is: (stage) => stage.text !== undefined,
    add: setting("text", ""),
    drop: leaving("text"),
    fields: (editor, id) => [line(editor, [...stagePath(id), "text"], say("add_text"))],
  },
  {
    name: "add_event",
    icon: "calendar-plus",
    is: (stage) => stage.activity !== undefined,
    add: setting("activity", { type: "" }),
    drop: leaving("activity"),
    fields: (editor, id) => [
      line(editor, [...stagePath(id), "activity", "type"], say("event_kind")),
      line(editor, [...stagePath(id), "activity", "comment"], say("event_comment")),
    ],
  },
  {
    name: "add_task",
    icon: "circle-check-big",
    is: (stage) => stage.task !== undefined,
    add: setting("task", { title: "" }),
    drop: leaving("task"),
    fields: (editor, id, stage) => [
      line(editor, [...stagePath(id), "task", "title"], say("task_title")),
      tick(editor, [...stagePath(id), "task", "blocks"], say("task_blocks")),
      labelled(
        say("task_after"),
        time(say("task_after"), text(mapping(stage.task).after), (after) =>
          editor.apply(set(editor.document, [...stagePath(id), "task"], "after", after), `${id} after`),
        ),
      ),
    ],
  },
  {
    name: "add_process",
    icon: "git-branch",
    is: (stage) => stage.run !== undefined,
    add: (document, id) => put(document, [...stagePath(id), "run"], [{ run: "" }]),
    drop: leaving("run"),
    fields: (editor, id, stage) =>
      list(stage.run).flatMap((_, at) => [
        choice(editor, [...stagePath(id), "run", at, "run"], say("process"), [
          ["", say("not_chosen")],
          ...Object.entries(editor.data.values.definitions),
        ]),
        tick(editor, [...stagePath(id), "run", at, "wait"], say("process_waits"), true),
      ]),
  },
  {
    name: "add_pause",
    icon: "timer",
    is: (stage) => stage.pause !== undefined,
    add: setting("pause", { for: "1 days" }),
    drop: leaving("pause"),
    fields: (editor, id, stage) => [
      time(say("add_pause"), text(mapping(stage.pause).for) || text(stage.pause), (given) =>
        editor.apply(put(editor.document, [...stagePath(id), "pause"], { for: given }), `${id} pause`),
      ),
    ],
  },
  {
    name: "add_deadline",
    icon: "alarm-clock",
    is: (stage) => mapping(stage.with).due !== undefined,
    add: (document, id) => put(document, [...stagePath(id), "with", "due"], dueAfter("1 days")),
    drop: (document, id) => {
      const left = without(document, [...stagePath(id), "with", "due"]);
      const stage = mapping(mapping(left.stages)[id]);
      return Object.keys(mapping(stage.with)).length ? left : without(left, [...stagePath(id), "with"]);
    },
    fields: (editor, id, stage) => [
      time(say("add_deadline"), dueIn(text(mapping(stage.with).due)), (given) =>
        editor.apply(put(editor.document, [...stagePath(id), "with", "due"], dueAfter(given)), `${id} due`),
      ),
    ],
  },
];

/** Lines for what the stage does, and buttons for what it might. */
export function own(editor: Editor, id: string, stage: Mapping): HTMLElement {
  const lines = PARTS.filter((part) => part.is(stage)).map((part) =>
    el(
      "div",
      { class: "stage-own", "data-part": part.name },
      el("span", { class: "row g6 s13 stage-own-name" }, icon(part.icon), say(part.name)),
      el("span", { class: "row wrap g6 grow" }, ...part.fields(editor, id, stage)),
      button(say("remove", { title: say(part.name) }), "x", () =>
        editor.apply(part.drop(editor.document, id)),
      ),
    ),
  );
  const offered = PARTS.filter((part) => !part.is(stage)).map((part) =>
    el(
      "button",
      {
        type: "button",
        class: "btn ghost sm",
        "data-add": part.name,
        onclick: () => editor.apply(part.add(editor.document, id)),
      },
      icon("plus"),
      say(part.name),
    ),
  );
  return el(
    "div",
    { class: "stage-parts" },
    ...lines,
    offered.length > 0 &&
      el("div", { class: "row wrap g4" }, el("span", { class: "dim s12" }, say("by_itself")), ...offered),
  );
}

/** Which parts a stage has: when they change, its row is drawn anew. */
export const partsOf = (stage: Mapping): string =>
  PARTS.filter((part) => part.is(stage))
    .map((part) => part.name)
    .join(" ");
