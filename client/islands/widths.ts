// Columns are made wider and narrower by their edge: `data-widths="/deals/widths"` on a table whose every column has a
// `<col>`, `data-grip` on the edge of a head. With the mouse by pulling, with the keyboard by arrows (Shift takes larger
// steps); a double click or Delete gives all columns their usual widths. What is set is kept on the server, with the
// state of the screen (`#view-state`), and written as an attribute: the policy of the page forbids styles in markup.
import { afterSilence, ask } from "../ask";

const LEAST = 56;
const MOST = 1200;
const STEPS: Record<string, number> = { ArrowLeft: -16, ArrowRight: 16 };
let pulled: { grip: HTMLElement; from: number; widths: number[] } | null = null;
let table: HTMLTableElement | null = null;
const keep = afterSilence(500, () => table?.isConnected && void send(table));

function gripOf(event: Event): HTMLElement | null {
  return (event.target as Element).closest?.<HTMLElement>("[data-grip]") ?? null;
}

function columns(of: HTMLTableElement): HTMLTableColElement[] {
  return [...of.querySelectorAll<HTMLTableColElement>("col[data-column]")];
}

function measured(of: HTMLTableElement): number[] {
  return [...of.querySelectorAll<HTMLElement>("thead [data-column]")].map((head) => head.offsetWidth);
}

/** A table fills its frame: what one column loses then, the next one gets. */
function widen(grip: HTMLElement, widths: number[], by: number): void {
  table = grip.closest("table")!;
  const place = columns(table).findIndex((one) => one.dataset.column === grip.dataset.grip);
  const wanted = [...widths];
  wanted[place] = Math.round(Math.min(MOST, Math.max(LEAST, widths[place]! + by)));
  const ticks = table.querySelector<HTMLElement>("thead .tick-cell")?.offsetWidth ?? 0;
  const room = table.parentElement!.clientWidth - ticks - wanted.reduce((sum, one) => sum + one, 0);
  const next = place + 1 < wanted.length ? place + 1 : place - 1;
  if (room > 0 && next >= 0) wanted[next]! += room;
  for (const [at, one] of columns(table).entries()) one.setAttribute("width", String(wanted[at]));
  grip.setAttribute("aria-valuenow", String(wanted[place]));
  keep.later();
}

async function send(of: HTMLTableElement, usual = false): Promise<void> {
  const state = document.querySelector<HTMLFormElement>("#view-state");
  const body = new URLSearchParams(state ? (new FormData(state) as never) : "");
  const kept = columns(of).map((one) => [one.dataset.column!, Number(one.getAttribute("width"))]);
  body.set("widths", JSON.stringify(usual ? {} : Object.fromEntries(kept)));
  await ask(of, of.dataset.widths!, { method: "POST", body });
}

function restore(grip: HTMLElement): void {
  table = grip.closest("table")!;
  keep.drop();
  for (const one of columns(table)) {
    const usual = one.dataset.usual;
    if (usual) one.setAttribute("width", usual);
    else one.removeAttribute("width");
  }
  void send(table, true);
}

document.addEventListener("pointerdown", (event) => {
  const grip = gripOf(event);
  if (!grip || event.button) return;
  pulled = { grip, from: event.clientX, widths: measured(grip.closest("table")!) };
  grip.setPointerCapture(event.pointerId);
  grip.focus();
  event.preventDefault();
});

document.addEventListener("pointermove", (event) => {
  if (pulled) widen(pulled.grip, pulled.widths, event.clientX - pulled.from);
});

for (const name of ["pointerup", "pointercancel"])
  document.addEventListener(name, () => {
    pulled = null;
  });

document.addEventListener("dblclick", (event) => {
  const grip = gripOf(event);
  if (grip) restore(grip);
});

document.addEventListener("keydown", (event) => {
  const grip = gripOf(event);
  if (!grip) return;
  const step = STEPS[event.code];
  if (step) widen(grip, measured(grip.closest("table")!), event.shiftKey ? step * 4 : step);
  else if (event.code === "Delete") restore(grip);
  else return;
  event.preventDefault();
  event.stopPropagation();
});
