// Parameters that are lists of named things: values for fields, fields of a form, answers, variables to set.
import { say, type Type } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import type { Mapping, Path, Plain } from "../model";
import { isMapping, put } from "../model";
import { fieldOf } from "../tree/titles";
import { select, typed } from "./condition";
import { rich } from "./rich";
import { groups, typeNamed, variables } from "./sources";

export interface Given {
  label: string;
  value: Mapping;
  place: Path;
  change(value: Mapping): void;
}

const KINDS = [
  "text",
  "number",
  "money",
  "yes_no",
  "date",
  "moment",
  "person",
  "file",
  "email",
  "phone",
  "url",
];

/** Values for fields of the record. */
export function fields(editor: Editor, given: Given): HTMLElement {
  const known = editor.data.values.records[String(editor.document.record ?? "")]?.fields ?? [];
  const writable = known.filter((field) => field.writable);
  return named(given, {
    add: "add_field",
    offered: writable.map((field) => [field.name, field.title]),
    control: (name, value, change) => {
      const field = fieldOf(editor.data, String(editor.document.record ?? ""), name);
      if (field?.options?.length)
        return select(field.title, [["", say("not_chosen")], ...field.options], String(value ?? ""), change);
      return typedValue(editor, given.place, field?.title ?? name, field?.type, value, change);
    },
  });
}

/** Variables with their new values; one that is not there yet is declared on the way. */
export function values(editor: Editor, given: Given, declares: boolean): HTMLElement {
  const known = variables(editor);
  return named(given, {
    add: "add_value",
    free: true,
    offered: declares ? known.map(([name, one]) => [name, String(one.title || name)]) : [],
    control: (name, value, change) => {
      const type = known.find(([each]) => each === name)?.[1];
      const drawn = typedValue(
        editor,
        given.place,
        name,
        type && typeNamed(String(type.type ?? "text")),
        value,
        change,
      );
      if (type || !declares || !name) return drawn;
      const declare = (kind: string): void => {
        if (kind) editor.apply(put(editor.document, ["variables", name], { type: kind }));
      };
      return el("div", { class: "col gap8 grow" }, drawn, select(say("type"), kinds(true), "", declare));
    },
  });
}

/** The fields that people fill in. */
export function form(given: Given): HTMLElement {
  return named(given, {
    add: "add_field",
    free: true,
    offered: [],
    fresh: () => ({ type: "text", title: "" }),
    control: (_name, value, change) => {
      const field = isMapping(value) ? value : {};
      const title = el("input", {
        class: "inp sm",
        value: String(field.title ?? ""),
        placeholder: say("title"),
        "aria-label": say("title"),
      });
      const required = el("input", { type: "checkbox", class: "tick", checked: field.required === true });
      let now: Mapping = field;
      const tell = (more: Mapping): void => {
        now = { ...now, ...more };
        change(now);
      };
      title.addEventListener("input", () => tell({ title: title.value }));
      required.addEventListener("change", () => tell({ required: required.checked }));
      const kind = select(say("type"), kinds(false), String(field.type ?? "text"), (type) => tell({ type }));
      return el(
        "div",
        { class: "col gap8 grow" },
        title,
        el(
          "div",
          { class: "row g6" },
          kind,
          el("label", { class: "row g4 s12 nw" }, required, say("required")),
        ),
      );
    },
  });
}

/** Further answers: by name the words on the button. */
export function answers(given: Given): HTMLElement {
  return named(given, {
    add: "add",
    free: true,
    offered: [],
    control: (name, value, change) => {
      const title = el("input", {
        class: "inp sm",
        value: String((isMapping(value) ? value.title : value) ?? ""),
        "aria-label": `${say("title")}: ${name}`,
        placeholder: say("title"),
      });
      title.addEventListener("input", () =>
        change(isMapping(value) ? { ...value, title: title.value } : title.value),
      );
      return title;
    },
  });
}

interface Line {
  add: string;
  offered: [string, string][];
  /** Whether names may be typed that are not offered. */
  free?: boolean;
  fresh?: () => Plain;
  control(name: string, value: Plain | undefined, change: (value: Plain) => void): HTMLElement;
}

