// <potok-order [url] [group]>: lines that are put in order by hand, `data-order-line="id"` each, by dragging their
// `data-order-grip` or with the arrows on it; lists of one group give lines to each other. What was moved is POSTed to
// `url` as `line` and `before`, and comes back where that is refused; without `url` it is a form that says the order.
// Besides: `data-order` around `.order-line`s, whose buttons say `data-order-by="-1"` or `"1"`, and groups of a list that
// are folded, `data-fold` on a button in their head.
import type Sortable from "sortablejs";
import { ask, send } from "../ask";

const LINE = "[data-order-line]";

class Order extends HTMLElement {
  private sortable: Sortable | null = null;

  async connectedCallback(): Promise<void> {
    this.addEventListener("keydown", (event) => this.pressed(event));
    const { default: Sortable } = await import("sortablejs");
    if (this.sortable || !this.isConnected) return;
    let stood: [Element | null, Order] | null = null;
    this.sortable = Sortable.create(this, {
      handle: "[data-order-grip]",
      draggable: `>${LINE}`,
      forceFallback: true,
      fallbackTolerance: 4,
      group: this.getAttribute("group") ?? `${Math.random()}`,
      animation: 120,
      onStart: (event) => {
        this.dataset.held = "";
        stood = [event.item.nextElementSibling, this];
      },
      onEnd: (event) => {
        delete this.dataset.held;
        void moved(event.item, ...stood!);
      },
    });
    this.dataset.ready = "";
  }

  disconnectedCallback(): void {
    this.sortable?.destroy();
    this.sortable = null;
  }

  private pressed(event: KeyboardEvent): void {
    const grip = (event.target as Element).closest<HTMLElement>("[data-order-grip]");
    const line = grip?.closest<HTMLElement>(LINE);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.code];
    if (!by || !grip || line?.parentElement !== this) return;
    event.preventDefault();
    event.stopPropagation();
    const stood = line.nextElementSibling;
    if (!this.step(line, by)) return;
    grip.focus();
    line.scrollIntoView({ block: "nearest" });
    void moved(line, stood, this);
  }

  private step(line: HTMLElement, by: number): boolean {
    const near = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (near) near[by < 0 ? "before" : "after"](line);
    if (near) return true;
    const group = this.getAttribute("group");
    const lists = group ? [...document.querySelectorAll<Order>(`potok-order[group="${group}"]`)] : [];
    const next = lists[lists.indexOf(this) + by];
    next?.[by < 0 ? "append" : "prepend"](line);
    return !!next;
  }
}

async function moved(line: HTMLElement, stood: Element | null, from: Order): Promise<void> {
  const list = line.parentElement as Order;
  if (line.nextElementSibling === stood && list === from) return;
  send(list, "ordered", { line: line.dataset.orderLine });
  const url = list.getAttribute("url");
  if (!url) return;
  const before = (line.nextElementSibling as HTMLElement | null)?.dataset.orderLine ?? "";
  const body = new URLSearchParams({ line: line.dataset.orderLine!, before });
  const answer = await ask(list, url, { method: "POST", body });
  if (!answer.ok) from.insertBefore(line, stood);
}

customElements.define("potok-order", Order);

document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest?.<HTMLElement>("[data-order-by]");
  if (button) move(button);
  const fold = (event.target as Element).closest?.<HTMLElement>("[data-fold]");
  if (fold) turn(fold);
});

function move(button: HTMLElement): void {
  const line = button.closest<HTMLElement>(".order-line")!;
  if (button.dataset.orderBy === "1") line.nextElementSibling?.after(line);
  else line.previousElementSibling?.before(line);
  button.focus();
}

function turn(button: HTMLElement): void {
  const folded = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!folded));
  let next = button.closest("tbody")!.nextElementSibling;
  while (next && !next.matches(".group-head, tfoot")) {
    (next as HTMLElement).hidden = folded;
    next = next.nextElementSibling;
  }
}
