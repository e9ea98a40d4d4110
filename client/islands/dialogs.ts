// Dialogs and small verbs of buttons: open, close, confirm by typing, copy, back, reload.
import { send } from "../ask";

document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const opener = target.closest<HTMLElement>("[data-open]");
  if (opener) open(opener.dataset.open!);
  if (target.closest("[data-dialog-close]")) target.closest("dialog")?.close();
  // A click on the backdrop is a click on the dialog itself.
  if (target instanceof HTMLDialogElement && target.open && !target.classList.contains("drawer"))
    outside(target, event);
  if (target.closest("[data-back]")) history.back();
  if (target.closest("[data-reload]")) location.reload();
  const copied = target.closest<HTMLElement>("[data-copy]");
  if (copied) void copy(copied);
});

function open(id: string): void {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

function outside(dialog: HTMLDialogElement, event: MouseEvent): void {
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top;
  if (!(inside && event.clientY <= box.bottom)) dialog.close();
}

async function copy(button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset.copy!);
  send(document.body, "toast", { text: button.dataset.done });
}

// `<input data-confirm="12">` and `<button data-confirmed disabled>`: the irreversible asks for the word.
document.addEventListener("input", (event) => {
  const input = event.target as HTMLInputElement;
  if (!input.dataset?.confirm) return;
  const button = input.closest("dialog, form")?.querySelector<HTMLButtonElement>("[data-confirmed]");
  if (button) button.disabled = input.value.trim() !== input.dataset.confirm;
});

// The clash of two edits opens when the server has drawn it; see answers.clash.
function openClash(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#clash dialog");
  if (dialog && !dialog.open) dialog.showModal();
}
document.addEventListener("drawn", openClash);
document.addEventListener("htmx:after:swap", openClash);
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  const form = ctx?.sourceElement as Element | undefined;
  if (ctx?.response?.raw?.ok !== false) form?.closest<HTMLDialogElement>("#clash dialog")?.close();
});
