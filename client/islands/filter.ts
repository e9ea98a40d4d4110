// The filter editor: conditions are added and taken away; a row whose field changes is drawn anew by the server, which
// alone knows the tests and the editor of a field.
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
    const field = row.querySelector<HTMLSelectElement>("[name='field']")!;
    field.focus();
    void draw(form, row, field.value);
  }
});

document.addEventListener("change", (event) => {
  const field = event.target as HTMLSelectElement;
  const form = field.closest<HTMLFormElement>("[data-filter]");
  if (form && field.name === "field")
    void draw(form, field.closest<HTMLElement>(".filter-row")!, field.value);
});

async function draw(form: HTMLFormElement, row: HTMLElement, field: string): Promise<void> {
  const url = form.dataset.filterRow;
  if (!url) return;
  const answer = await ask(form, `${url}?${new URLSearchParams({ field })}`);
  if (!answer.ok) return;
  const fresh = fragment(answer.text).firstElementChild as HTMLElement;
  row.replaceWith(fresh);
  htmx.process(fresh);
  fresh.querySelector<HTMLElement>("[name='field']")?.focus();
}
