// Fields over a place in the document. What is typed is in the picture at once; one go of typing is one step back.
import { say } from "../data";
import { el } from "../dom";
import type { Editor } from "../editor";
import { at, named, type Path, type Plain, set } from "../model";
import { text } from "./reading";

type Given = Record<string, unknown>;

const put = (editor: Editor, path: Path, value: Plain | undefined): void => {
  editor.apply(set(editor.document, path.slice(0, -1), String(path.at(-1)), value), named(path));
};

/** A line of text at a path. */
export function line(editor: Editor, path: Path, label: string, given: Given = {}): HTMLInputElement {
  const input = el("input", {
    class: "inp sm",
    "aria-label": label,
    "data-at": named(path),
    placeholder: label,
    ...given,
  });
  input.value = text(at(editor.document, path));
  input.addEventListener("input", () => put(editor, path, input.value));
  return input;
}

/** A choice at a path; the empty one takes the key away. */
export function choice(
  editor: Editor,
  path: Path,
  label: string,
  options: readonly (readonly [string, string])[],
  given: Given = {},
): HTMLSelectElement {
  const select = el("select", { class: "inp sm", "aria-label": label, "data-at": named(path), ...given });
  const now = text(at(editor.document, path));
  const unknown: [string, string][] = now && !options.some(([value]) => value === now) ? [[now, now]] : [];
  for (const [value, title] of [...options, ...unknown]) select.append(el("option", { value }, title));
  select.value = now;
  select.addEventListener("change", () => put(editor, path, select.value));
  return select;
}

/** A yes or no at a path; no takes the key away unless it means something by itself. */
export function tick(editor: Editor, path: Path, label: string, usual = false): HTMLLabelElement {
  const input = el("input", { type: "checkbox", class: "tick", "data-at": named(path) });
  const now = at(editor.document, path);
  input.checked = now === undefined ? usual : now === true;
  input.addEventListener("change", () =>
    put(editor, path, input.checked === usual ? undefined : input.checked),
  );
  return el("label", { class: "row g6 s13" }, input, label);
}

const UNITS = ["minutes", "hours", "days", "weeks"];

/** A time like “30 days”: a number and a unit. Another one, a formula say, is shown as it is written. */
export function time(label: string, now: string, set: (time: string) => void): HTMLElement {
  const found = /^(\d+)\s+(minute|hour|day|week)s?$/.exec(now);
  if (now && !found) {
    const whole = el("input", { class: "inp sm", "aria-label": label, value: now });
    whole.addEventListener("change", () => set(whole.value));
    return whole;
  }
  const count = el("input", { class: "inp sm stage-count", type: "number", min: "1", "aria-label": label });
  count.value = found?.[1] ?? "";
  const unit = el("select", { class: "inp sm", "aria-label": `${label}: ${say("how_long")}` });
  for (const each of UNITS) unit.append(el("option", { value: each }));
  const name = () => {
    for (const option of unit.options) option.textContent = unitOf(option.value, Number(count.value) || 5);
  };
  unit.value = found ? `${found[2]}s` : "days";
  name();
  const change = () => {
    name();
    set(count.value ? `${count.value} ${unit.value}` : "");
  };
  count.addEventListener("input", change);
  unit.addEventListener("change", change);
  return el("span", { class: "row g6" }, count, unit);
}

/** The name of a unit as it stands behind a number: the browser knows every language. */
function unitOf(unit: string, count: number): string {
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: unit.replace(/s$/, ""),
    unitDisplay: "long",
  });
  return format.formatToParts(count).find((part) => part.type === "unit")?.value ?? unit;
}
