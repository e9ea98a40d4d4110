// <potok-draft url>: keeps a half-filled form on the server, a second after the last key and when the page goes away.
// `restore` asks the server for what was kept: {"field": "value"}; what a person has typed meanwhile wins.
import { afterSilence, ask } from "../ask";

class Draft extends HTMLElement {
  private readonly keep = afterSilence(1000, () => void this.store(false));

  connectedCallback(): void {
    this.addEventListener("input", () => this.keep.later());
    this.addEventListener("change", () => this.keep.later());
    this.addEventListener("submit", () => this.keep.drop());
    this.addEventListener("htmx:before:request", () => this.keep.drop());
    addEventListener("pagehide", this.leave);
    this.closest("dialog")?.addEventListener("leaving", this.leave);
    if (this.hasAttribute("restore")) void this.restore();
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.leave);
    this.keep.drop();
  }

  private readonly leave = (): void => this.keep.now();

  private get form(): HTMLFormElement | null {
    return this.querySelector("form") ?? this.closest("form");
  }

  private async store(quiet: boolean): Promise<void> {
    if (!this.form) return;
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const answer = await ask(this, this.getAttribute("url")!, {
      method: "POST",
      body,
      keepalive: true,
      quiet,
    });
    const note = this.querySelector<HTMLElement>("[data-draft-note]");
    if (!answer.ok || !note) return;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    note.textContent = note.dataset.draftNote!.replace("{time}", time);
  }

  private async restore(): Promise<void> {
    const answer = await ask(this, this.getAttribute("url")!, { quiet: true });
    if (!answer.ok || !answer.text) return;
    for (const [name, value] of Object.entries(JSON.parse(answer.text) as Record<string, string>)) {
      const control = this.form?.elements.namedItem(name);
      const fresh = control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement;
      if (fresh && control.value === control.defaultValue) control.value = value;
      if (control instanceof HTMLSelectElement) control.value = value;
    }
  }
}

customElements.define("potok-draft", Draft);
