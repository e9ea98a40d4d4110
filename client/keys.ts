// One table of keys: what the handlers use is what the `?` sheet shows. Keys are physical (`event.code`), so they work
// under the Russian layout. Single letters rest while somebody types, and may be switched off (WCAG 2.1.4).
import { isTyping } from "./ask";

export interface Key {
  /** Name of the line in the sheet; its words come from the server. */
  name: string;
  code: string;
  ctrl?: boolean;
  shift?: boolean;
  /** Works while typing too. */
  always?: boolean;
}

type Run = (event: KeyboardEvent) => boolean | undefined | void;

export const table: { key: Key; run: Run }[] = [];
const OFF = "potok-letters-off";

export function command(key: Key, run: Run): void {
  table.push({ key, run });
}

export const letters = {
  off: (): boolean => localStorage.getItem(OFF) === "1",
  turn: (off: boolean): void => localStorage.setItem(OFF, off ? "1" : ""),
};

export function printed(key: Pick<Key, "code" | "ctrl" | "shift">): string {
  const names: Record<string, string> = {
    BracketLeft: "[",
    Slash: key.shift ? "?" : "/",
    Escape: "Esc",
    Enter: "↵",
    ArrowLeft: "←",
    ArrowRight: "→",
  };
  const cap = names[key.code] ?? key.code.replace(/^(Key|Digit)/, "");
  return `${key.ctrl ? "Ctrl " : ""}${key.shift && key.code !== "Slash" ? "Shift " : ""}${cap}`;
}

function fits(key: Key, event: KeyboardEvent): boolean {
  if (key.code === "Slash" && key.shift && event.key === "?") return true;
  const ctrl = event.ctrlKey || event.metaKey;
  return key.code === event.code && !!key.ctrl === ctrl && !!key.shift === event.shiftKey && !event.altKey;
}

let first = "";
let firstAt = 0;

// `data-key="KeyC"` presses the element; `data-key="KeyG KeyI"` is two keys one after the other.
function declared(event: KeyboardEvent): { pair?: HTMLElement; one?: HTMLElement } {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return {};
  const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const pair = event.timeStamp - firstAt < 1200 ? `${first} ${event.code}` : "";
  first = event.code;
  firstAt = event.timeStamp;
  const all = [...scope.querySelectorAll<HTMLElement>("[data-key]")].filter(
    (one) => one.offsetParent !== null,
  );
  const called = (code: string) => all.find((one) => one.dataset.key === code);
  return { pair: pair ? called(pair) : undefined, one: called(event.code) };
}

function press(event: Event, element: HTMLElement): void {
  event.preventDefault();
  if (element.matches("input, textarea, select, [tabindex='-1']")) element.focus();
  else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  const rests = typing || letters.off();
  const { pair, one } = rests ? {} : declared(event);
  if (pair) return press(event, pair);
  // Several may share a key; the first that has something to do here takes it.
  for (const { key, run } of table)
    if (fits(key, event) && (key.always || (key.ctrl ? true : !rests)) && run(event) !== false)
      return event.preventDefault();
  if (one) press(event, one);
});
