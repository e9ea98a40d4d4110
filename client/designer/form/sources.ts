// What may be inserted at a place, in groups: results of blocks above, fields, variables, parameters, constants.
import { type Field, knows, say, type Type } from "../data";
import type { Editor } from "../editor";
import type { Mapping, Path } from "../model";
import { isMapping, mappingAt, within } from "../model";
import { kindOf, walk, wordOf } from "../tree/shape";
import { titleOf } from "../tree/titles";

export interface Source {
  title: string;
  /** What goes before it in the path of titles. */
  above: string;
  reference: string;
  type: Type;
}

export interface Group {
  title: string;
  sources: Source[];
}

export const typeNamed = (kind: string, multiple = false, of = ""): Type => ({
  kind,
  multiple,
  of,
  title: knows(`kind_${kind}`) ? say(`kind_${kind}`) : kind,
});

export function groups(editor: Editor, place: Path): Group[] {
  const { data } = editor;
  const record = String(editor.document.record ?? "");
  const known = data.values.records[record];
  if (place[0] === "start") return beforeStart(editor, known);
  const found: Group[] = [
    { title: say("results"), sources: results(editor, place) },
    {
      title: known?.title ?? "",
      sources: (known?.fields ?? []).map((field) => ofField(field, "Document", "")),
    },
    { title: say("variables"), sources: variables(editor).map((each) => declared("Variable", ...each)) },
    { title: say("parameters"), sources: listed(editor, "parameters", "Template") },
    { title: say("constants"), sources: listed(editor, "constants", "Constant") },
    { title: say("shared_variables"), sources: shared(editor, "GlobalVar") },
    { title: say("shared_constants"), sources: shared(editor, "GlobalConst") },
    { title: say("system"), sources: system() },
  ];
  return found.filter((group) => group.sources.length);
}

/** What a condition of a trigger may look at: nothing of the run is there yet. */
function beforeStart(editor: Editor, record: { title: string; fields: Field[] } | undefined): Group[] {
  const fields = record?.fields ?? [];
  const found: Group[] = [
    { title: record?.title ?? "", sources: fields.map((field) => ofField(field, "Document", "")) },
    { title: say("before_change"), sources: fields.map((field) => ofField(field, "Before", "")) },
    { title: say("constants"), sources: listed(editor, "constants", "Constant") },
    { title: say("shared_variables"), sources: shared(editor, "GlobalVar") },
    { title: say("shared_constants"), sources: shared(editor, "GlobalConst") },
    {
      title: say("system"),
      sources: [
        { title: say("changed_by"), above: "", reference: "{=Change:by}", type: typeNamed("person") },
        ...system().slice(0, 2),
      ],
    },
  ];
  return found.filter((group) => group.sources.length);
}

/** Roles, which stand where people are named and nowhere else; a role is not made of roles. */
export const roles = (editor: Editor, place: Path): Group[] => {
  const declared = Object.entries(place[0] === "roles" ? {} : mappingAt(editor.document, ["roles"]));
  const sources = declared.map(([name, one]) => ({
    title: title(isMapping(one) ? one : {}, name),
    above: "",
    reference: `{=Role:${name}}`,
    type: typeNamed("person"),
  }));
  return sources.length ? [{ title: say("set_roles"), sources }] : [];
};

/** The fields behind a link or a person; a role may be several people, so it leads no further. */
export function inside(editor: Editor, source: Source): Source[] {
  if (source.reference.startsWith("{=Role:")) return [];
  const type = source.type.kind === "person" ? "person" : source.type.kind === "record" ? source.type.of : "";
  const body = source.reference.slice(2, -1);
  return (editor.data.values.records[type]?.fields ?? []).map((field) => ({
    title: field.title,
    above: source.above ? `${source.above} › ${source.title}` : source.title,
    reference: `{=${body}.${field.name}}`,
    type: field.type,
  }));
}

const DATES = new Set(["date", "moment"]);
const NUMBERS = new Set(["number", "money"]);

