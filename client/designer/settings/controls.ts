// Fields of the settings: each tells its new value as soon as there is one.
import { say } from "../data";
import { el } from "../dom";
import { time as timed } from "../stages/controls";

export function line(
  label: string,
  now: string,
  change: (value: string) => void,
  given = {},
): HTMLInputElement {
  const input = el("input", { class: "inp sm", "aria-label": label, placeholder: label, ...given });
  input.value = now;
  input.addEventListener("input", () => change(input.value));
  return input;
}

export function area(label: string, now: string, change: (value: string) => void): HTMLTextAreaElement {
  const input = el("textarea", { class: "inp", "aria-label": label, rows: "3" });
  input.value = now;
  input.addEventListener("input", () => change(input.value));
  return input;
}

export function select(
  label: string,
  options: readonly (readonly [string, string])[],
  now: string,
  change: (value: string) => void,
): HTMLSelectElement {
  const drawn = el("select", { class: "inp sm", "aria-label": label });
  const unknown: [string, string][] = options.some(([value]) => value === now)
    ? []
    : [[now, now || say("not_chosen")]];
  for (const [value, title] of [...options, ...unknown]) drawn.append(el("option", { value }, title));
  drawn.value = now;
  drawn.addEventListener("change", () => change(drawn.value));
  return drawn;
}

export function tick(label: string, now: boolean, change: (on: boolean) => void): HTMLLabelElement {
  const input = el("input", { type: "checkbox", class: "tick" });
  input.checked = now;
  input.addEventListener("change", () => change(input.checked));
  return el("label", { class: "row g6 s13" }, input, label);
}

export const time = timed;
