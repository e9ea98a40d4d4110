// Parameters, variables and constants: names with types; and the form that parameters make at a start.
import htmx from "htmx.org";
import { ask, fragment } from "../../ask";
import { say } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import { type Mapping, mappingAt, type Plain, put, set, without } from "../model";
import { nameFor } from "../stages/edits";
import { line, select, tick } from "./controls";

export type Kept = "parameters" | "variables" | "constants";

const KINDS = [
  "text",
  "number",
  "money",
  "yes_no",
  "date",
  "moment",
  "duration",
  "person",
  "file",
  "choice",
  "email",
  "phone",
  "url",
];

/** The values of constants that hold now: forms of the server, for what is published. */
export function valuesNow(editor: Editor): HTMLElement {
  const holder = el("div", {});
  void ask(holder, editor.data.urls.constants!, { quiet: true }).then((answer) => {
    if (!answer.ok) return;
    holder.replaceChildren(fragment(answer.text));
    htmx.process(holder);
  });
  return holder;
}

/** The declarations of one kind as lines. */
export function declared(editor: Editor, kept: Kept): HTMLElement {
  const now = mappingAt(editor.document, [kept]);
  const lines = Object.entries(now).map(([name, plain]) =>
    one(editor, kept, name, mappingAt(plain as Plain, [])),
  );
  const field = el("input", {
    class: "inp sm",
    "aria-label": say(`new_${kept}`),
    placeholder: say(`new_${kept}`),
  });
  const form = el(
    "form",
    { class: "row g6" },
    field,
    el("button", { type: "submit", class: "btn sm" }, icon("plus"), say("add")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const title = field.value.trim();
    if (!title) return field.focus();
    const name = nameFor(title, Object.keys(now), "value");
    editor.apply(put(editor.document, [kept, name], { type: "text", title }));
  });
  return el(
    "div",
    { class: "col gap8" },
    lines.length > 0 && el("ul", { class: "setting-lines" }, ...lines),
    form,
  );
}

function one(editor: Editor, kept: Kept, name: string, given: Mapping): HTMLElement {
  const path = [kept, name];
  const keep = (key: string, value: Plain | undefined) =>
    editor.apply(set(editor.document, path, key, value), `${kept} ${name} ${key}`);
  const title = String(given.title ?? name);
  const kinds = KINDS.map((kind): [string, string] => [kind, say(`kind_${kind}`)]);
  const choices = Object.keys(mappingAt(given, ["choices"]));
  return el(
    "li",
    { class: "setting-line" },
    line(say("title"), String(given.title ?? ""), (value) => keep("title", value), {
      class: "inp sm setting-name",
    }),
    el("code", { class: "dim s12 setting-code", title: say("name_in_formulas") }, name),
    select(say("type"), kinds, String(given.type ?? "text"), (value) => keep("type", value)),
    given.type === "choice" &&
      line(say("choices_by_comma"), choices.join(", "), (value) => keep("choices", chosen(value)), {
        class: "inp sm grow",
      }),
    tick(say("several"), given.multiple === true, (on) => keep("multiple", on || undefined)),
    kept === "parameters" &&
      tick(say("must_be_given"), given.required === true, (on) => keep("required", on || undefined)),
    button(say("remove", { title }), "x", () => editor.apply(removed(editor.document, kept, name))),
    el(
      "div",
      { class: "setting-more" },
      line(say("help_text"), String(given.help ?? ""), (value) => keep("help", value), {
        class: "inp sm grow",
      }),
      byDefault(given, (value) => keep("default", value)),
    ),
  );
}

/** The value that it has when nobody gives one. */
function byDefault(given: Mapping, keep: (value: Plain | undefined) => void): HTMLElement | null {
  const label = say("by_default");
  const now = given.default;
  if (given.multiple === true || given.type === "file") return null;
  if (given.type === "yes_no")
    return select(
      label,
      [
        ["", say("nothing_by_default")],
        ["true", say("yes")],
        ["false", say("no")],
      ],
      now === undefined ? "" : String(now),
      (value) => keep(value === "" ? undefined : value === "true"),
    );
  if (given.type === "choice") {
    const known = Object.entries(mappingAt(given, ["choices"]));
    const choices = known.map(([key, title]): [string, string] => [key, String(title ?? key)]);
    return select(label, [["", say("nothing_by_default")], ...choices], String(now ?? ""), keep);
  }
  const type = { number: "number", date: "date" }[String(given.type)] ?? "text";
  const typed = (value: string): Plain | undefined =>
    given.type === "number" && value !== "" ? Number(value) : value;
  return line(label, String(now ?? ""), (value) => keep(typed(value)), { class: "inp sm", type });
}

function removed(document: Mapping, kept: Kept, name: string): Mapping {
  const left = without(document, [kept, name]);
  return Object.keys(mappingAt(left, [kept])).length ? left : without(left, [kept]);
}

const chosen = (text: string): Mapping =>
  Object.fromEntries(
    text
      .split(",")
      .map((each) => each.trim())
      .filter(Boolean)
      .map((each) => [each, each]),
  );

/** How the form looks that whoever starts the process fills in. */
export function preview(editor: Editor): HTMLElement {
  const fields = Object.entries(mappingAt(editor.document, ["parameters"])).map(([name, plain]) => {
    const given = mappingAt(plain as Plain, []);
    const label = `${String(given.title ?? name)}${given.required === true ? "" : ` (${say("optional")})`}`;
    return el(
      "div",
      { class: "field" },
      el("span", { class: "setting-label" }, label),
      control(given),
      given.help ? el("span", { class: "hint" }, String(given.help)) : null,
    );
  });
  return el(
    "div",
    { class: "setting-preview", inert: true },
    el("b", {}, String(editor.document.title ?? "")),
    ...(fields.length ? fields : [el("p", { class: "mut s13" }, say("nothing_asked"))]),
    el("span", { class: "btn pri sm" }, say("start_it")),
  );
}

function control(given: Mapping): HTMLElement {
  const made = emptyControl(given);
  if (given.default !== undefined && "value" in made) made.value = String(given.default);
  if (made instanceof HTMLInputElement && made.type === "checkbox") made.checked = given.default === true;
  return made;
}

function emptyControl(given: Mapping): HTMLInputElement | HTMLSelectElement {
  const kinds: Record<string, string> = {
    number: "number",
    date: "date",
    moment: "datetime-local",
    file: "file",
  };
  if (given.type === "yes_no")
    return el("input", { type: "checkbox", class: "tick", "aria-label": String(given.title ?? "") });
  if (given.type === "choice") {
    const choices = Object.entries(mappingAt(given, ["choices"]));
    return el(
      "select",
      { class: "inp sm" },
      ...choices.map(([value, title]) => el("option", { value }, String(title))),
    );
  }
  return el("input", { class: "inp sm", type: kinds[String(given.type)] ?? "text" });
}
