// What starts a process: a line for each trigger, with the form that it needs.
import { type Offer, say } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import { condition } from "../form/condition";
import { people } from "../form/people";
import { isList, isMapping, listAt, type Mapping, type Plain, put, set } from "../model";
import { line, select, tick, time } from "./controls";

const OF_RECORDS = ["created", "changed", "became", "left", "stayed", "deleted"];
const WATCHING = ["changed", "became", "left", "stayed"];
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** A definition that says nothing is started by hand; one with an empty list is run by other processes only. */
export const triggersOf = (document: Mapping): readonly Plain[] =>
  isList(document.start) ? listAt(document, ["start"]) : ["manual"];

const wordOf = (trigger: Plain): string =>
  isMapping(trigger) ? (Object.keys(trigger)[0] ?? "") : String(trigger);
const insideOf = (trigger: Plain): Mapping => {
  const inside = isMapping(trigger) ? Object.values(trigger)[0] : undefined;
  return isMapping(inside) ? inside : {};
};

/** Ways to start that a kind of record offers by words of its own. */
const offersOf = (editor: Editor): readonly Offer[] =>
  editor.data.values.records[String(editor.document.record ?? "")]?.offers ?? [];

function fresh(word: string, editor: Editor): Plain {
  const offer = offersOf(editor).find((each) => each.name === word);
  if (offer) return offer.trigger;
  const known = editor.data.values.records[String(editor.document.record ?? "")]?.fields ?? [];
  const field =
    (known.find((each) => each.options?.length) ?? known.find((each) => each.writable))?.name ?? "";
  if (word === "became" || word === "left") return { [word]: { field, value: "" } };
  if (word === "stayed") return { stayed: { field, for: "1 days" } };
  if (word === "schedule") return { schedule: { at: "09:00" } };
  if (word === "message") return { message: { name: "" } };
  return word;
}

const fieldsOf = (editor: Editor): [string, string][] =>
  (editor.data.values.records[String(editor.document.record ?? "")]?.fields ?? []).map((field) => [
    field.name,
    field.title,
  ]);

/** All triggers, and the way to add one. */
export function triggers(editor: Editor): HTMLElement {
  const now = triggersOf(editor.document);
  const keep = (made: readonly Plain[], joins = "") =>
    editor.apply(put(editor.document, ["start"], made), joins);
  const kinds = editor.document.record
    ? ["manual", ...OF_RECORDS, "schedule", "message"]
    : ["manual", "schedule", "message"];
  const lines = now.map((trigger, at) => {
    const word = wordOf(trigger);
    // What was typed into another field of the line since it was drawn is in the document, not here.
    const latest = () => triggersOf(editor.document);
    const change = (make: (inside: Mapping) => Mapping) =>
      keep(
        latest().map((each, other) => (other === at ? told(word, make(insideOf(each))) : each)),
        `start ${at}`,
      );
    return el(
      "li",
      { class: "setting-line trigger-line" },
      el("b", { class: "setting-name" }, say(`on_${word}`)),
      el(
        "span",
        { class: "col gap8 grow" },
        el("span", { class: "row wrap g6" }, ...inner(editor, word, at, insideOf(trigger), change)),
        conditional(editor, word, at, insideOf(trigger), change),
      ),
      button(say("remove", { title: say(`on_${word}`) }), "x", () =>
        keep(latest().filter((_, other) => other !== at)),
      ),
    );
  });
  const none = !now.length && el("p", { class: "s13 mut" }, say("started_by_none"));
  const add = el(
    "select",
    { class: "inp sm", "aria-label": say("add_trigger") },
    el("option", { value: "" }, say("add_trigger")),
  );
  for (const kind of kinds)
    if (kind !== "manual" || !now.some((each) => wordOf(each) === "manual"))
      add.append(el("option", { value: kind }, say(`on_${kind}`)));
  for (const offer of offersOf(editor)) add.append(el("option", { value: offer.name }, offer.title));
  add.addEventListener("change", () => add.value && keep([...now, fresh(add.value, editor)]));
  return el(
    "div",
    { class: "col gap8" },
    lines.length > 0 && el("ul", { class: "setting-lines" }, ...lines),
    none,
    add,
  );
}

/** A trigger with nothing more to say is one word. */
const told = (word: string, inside: Mapping): Plain =>
  Object.keys(inside).length ? { [word]: inside } : word;

const putter =
  (change: Change): Put =>
  (key, value) =>
    change((now) => set(now, [], key, value));

