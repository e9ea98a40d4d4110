// Cells of a list as a spreadsheet has them. `data-cells="/deals/"` on the list, `data-cell="amount"` on a cell: arrows
// walk, Enter (or F2, or typing E on a line) edits, Enter saves and goes down, Tab to the right, Esc gives the old value
// back. A block pasted from a spreadsheet fills the cells from here to the right and down, up to the first that refuses
// and says why, and is taken back as one.
import htmx from "htmx.org";
import { ask, fragment, send } from "../ask";
import { command } from "../keys";

const EDITS = "td[data-cell]";
let open: { cell: HTMLElement; shown: Node[]; was: string } | null = null;

function address(cell: HTMLElement): string {
  const row = cell.closest<HTMLElement>("[data-row]")!.dataset.row;
  return `${cell.closest<HTMLElement>("[data-cells]")!.dataset.cells}${row}/cells/${cell.dataset.cell}`;
}

function typed(form: HTMLFormElement): string {
  return new URLSearchParams(new FormData(form) as never).toString();
}

function near(cell: HTMLElement, right: number, down: number): HTMLElement | undefined {
  const rows = [...cell.closest("[data-cells]")!.querySelectorAll<HTMLElement>("[data-row]")];
  const row = rows[rows.indexOf(cell.closest<HTMLElement>("[data-row]")!) + down];
  if (!row) return undefined;
  const place = [...cell.parentElement!.children].indexOf(cell);
  if (!right) return row.children[place] as HTMLElement;
  const all = [...row.querySelectorAll<HTMLElement>(EDITS)];
  return all[all.indexOf(cell) + right];
}

