// Roles: who does what in the process. Steps name a role; who that is here is said once, in this list.
import { say } from "../data";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import { people } from "../form/people";
import { isList, type Mapping, mappingAt, type Plain, put, set, without } from "../model";
import { nameFor } from "../stages/edits";
import { line } from "./controls";

/** All roles with whom they mean, and where each is used. */
export function roles(editor: Editor): HTMLElement {
  const now = mappingAt(editor.document, ["roles"]);
  const lines = Object.entries(now).map(([name, plain]) => one(editor, name, mappingAt(plain as Plain, [])));
  const field = el("input", { class: "inp sm", "aria-label": say("new_role"), placeholder: say("new_role") });
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
    editor.apply(put(editor.document, ["roles", nameFor(title, Object.keys(now), "role")], { title }));
  });
  return el(
    "div",
    { class: "col gap8" },
    lines.length > 0 && el("ul", { class: "setting-lines" }, ...lines),
    form,
  );
}

function one(editor: Editor, name: string, role: Mapping): HTMLElement {
  const title = String(role.title ?? name);
  const whom = people(editor, {
    label: say("role_people", { title }),
    value: role.people,
    place: ["roles", name],
    id: `role-${name}`,
    change: (value) =>
      editor.apply(
        set(editor.document, ["roles", name], "people", isList(value) && !value.length ? undefined : value),
      ),
  });
  return el(
    "li",
    { class: "setting-line" },
    line(
      say("title"),
      String(role.title ?? ""),
      (value) => editor.apply(set(editor.document, ["roles", name], "title", value), `role ${name}`),
      { class: "inp sm setting-name" },
    ),
    el("span", { class: "col gap4 grow" }, whom.field, whom.insert),
    el("span", { class: "dim s12 nw" }, say("role_used", { n: uses(editor.document, name) })),
    button(say("remove", { title }), "x", () => editor.apply(removed(editor.document, name))),
  );
}

const uses = (document: Mapping, name: string): number =>
  JSON.stringify(document).split(`{=Role:${name}}`).length - 1;

function removed(document: Mapping, name: string): Mapping {
  const left = without(document, ["roles", name]);
  return Object.keys(mappingAt(left, ["roles"])).length ? left : without(left, ["roles"]);
}
