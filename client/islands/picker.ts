// <potok-picker name url [multiple] [create-url]>: type to filter, choose with the keyboard; people and records.
// The server answers `url?q=` with `<c-picker.options>`. Chosen values are hidden inputs of the form. The last line
// opens a drawer that creates what was typed; when it says `made`, the new record is chosen. The list is a popover, so
// that nothing around it that scrolls cuts it off.
import { afterSilence, ask, fragment, hang, icon, send } from "../ask";
import { open as openDrawer } from "./drawers";

let count = 0;

class Picker extends HTMLElement {
  private asking: AbortController | null = null;
  private readonly later = afterSilence(120, () => void this.load());

  private get input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[role='combobox']")!;
  }

  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>("[role='listbox']")!;
  }

  private get options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[role='option']")];
  }

  private get multiple(): boolean {
    return this.hasAttribute("multiple");
  }

  connectedCallback(): void {
    for (const picked of this.querySelectorAll<HTMLElement>(".picked")) this.dress(picked);
    const events = ["input", "keydown", "focusin", "focusout", "pointerdown", "click", "made-for"];
    for (const name of events) this.addEventListener(name, this);
  }

  disconnectedCallback(): void {
    document.removeEventListener("scroll", this.place, true);
  }

  handleEvent(event: Event): void {
    const target = event.target as HTMLElement;
    if (event.type === "input" && target === this.input) this.later.later();
    if (event.type === "keydown" && target === this.input) this.pressed(event as KeyboardEvent);
    // What is wrong with the field is said below it, where the list would lie.
    const refused = this.input.getAttribute("aria-invalid") === "true";
    if (event.type === "focusin" && target === this.input && !refused) void this.load();
    if (event.type === "focusout" && !this.contains((event as FocusEvent).relatedTarget as Node)) this.shut();
    // The list must not take the focus, or the field would shut before the click.
    if (event.type === "pointerdown" && this.list.contains(target)) event.preventDefault();
    if (event.type === "click") this.clicked(target);
    if (event.type === "made-for")
      this.choose((event as CustomEvent).detail.id, (event as CustomEvent).detail.title);
  }

  private clicked(target: HTMLElement): void {
    const option = target.closest<HTMLElement>("[role='option']");
    if (option) return this.take(option);
    const removed = target.closest<HTMLElement>("[data-unpick]");
    if (removed) {
      removed.closest(".picked")!.remove();
      this.changed();
    }
    this.input.focus();
    if (target === this.input && this.list.hidden) void this.load();
  }

  private async load(): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    const q = this.input.value.trim();
    const found = this.getAttribute("url")!;
    const url = `${found}${found.includes("?") ? "&" : "?"}${new URLSearchParams({ q })}`;
    const answer = await ask(this, url, { signal: this.asking.signal });
    if (!answer.ok || document.activeElement !== this.input) return;
    // A page morphed into this one leaves of the list what its markup says: the name is given anew.
    this.list.id ||= `picker-${++count}`;
    this.input.setAttribute("aria-controls", this.list.id);
    this.list.replaceChildren(fragment(answer.text));
    this.offer(q);
    this.show();
    this.input.setAttribute("aria-expanded", "true");
    this.options.forEach((option, place) => {
      option.id = `${this.list.id}-${place}`;
    });
    this.mark(this.options[0]);
  }

  private offer(q: string): void {
    if (!this.options.length) this.list.append(line("mh", this.dataset.none!));
    if (!this.getAttribute("create-url") || !q) return;
    const last = line("mi", this.dataset.create!.replace("{text}", q));
    last.setAttribute("role", "option");
    last.dataset.make = q;
    last.prepend(icon("plus"));
    this.list.append(last);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.code === "Escape" && !this.list.hidden) this.shut();
    else if (event.code === "ArrowDown" || event.code === "ArrowUp")
      this.walk(event.code === "ArrowDown" ? 1 : -1);
    else if (event.code === "Enter" && !event.ctrlKey && this.marked) this.take(this.marked);
    else if (event.code === "Backspace" && !this.input.value) return this.unpickLast();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private get marked(): HTMLElement | undefined {
    return this.list.hidden ? undefined : this.options.find((option) => option.classList.contains("on"));
  }

  private walk(by: number): void {
    if (this.list.hidden) return void this.load();
    const at = this.options.indexOf(this.marked!);
    this.mark(this.options.at((at + by + this.options.length) % this.options.length));
  }

  private mark(option: HTMLElement | undefined): void {
    for (const one of this.options) one.classList.toggle("on", one === option);
    for (const one of this.options) one.setAttribute("aria-selected", String(one === option));
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  }

  private take(option: HTMLElement): void {
    if (option.dataset.make !== undefined) return this.make(option.dataset.make);
    const face = option.querySelector(".av, .i");
    this.choose(option.dataset.value!, option.dataset.title!, face);
  }

  private make(title: string): void {
    this.shut();
    const url = new URL(this.getAttribute("create-url")!, location.href);
    url.searchParams.set("title", title);
    openDrawer(url.pathname + url.search, this);
  }

  private choose(value: string, title: string, face: Element | null = null): void {
    if (!this.multiple) for (const old of this.querySelectorAll(".picked")) old.remove();
    else if (this.querySelector(`.picked[data-value="${CSS.escape(value)}"]`)) return this.shut();
    const picked = document.createElement("span");
    picked.className = "picked";
    picked.dataset.value = value;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: this.getAttribute("name"), value });
    picked.append(hidden, ...(face ? [face.cloneNode(true)] : []), line("cut", title, "span"));
    this.dress(picked);
    this.input.before(picked);
    this.input.value = "";
    this.input.placeholder = "";
    this.shut();
    this.changed();
  }

  private dress(picked: HTMLElement): void {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.unpick = "";
    button.setAttribute("aria-label", `${this.dataset.remove}: ${picked.querySelector(".cut")?.textContent}`);
    button.append(icon("x", "s"));
    picked.append(button);
  }

  private unpickLast(): void {
    const last = [...this.querySelectorAll(".picked")].at(-1);
    if (!last) return;
    last.remove();
    this.changed();
  }

  private changed(): void {
    const values = [...this.querySelectorAll<HTMLInputElement>("input[type='hidden']")].map(
      (one) => one.value,
    );
    send(this, "picked", { values });
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private show(): void {
    this.list.hidden = false;
    this.list.showPopover();
    this.place();
    document.addEventListener("scroll", this.place, true);
  }

  private readonly place = (event?: Event): void => {
    if (event?.target === this.list) return;
    const field = this.querySelector<HTMLElement>(".inp")!;
    this.list.style.width = `${field.offsetWidth}px`;
    hang(this.list, field);
  };

  private shut(): void {
    this.later.drop();
    this.asking?.abort();
    document.removeEventListener("scroll", this.place, true);
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function line(kind: string, text: string, tag = "div"): HTMLElement {
  const drawn = document.createElement(tag);
  drawn.className = kind;
  drawn.append(text);
  return drawn;
}

customElements.define("potok-picker", Picker);
