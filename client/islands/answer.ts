// Ctrl Enter gives the main answer: the first primary button of the form that is typed in, else of the open pane.
import { command } from "../keys";

command({ name: "send", code: "Enter", ctrl: true, always: true }, () => {
  const form = document.activeElement?.closest<HTMLElement>("[data-submit-key]");
  const open = form ?? [...document.querySelectorAll<HTMLElement>("[data-submit-key]")].at(-1);
  const button = open?.matches("button") ? open : open?.querySelector<HTMLElement>(".actions .btn.pri");
  if (!button || button.offsetParent === null) return false;
  button.click();
  return true;
});
