// Cells of a list as a spreadsheet has them. `data-cells="/deals/"` on the list, `data-cell="amount"` on a cell: arrows
// walk, Enter (or F2, or typing E on a line) edits, Enter saves and goes down, Tab to the right, Esc gives the old value
// back.
import htmx from "htmx.org";
import { ask, fragment } from "../ask";
import { address, EDITS, mend, near, stand } from "../cell";
import { command } from "../keys";

let open: { cell: HTMLElement; shown: Node[]; was: string } | null = null;

function typed(form: HTMLFormElement): string {
  return new URLSearchParams(new FormData(form) as never).toString();
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
