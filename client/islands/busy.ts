// A button that waits shows it after 300 ms and keeps its width; a form is not sent twice.
import { send } from "../ask";

const PAUSE = 300;
const waiting = new WeakMap<Element, () => void>();

function buttonOf(source: Element): HTMLButtonElement | null {
  if (source instanceof HTMLButtonElement) return source;
  const pressed = document.activeElement;
  if (pressed instanceof HTMLButtonElement && source.contains(pressed)) return pressed;
  return source.querySelector<HTMLButtonElement>("button.pri, button[type='submit'], button:not([type])");
}

export function begin(source: Element): void {
  const button = buttonOf(source);
  if (!button || waiting.has(source)) return;
  const timer = window.setTimeout(() => {
    button.style.minWidth = `${button.offsetWidth}px`;
    button.setAttribute("aria-busy", "true");
    const spin = document.createElement("span");
    spin.className = "spin";
    button.querySelector(":scope > svg")?.setAttribute("hidden", "");
    button.prepend(spin);
  }, PAUSE);
  waiting.set(source, () => {
    clearTimeout(timer);
    button.querySelector(":scope > .spin")?.remove();
    button.querySelector(":scope > svg")?.removeAttribute("hidden");
    button.removeAttribute("aria-busy");
    button.style.minWidth = "";
  });
}

export function end(source: Element): void {
  waiting.get(source)?.();
  waiting.delete(source);
}

const source = (event: Event): Element => (event as CustomEvent).detail.ctx.sourceElement;
document.addEventListener("htmx:before:request", (event) => begin(source(event)));
document.addEventListener("htmx:finally:request", (event) => end(source(event)));
document.addEventListener("htmx:error", (event) => {
  const { error } = (event as CustomEvent).detail;
  if (error instanceof TypeError) send(document.body, "offline", {});
});
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  begin(form);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
});
// Ctrl Enter sends the form one writes in, unless a page has its own answer to it.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.code !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = (event.target as Element).closest("form");
  if (!form) return;
  event.preventDefault();
  const main = form.querySelector<HTMLButtonElement>("button.pri:not(:disabled)");
  if (main) main.click();
  else form.requestSubmit();
});
