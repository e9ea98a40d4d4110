// Puts a refusal where it belongs: under the field it names, else into a toast. Nothing typed is touched.
import { send } from "../ask";

interface Refused {
  code: string;
  sentence: string;
  places: Record<string, string>;
}

document.addEventListener("refused", (event) => {
  const detail = (event as CustomEvent<Refused>).detail;
  const form = (event.target as Element).closest("form, dialog, potok-edit") ?? document.body;
  for (const old of form.querySelectorAll("[data-refused]")) old.remove();
  const told = Object.entries(detail.places).map(([place, sentence]) => tell(form, place, sentence));
  const fields = told.filter((field) => field !== undefined);
  fields[0]?.focus();
  if (fields.length < told.length || !told.length) {
    send(document.body, "toast", { text: detail.sentence, tone: "incident" });
  }
});

function tell(form: Element, place: string, sentence: string): HTMLElement | undefined {
  const named = form.querySelector<HTMLElement>(`[name="${CSS.escape(place)}"]`);
  const control = named?.matches("potok-picker, [type='hidden']")
    ? named.closest("potok-picker")?.querySelector<HTMLElement>("input[role='combobox']")
    : named;
  if (!control) return;
  const words = document.createElement("span");
  words.className = "err";
  words.dataset.refused = "";
  words.id = `${place}-refused`;
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", words.id);
  const field = control.closest(".field");
  field?.querySelector(".hint")?.setAttribute("hidden", "");
  if (field) field.append(words);
  else (control.closest("potok-picker, .inp") ?? control).after(words);
  control.addEventListener("input", () => mend(control, words), { once: true });
  return control;
}

function mend(control: HTMLElement, words: HTMLElement): void {
  control.removeAttribute("aria-invalid");
  control.removeAttribute("aria-describedby");
  words.closest(".field")?.querySelector(".hint")?.removeAttribute("hidden");
  words.remove();
}
