// Lines that are put in order by hand, with the mouse or the keyboard: `data-order` around `.order-line`s, whose buttons
// say `data-order-by="-1"` or `"1"`. And groups of a list that are folded: `data-fold` on a button in their head.
document.addEventListener("click", (event) => {
  const button = (event.target as Element).closest?.<HTMLElement>("[data-order-by]");
  if (button) move(button);
  const fold = (event.target as Element).closest?.<HTMLElement>("[data-fold]");
  if (fold) turn(fold);
});

function move(button: HTMLElement): void {
  const line = button.closest<HTMLElement>(".order-line")!;
  if (button.dataset.orderBy === "1") line.nextElementSibling?.after(line);
  else line.previousElementSibling?.before(line);
  button.focus();
}

function turn(button: HTMLElement): void {
  const folded = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!folded));
  let next = button.closest("tbody")!.nextElementSibling;
  while (next && !next.matches(".group-head, tfoot")) {
    (next as HTMLElement).hidden = folded;
    next = next.nextElementSibling;
  }
}
