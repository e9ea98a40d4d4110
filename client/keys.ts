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
function declared(event: KeyboardEvent): HTMLElement | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const pair = event.timeStamp - firstAt < 1200 ? `${first} ${event.code}` : "";
  first = event.code;
  firstAt = event.timeStamp;
  const all = [...scope.querySelectorAll<HTMLElement>("[data-key]")].filter(
    (one) => one.offsetParent !== null,
  );
  const called = (code: string) => all.find((one) => one.dataset.key === code);
  return (pair && called(pair)) || called(event.code);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  const known = table.find(({ key }) => fits(key, event) && (!typing || key.always || key.ctrl));
  if (known && (known.key.ctrl || known.key.always || !letters.off())) {
    if (known.run(event) !== false) event.preventDefault();
    return;
  }
  if (typing || letters.off()) return;
  const element = declared(event);
  if (!element) return;
  event.preventDefault();
  if (element.matches("input, textarea, select, [tabindex='-1']")) element.focus();
  else element.click();
});
