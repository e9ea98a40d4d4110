// The `?` sheet: drawn from the table of the handlers and from every `data-key` on the screen.
import { ask, fragment } from "../ask";
import { command, letters, printed, table } from "../keys";

command({ name: "keys", code: "Slash", shift: true }, () => void show());

document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("[data-open='keys']")) void show();
});

async function show(): Promise<void> {
  const address = document.body.dataset.keys;
  if (!address || document.querySelector("dialog#keys[open]")) return;
  const answer = await ask(document.body, address);
  if (!answer.ok) return;
  document.getElementById("keys")?.remove();
  document.body.append(fragment(answer.text));
  const dialog = document.getElementById("keys") as HTMLDialogElement;
  fill(dialog);
  dialog.showModal();
  dialog.addEventListener("close", () => dialog.remove());
}

function fill(dialog: HTMLDialogElement): void {
  const place = dialog.querySelector<HTMLElement>(".keys")!;
  const titles = JSON.parse(place.dataset.titles ?? "{}") as Record<string, string>;
  const named = new Map(table.map(({ key }) => [key.name, key]));
  const everywhere = [...named.values()]
    .filter((key) => titles[key.name])
    .map((key) => [titles[key.name]!, printed(key)] as const);
  const called = [...document.querySelectorAll<HTMLElement>("[data-key][data-key-title]")];
  const [ways, here] = [lines(called, true), lines(called, false)];
  place.append(column(place.dataset.everywhere!, everywhere));
  if (here.length) place.append(column(place.dataset.here!, here));
  if (ways.length) place.append(column(place.dataset.ways!, ways));
  const box = dialog.querySelector<HTMLInputElement>("input[name='letters']");
  if (!box) return;
  box.checked = !letters.off();
  box.addEventListener("change", () => letters.turn(!box.checked));
}

// What leads to another section stands apart from what is done here.
function lines(called: HTMLElement[], lead: boolean): (readonly [string, string])[] {
  return called
    .filter((one) => !!one.closest(".rail") === lead)
    .map(({ dataset }) => {
      const keys = dataset.key!.split(" ").map((code) => printed({ code }));
      return [dataset.keyTitle!, keys.join(" ")] as const;
    });
}

function column(title: string, lines: (readonly [string, string])[]): HTMLElement {
  const part = document.createElement("section");
  const head = document.createElement("h3");
  head.textContent = title;
  const list = document.createElement("ul");
  for (const [what, keys] of lines) {
    const line = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = what;
    line.append(words, ...keys.split(" ").map(cap));
    list.append(line);
  }
  part.append(head, list);
  return part;
}

function cap(text: string): HTMLElement {
  const key = document.createElement("span");
  key.className = "kbd";
  key.textContent = text;
  return key;
}
