// Cells of a list as others find them: where one is kept, which stands beside it, what was refused below it.
export const EDITS = "td[data-cell]";

export function address(cell: HTMLElement): string {
  const row = cell.closest<HTMLElement>("[data-row]")!.dataset.row;
  return `${cell.closest<HTMLElement>("[data-cells]")!.dataset.cells}${row}/cells/${cell.dataset.cell}`;
}

export function near(cell: HTMLElement, right: number, down: number): HTMLElement | undefined {
  const rows = [...cell.closest("[data-cells]")!.querySelectorAll<HTMLElement>("[data-row]")];
  const row = rows[rows.indexOf(cell.closest<HTMLElement>("[data-row]")!) + down];
  if (!row) return undefined;
  const place = [...cell.parentElement!.children].indexOf(cell);
  if (!right) return row.children[place] as HTMLElement;
  const all = [...row.querySelectorAll<HTMLElement>(EDITS)];
  return all[all.indexOf(cell) + right];
}

export function stand(cell: HTMLElement | null | undefined): void {
  if (!cell) return;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function refuse(cell: HTMLElement, sentence: string): void {
  const words = document.createElement("span");
  words.className = "err";
  words.dataset.refused = "";
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  cell.append(words);
  // The cells before it changed, and the list comes anew: what was said stays.
  cell.setAttribute("hx-morph-skip", "");
}

/** What was refused is typed anew. */
export function mend(cell: HTMLElement): void {
  const words = cell.querySelector("[data-refused]");
  if (!words || cell.classList.contains("edit")) return;
  words.remove();
  cell.removeAttribute("hx-morph-skip");
}
