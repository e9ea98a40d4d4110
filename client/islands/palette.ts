// <potok-palette>: Ctrl K. What the server finds, its commands and places; the buttons of this screen that have a key; an
// empty question is answered by those and by the rail.
import { afterSilence, ask, fragment, icon } from "../ask";
import { command } from "../keys";
import { open as openDrawer } from "./drawers";

class Palette extends HTMLElement {
  private asking: AbortController | null = null;
  private dialog: HTMLDialogElement | null = null;
  private readonly later = afterSilence(120, () => void this.find());

  private get input(): HTMLInputElement {
    return this.dialog!.querySelector("input")!;
  }

  private get found(): HTMLElement {
    return this.dialog!.querySelector<HTMLElement>(".found")!;
  }

  private get lines(): HTMLElement[] {
    return [...this.found.querySelectorAll<HTMLElement>(".mi")];
  }

  open(): void {
    if (this.dialog?.open) return this.dialog.close();
    this.build();
    this.dialog!.showModal();
    this.input.focus();
    this.goTo();
  }

  private build(): void {
    this.replaceChildren(
      fragment(
        `<dialog class="palette"><div class="ask"><input type="text" role="combobox" aria-expanded="true"
          aria-controls="palette-found" autocomplete="off" spellcheck="false"><span class="dim s12" data-note></span></div>
          <div class="found" id="palette-found" role="listbox"></div></dialog>`,
      ),
    );
    this.dialog = this.querySelector("dialog")!;
    this.dialog.setAttribute("aria-label", this.dataset.placeholder!);
    this.dialog.querySelector(".ask")!.prepend(icon("search"));
    this.input.placeholder = this.dataset.placeholder!;
    this.input.addEventListener("input", () => this.later.later());
    this.dialog.addEventListener("keydown", (event) => this.pressed(event));
    this.found.addEventListener("click", (event) =>
      this.follow((event.target as Element).closest(".mi"), event),
    );
  }

  private goTo(): void {
    const links = [...document.querySelectorAll<HTMLAnchorElement>("#rail-lines a")];
    const places = links.map((link) => {
      const line = document.createElement("a");
      line.className = "mi";
      line.href = link.href;
      line.append(link.querySelector("svg")!.cloneNode(true), link.title);
      return line;
    });
    this.show([...this.here(""), ...places]);
  }

  /** What can be pressed on the screen under the palette: with selected rows that is what can be done with them. */
  private here(typed: string): HTMLElement[] {
    const lines: HTMLElement[] = [];
    const known = new Set<string>();
    for (const button of document.querySelectorAll<HTMLElement>("button[data-key], a[data-key]")) {
      const title = button.dataset.keyTitle || button.getAttribute("aria-label") || written(button);
      if (!button.offsetParent || !title || known.has(title) || !begins(title, typed)) continue;
      known.add(title);
      const line = document.createElement("div");
      line.className = "mi";
      line.append(button.querySelector("svg")?.cloneNode(true) ?? icon("play"), title);
      line.addEventListener("click", () => setTimeout(() => button.click()));
      lines.push(line);
    }
    return lines.length ? [heading(this.dataset.here!), ...lines] : [];
  }

  private async find(): Promise<void> {
    const q = this.input.value.trim();
    this.note("");
    if (!q) return this.goTo();
    this.asking?.abort();
    this.asking = new AbortController();
    const url = `${document.body.dataset.find}?${new URLSearchParams({ q, at: location.pathname })}`;
    const answer = await ask(this, url, { signal: this.asking.signal, quiet: true });
    if (answer.status === -1) return;
    if (!answer.ok) return this.say(this.dataset.failed!);
    const drawn = fragment(answer.text);
    this.note(drawn.querySelector("[data-asked]")?.textContent ?? "");
    const found = [...drawn.children].filter((one) => !one.matches("[data-asked]")) as HTMLElement[];
    this.show([...found, ...this.here(q)]);
    if (!this.lines.length) this.say(this.dataset.none!);
  }

  private note(text: string): void {
    this.dialog!.querySelector("[data-note]")!.textContent = text;
  }

  private say(text: string): void {
    const words = document.createElement("p");
    words.className = "none";
    words.textContent = text;
    this.found.replaceChildren(words);
  }

  private show(lines: HTMLElement[]): void {
    this.found.replaceChildren(...lines);
    this.lines.forEach((line, place) => {
      line.id = `found-${place}`;
      line.setAttribute("role", "option");
      line.tabIndex = -1;
    });
    this.mark(this.lines[0]);
  }

  private mark(line: HTMLElement | undefined): void {
    for (const one of this.lines) one.classList.toggle("on", one === line);
    for (const one of this.lines) one.setAttribute("aria-selected", String(one === line));
    if (line) this.input.setAttribute("aria-activedescendant", line.id);
    line?.scrollIntoView({ block: "nearest" });
  }

  private pressed(event: KeyboardEvent): void {
    const at = this.lines.findIndex((line) => line.classList.contains("on"));
    if (event.code === "ArrowDown") this.mark(this.lines[(at + 1) % this.lines.length]);
    else if (event.code === "ArrowUp") this.mark(this.lines.at(at - 1));
    else if (event.code === "Enter") this.lines[at]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private follow(line: HTMLElement | null, event: Event): void {
    if (!line) return;
    this.dialog!.close();
    if (!(line instanceof HTMLAnchorElement) || line.dataset.drawer === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    openDrawer(line.pathname + line.search);
  }
}

/** The words of a button, without the hint of its key. */
function written(button: HTMLElement): string {
  const own = [...button.childNodes].filter((one) => !(one instanceof Element && one.matches("svg, .kbd")));
  return own
    .map((one) => one.textContent)
    .join(" ")
    .trim();
}

function heading(text: string): HTMLElement {
  const made = document.createElement("div");
  made.className = "mh";
  made.textContent = text;
  return made;
}

/** Whether every word typed, in either layout, begins a word of the title. */
function begins(title: string, typed: string): boolean {
  const words = title.toLowerCase().split(/[\s«»:]+/);
  const fit = (text: string) =>
    text.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)));
  const low = typed.toLowerCase();
  return fit(low) || fit(otherLayout(low));
}

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю";

function otherLayout(text: string): string {
  const [from, to] = /[а-яё]/.test(text) ? [CYRILLIC, LATIN] : [LATIN, CYRILLIC];
  return [...text].map((letter) => to[from.indexOf(letter)] ?? letter).join("");
}

customElements.define("potok-palette", Palette);
const open = () => document.querySelector<Palette>("potok-palette")?.open();
command({ name: "palette", code: "KeyK", ctrl: true, always: true }, () => open());
document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-open='palette']")) open();
});