function stand(cell: HTMLElement | null | undefined): void {
  if (!cell) return;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function edit(cell: HTMLElement): Promise<void> {
  if (open?.cell === cell || (open && !(await save()))) return;
  mend(cell);
  const answer = await ask(cell, address(cell));
  if (!answer.ok || open) return;
  const form = document.createElement("form");
  form.noValidate = true;
  form.className = "cell-form";
  form.append(fragment(answer.text));
  open = { cell, shown: [...cell.childNodes], was: "" };
  // What others change meanwhile must not take the editor away: the server tells of the clash.
  cell.setAttribute("hx-morph-skip", "");
  cell.classList.add("edit");
  cell.replaceChildren(form);
  htmx.process(form);
  open.was = typed(form);
  const input = form.querySelector<HTMLElement>("input:not([type='hidden']), textarea, select");
  input?.focus();
  if (input instanceof HTMLInputElement && ["text", "tel", "url", "email"].includes(input.type))
    input.select();
}

function close(nodes: Node[]): void {
  if (!open) return;
  const { cell } = open;
  open = null;
  cell.removeAttribute("hx-morph-skip");
  cell.classList.remove("edit");
  cell.replaceChildren(...nodes);
  htmx.process(cell);
}

async function save(): Promise<boolean> {
  if (!open) return true;
  const { cell, shown, was } = open;
  const form = cell.querySelector("form")!;
  if (typed(form) === was) {
    close(shown);
    return true;
  }
  const answer = await ask(form, address(cell), { method: "POST", body: new FormData(form) });
  if (!answer.ok && answer.status !== 409) return false;
  close(answer.ok ? [...fragment(answer.text).childNodes] : shown);
  return answer.ok;
}

async function leave(right: number, down: number): Promise<void> {
  const cell = open!.cell;
  const next = near(cell, right, down);
  if (!(await save())) return;
  if (next && right) await edit(next);
  else stand(next ?? cell);
}

async function paste(from: HTMLElement, text: string): Promise<void> {
  const ways: string[] = [];
  for (const [cell, value] of block(from, text)) {
    mend(cell);
    if (await pasteInto(cell, value, ways)) continue;
    stand(cell);
    break;
  }
  const list = from.closest<HTMLElement>("[data-cells]")!;
  if (ways.length)
    send(list, "toast", { text: `${list.dataset.pasted}: ${ways.length}`, undo: ways.reverse() });
}

/** The cells that a block from a spreadsheet falls into, with what each is given. */
function block(from: HTMLElement, text: string): [HTMLElement, string][] {
  const found: [HTMLElement, string][] = [];
  for (const [down, line] of text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .entries()) {
    const below = near(from, 0, down);
    for (const [right, value] of line.split("\t").entries()) {
      const cell = below && (right ? near(below, right, 0) : below);
      if (cell?.matches(EDITS)) found.push([cell, value]);
    }
  }
  return found;
}

/** One cell of a block: its way back is told once for all of them, what is wrong with it stands below it. */
async function pasteInto(cell: HTMLElement, value: string, ways: string[]): Promise<boolean> {
  const hear = (event: Event) => {
    event.stopPropagation();
    const { detail } = event as CustomEvent;
    if (event.type === "refused") refuse(cell, Object.values<string>(detail.places)[0] ?? detail.sentence);
    else if (detail.undo) ways.push(detail.undo);
  };
  for (const name of ["toast", "refused"]) cell.addEventListener(name, hear);
  const answer = await ask(cell, address(cell), {
    method: "POST",
    body: new URLSearchParams({ pasted: value }),
  });
  for (const name of ["toast", "refused"]) cell.removeEventListener(name, hear);
  if (answer.ok) cell.replaceChildren(fragment(answer.text));
  return answer.ok;
}

function refuse(cell: HTMLElement, sentence: string): void {
  const words = document.createElement("span");
  words.className = "err";
  words.dataset.refused = "";
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  cell.append(words);
  // The cells before it changed, and the list comes anew: what was said stays.
  cell.setAttribute("hx-morph-skip", "");
}

function mend(cell: HTMLElement): void {
  const words = cell.querySelector("[data-refused]");
  if (!words || open?.cell === cell) return;
  words.remove();
  cell.removeAttribute("hx-morph-skip");
}

const WALKS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

document.addEventListener("keydown", (event) => {
  const cell = (event.target as Element).closest?.<HTMLElement>(EDITS);
  if (!cell || event.defaultPrevented || event.isComposing) return;
  if (open?.cell === cell) {
    const area = (event.target as Element).matches("textarea");
    if (event.code === "Escape") {
      close(open.shown);
      stand(cell);
    } else if (event.code === "Enter" && (!area || event.ctrlKey)) void leave(0, 1);
    else if (event.code === "Tab") void leave(event.shiftKey ? -1 : 1, 0);
    else return;
  } else if (event.target === cell && WALKS[event.code]) stand(near(cell, ...WALKS[event.code]!));
  else if (event.target === cell && ["Enter", "F2"].includes(event.code)) void edit(cell);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const cell = target.closest?.<HTMLElement>(EDITS);
  if (open && cell !== open.cell && !target.closest("#clash, [popover]")) void save();
  if (!cell || open?.cell === cell || target.closest("a")) return;
  stand(cell);
});

document.addEventListener("dblclick", (event) => {
  const cell = (event.target as Element).closest?.<HTMLElement>(EDITS);
  if (cell && !(event.target as Element).closest("a, .cell-form")) void edit(cell);
});

document.addEventListener("paste", (event) => {
  const cell = (event.target as Element).closest?.<HTMLElement>(EDITS);
  if (!cell || open) return;
  event.preventDefault();
  void paste(cell, event.clipboardData?.getData("text/plain") ?? "");
});

// A choice made is a value given.
document.addEventListener("change", (event) => {
  const chosen = (event.target as Element).matches("select, [type='date']");
  if (open?.cell.contains(event.target as Node) && chosen) void leave(0, 1);
});

function current(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-cells] [data-row].cur");
}

function begin(cell: Element | null | undefined): boolean {
  const edits = !!cell?.matches(EDITS);
  if (edits) void edit(cell as HTMLElement);
  return edits;
}

command({ name: "edit", code: "KeyE" }, () => begin(current()?.querySelector(EDITS)));

// `data-hand` on the head of a column: the cell below it is what the key changes.
for (const [name, code] of [
  ["assign", "KeyA"],
  ["stage", "KeyS"],
  ["due", "KeyD"],
] as const)
  command({ name, code }, () => {
    const row = current();
    const head = row?.closest("table")?.querySelector<HTMLElement>(`th[data-hand="${name}"]`);
    return !!head && begin(row!.children[[...head.parentElement!.children].indexOf(head)]);
  });
