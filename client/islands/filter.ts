// The filter editor: conditions and groups of them are added and taken away; a row whose field or test changes is drawn
// anew by the server, which alone knows the tests and the editor of a field. It is told all that stands in the row, so
// that a value stays.
import htmx from "htmx.org";
import { ask, fragment } from "../ask";

const PART = ".filter-row, .filter-group";
const FIRST = "[name='field'], [data-filter-add]";
// Of two answers about one row the later question counts, whichever arrives last.
const asking = new WeakMap<HTMLElement, AbortController>();

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const form = target.closest<HTMLFormElement>("[data-filter]");
  if (!form) return;
  const add = target.closest<HTMLElement>("[data-filter-add]");
  if (add) fill(form, add.closest<HTMLElement>(".filter-group")!, add.dataset.filterAdd!);
  if (target.closest("[data-filter-remove]")) remove(target.closest<HTMLElement>(PART)!);
});

function fill(form: HTMLFormElement, group: HTMLElement, what: string): void {
  const made = form.querySelector<HTMLTemplateElement>(`template[data-part="${what}"]`)!.content;
  const part = made.firstElementChild!.cloneNode(true) as HTMLElement;
  group.querySelector(":scope > .filter-parts")!.append(part);
  if (what === "group") {
    // A group inside another makes sense where it joins its conditions the other way.
    word(part).value = word(group).value === "all" ? "any" : "all";
    return fill(form, part, "row");
  }
  part.querySelector<HTMLElement>(FIRST)!.focus();
  void draw(form, part);
}

function word(group: HTMLElement): HTMLSelectElement {
  return group.querySelector<HTMLSelectElement>(":scope > .filter-head > select")!;
}

/** Who works by keys stands on what came after, or in the group that is left; an inner group goes with its last part. */
function remove(part: HTMLElement): void {
  const group = part.parentElement!.closest<HTMLElement>(".filter-group")!;
  const next = (part.nextElementSibling ?? part.previousElementSibling) as HTMLElement | null;
  part.remove();
  if (!next && group.parentElement!.closest(".filter-group")) return remove(group);
  (next ?? group).querySelector<HTMLElement>(FIRST)!.focus();
}

document.addEventListener("change", (event) => {
  const field = event.target as HTMLSelectElement;
  const form = field.closest<HTMLFormElement>("[data-filter]");
  if (form && (field.name === "field" || field.name === "test"))
    void draw(form, field.closest<HTMLElement>(".filter-row")!, field.name);
});

async function draw(form: HTMLFormElement, row: HTMLElement, changed = "field"): Promise<void> {
  const url = form.dataset.filterRow;
  if (!url) return;
  asking.get(row)?.abort();
  const asked = new AbortController();
  asking.set(row, asked);
  wait(row, true);
  const answer = await ask(form, `${url}?${new URLSearchParams(given(row))}`, { signal: asked.signal });
  if (asking.get(row) !== asked) return;
  wait(row, false);
  if (!answer.ok) return;
  const fresh = fragment(answer.text).firstElementChild as HTMLElement;
  const held = row.contains(document.activeElement);
  row.replaceWith(fresh);
  htmx.process(fresh);
  if (held) fresh.querySelector<HTMLElement>(`[name='${changed}']`)?.focus();
}

/** Nothing is typed into an editor that is about to be another one. */
function wait(row: HTMLElement, busy: boolean): void {
  row.ariaBusy = busy ? "true" : null;
  row.querySelector<HTMLElement>(".filter-value")!.inert = busy;
}

function given(row: HTMLElement): [string, string][] {
  const named = [...row.querySelectorAll<HTMLInputElement>("[name]")].filter((one) => "value" in one);
  return named
    .filter((one) => one.type !== "checkbox" || one.checked)
    .map((one): [string, string] => [one.name, one.value]);
}
