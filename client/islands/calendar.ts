// <potok-calendar data-hour>: events are moved by hand, at their lower or right edge made longer; by keys: Space takes the
// one that has the focus, arrows move it (by a day, by a quarter of an hour, in a month by a week), with Shift its end,
// Enter puts it down, Esc puts it back. A finger takes it by resting on it. Of a series the dialog asks which move.
// What is told is the new time itself, so that telling it twice does nothing more; what is refused goes back.
import { ask } from "../ask";
import { Carried, DAY, days, MINUTE, NONE, QUARTER, written } from "../carried";

const REST = 350;
const TREMBLE = 5;

interface Held {
  what: Carried;
  /** None is held by keys. */
  pointer: number | null;
  from: { x: number; y: number; day: number };
  end: boolean;
  moves: boolean;
}

class CalendarPicture extends HTMLElement {
  private held: Held | null = null;
  private resting = 0;
  private dragged = false;

  connectedCallback(): void {
    for (const name of [
      "pointerdown",
      "pointermove",
      "pointerup",
      "pointercancel",
      "dragstart",
      "contextmenu",
    ])
      this.addEventListener(name, this);
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("focusout", () => this.held?.pointer === null && this.putBack());
    // The page stays where it is under a finger that holds an event.
    this.addEventListener("touchmove", (event) => this.held?.moves && event.preventDefault(), {
      passive: false,
    });
    // A hand that has moved something does not open it.
    this.addEventListener("click", (event) => this.clicked(event), true);
    this.dataset.ready = "";
  }

  handleEvent(event: Event): void {
    if (event.type === "pointerdown") this.grab(event as PointerEvent);
    else if (event.type === "pointermove") this.drag(event as PointerEvent);
    else if (event.type === "pointerup") this.letGo();
    else if (event.type === "pointercancel") this.putBack();
    // A link is not carried out of the page, neither the one that is held nor what lies under it by now.
    else if (this.held && (event.type === "dragstart" || this.held.moves)) event.preventDefault();
  }

  private grab(event: PointerEvent): void {
    const found = movable(event);
    this.dragged = false;
    if (!found || event.button !== 0 || this.held) return;
    const held: Held = {
      what: new Carried(this, found),
      pointer: event.pointerId,
      from: { x: event.clientX, y: event.clientY, day: this.dayAt(event) },
      end: (event.target as Element).matches("[data-end]"),
      moves: false,
    };
    this.held = held;
    if (event.pointerType !== "mouse") this.resting = window.setTimeout(() => this.begin(held), REST);
  }

  private begin(held: Held): void {
    if (this.held !== held) return;
    held.moves = true;
    this.dragged = held.pointer !== null;
    if (held.pointer !== null) this.setPointerCapture(held.pointer);
    // Nothing is refreshed under a hand that holds an event.
    this.setAttribute("data-held", "");
    held.what.body.classList.add("is-held");
    getSelection()?.removeAllRanges();
  }

  private drag(event: PointerEvent): void {
    const { held } = this;
    if (held?.pointer !== event.pointerId) return;
    if (!held.moves) {
      if (Math.hypot(event.clientX - held.from.x, event.clientY - held.from.y) < TREMBLE) return;
      // A finger that slides scrolls the page; one that rests takes the event.
      if (event.pointerType !== "mouse") return this.putBack();
      this.begin(held);
    }
    const { what } = held;
    const by = this.dayAt(event) - held.from.day;
    const quarters = Math.round(((event.clientY - held.from.y) * 60) / what.hour / QUARTER);
    const minutes = what.isAmongHours ? quarters * QUARTER : 0;
    if (!held.end) what.move({ days: by, minutes, longer: 0 });
    else what.move({ ...NONE, longer: what.isAmongHours ? minutes * MINUTE : by * DAY });
  }

  private letGo(): void {
    clearTimeout(this.resting);
    if (this.held?.moves) void this.putDown(this.held.what);
    else this.held = null;
  }

  private clicked(event: Event): void {
    if (!this.dragged) return;
    this.dragged = false;
    event.preventDefault();
    event.stopPropagation();
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const found = movable(event);
    if (!this.held) {
      if (event.code !== "Space" || !found) return;
      const from = { x: 0, y: 0, day: 0 };
      this.held = { what: new Carried(this, found), pointer: null, from, end: false, moves: true };
      this.begin(this.held);
      this.say(this.dataset.taken!, found);
    } else if (this.held.pointer !== null) return;
    else if (event.code === "Enter" || event.code === "Space") void this.putDown(this.held.what);
    else if (event.code === "Escape") this.putBack();
    else if (!this.step(this.held.what, event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private step(what: Carried, { code, shiftKey }: KeyboardEvent): boolean {
    const across = code === "ArrowRight" ? 1 : code === "ArrowLeft" ? -1 : 0;
    const down = code === "ArrowDown" ? 1 : code === "ArrowUp" ? -1 : 0;
    const by = across + (what.isInMonth ? down * 7 : 0);
    const minutes = what.isAmongHours ? down * QUARTER : 0;
    if (!by && !minutes) return false;
    const { shift } = what;
    if (shiftKey) what.move({ ...shift, longer: shift.longer + by * DAY + minutes * MINUTE });
    else what.move({ ...shift, days: shift.days + by, minutes: shift.minutes + minutes });
    this.say(what.told(what.shift));
    return true;
  }

  private async putDown(what: Carried): Promise<void> {
    const { event, shift } = what;
    // What has the focus now does not put it back: the dialog takes it.
    this.held = null;
    const moved = !!shift.days || !!shift.minutes;
    if (!moved && !shift.longer) return this.putBack(what);
    const which = event.dataset.again === undefined ? "one" : await choose();
    if (!which) return this.putBack(what);
    const [begins, ends] = what.times(shift).map(written);
    const body = new URLSearchParams({ which });
    // What only moves keeps its length, whatever the clocks do meanwhile.
    if (moved) body.set("begins", begins!);
    if (shift.longer) body.set("ends", ends!);
    const answer = await ask(event, event.dataset.moves!, { method: "POST", body });
    if (!answer.ok) return this.putBack(what);
    this.say(what.told(shift));
    what.body.classList.remove("is-held");
    // It lies where it was put until the picture is drawn anew, and is not taken before.
    delete event.dataset.moves;
    this.removeAttribute("data-held");
  }

  private putBack(what = this.held?.what): void {
    clearTimeout(this.resting);
    const took = this.hasAttribute("data-held");
    this.held = null;
    this.removeAttribute("data-held");
    what?.body.classList.remove("is-held");
    what?.back();
    if (what && took) this.say(this.dataset.left!, what.event);
  }

  private say(text: string, event?: HTMLElement): void {
    this.querySelector("[data-says]")!.textContent = text.replace("{title}", event?.dataset.title ?? "");
  }

  private dayAt({ clientX, clientY }: PointerEvent): number {
    const boxes = days(this).map((day) => day.getBoundingClientRect());
    const at = boxes.findIndex((box) => box.left <= clientX && clientX < box.right && clientY < box.bottom);
    return at >= 0 ? at : this.held ? this.held.from.day + this.held.what.shift.days : 0;
  }
}

function movable(event: Event): HTMLElement | null {
  return (event.target as Element).closest<HTMLElement>("[data-moves]");
}

function choose(): Promise<string> {
  const dialog = document.querySelector<HTMLDialogElement>("#which-of-series")!;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((chosen) =>
    dialog.addEventListener("close", () => chosen(dialog.returnValue), { once: true }),
  );
}

customElements.define("potok-calendar", CalendarPicture);