function named(given: Given, line: Line): HTMLElement {
  const place = el("div", { class: "col gap8 named-rows", role: "group", "aria-label": given.label });
  let rows = Object.entries(given.value);
  const tell = (): void => given.change(Object.fromEntries(rows.filter(([name]) => name)));
  const draw = (): void => {
    place.replaceChildren(
      ...rows.map(([name, value], index) => {
        const rename = (next: string): void => {
          rows[index] = [next.trim(), rows[index]![1]];
          tell();
        };
        const change = (next: Plain): void => {
          rows[index] = [rows[index]![0], next];
          tell();
        };
        const key = line.free
          ? keyed(name, line.offered, rename, draw)
          : select(
              say("field"),
              [["", say("not_chosen")], ...line.offered, ...strange(name, line.offered)],
              name,
              (next) => {
                rename(next);
                draw();
              },
            );
        return el(
          "div",
          { class: "named-row" },
          key,
          button(say("remove", { title: name }), "x", () => {
            rows = rows.filter((_, at) => at !== index);
            tell();
            draw();
          }),
          line.control(name, value, change),
        );
      }),
      el(
        "button",
        {
          type: "button",
          class: "lnk s12 row g4",
          onclick: () => {
            rows = [...rows, [line.free && !line.offered.length ? free(rows) : "", line.fresh?.() ?? ""]];
            if (line.free) tell();
            draw();
            [...place.querySelectorAll<HTMLElement>(".named-row")]
              .at(-1)
              ?.querySelector<HTMLElement>("input, select")
              ?.focus();
          },
        },
        icon("plus", "s"),
        say(line.add),
      ),
    );
  };
  draw();
  return place;
}

function keyed(
  name: string,
  offered: [string, string][],
  rename: (name: string) => void,
  redraw: () => void,
): HTMLElement {
  const list = `known-${Math.random().toString(36).slice(2)}`;
  const input = el("input", {
    class: "inp sm",
    value: name,
    list,
    "aria-label": say("key"),
    placeholder: say("key"),
    spellcheck: "false",
  });
  input.addEventListener("input", () => rename(input.value));
  input.addEventListener("change", redraw);
  const options = offered.map(([key, title]) => el("option", { value: key }, title));
  return el("span", { class: "grow" }, input, el("datalist", { id: list }, ...options));
}

const free = (rows: [string, Plain][]): string => {
  const taken = new Set(rows.map(([name]) => name));
  for (let count = 1; ; count += 1) if (!taken.has(`field_${count}`)) return `field_${count}`;
};

const strange = (name: string, offered: [string, string][]): [string, string][] =>
  name && !offered.some(([key]) => key === name) ? [[name, name]] : [];

const kinds = (blank: boolean): [string, string][] => [
  ...(blank ? [["", say("type")] as [string, string]] : []),
  ...KINDS.map((kind): [string, string] => [kind, say(`kind_${kind}`)]),
];

/** Yes, no, and whatever gives one of them here. */
function yesOrNo(editor: Editor, place: Path): [string, string][] {
  const sources = groups(editor, place).flatMap((group) => group.sources);
  const fitting = sources.filter((each) => each.type.kind === "yes_no" && !each.type.multiple);
  return [
    ["", say("not_chosen")],
    ["true", say("yes")],
    ["false", say("no")],
    ...fitting.map((each): [string, string] => [
      each.reference,
      each.above ? `${each.above} › ${each.title}` : each.title,
    ]),
  ];
}

function typedValue(
  editor: Editor,
  place: Path,
  label: string,
  type: Type | undefined,
  value: Plain | undefined,
  change: (value: Plain) => void,
): HTMLElement {
  const answers = yesOrNo(editor, place);
  const isOffered = value === undefined || answers.some(([each]) => each === String(value));
  if (type?.kind === "yes_no" && isOffered)
    return select(label, answers, String(value ?? ""), (next) =>
      change(next === "true" || next === "false" ? next === "true" : next),
    );
  const drawn = rich(editor, {
    label,
    value: Array.isArray(value) ? value.join(", ") : String(value ?? ""),
    place,
    wanted: type,
    change: (text) => change(typed(text, type)),
  });
  return el("div", { class: "col gap4 grow" }, el("div", { class: "row" }, drawn.insert), drawn.field);
}
