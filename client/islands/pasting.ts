// A block pasted from a spreadsheet fills the cells of a list from here to the right and down, up to the first that
// refuses and says why, and is taken back as one.
import { ask, fragment, send } from "../ask";
import { address, EDITS, mend, near, refuse, stand } from "../cell";

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

document.addEventListener("paste", (event) => {
  const cell = (event.target as Element).closest?.<HTMLElement>(EDITS);
  if (!cell || document.querySelector(".cell-form")) return;
  event.preventDefault();
  void paste(cell, event.clipboardData?.getData("text/plain") ?? "");
});
