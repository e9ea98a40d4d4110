// <potok-board url>: cards move between columns by dragging, by Shift with the arrows, or from the menu of the key S;
// arrows alone, J and K walk from card to card.
// A move POSTs `card`, `column` and `before` (the card that it now stands before); a refusal puts the card back.
import type Sortable from "sortablejs";
import type { Options } from "sortablejs";
import { ask, fragment, hang, send } from "../ask";
import { command } from "../keys";

class Board extends HTMLElement {
  private chosen: HTMLElement | null = null;
  private sortable: typeof Sortable | null = null;
  private readonly switch = Object.assign(document.createElement("nav"), { className: "board-switch" });

  async connectedCallback(): Promise<void> {
    this.addEventListener("focusin", (event) =>
      this.choose((event.target as Element).closest(".board-card")),
    );
    this.addEventListener("pointerover", (event) =>
      this.choose((event.target as Element).closest(".board-card")),
    );
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.sortable = (await import("sortablejs")).default;
    this.arm();
    // A live refresh may bring columns that were not there.
    new MutationObserver(() => {
      this.arm();
      this.drawSwitch();
    }).observe(this, { childList: true, subtree: true });
    if (this.dataset.switch) this.before(this.switch);
    this.drawSwitch();
    this.addEventListener("scroll", () => this.markColumn(), { passive: true });
    this.dataset.ready = "";
  }

  private arm(): void {
    for (const cards of this.querySelectorAll<HTMLElement>(".board-cards"))
      if (!this.sortable!.get(cards)) this.sortable!.create(cards, this.dragging());
  }

  /** On a phone one column is seen; the switch names them all and leads to each. A folded one is opened by its link. */
  private drawSwitch(): void {
    if (!this.dataset.switch) return;
    this.switch.setAttribute("aria-label", this.dataset.switch);
    this.switch.replaceChildren(...this.columns.map((column) => this.switchTo(column)));
    this.markColumn();
  }

  private switchTo(column: HTMLElement): HTMLElement {
    const link = document.createElement("a");
    const unfold = column.querySelector<HTMLAnchorElement>(":scope > a");
    link.href = unfold ? unfold.href : `#${column.id}`;
    const count = document.createElement("span");
    count.className = "dim";
    count.textContent = column.querySelector("[data-count]")?.textContent ?? "";
    link.append(column.dataset.title!, count);
    return link;
  }

