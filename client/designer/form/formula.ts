// Beside a formula: functions that begin as it was typed, and what it gives on a record.
import { afterSilence, ask } from "../../ask";
import { say } from "../data";
import { el } from "../dom";
import type { Editor } from "../editor";

interface Tried {
  problems: string[];
  type: string;
  value: string | null;
  record: string;
}

const MOST = 6;

export class Aid {
  private readonly list = el("div", {
    class: "pop formula-list",
    role: "listbox",
    "aria-label": say("functions"),
  });
  private readonly sample = el("p", { class: "formula-sample", role: "status" });
  readonly element = el("div", { class: "formula-aid" }, this.list, this.sample);
  private readonly soon = afterSilence(500, () => void this.work());
  private text = "";
  private found: HTMLElement[] = [];
  private marked = 0;

  constructor(
    private readonly editor: Editor,
    private readonly field: HTMLElement,
  ) {
    this.list.hidden = true;
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    field.addEventListener("blur", () => this.shut());
  }

  /** The text has changed. */
  look(text: string): void {
    this.text = text;
    const isFormula = text.startsWith("=") || text.includes("{{=");
    this.sample.textContent = "";
    this.sample.classList.remove("err");
    if (!isFormula) {
      this.soon.drop();
      return this.shut();
    }
    this.offer();
    this.soon.later();
  }

  /** Take a key that is meant for the list. */
  pressed(event: KeyboardEvent): boolean {
    if (this.list.hidden) return false;
    if (event.code === "ArrowDown" || event.code === "ArrowUp")
      this.mark(event.code === "ArrowDown" ? 1 : -1);
    else if (event.code === "Enter" || event.code === "Tab") this.found[this.marked]?.click();
    else if (event.code === "Escape") this.shut();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  private get word(): string {
    const now = getSelection();
    const node = now?.anchorNode;
    if (!(node instanceof Text) || !this.field.contains(node)) return "";
    return /[A-Za-z_]\w*$/.exec(node.data.slice(0, now!.anchorOffset))?.[0] ?? "";
  }

  private offer(): void {
    const { word } = this;
    const fitting = word
      ? this.editor.data.functions
          .filter((each) => each.name.startsWith(word) && each.name !== word)
          .slice(0, MOST)
      : [];
    this.found = fitting.map((each) =>
      el(
        "div",
        { class: "mi", role: "option", onclick: () => this.take(each.name, word) },
        el("span", { class: "b" }, each.usage),
        el("span", { class: "dim s12 cut grow" }, each.about),
      ),
    );
    this.list.replaceChildren(...this.found);
    this.list.hidden = !this.found.length;
    this.marked = 0;
    this.mark(0);
  }

  private mark(by: number): void {
    this.marked = (this.marked + by + this.found.length) % Math.max(1, this.found.length);
    for (const [index, each] of this.found.entries()) {
      each.classList.toggle("on", index === this.marked);
      each.setAttribute("aria-selected", String(index === this.marked));
    }
  }

  private take(name: string, typed: string): void {
    this.shut();
    document.execCommand("insertText", false, `${name.slice(typed.length)}(`);
  }

  private shut(): void {
    this.list.hidden = true;
    this.found = [];
  }

  private async work(): Promise<void> {
    const { text } = this;
    const body = JSON.stringify({ source: this.editor.document, text });
    const answer = await ask(this.field, this.editor.data.urls.formula!, {
      method: "POST",
      body,
      quiet: true,
    });
    if (!answer.ok || text !== this.text) return;
    const tried: Tried = JSON.parse(answer.text);
    const wrong = tried.problems[0];
    this.sample.classList.toggle("err", !!wrong);
    const { value, record } = tried;
    if (wrong) this.sample.textContent = wrong;
    else if (value === null) this.sample.textContent = tried.type;
    else
      this.sample.textContent = record
        ? say("sample_on", { title: record, value })
        : say("sample", { value });
  }
}