function inner(editor: Editor, word: string, at: number, inside: Mapping, change: Change): HTMLElement[] {
  const put = putter(change);
  if (word === "manual") return [starters(editor, at, inside, put)];
  if (WATCHING.includes(word)) return watching(editor, word, inside, put);
  if (word === "schedule") return scheduled(inside, change);
  if (word === "message")
    return [line(say("message_name"), String(inside.name ?? ""), (name) => put("name", name))];
  return [];
}

/** Who may start it by hand. */
function starters(editor: Editor, at: number, inside: Mapping, put: Put): HTMLElement {
  const about = (by: Plain | undefined) => say(by === undefined ? "everybody_starts" : "only_they_start");
  const hint = el("span", { class: "dim s12" }, about(inside.by));
  const whom = people(editor, {
    label: say("who_starts"),
    value: inside.by,
    place: ["start", at, "manual"],
    id: `starters-${at}`,
    change: (by) => {
      hint.textContent = about(by);
      put("by", by);
    },
  });
  return el("span", { class: "col gap4 grow" }, whom.field, hint);
}

/** What has to hold besides; a message says it by its values. */
function conditional(
  editor: Editor,
  word: string,
  at: number,
  inside: Mapping,
  change: Change,
): HTMLElement | null {
  if (word === "message" || (!editor.document.record && inside.when === undefined)) return null;
  const label = say("only_under_condition");
  const kept = condition(editor, {
    label,
    value: inside.when,
    place: ["start", at, word, "when"],
    change: (value) => putter(change)("when", isNothing(value) ? undefined : value),
  });
  const opens = inside.when !== undefined;
  return el("details", { class: "trigger-when", open: opens }, el("summary", { class: "s13" }, label), kept);
}

const isNothing = (value: Plain): boolean =>
  value === "" || (isMapping(value) && Object.values(value).some((rows) => isList(rows) && !rows.length));

type Change = (make: (inside: Mapping) => Mapping) => void;
type Put = (key: string, value: Plain | undefined) => void;

function watching(editor: Editor, word: string, inside: Mapping, put: Put): HTMLElement[] {
  const record = editor.data.values.records[String(editor.document.record ?? "")];
  const field = record?.fields.find((each) => each.name === inside.field);
  const value = (key: string, label: string): HTMLElement =>
    field?.type.kind === "yes_no"
      ? answer(label, inside[key], (given) => put(key, given))
      : field?.options?.length
        ? select(label, [["", say("any_value")], ...field.options], String(inside[key] ?? ""), (given) =>
            put(key, given),
          )
        : line(label, String(inside[key] ?? ""), (given) => put(key, given));
  const which = select(
    say("field"),
    [["", say("any_field")], ...fieldsOf(editor)],
    String(inside.field ?? ""),
    (given) => put("field", given),
  );
  if (word === "changed")
    return inside.field ? [which, value("from", say("value_was")), value("to", say("value_now"))] : [which];
  const found = [which, value("value", say("value"))];
  if (word !== "stayed") return found;
  return [
    ...found,
    time(say("stays_for"), String(inside.for ?? ""), (given) => put("for", given)),
    tick(say("working_time"), inside.working === true, (on) => put("working", on || undefined)),
  ];
}

/** The value of a field that holds yes or no. */
const answer = (label: string, value: Plain | undefined, change: (given: Plain | undefined) => void) =>
  select(
    label,
    [
      ["", say("any_value")],
      ["true", say("yes")],
      ["false", say("no")],
    ],
    value === undefined ? "" : String(value),
    (given) => change(given === "" ? undefined : given === "true"),
  );

function scheduled(inside: Mapping, change: Change): HTMLElement[] {
  const clock = el("input", {
    class: "inp sm",
    type: "time",
    "aria-label": say("at_time"),
    value: String(inside.at ?? ""),
  });
  if (inside.at === undefined || Array.isArray(inside.at))
    return [el("span", { class: "mut" }, say("written_by_hand"))];
  clock.addEventListener("change", () => change((now) => ({ ...now, at: clock.value })));
  const chosen = Array.isArray(inside.days) ? inside.days.map(String) : [];
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "short",
    timeZone: "UTC",
  });
  const days = DAYS.map((day, at) => {
    const name = format.format(new Date(Date.UTC(2024, 0, 1 + at))); // a Monday
    const on = chosen.includes(day);
    const turn = () => {
      const made = DAYS.filter((each) => (each === day ? !on : chosen.includes(each)));
      change((now) => set(now, [], "days", made.length ? made : undefined));
    };
    return el("button", { type: "button", class: "btn sm", "aria-pressed": String(on), onclick: turn }, name);
  });
  return [el("span", { class: "row g6" }, icon("clock"), clock), el("span", { class: "row g4" }, ...days)];
}
