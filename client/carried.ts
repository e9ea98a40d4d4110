// An event of the calendar that is carried: where it lies in the picture while it is, and what time that means.
// See islands/calendar.ts, which knows the hands and the keys.

export const QUARTER = 15;
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** By how many days and minutes both ends move, and how much later it ends than that. */
export interface Shift {
  days: number;
  minutes: number;
  longer: number;
}

export const NONE: Shift = { days: 0, minutes: 0, longer: 0 };

export class Carried {
  shift = NONE;

  constructor(
    private readonly picture: HTMLElement,
    readonly event: HTMLElement,
  ) {}

  get isWhole(): boolean {
    return this.event.dataset.whole !== undefined;
  }

  /** It lies among hours; otherwise it is a bar of whole days, or a line of a month. */
  get isAmongHours(): boolean {
    return this.event.matches(".event");
  }

  get isInMonth(): boolean {
    return !!this.event.closest(".month-week");
  }

  get hour(): number {
    return Number(this.picture.dataset.hour);
  }

  /** What is drawn elsewhere: the box around it, or the line of a month. */
  get body(): HTMLElement | SVGElement {
    return this.event.closest<SVGElement>("foreignObject") ?? this.event;
  }

  /** Draw it as if it stood there already; nothing is shorter than a quarter of an hour, or a day. */
  move(shift: Shift): void {
    const [begins, ends] = this.times(shift);
    if (shift.longer < 0 && ends - begins < (this.isWhole ? DAY : QUARTER * MINUTE)) return;
    this.shift = shift;
    const [x, y] = this.way(shift.days);
    this.body.style.translate = `${x}px ${y + (shift.minutes * this.hour) / 60}px`;
    this.event.style.height = longer(this.isAmongHours ? (shift.longer / MINUTE / 60) * this.hour : 0);
    this.event.style.width = longer(this.isBar ? (shift.longer / DAY) * this.dayWidth : 0);
  }

  back(): void {
    this.shift = NONE;
    this.body.style.translate = this.event.style.height = this.event.style.width = "";
  }

  times({ days, minutes, longer }: Shift): [number, number] {
    const by = days * DAY + minutes * MINUTE;
    return [read(this.event.dataset.begins!) + by, read(this.event.dataset.ends!) + by + longer];
  }

  told(shift: Shift): string {
    const [begins, ends] = this.times(shift);
    const day = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
    const hours = this.isWhole ? {} : ({ hour: "2-digit", minute: "2-digit" } as const);
    const words = new Intl.DateTimeFormat(document.documentElement.lang, { ...day, ...hours });
    return words.formatRange(begins, ends - (this.isWhole ? DAY : 0));
  }

  private get isBar(): boolean {
    return !!this.event.closest(".week-whole");
  }

  private get dayWidth(): number {
    return this.event.closest("svg")!.getBoundingClientRect().width / days(this.picture).length;
  }

  /** How far the day to which it goes lies from the one where it stands, as far as it is in the picture. */
  private way(by: number): [number, number] {
    if (this.isBar) return [by * this.dayWidth, 0];
    const all = days(this.picture);
    const here = all.findIndex((day) => day.contains(this.event));
    const there = all[Math.min(Math.max(here + by, 0), all.length - 1)]!.getBoundingClientRect();
    const was = all[here]!.getBoundingClientRect();
    return [there.left - was.left, there.top - was.top];
  }
}

export function days(picture: HTMLElement): HTMLElement[] {
  return [...picture.querySelectorAll<HTMLElement>("[data-day]")];
}

/** On the wall clock: counted as if there were no zones, and read back on the clock of the reader. */
export function written(moment: number): string {
  return new Date(moment).toISOString().slice(0, 16);
}

function read(text: string): number {
  return Date.parse(`${text}Z`);
}

function longer(by: number): string {
  return by ? `calc(100% + ${by}px)` : "";
}
