// A condition: rows that compare, all or any of them; or a formula. What rows cannot show stays a formula.
import { say, type Type } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import type { Mapping, Path, Plain } from "../model";
import { isList, isMapping } from "../model";
import { fieldOf } from "../tree/titles";
import { rich } from "./rich";
import { groups, type Source } from "./sources";

const OPERATORS = [
  "equal",
  "not_equal",
  "greater",
  "greater_or_equal",
  "less",
  "less_or_equal",
  "contains",
  "not_contains",
  "empty",
  "not_empty",
];
const ALONE = new Set(["empty", "not_empty"]);
const KEYS: Record<string, string> = {
  Document: "field",
  Variable: "variable",
  Template: "parameter",
  Constant: "constant",
  GlobalVar: "global_variable",
  GlobalConst: "global_constant",
};

interface Rows {
  join: "all" | "any";
  rows: Mapping[];
}

export function condition(
  editor: Editor,
  given: { label: string; value: Plain | undefined; place: Path; change(value: Plain): void },
): HTMLElement {
  const place = el("div", { class: "col gap8 condition", role: "group", "aria-label": given.label });
  let rows = asRows(given.value);
  let text = typeof given.value === "string" ? given.value : "";
  const tell = (): void => {
    if (!rows) given.change(text);
    else given.change(rows.rows.length === 1 ? rows.rows[0]! : { [rows.join]: rows.rows });
  };
  const draw = (): void => {
    const shown = rows ?? { join: "all" as const, rows: [] };
    const change = (next: Mapping[]): void => {
      rows = { ...shown, rows: next };
      tell();
    };
    if (!rows)
      place.replaceChildren(formula(), switchTo("as_rows", { join: "all", rows: [{ operator: "equal" }] }));
    else
      place.replaceChildren(
        ...(shown.rows.length > 1 ? [joins(shown)] : []),
        ...shown.rows.map((row, index) =>
          line(editor, given.place, row, {
            change: (next) => change(shown.rows.map((each, at) => (at === index ? next : each))),
            redraw: (next) => {
              change(shown.rows.map((each, at) => (at === index ? next : each)));
              draw();
            },
            remove: () => {
              change(shown.rows.filter((_, at) => at !== index));
              draw();
            },
          }),
        ),
        el(
          "div",
          { class: "row g12" },
          el(
            "button",
            {
              type: "button",
              class: "lnk s12 row g4",
              onclick: () => {
                rows = { ...shown, rows: [...shown.rows, { operator: "equal" }] };
                draw();
              },
            },
            icon("plus", "s"),
            say("add_condition"),
          ),
          switchTo("as_formula", null),
        ),
      );
  };
  const formula = (): HTMLElement => {
    const drawn = rich(editor, {
      label: say("formula"),
      value: text,
      place: given.place,
      lines: 2,
      change: (next) => {
        text = next;
        tell();
      },
    });
    return el("div", { class: "field" }, el("div", { class: "row" }, drawn.insert), drawn.field);
  };
  const joins = (shown: Rows): HTMLElement =>
    select(
      say("operator"),
      [
        ["all", say("all_hold")],
        ["any", say("any_holds")],
      ],
      shown.join,
      (join) => {
        rows = { join: join as "all" | "any", rows: shown.rows };
        tell();
        draw();
      },
    );
  const switchTo = (word: string, next: Rows | null): HTMLElement =>
    el(
      "button",
      {
        type: "button",
        class: "lnk s12",
        onclick: () => {
          rows = next;
          text = "";
          draw();
        },
      },
      say(word),
    );
  draw();
  return place;
}

