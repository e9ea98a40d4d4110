// The filter editor: conditions are added and taken away; a row whose field or test changes is drawn anew by the server,
// which alone knows the tests and the editor of a field. It is told all that stands in the row, so that a value stays.
import htmx from "htmx.org";
import { ask, fragment } from "../ask";

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const form = target.closest<HTMLFormElement>("[data-filter]");
  if (!form) return;
  const removed = target.closest("[data-filter-remove]");
  if (removed) removed.closest(".filter-row")!.remove();
  if (target.closest("[data-filter-add]")) {
    const row = form.querySelector("template")!.content.firstElementChild!.cloneNode(true) as HTMLElement;
    form.querySelector(".filter-foot")!.before(row);
    row.querySelector<HTMLSelectElement>("[name='field']")!.focus();
    void draw(form, row);
  }
});

document.addEventListener("change", (event) => {
  const field = event.target as HTMLSelectElement;
  const form = field.closest<HTMLFormElement>("[data-filter]");
  if (form && (field.name === "field" || field.name === "test"))
    void draw(form, field.closest<HTMLElement>(".filter-row")!, field.name);
});

async function draw(form: HTMLFormElement, row: HTMLElement, changed = "field"): Promise<void> {
  const url = form.dataset.filterRow;
  if (!url) return;
  const answer = await ask(form, `${url}?${new URLSearchParams(given(row))}`);
  if (!answer.ok) return;
  const fresh = fragment(answer.text).firstElementChild as HTMLElement;
  row.replaceWith(fresh);
  htmx.process(fresh);
  fresh.querySelector<HTMLElement>(`[name='${changed}']`)?.focus();
}

function given(row: HTMLElement): [string, string][] {
  const named = [...row.querySelectorAll<HTMLInputElement>("[name]")].filter((one) => "value" in one);
  return named
    .filter((one) => one.type !== "checkbox" || one.checked)
    .map((one): [string, string] => [one.name, one.value]);
}
