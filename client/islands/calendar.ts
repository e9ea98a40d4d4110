// <potok-calendar data-hour>: events are moved by hand, at their lower or right edge made longer; by keys: Space takes the
// one that has the focus, arrows move it (by a day, by a quarter of an hour, in a month by a week), with Shift its end,
// Enter puts it down, Esc puts it back. A finger takes it by resting on it. Of a series the dialog asks which move.
// What is told is the new time itself, so that telling it twice does nothing more; what is refused goes back.
import { ask } from "../ask";

const QUARTER = 15;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const REST = 350;
const TREMBLE = 5;

/** By how many days and minutes both ends move. */
interface Shift {
  days: number;
  minutes: number;
  longer: number;
}

interface Held {
  event: HTMLElement;
  pointer: number | null;
  from: { x: number; y: number; day: number };
  end: boolean;
  moves: boolean;
}

const NONE: Shift = { days: 0, minutes: 0, longer: 0 };

class CalendarPicture extends HTMLElement {
  private held: Held | null = null;
  private shift = NONE;
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
    const from = { x: event.clientX, y: event.clientY, day: this.dayAt(event) };
    const end = (event.target as Element).matches("[data-end]");
    const held: Held = { event: found, pointer: event.pointerId, from, end, moves: false };
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
    lifted(held.event).classList.add("is-held");
    getSelection()?.removeAllRanges();
  }

  private drag(event: PointerEvent): void {
    const held = this.held;
    if (!held || held.pointer !== event.pointerId) return;
    if (!held.moves) {
      if (Math.hypot(event.clientX - held.from.x, event.clientY - held.from.y) < TREMBLE) return;
      // A finger that slides scrolls the page; one that rests takes the event.
      if (event.pointerType !== "mouse") return this.putBack();
      this.begin(held);
    }
    const days = this.dayAt(event) - held.from.day;
    const minutes = this.isGrid(held.event)
      ? Math.round(((event.clientY - held.from.y) * 60) / this.hour / QUARTER) * QUARTER
      : 0;
    if (!held.end) this.move({ days, minutes, longer: 0 });
    else this.move({ ...NONE, longer: this.isGrid(held.event) ? minutes * MINUTE : days * DAY });
  }

  private letGo(): void {
    clearTimeout(this.resting);
    if (this.held?.moves) void this.putDown();
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
      const held = { event: found, pointer: null, from: { x: 0, y: 0, day: 0 }, end: false, moves: true };
      this.held = held;
      this.begin(held);
      this.say(this.dataset.taken!.replace("{title}", found.dataset.title!));
    } else if (this.held.pointer !== null) return;
    else if (event.code === "Enter" || event.code === "Space") void this.putDown();
    else if (event.code === "Escape") this.putBack();
    else if (!this.step(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private step(event: KeyboardEvent): boolean {
    const { days, minutes } = this.steps(event.code);
    if (!days && !minutes) return false;
    const { shift } = this;
    const lasts = days * DAY + minutes * MINUTE;
    if (event.shiftKey) this.move({ ...shift, longer: shift.longer + lasts });
    else this.move({ ...shift, days: shift.days + days, minutes: shift.minutes + minutes });
    this.say(this.told());
    return true;
  }

  private steps(code: string): { days: number; minutes: number } {
    const across = code === "ArrowRight" ? 1 : code === "ArrowLeft" ? -1 : 0;
    const down = code === "ArrowDown" ? 1 : code === "ArrowUp" ? -1 : 0;
    const event = this.held!.event;
    if (this.isGrid(event)) return { days: across, minutes: down * QUARTER };
    return { days: across + (event.closest(".month-week") ? down * 7 : 0), minutes: 0 };
  }

  /** Draw an event as if it stood there already. */
  private move(shift: Shift): void {
    const event = this.held!.event;
    const [begins, ends] = times(event, shift);
    const least = event.dataset.whole === undefined ? QUARTER * MINUTE : DAY;
    if (shift.longer < 0 && ends - begins < least) return;
    this.shift = shift;
    const body = lifted(event);
    const [x, y] = this.way(event, shift);
    body.style.translate = `${x}px ${y + (shift.minutes * this.hour) / 60}px`;
    const longer = this.isGrid(event) ? (shift.longer / MINUTE / 60) * this.hour : 0;
    event.style.height = longer ? `calc(100% + ${longer}px)` : "";
    const wider = this.bars(event) ? (shift.longer / DAY) * this.width(event) : 0;
    event.style.width = wider ? `calc(100% + ${wider}px)` : "";
  }

  /** How far the day to which it goes lies from the one where it stands, as far as it is in the picture. */
  private way(event: HTMLElement, { days }: Shift): [number, number] {
    if (this.bars(event)) return [days * this.width(event), 0];
    const all = this.days;
    const here = all.findIndex((day) => day.contains(event));
    const there = all[Math.min(Math.max(here + days, 0), all.length - 1)]!.getBoundingClientRect();
    const was = all[here]!.getBoundingClientRect();
    return [there.left - was.left, there.top - was.top];
  }

  private async putDown(): Promise<void> {
    const { event } = this.held!;
    const { shift } = this;
    // What has the focus now does not put it back: the dialog takes it.
    this.held = null;
    if (!shift.days && !shift.minutes && !shift.longer) return this.putBack(event);
    const which = event.dataset.again === undefined ? "one" : await choose();
    if (!which) return this.putBack(event);
    const [begins, ends] = times(event, shift).map(written);
    const body = new URLSearchParams({ which });
    // What only moves keeps its length, whatever the clocks do meanwhile.
    if (shift.days || shift.minutes) body.set("begins", begins!);
    if (shift.longer) body.set("ends", ends!);
    const answer = await ask(event, event.dataset.moves!, { method: "POST", body });
    if (!answer.ok) return this.putBack(event);
    this.say(this.told(event, shift));
    this.shift = NONE;
    lifted(event).classList.remove("is-held");
    // It lies where it was put until the picture is drawn anew, and is not taken before.
    delete event.dataset.moves;
    this.removeAttribute("data-held");
  }

  private putBack(event = this.held?.event): void {
    clearTimeout(this.resting);
    const took = this.hasAttribute("data-held");
    this.held = null;
    this.shift = NONE;
    this.removeAttribute("data-held");
    if (!event) return;
    lifted(event).classList.remove("is-held");
    lifted(event).style.translate = event.style.height = event.style.width = "";
    if (took) this.say(this.dataset.back!.replace("{title}", event.dataset.title!));
  }

  private told(event = this.held!.event, shift = this.shift): string {
    const [begins, ends] = times(event, shift);
    const whole = event.dataset.whole !== undefined;
    const day = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
    const words = new Intl.DateTimeFormat(
      document.documentElement.lang,
      whole ? day : { ...day, hour: "2-digit", minute: "2-digit" },
    );
    return words.formatRange(begins, ends - (whole ? DAY : 0));
  }

  private say(text: string): void {
    this.querySelector("[data-says]")!.textContent = text;
  }

  private get hour(): number {
    return Number(this.dataset.hour);
  }

  private get days(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-day]")];
  }

  private dayAt({ clientX, clientY }: PointerEvent): number {
    const boxes = this.days.map((day) => day.getBoundingClientRect());
    const beside = boxes.findIndex(
      (box) => box.left <= clientX && clientX < box.right && clientY < box.bottom,
    );
    return beside < 0 ? (this.held?.from.day ?? 0) + this.shift.days : beside;
  }

  private isGrid(event: Element): boolean {
    return event.matches(".event");
  }

  private bars(event: Element): boolean {
    return !!event.closest(".week-whole");
  }

  private width(event: Element): number {
    return event.closest("svg")!.getBoundingClientRect().width / this.days.length;
  }
}

function movable(event: Event): HTMLElement | null {
  return (event.target as Element).closest<HTMLElement>("[data-moves]");
}

/** What is drawn elsewhere: the box around an event, or the line of a month. */
function lifted(event: HTMLElement): HTMLElement | SVGElement {
  return event.closest<SVGElement>("foreignObject") ?? event;
}

function times(event: HTMLElement, { days, minutes, longer }: Shift): [number, number] {
  const by = days * DAY + minutes * MINUTE;
  return [read(event.dataset.begins!) + by, read(event.dataset.ends!) + by + longer];
}

// On the wall clock: counted as if there were no zones, and read back on the clock of the reader.
function read(text: string): number {
  return Date.parse(`${text}Z`);
}

function written(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16);
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