/** Whether a value of one type may stand where another is wanted; what leads further may always be opened. */
export function suits(given: Type, wanted: Type | undefined): boolean {
  if (!wanted || ["any", "text"].includes(wanted.kind) || given.kind === "any") return true;
  if (given.kind === wanted.kind) return true;
  const alike = (kinds: Set<string>): boolean => kinds.has(given.kind) && kinds.has(wanted.kind);
  return alike(DATES) || alike(NUMBERS) || (wanted.kind === "email" && given.kind === "text");
}

/** Declared variables, and those that forms make. */
export function variables(editor: Editor): [string, Mapping][] {
  const found = new Map<string, Mapping>();
  for (const { step } of walk(editor.document))
    for (const [name, field] of Object.entries(formOf(editor, step)))
      if (isMapping(field)) found.set(name, field);
  for (const [name, one] of Object.entries(mappingAt(editor.document, ["variables"])))
    if (isMapping(one)) found.set(name, one);
  return [...found];
}

function formOf(editor: Editor, step: Mapping): Mapping {
  const asked = editor.kinds.get(kindOf(step))?.params.find((each) => each.kind === "form");
  return asked ? mappingAt(step, ["with", asked.name]) : {};
}

function results(editor: Editor, place: Path): Source[] {
  const found: Source[] = [];
  for (const { step, path } of walk(editor.document)) {
    if (within(place, path)) continue; // it holds the place, so its own results are not there yet
    if (!before(path, place)) break;
    if (typeof step.id !== "string" || wordOf(step) !== "block") continue;
    const kind = editor.kinds.get(kindOf(step));
    const asked = Object.entries(formOf(editor, step)).map(([name, field]): [string, string, Type] => [
      name,
      title(field as Mapping, name),
      typeOf(field as Mapping),
    ]);
    const given = Object.entries(kind?.results ?? {}).map(([name, type]): [string, string, Type] => [
      name,
      knows(`result_${name}`) ? say(`result_${name}`) : name,
      type,
    ]);
    for (const [name, words, type] of [...asked, ...given])
      found.push({ title: words, above: titleOf(editor, step), reference: `{=${step.id}:${name}}`, type });
  }
  return found.reverse();
}

/** Whether a step stands before a place, in the order in which it is read. */
function before(path: Path, place: Path): boolean {
  for (const [at, key] of path.entries()) {
    const other = place[at];
    if (other === undefined) return false;
    if (key !== other) return typeof key === "number" && typeof other === "number" ? key < other : true;
  }
  return false;
}

function listed(editor: Editor, group: string, source: string): Source[] {
  return Object.entries(mappingAt(editor.document, [group])).map(([name, one]) =>
    declared(source, name, isMapping(one) ? one : {}),
  );
}

const declared = (source: string, name: string, one: Mapping): Source => ({
  title: title(one, name),
  above: "",
  reference: `{=${source}:${name}}`,
  type: typeOf(one),
});

const title = (one: Mapping, name: string): string => String(one.title || name);
const typeOf = (one: Mapping): Type =>
  typeNamed(String(one.type ?? "text"), one.multiple === true, String(one.of ?? ""));

const shared = (editor: Editor, source: string): Source[] =>
  (editor.data.values.shared[source] ?? []).map((field) => ofField(field, source, ""));

const ofField = (field: Field, source: string, above: string): Source => ({
  title: field.title,
  above,
  reference: `{=${source}:${field.name}}`,
  type: field.type,
});

const system = (): Source[] => [
  { title: say("today"), above: "", reference: "{=System:Date}", type: typeNamed("date") },
  { title: say("now"), above: "", reference: "{=System:Now}", type: typeNamed("moment") },
  { title: say("initiator"), above: "", reference: "{=Workflow:initiator}", type: typeNamed("person") },
  { title: say("run_number"), above: "", reference: "{=Workflow:id}", type: typeNamed("number") },
];
