// <potok-gantt data-day>: bars of tasks are dragged by whole days, at their right edge the end alone; by keys: Tab to a
// bar, arrows move it by a day, with Shift its end. The server is told when the hand lets go, or a moment after the last
// key; what it refuses goes back.
import { afterSilence, ask } from "../ask";

interface Shift {
  begins: number;
  ends: number;
}

const PAUSE = 700;

class Gantt extends HTMLElement {
  private held: { bar: SVGGElement; from: number; end: boolean } | null = null;
  private shift: Shift = { begins: 0, ends: 0 };
  private keyed: SVGGElement | null = null;
  private readonly later = afterSilence(PAUSE, () => this.keyed && void this.tell(this.keyed));

  connectedCallback(): void {
    this.addEventListener("pointerdown", (event) => this.grab(event));
    this.addEventListener("pointermove", (event) => this.drag(event));
    this.addEventListener("pointerup", () => this.drop());
    this.addEventListener("pointercancel", () => this.drop());
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("focusout", () => this.later.now());
    this.dataset.ready = "";
  }

  disconnectedCallback(): void {
    this.later.now();
  }

  private get day(): number {
    return Number(this.dataset.day);
  }

  private grab(event: PointerEvent): void {
    const bar = (event.target as Element).closest<SVGGElement>("[data-moves]");
    if (!bar || event.button !== 0) return;
    this.later.now();
    this.held = { bar, from: event.clientX, end: (event.target as Element).matches("[data-end]") };
    bar.setPointerCapture(event.pointerId);
    // Nothing is refreshed under a hand that holds a bar.
    this.setAttribute("data-held", "");
    event.preventDefault();
    bar.focus({ preventScroll: true });
  }

  private drag(event: PointerEvent): void {
    if (!this.held) return;
    const days = Math.round((event.clientX - this.held.from) / this.day);
    this.move(this.held.bar, { begins: this.held.end ? 0 : days, ends: days });
  }

  private drop(): void {
    const held = this.held;
    this.held = null;
    if (!held) return;
    void this.tell(held.bar).finally(() => this.removeAttribute("data-held"));
  }

  private press(event: KeyboardEvent): void {
    const bar = (event.target as Element).closest<SVGGElement>("[data-moves]");
    const by = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
    if (!bar || !by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.keyed = bar;
    this.setAttribute("data-held", "");
    this.move(bar, { begins: this.shift.begins + (event.shiftKey ? 0 : by), ends: this.shift.ends + by });
    this.later.later();
  }

  /** Draw a bar as if it stood there already. */
  private move(bar: SVGGElement, shift: Shift): void {
    const [body, end] = bar.querySelectorAll("rect");
    const width = Number(body!.dataset.width);
    if (width + (shift.ends - shift.begins) * this.day < this.day - 2) return;
    this.shift = shift;
    body!.setAttribute("width", String(width + (shift.ends - shift.begins) * this.day));
    bar.setAttribute("transform", shift.begins ? `translate(${shift.begins * this.day} 0)` : "");
    end?.setAttribute("transform", `translate(${(shift.ends - shift.begins) * this.day} 0)`);
  }

  private async tell(bar: SVGGElement): Promise<void> {
    const shift = this.shift;
    this.keyed = null;
    if (shift.begins || shift.ends) {
      const body = new URLSearchParams({ begins: String(shift.begins), ends: String(shift.ends) });
      const answer = await ask(bar, bar.dataset.url!, { method: "POST", body });
      if (answer.ok) this.settle(bar, shift);
      else this.move(bar, { begins: 0, ends: 0 });
    }
    this.shift = { begins: 0, ends: 0 };
    this.removeAttribute("data-held");
  }

  /** The bar lies where it was moved to; the next move begins there. */
  private settle(bar: SVGGElement, shift: Shift): void {
    const [body, end] = bar.querySelectorAll("rect");
    body!.dataset.width = body!.getAttribute("width")!;
    for (const part of bar.querySelectorAll("rect, text"))
      part.setAttribute("x", String(Number(part.getAttribute("x")) + shift.begins * this.day));
    end?.setAttribute("x", String(Number(end.getAttribute("x")) + (shift.ends - shift.begins) * this.day));
    end?.removeAttribute("transform");
    bar.removeAttribute("transform");
  }
}

customElements.define("potok-gantt", Gantt);
