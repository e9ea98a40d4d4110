// Whom: people of the company by search, and values that give people.
import { ask, fragment } from "../../ask";
import { say } from "../data";
import { el, icon } from "../dom";
import type { Editor } from "../editor";
import type { Path, Plain } from "../model";
import { isList } from "../model";
import { value as shown } from "../tree/titles";
import { pick } from "./insert";
import { roles, typeNamed } from "./sources";

let count = 0;

export function people(
  editor: Editor,
  given: {
    label: string;
    value: Plain | undefined;
    place: Path;
    id: string;
    change(value: Plain | undefined): void;
  },
): { field: HTMLElement; insert: HTMLElement } {
  const old = given.value;
  let chosen = (isList(old) ? old.map(String) : old ? [String(old)] : []) as string[];
  const list = el("div", {
    class: "pop whom-list",
    role: "listbox",
    id: `people-${++count}`,
    "aria-label": say("add_whom"),
  });
  list.hidden = true;
  const input = el("input", {
    id: given.id,
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-label": given.label,
    placeholder: say("add_whom"),
    autocomplete: "off",
  });
  const chips = el("div", { class: "inp whom-field" }, input);
  const field = el("div", { class: "people" }, chips, list);
  const change = (next: string[]): void => {
    chosen = next;
    draw();
    given.change(chosen.length > 1 ? chosen : chosen[0]);
  };
  const draw = (): void => {
    chips.replaceChildren(
      ...chosen.map((code) =>
        el(
          "span",
          { class: "val", title: code },
          shown(editor, code),
          el(
            "button",
            {
              type: "button",
              "aria-label": say("remove", { title: shown(editor, code) }),
              onclick: () => {
                change(chosen.filter((each) => each !== code));
                input.focus();
              },
            },
            icon("x", "s"),
          ),
        ),
      ),
      input,
    );
  };
  const add = (code: string, name?: string): void => {
    if (name) editor.data.values.names[code] = name;
    input.value = "";
    shut();
    change([...chosen.filter((each) => each !== code), code]);
    input.focus();
  };
  let options: HTMLElement[] = [];
  let marked = 0;
  const mark = (at: number): void => {
    marked = (at + options.length) % Math.max(1, options.length);
    for (const [index, each] of options.entries()) {
      each.classList.toggle("on", index === marked);
      each.setAttribute("aria-selected", String(index === marked));
    }
    if (options[marked]) input.setAttribute("aria-activedescendant", options[marked]!.id);
  };
  const shut = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };
  const load = async (): Promise<void> => {
    const typed = input.value;
    const answer = await ask(field, `${editor.data.urls.whom}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok || document.activeElement !== input || input.value !== typed) return;
    list.replaceChildren(fragment(answer.text));
    options = [...list.querySelectorAll<HTMLElement>("[role='option']")];
    for (const [index, each] of options.entries()) each.id = `${list.id}-${index}`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  };
  const take = (option: HTMLElement | undefined): void => {
    if (option) add(option.dataset.value!, option.dataset.title);
  };
  input.addEventListener("input", () => void load());
  input.addEventListener("blur", () => setTimeout(shut, 120));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) =>
    take((event.target as Element).closest<HTMLElement>("[role='option']")!),
  );
  const open = (): void =>
    pick(editor, {
      place: given.place,
      wanted: typeNamed("person"),
      beside: chips,
      first: roles(editor, given.place),
      done: (source) => (source ? add(source.reference) : input.focus()),
    });
  input.addEventListener("keydown", (event) => {
    if (event.key === "{") open();
    else if (event.code === "ArrowDown" && list.hidden) void load();
    else if (event.code === "ArrowDown" || event.code === "ArrowUp")
      mark(marked + (event.code === "ArrowDown" ? 1 : -1));
    else if (event.code === "Enter" && !list.hidden) take(options[marked]);
    else if (event.code === "Escape" && !list.hidden) shut();
    else if (event.code === "Backspace" && !input.value && chosen.length) change(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  draw();
  const insert = el(
    "button",
    { type: "button", class: "lnk s12 row g4 insert-link", onclick: open },
    icon("braces", "s"),
    say("insert"),
  );
  return { field, insert };
}