  private markColumn(): void {
    const middle = this.scrollLeft + this.clientWidth / 2;
    const open = this.columns.filter((column) => !column.classList.contains("fold"));
    const seen = open.findLast((column) => column.offsetLeft - this.offsetLeft <= middle) ?? open[0];
    for (const link of this.switch.querySelectorAll("a"))
      link.toggleAttribute("aria-current", link.getAttribute("href") === `#${seen?.id}`);
    this.switch.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  private dragging(): Options {
    return {
      group: "board",
      draggable: ".board-card",
      ghostClass: "slot",
      fallbackClass: "lifted",
      forceFallback: true,
      fallbackOnBody: false,
      fallbackTolerance: 4,
      delay: 180,
      delayOnTouchOnly: true,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160,
      // Nothing is refreshed under a hand that holds a card.
      onStart: () => this.setAttribute("data-held", ""),
      onEnd: ({ item, from, oldDraggableIndex }) => {
        const back = cardsOf(from).filter((card) => card !== item)[oldDraggableIndex ?? 0] ?? null;
        void this.tell(item, () => from.insertBefore(item, back), from).finally(() =>
          this.removeAttribute("data-held"),
        );
      },
    };
  }

  choose(card: Element | null): void {
    if (card) this.chosen = card as HTMLElement;
  }

  get columns(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".board-column")];
  }

  private pressed(event: KeyboardEvent): void {
    const step = WALKS[event.code];
    if (!step || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!(event.target as Element).closest(".board-card")) return;
    this.walk(...step);
    event.preventDefault();
  }

  /** Go to the card below or above, or as high as this one in the next column that has any; to the first from nowhere. */
  walk(right: number, down: number): boolean {
    const all = this.columns
      .map((column) => cardsOf(column.querySelector(".board-cards")!))
      .filter((one) => one.length);
    const here = all.findIndex((cards) => cards.includes(this.chosen!));
    const place = here < 0 ? 0 : all[here]!.indexOf(this.chosen!) + down;
    const column = all[here < 0 ? 0 : here + right];
    const next = column?.[Math.min(Math.max(place, 0), column.length - 1)];
    next?.querySelector("a")?.focus();
    next?.scrollIntoView({ block: "nearest", inline: "nearest" });
    return !!next;
  }

  /** Move the chosen card by so many columns. */
  shift(by: number): boolean {
    const card = this.chosen;
    const column = card?.closest<HTMLElement>(".board-column");
    const next = column && this.columns[this.columns.indexOf(column) + by];
    if (card && next) this.move(card, next);
    return !!next;
  }

  move(card: HTMLElement, column: HTMLElement): void {
    const from = card.parentElement!;
    const before = card.nextElementSibling;
    if (column.contains(card)) return;
    column.querySelector(".board-cards")!.prepend(card);
    card.querySelector<HTMLElement>("a")?.focus();
    void this.tell(card, () => from.insertBefore(card, before), from);
  }

  private async tell(card: HTMLElement, putBack: () => void, from: HTMLElement): Promise<void> {
    const column = card.closest<HTMLElement>("[data-column]")!;
    const before = (card.nextElementSibling as HTMLElement | null)?.dataset.card ?? "";
    this.recount(from, card.parentElement!);
    card.classList.add("settling");
    const body = new URLSearchParams({ card: card.dataset.card!, column: column.dataset.column!, before });
    const answer = await ask(card, this.getAttribute("url")!, { method: "POST", body });
    card.classList.remove("settling");
    if (answer.ok) return void send(this, "moved", Object.fromEntries(body));
    const here = card.parentElement!;
    putBack();
    this.recount(here, from);
  }

  private recount(from: Element, to: Element): void {
    if (from === to) return;
    for (const [cards, by] of [
      [from, -1],
      [to, 1],
    ] as const) {
      const count = cards.closest(".board-column")?.querySelector<HTMLElement>("[data-count]");
      if (count) count.textContent = String(Number(count.textContent!.replace(/\D/g, "")) + by);
    }
  }

  /** The menu «Переместить…» for those who do not drag. */
  menu(): boolean {
    const card = this.chosen;
    if (!card?.isConnected) return false;
    const pop = fragment('<div class="pop menu" role="menu" popover="auto"></div>')
      .firstElementChild as HTMLElement;
    for (const column of this.columns) {
      const item = document.createElement("button");
      item.className = "mi";
      item.setAttribute("role", "menuitem");
      item.textContent = column.dataset.title!;
      item.disabled = column.contains(card);
      item.addEventListener("click", () => {
        pop.hidePopover();
        this.move(card, column);
      });
      pop.append(item);
    }
    pop.setAttribute("aria-label", this.dataset.move!);
    pop.addEventListener("toggle", (event) => (event as ToggleEvent).newState === "closed" && pop.remove());
    pop.addEventListener("keydown", walk);
    this.append(pop);
    pop.showPopover();
    hang(pop, card);
    pop.querySelector<HTMLElement>("button:enabled")?.focus();
    return true;
  }
}

const WALKS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function cardsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(":scope > .board-card")];
}

function walk(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>("button:enabled")];
  const by = event.code === "ArrowDown" ? 1 : event.code === "ArrowUp" ? -1 : 0;
  if (!by) return;
  event.preventDefault();
  items.at((items.indexOf(document.activeElement as HTMLElement) + by) % items.length)?.focus();
}

const board = () => document.querySelector<Board>("potok-board");
customElements.define("potok-board", Board);
command({ name: "stage", code: "KeyS" }, () => board()?.menu() ?? false);
command({ name: "next", code: "KeyJ" }, () => board()?.walk(0, 1) ?? false);
command({ name: "previous", code: "KeyK" }, () => board()?.walk(0, -1) ?? false);
command({ name: "left", code: "ArrowLeft", shift: true }, () => board()?.shift(-1) ?? false);
command({ name: "right", code: "ArrowRight", shift: true }, () => board()?.shift(1) ?? false);
