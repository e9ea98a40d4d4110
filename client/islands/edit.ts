// <potok-edit name url [editor]>: a value that becomes its editor where it stands. Enter saves, Esc gives the old value
// back, Tab saves and opens the next one. The server answers the new `<c-edit>`, or a refusal that is shown below.
import htmx from "htmx.org";
import { ask, fragment } from "../ask";

class Edit extends HTMLElement {
  private shown: Node[] = [];
  private saving = false;

  connectedCallback(): void {
    this.addEventListener("click", this);
    this.addEventListener("keydown", this);
    this.addEventListener("focusout", this);
    this.addEventListener("change", this);
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector(":scope > form");
  }

  handleEvent(event: Event): void {
    if (event.type === "click" && !this.form && !(event.target as Element).closest("a")) void this.start();
    if (!this.form) return;
    if (event.type === "keydown") this.pressed(event as KeyboardEvent);
    const chosen = (event.target as Element).matches(
      "select, [type='date'], [type='checkbox'], potok-picker:not([multiple])",
    );
    if (event.type === "change" && chosen) void this.save();
    const left = event.type === "focusout" && !this.contains((event as FocusEvent).relatedTarget as Node);
    if (left && document.hasFocus() && (event as FocusEvent).relatedTarget) void this.save();
  }

  async start(): Promise<void> {
    const control = await this.control();
    if (!control || this.form) return;
    this.shown = [...this.childNodes];
    // What others change meanwhile must not take the editor away: the server tells of the clash.
    this.setAttribute("hx-morph-skip", "");
    const form = document.createElement("form");
    form.noValidate = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.append(control);
    this.replaceChildren(form);
    htmx.process(form);
    const input = form.querySelector<HTMLElement>("input:not([type='hidden']), textarea, select");
    input?.focus();
    if (input instanceof HTMLInputElement && input.type === "text") input.select();
    form.dataset.was = this.typed();
  }

  private async control(): Promise<Node | null> {
    const editor = this.getAttribute("editor");
    if (editor) {
      const answer = await ask(this, editor);
      return answer.ok ? fragment(answer.text) : null;
    }
    const input = document.createElement("input");
    input.className = "inp";
    input.name = this.getAttribute("name")!;
    input.value = this.querySelector(".none") ? "" : (this.textContent ?? "").trim();
    input.setAttribute("aria-label", this.querySelector(".edit-value")?.getAttribute("aria-label") ?? "");
    return input;
  }

  private pressed(event: KeyboardEvent): void {
    const area = (event.target as Element).matches("textarea");
    if (event.code === "Escape") this.giveBack();
    else if (event.code === "Enter" && (!area || event.ctrlKey)) void this.save();
    else if (event.code === "Tab") void this.save(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private giveBack(focus = true): void {
    this.removeAttribute("hx-morph-skip");
    this.replaceChildren(...this.shown);
    if (focus) this.querySelector<HTMLElement>(".edit-value")?.focus();
  }

  private typed(): string {
    return new URLSearchParams(new FormData(this.form!) as never).toString();
  }

  private async save(then = 0): Promise<void> {
    if (this.saving || !this.form) return;
    const near = this.neighbour(then);
    if (this.typed() === this.form.dataset.was) {
      this.giveBack(!then);
    } else {
      this.saving = true;
      const body = new FormData(this.form);
      const answer = await ask(this.form, this.getAttribute("url")!, { method: "POST", body });
      this.saving = false;
      if (!answer.ok) return;
      const drawn = fragment(answer.text);
      const fresh = drawn.firstElementChild as HTMLElement | null;
      if (fresh) this.replaceWith(drawn);
      else this.giveBack();
      if (!then) fresh?.querySelector<HTMLElement>(".edit-value")?.focus();
    }
    if (then) await near?.start();
  }

  private neighbour(by: number): Edit | undefined {
    const all = [...document.querySelectorAll<Edit>("potok-edit")];
    return by ? all[all.indexOf(this) + by] : undefined;
  }
}

customElements.define("potok-edit", Edit);
