// <potok-structure data-at>: departments and people are put into another department, with the mouse or by keys: Ctrl+X
// takes what has the focus (`data-takes` says where to tell it), Ctrl+V puts it down at `data-puts`, Esc lets go.
import { ask } from "../ask";

class Structure extends HTMLElement {
  private taken: HTMLElement | null = null;

  connectedCallback(): void {
    for (const name of ["dragstart", "dragover", "dragleave", "drop", "dragend", "keydown"])
      this.addEventListener(name, this);
    this.dataset.ready = "";
  }

  handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent) this.press(event);
    else this.drag(event as DragEvent);
  }

  private drag(event: DragEvent): void {
    if (event.type === "dragstart") {
      this.take((event.target as Element).closest<HTMLElement>("[data-takes]"));
      return;
    }
    const place = this.place(event.target as Element);
    for (const old of this.querySelectorAll(".is-over")) old.classList.remove("is-over");
    if (event.type === "dragover" && place) {
      event.preventDefault();
      place.classList.add("is-over");
    }
    if (event.type === "drop" && place) {
      event.preventDefault();
      this.put(place);
    }
    if (event.type === "dragend") this.take(null);
  }

  private press(event: KeyboardEvent): void {
    const at = event.target as Element;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.code === "KeyX") this.say(this.take(at.closest<HTMLElement>("[data-takes]")));
    else if (command && event.code === "KeyV") this.put(this.place(at));
    else if (event.key === "Escape" && this.taken) this.say(this.take(null));
    else return;
    event.preventDefault();
  }

  private take(what: HTMLElement | null): string {
    this.taken?.classList.remove("is-taken");
    this.taken = what;
    what?.classList.add("is-taken");
    return what ? this.dataset.taken!.replace("{name}", what.dataset.name!) : this.dataset.letGo!;
  }

  private say(text: string): void {
    this.querySelector("[data-says]")!.textContent = text;
  }

  // Where what is taken may be put: not onto itself, and people only into departments.
  private place(at: Element): HTMLElement | null {
    const place = at.closest<HTMLElement>("[data-puts]");
    const kind = this.taken?.dataset.kind;
    if (!place || !kind || place === this.taken) return null;
    return !place.dataset.only || place.dataset.only === kind ? place : null;
  }

  private put(place: HTMLElement | null): void {
    if (!place || !this.taken) return;
    const where = new URLSearchParams({ to: place.dataset.puts!, at: this.dataset.at ?? "" });
    void ask(this, `${this.taken.dataset.takes}?${where}`, { method: "POST" });
    this.take(null);
  }
}

customElements.define("potok-structure", Structure);