function line(
  editor: Editor,
  place: Path,
  row: Mapping,
  asked: { change(row: Mapping): void; redraw(row: Mapping): void; remove(): void },
): HTMLElement {
  const sources = groups(editor, place);
  const current = referenceOf(row);
  const all = sources.flatMap((group) => group.sources);
  const source = all.find((each) => each.reference === current);
  const operator = String(row.operator ?? "equal");
  const left = el(
    "select",
    { class: "inp sm", "aria-label": say("field"), onchange: () => asked.redraw(withLeft(row, left.value)) },
    el("option", { value: "" }, say("not_chosen")),
    ...sources.map((group) => {
      const options = group.sources.map((each) =>
        el("option", { value: each.reference }, each.above ? `${each.above} › ${each.title}` : each.title),
      );
      const drawn = document.createElement("optgroup");
      drawn.label = group.title;
      drawn.append(...options);
      return drawn;
    }),
  );
  if (current && !source) left.append(el("option", { value: current }, current));
  left.value = current;
  const compares = select(
    say("operator"),
    OPERATORS.map((each) => [each, say(`op_${each}`)]),
    operator,
    (next) => asked.redraw(compared(row, next)),
  );
  return el(
    "div",
    { class: "condition-row" },
    left,
    compares,
    ALONE.has(operator) ? "" : right(editor, place, row, source, asked.change),
    button(say("remove", { title: say("value") }), "x", asked.remove),
  );
}

function compared(row: Mapping, operator: string): Mapping {
  const { value, ...rest } = row;
  const kept: Mapping = ALONE.has(operator) || value === undefined ? {} : { value };
  return { ...rest, operator, ...kept };
}

function right(
  editor: Editor,
  place: Path,
  row: Mapping,
  source: Source | undefined,
  change: (row: Mapping) => void,
): HTMLElement {
  const field = row.field
    ? fieldOf(editor.data, String(editor.document.record ?? ""), String(row.field))
    : undefined;
  const put = (value: Plain): void => change({ ...row, value });
  if (field?.options?.length)
    return select(say("value"), [["", say("not_chosen")], ...field.options], String(row.value ?? ""), put);
  if (source?.type.kind === "yes_no")
    return select(
      say("value"),
      [
        ["", say("not_chosen")],
        ["true", say("yes")],
        ["false", say("no")],
      ],
      String(row.value ?? ""),
      (value) => put(value === "true"),
    );
  const drawn = rich(editor, {
    label: say("value"),
    value: String(row.value ?? ""),
    place,
    wanted: source?.type,
    change: (text) => put(typed(text, source?.type)),
  });
  return drawn.field;
}

/** Numbers are kept as numbers; everything else stays as it was typed. */
export function typed(text: string, type: Type | undefined): Plain {
  const isNumber =
    (type?.kind === "number" || type?.kind === "money") && /^-?\d+([.,]\d+)?$/.test(text.trim());
  return isNumber ? Number(text.trim().replace(",", ".")) : text;
}

export function select(
  label: string,
  choices: [string, string][],
  value: string,
  change: (value: string) => void,
  id?: string,
): HTMLSelectElement {
  const drawn = el(
    "select",
    { class: "inp sm", id, "aria-label": id ? undefined : label },
    ...choices.map(([key, title]) => el("option", { value: key }, title)),
  );
  drawn.value = value;
  drawn.addEventListener("change", () => change(drawn.value));
  return drawn;
}

function asRows(value: Plain | undefined): Rows | null {
  if (value === undefined || value === null || value === "")
    return { join: "all", rows: [{ operator: "equal" }] };
  if (!isMapping(value)) return null;
  const join = (["all", "any"] as const).find((each) => each in value);
  if (!join) return plainRow(value) ? { join: "all", rows: [value] } : null;
  const found = value[join];
  const rows = isList(found) ? found.filter(isMapping) : [];
  return isList(found) && rows.length === found.length && rows.every(plainRow) ? { join, rows } : null;
}

const plainRow = (row: Mapping): boolean =>
  !("formula" in row) && !isList(row.value) && (!row.operator || OPERATORS.includes(String(row.operator)));

function referenceOf(row: Mapping): string {
  for (const [source, key] of Object.entries(KEYS))
    if (row[key] !== undefined) return `{=${source}:${row[key]}}`;
  if (typeof row.result === "string") return `{=${row.result.replace(".", ":")}}`;
  return "";
}

function withLeft(row: Mapping, written: string): Mapping {
  const { operator, value } = row;
  const [, source = "", path = ""] = /\{=(\w+):([^{}]+)\}/.exec(written) ?? [];
  const kept: Mapping = { operator: operator ?? "equal", ...(value === undefined ? {} : { value }) };
  if (!source) return kept;
  const key = KEYS[source];
  return key ? { [key]: path, ...kept } : { result: `${source}.${path}`, ...kept };
}
