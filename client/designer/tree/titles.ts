// How steps, branches and values are called on the screen: in the words of the company, not of the notation.
import { type Data, type Field, knows, say } from "../data";
import type { Editor } from "../editor";
import { variables } from "../form/sources";
import type { Mapping, Path, Plain } from "../model";
import { isList, isMapping, mappingAt } from "../model";
import { lasts } from "../stages/reading";
import { kindOf, type Lane, wordOf } from "./shape";

const REFERENCE = /\{=([A-Za-z_]\w*):([^{}]+)\}/g;

/** What a step does, in a few words. */
export function titleOf(editor: Editor, step: Mapping): string {
  if (step.title) return String(step.title);
  const kind = editor.kinds.get(kindOf(step));
  switch (wordOf(step)) {
    case "while":
      if (step.while) return say("repeats", { condition: condition(editor, step.while) });
      break;
    case "each":
      if (step.each) return say("for_each", { what: value(editor, step.each) });
      break;
    case "run":
      return editor.data.values.definitions[String(step.run)] ?? (kind?.title || "");
    case "switch":
      return value(editor, step.switch) || kind?.title || "";
  }
  const named = isMapping(step.with) ? (step.with.title ?? step.with.subject) : undefined;
  if (named) return value(editor, named);
  return kind?.title ?? (kindOf(step).replace(/:$/, "") || "?");
}

/** To whom, when, how much: the second line of a step. */
export function detailOf(editor: Editor, step: Mapping): string {
  const given = isMapping(step.with) ? step.with : {};
  switch (wordOf(step)) {
    case "block": {
      const kind = editor.kinds.get(kindOf(step));
      const people = kind?.params.find((each) => each.kind === "people" && given[each.name] !== undefined);
      const who = people && value(editor, given[people.name]);
      if (who) return who;
      if (isMapping(given.fields)) return fields(editor, given.fields);
      return kind && step.title ? kind.title : "";
    }
    case "pause":
      return Object.entries(isMapping(step.pause) ? step.pause : {})
        .filter(([, each]) => typeof each === "string")
        .map(([key, each]) => value(editor, key === "for" ? lasts(each) : each))
        .join(", ");
    case "wait":
      return isMapping(step.wait)
        ? value(editor, step.wait.message ?? step.wait.stage) || condition(editor, step.wait.when)
        : "";
    case "set":
      return Object.entries(isMapping(step.set) ? step.set : {})
        .map(([name, set]) => `${variable(editor, name)}: ${value(editor, set)}`)
        .join(", ");
    case "terminate":
      return value(editor, step.terminate);
    case "stop":
      return choice(editor, step, "stop");
  }
  return "";
}

/** What a branch asks, or the name of its lane. */
export function laneTitle(editor: Editor, lane: Lane, place: number): string {
  if (!lane.holder) return lane.label;
  const branch = mappingAt(editor.document, lane.holder);
  const asked = "when" in branch ? condition(editor, branch.when) : value(editor, branch.is);
  return asked || lane.label || say("branch", { n: place + 1 });
}

function fields(editor: Editor, given: Mapping): string {
  return Object.entries(given)
    .map(([name, set]) => {
      const field = fieldOf(editor.data, String(editor.document.record ?? ""), name);
      const options = new Map(field?.options ?? []);
      return `${field?.title ?? name}: ${options.get(String(set)) ?? value(editor, set)}`;
    })
    .join(", ");
}

function choice(editor: Editor, step: Mapping, name: string): string {
  const key = editor.kinds.get(kindOf(step))?.params.find((each) => each.name === name);
  return new Map(key?.choices ?? []).get(String(step[name])) ?? "";
}

/** A value as people read it: references by their titles, codes of people by their names. */
export function value(editor: Editor, plain: Plain | undefined): string {
  if (plain === undefined || plain === null) return "";
  if (typeof plain === "boolean") return say(plain ? "yes" : "no");
  if (isList(plain)) return plain.map((each) => value(editor, each)).join(", ");
  if (isMapping(plain)) return Object.keys(plain).join(", ");
  const text = String(plain);
  if (editor.data.values.names[text]) return editor.data.values.names[text];
  return text.replace(REFERENCE, (_, source: string, path: string) => reference(editor, source, path));
}

