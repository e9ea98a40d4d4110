// <potok-menu>: a button and the popover that hangs from it. Arrows walk, letters jump, Esc returns to the button.
// A popover without lines of a menu (a form) keeps its arrows: they choose in its selects.
import { hang } from "../ask";

class Menu extends HTMLElement {
  private get button(): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>(":scope > button")!;
  }

  private get pop(): HTMLElement {
    return this.querySelector<HTMLElement>(":scope > .pop")!;
  }

  private get items(): HTMLElement[] {
    return [...this.pop.querySelectorAll<HTMLElement>(".mi:not([hidden], [role='option'])")];
  }

  connectedCallback(): void {
    this.addEventListener("click", this);
    this.addEventListener("keydown", this);
    this.addEventListener("focusout", this);
  }

  handleEvent(event: Event): void {
    if (event.type === "click") this.clicked(event);
    if (event.type === "keydown") this.pressed(event as KeyboardEvent);
    if (event.type === "focusout" && !this.contains((event as FocusEvent).relatedTarget as Node)) {
      if ((event as FocusEvent).relatedTarget) this.close();
    }
  }

  open(): void {
    this.pop.showPopover();
    hang(this.pop, this.button, this.hasAttribute("up"));
    this.button.setAttribute("aria-expanded", "true");
    (this.items[0] ?? this.pop.querySelector<HTMLElement>("input, select, button"))?.focus();
    document.addEventListener("pointerdown", this.away);
  }

  close(): void {
    if (!this.pop.matches(":popover-open")) return;
    this.pop.hidePopover();
    this.button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", this.away);
  }

  private readonly away = (event: PointerEvent): void => {
    if (!this.contains(event.target as Node)) this.close();
  };

  private clicked(event: Event): void {
    const target = event.target as Element;
    if (this.button.contains(target)) {
      if (this.pop.matches(":popover-open")) this.close();
      else this.open();
    } else if (target.closest('[aria-disabled="true"]')) {
      event.preventDefault();
      event.stopPropagation();
    } else if (target.closest(".mi:not([role='option']), [data-menu-close]")) this.close();
  }

  private pressed(event: KeyboardEvent): void {
    if (!this.pop.matches(":popover-open")) {
      if (event.code === "ArrowDown" && event.target === this.button) this.open();
      return;
    }
    if (event.code === "Escape") {
      this.close();
      this.button.focus();
    } else if (this.items.length && (event.code === "ArrowDown" || event.code === "ArrowUp")) {
      this.walk(event.code === "ArrowDown" ? 1 : -1);
    } else if (!this.jump(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private walk(by: number): void {
    const items = this.items;
    const at = items.indexOf(document.activeElement as HTMLElement);
    items.at((at + by + items.length) % items.length)?.focus();
  }

  private jump(event: KeyboardEvent): boolean {
    if (event.key.length !== 1 || event.ctrlKey || (event.target as Element).matches("input, select"))
      return false;
    const letter = event.key.toLowerCase();
    const found = this.items.find((item) => item.textContent!.trim().toLowerCase().startsWith(letter));
    found?.focus();
    return !!found;
  }
}

customElements.define("potok-menu", Menu);
