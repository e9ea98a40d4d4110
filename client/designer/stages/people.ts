// Who is responsible for a stage: an ordered list of persons, persons of the record, and roles.
import { say } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import { type Mapping, mappingAt } from "../model";
import { movePerson, peopleOf, setPeople } from "./edits";
import { mapping, text } from "./reading";
import { personOf } from "./telling";

export function face(name: string, code: string): HTMLElement {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("");
  const number = Number(/\d+/.exec(code)?.[0] ?? 0);
  if (!code.startsWith("user_")) return el("span", { class: "stage-role" }, icon("user-round-cog"));
  return el("span", { class: `av av${(number % 6) + 1}`, "aria-hidden": "true" }, letters.toUpperCase());
}

/** The list with its order, and the ways to add to it. */
export function people(editor: Editor, id: string, stage: Mapping): HTMLElement {
  const now = peopleOf(stage);
  const keep = (made: string[]) => editor.apply(setPeople(editor.document, id, made));
  const lines = now.map((code, at) => {
    const name = personOf(editor, code);
    return el(
      "li",
      { class: "stage-person" },
      face(name, code),
      el("span", { class: "grow cut", title: name }, name),
      now.length > 1 &&
        button(say("higher", { title: name }), "arrow-up", () => keep(movePerson(now, at, -1)), {
          disabled: !at,
        }),
      button(say("remove", { title: name }), "x", () => keep(now.filter((_, other) => other !== at))),
    );
  });
  return el(
    "div",
    { class: "col gap4" },
    lines.length > 0 && el("ol", { class: "stage-people" }, ...lines),
    offered(editor, now, (code) => keep([...now, code])),
    finder(editor, (code) => keep([...now, code])),
    el("span", { class: "dim s12" }, say(now.length ? "online_rule" : "chosen_by_hand")),
  );
}

// Persons of the record and roles are few: a plain list of them.
function offered(editor: Editor, now: string[], add: (code: string) => void): HTMLElement | null {
  const fields = editor.data.values.records[text(editor.document.record)]?.fields ?? [];
  const persons = fields
    .filter((field) => field.type.kind === "person")
    .map((field) => `{=Document:${field.name}}`);
  const heads = persons.map((code) => code.replace("}", ".head}"));
  const roles = (["constants", "variables", "parameters"] as const).flatMap((kept) =>
    Object.entries(mappingAt(editor.document, [kept]))
      .filter(([, declared]) => mapping(declared).type === "person")
      .map(
        ([name]) =>
          `{=${{ constants: "Constant", variables: "Variable", parameters: "Template" }[kept]}:${name}}`,
      ),
  );
  const cast = Object.keys(mappingAt(editor.document, ["roles"])).map((name) => `{=Role:${name}}`);
  const free = [...cast, ...roles, ...persons, ...heads].filter((code) => !now.includes(code));
  if (!free.length) return null;
  const select = el(
    "select",
    { class: "inp sm", "aria-label": say("record_person") },
    el("option", { value: "" }, say("record_person")),
  );
  for (const code of free) select.append(el("option", { value: code }, personOf(editor, code)));
  select.addEventListener("change", () => select.value && add(select.value));
  return select;
}

function finder(editor: Editor, add: (code: string) => void): HTMLElement {
  const picker = el("potok-picker" as "div", {
    name: "person",
    url: editor.data.urls.whom,
    "data-none": say("none_found"),
    "data-remove": say("delete"),
  });
  const input = el("input", {
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-label": say("find_person"),
    placeholder: say("find_person"),
  });
  picker.append(
    el("div", { class: "inp sm" }, input),
    el("div", { class: "pop", role: "listbox", popover: "manual", hidden: true }),
  );
  picker.addEventListener("picked", (event) => {
    const code = (event as CustomEvent<{ values: string[] }>).detail.values[0]!;
    const name = picker.querySelector(".picked .cut")?.textContent ?? code;
    editor.data.values.names[code] = name;
    add(code);
  });
  return picker;
}