/** The title of a reference: «Контрагент › Название». */
export function reference(editor: Editor, source: string, path: string): string {
  const { data } = editor;
  const [first = "", ...rest] = path.trim().split(".");
  switch (source) {
    case "Document":
      return along(data, String(editor.document.record ?? ""), [first, ...rest]);
    case "Before":
      return `${say("before_change")} › ${along(data, String(editor.document.record ?? ""), [first, ...rest])}`;
    case "Change":
      return first === "by" ? [say("changed_by"), ...titles(data, "person", rest)].join(" › ") : path;
    case "User":
      return along(data, "person", [first, ...rest]);
    case "Variable":
      return beyond(data, variable(editor, first), variableOf(editor, first), rest);
    case "Template":
      return beyond(
        data,
        declaredTitle(editor, "parameters", first),
        declaredOf(editor, "parameters", first),
        rest,
      );
    case "Constant":
      return beyond(
        data,
        declaredTitle(editor, "constants", first),
        declaredOf(editor, "constants", first),
        rest,
      );
    case "Role":
      return declaredTitle(editor, "roles", first);
    case "System":
      return say(first === "Date" ? "today" : first === "Now" ? "now" : first);
    case "Workflow":
      return first === "initiator" ? [say("initiator"), ...titles(data, "person", rest)].join(" › ") : path;
    case "GlobalVar":
    case "GlobalConst":
      return path;
  }
  const step = editor.stepNamed(source);
  const title = knows(`result_${first}`) ? say(`result_${first}`) : variable(editor, first);
  return `${step ? titleOf(editor, step) : source} › ${[title, ...titles(data, "person", rest)].join(" › ")}`;
}

const along = (data: Data, type: string, path: string[]): string => titles(data, type, path).join(" › ");

function titles(data: Data, type: string, path: string[]): string[] {
  let of = type;
  return path.map((name) => {
    const field = fieldOf(data, of, name);
    of = field ? (field.type.kind === "person" ? "person" : field.type.of) : "";
    return field?.title ?? name;
  });
}

function beyond(data: Data, title: string, declared: Mapping, rest: string[]): string {
  const type = declared.type === "person" ? "person" : String(declared.of ?? "");
  return [title, ...titles(data, type, rest)].join(" › ");
}

export const fieldOf = (data: Data, type: string, name: string): Field | undefined =>
  data.values.records[type]?.fields.find((each) => each.name === name);

const declaredOf = (editor: Editor, group: string, name: string): Mapping =>
  mappingAt(editor.document, [group, name]);
const declaredTitle = (editor: Editor, group: string, name: string): string =>
  String(declaredOf(editor, group, name).title ?? name);
const variable = (editor: Editor, name: string): string => String(variableOf(editor, name).title || name);

/** A variable as it is declared, or as the form that fills it declares it. */
function variableOf(editor: Editor, name: string): Mapping {
  const found = declaredOf(editor, "variables", name);
  return found.title ? found : (variables(editor).find(([each]) => each === name)?.[1] ?? found);
}

const SIGNS: Record<string, string> = {
  equal: "=",
  not_equal: "≠",
  greater: ">",
  greater_or_equal: "≥",
  less: "<",
  less_or_equal: "≤",
};

/** A condition in words. */
export function condition(editor: Editor, plain: Plain | undefined): string {
  if (plain === undefined || plain === null) return "";
  if (typeof plain !== "object") return value(editor, plain).replace(/^=/, "");
  if (isList(plain)) return plain.map((each) => condition(editor, each)).join(` ${say("and")} `);
  for (const [join, word] of [
    ["all", "and"],
    ["any", "or"],
  ] as const) {
    const parts = (plain as Mapping)[join];
    if (isList(parts)) return parts.map((each) => condition(editor, each)).join(` ${say(word)} `);
  }
  return row(editor, plain as Mapping);
}

function row(editor: Editor, plain: Mapping): string {
  const operator = String(plain.operator ?? "equal");
  const sign = SIGNS[operator] ?? say(`op_${operator}`);
  const [left, field] = leftOf(editor, plain);
  const options = new Map(field?.options ?? []);
  const given = plain.value;
  const right = isList(given)
    ? given.map((each) => options.get(String(each)) ?? value(editor, each)).join(", ")
    : (options.get(String(given)) ?? value(editor, given));
  return `${left} ${sign} ${right}`.trim();
}

function leftOf(editor: Editor, plain: Mapping): [string, Field | undefined] {
  if (plain.field !== undefined) {
    const path = String(plain.field);
    return [
      reference(editor, "Document", path),
      fieldOf(editor.data, String(editor.document.record ?? ""), path),
    ];
  }
  const sources = { variable: "Variable", parameter: "Template", constant: "Constant" } as const;
  for (const [key, source] of Object.entries(sources))
    if (plain[key] !== undefined) return [reference(editor, source, String(plain[key])), undefined];
  if (plain.result !== undefined) {
    const [source = "", path = ""] = String(plain.result).split(/[.:](.*)/s);
    return [reference(editor, source, path).replace(/^.* › /, ""), undefined];
  }
  return [value(editor, plain.formula), undefined];
}

/** What a path is called in a sentence about it. */
export function placeTitle(editor: Editor, path: Path | null): string {
  return path ? titleOf(editor, mappingAt(editor.document, path)) : say("definition");
}
