// Lists by keyboard: J and K walk, Enter opens, X marks, Shift marks all between. `data-rows` on the list, `data-row` on
// each line.
import { send } from "../ask";
import { command } from "../keys";

let at: HTMLElement | null = null;
let anchor: HTMLInputElement | null = null;

function scope(): ParentNode {
  return [...document.querySelectorAll(".drawer[open]")].at(-1)?.querySelector("[data-rows]") ?? document;
}

function rows(): HTMLElement[] {
  return [...scope().querySelectorAll<HTMLElement>("[data-rows] [data-row], :scope > [data-row]")];
}

function go(by: number): boolean {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row === at || row.getAttribute("aria-current") === "true");
  const next = all[Math.min(all.length - 1, Math.max(0, here < 0 && by > 0 ? 0 : here + by))]!;
  for (const row of all) row.classList.toggle("cur", row === next);
  at = next;
  next.scrollIntoView({ block: "nearest" });
  const link = next.matches("a") ? next : next.querySelector<HTMLElement>("a");
  link?.focus({ preventScroll: true });
  if (next.closest("[data-rows='open']")) link?.click();
  return true;
}

command({ name: "next", code: "KeyJ" }, () => go(1));
command({ name: "previous", code: "KeyK" }, () => go(-1));
command({ name: "mark", code: "KeyX" }, () => {
  const box = at?.isConnected ? at.querySelector<HTMLInputElement>("input.tick") : null;
  box?.click();
  return !!box;
});

// A line is commented on where its feed stands: on its card.
const SAYS = "#comment";
command({ name: "comment", code: "KeyC" }, () => {
  const link = at?.isConnected && at.matches("tr") ? at.querySelector<HTMLAnchorElement>("a[href]") : null;
  if (link) location.assign(link.href + SAYS);
  return !!link;
});
if (location.hash === SAYS) document.querySelector<HTMLElement>("[data-key='KeyC']")?.focus();

document.addEventListener("click", (event) => {
  const box = event.target as HTMLInputElement;
  if (!box.matches?.("[data-rows] input.tick")) return;
  const list = box.closest("[data-rows]")!;
  const boxes = [...list.querySelectorAll<HTMLInputElement>("[data-row] input.tick")];
  if (box.matches("[data-all]")) for (const one of boxes) one.checked = box.checked;
  else if (event.shiftKey && anchor) between(boxes, anchor, box);
  anchor = box;
  for (const one of boxes) one.closest("[data-row]")!.classList.toggle("sel", one.checked);
  const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
  const all = list.querySelector<HTMLInputElement>("[data-all]");
  if (all) all.checked = chosen.length === boxes.length;
  if (all) all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  send(list, "chosen", { values: chosen });
});

function between(boxes: HTMLInputElement[], from: HTMLInputElement, to: HTMLInputElement): void {
  const [start, end] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b) as [number, number];
  if (start >= 0) for (const one of boxes.slice(start, end + 1)) one.checked = to.checked;
}
