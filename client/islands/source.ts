// <potok-source>: a plain text area with numbered lines. A complaint with `data-line` takes the caret to its line; Tab
// indents by two spaces, Esc and then Tab leaves the field.
class Source extends HTMLElement {
  private lines = document.createElement("pre");
  private leaving = false;

  connectedCallback(): void {
    this.lines.className = "source-lines";
    this.lines.setAttribute("aria-hidden", "true");
    this.prepend(this.lines);
    this.text.addEventListener("input", () => this.number());
    this.text.addEventListener("scroll", () => this.follow());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.closest("form")?.addEventListener("click", (event) => {
      const line = (event.target as Element).closest<HTMLElement>("[data-line]")?.dataset.line;
      if (Number(line)) this.go(Number(line));
    });
    this.number();
  }

  private get text(): HTMLTextAreaElement {
    return this.querySelector("textarea")!;
  }

  private number(): void {
    const count = this.text.value.split("\n").length;
    this.lines.textContent = Array.from({ length: count }, (_, at) => at + 1).join("\n");
    this.follow();
  }

  private follow(): void {
    this.lines.scrollTop = this.text.scrollTop;
  }

  private go(line: number): void {
    const before = this.text.value
      .split("\n")
      .slice(0, line - 1)
      .join("\n");
    const at = before.length + (line > 1 ? 1 : 0);
    const end = this.text.value.indexOf("\n", at);
    this.text.focus();
    this.text.setSelectionRange(at, end < 0 ? this.text.value.length : end);
    this.text.scrollTop = Math.max(0, (line - 6) * 20);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.code === "Tab" && !event.shiftKey && !this.leaving && !this.text.readOnly) {
      event.preventDefault();
      this.text.setRangeText("  ", this.text.selectionStart, this.text.selectionEnd, "end");
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.leaving = event.code === "Escape";
  }
}

customElements.define("potok-source", Source);
