// <potok-toasts>: what changed and how to take it back. At most three; ten seconds, standing still under the pointer.
//   document.body.dispatchEvent(new CustomEvent("toast", {detail: {text: "Стадия «Оплачена»", undo: "/undo/7"}}))
import { ask, icon, send } from "../ask";
import { command } from "../keys";

const SECONDS = 10;
const MOST = 3;
const REMEMBERED = 50;

interface Said {
  text: string;
  /** Where a POST takes it back; of what was done in several pieces, in this order. */
  undo?: string | string[];
  link?: string;
  link_title?: string;
  tone?: "done" | "incident" | "run";
  /** What comes by two ways, told in the stream and fetched, is shown once. */
  key?: string;
}

class Toasts extends HTMLElement {
  connectedCallback(): void {
    for (const name of ["toast", "failed", "expired", "offline"]) document.addEventListener(name, this);
    for (const left of this.querySelectorAll<HTMLElement>("[data-toast]")) {
      this.say({ text: left.textContent ?? "", undo: left.dataset.undoUrl ?? "" });
      left.remove();
    }
  }

  handleEvent(event: Event): void {
    const detail = (event as CustomEvent).detail;
    if (event.type === "toast") this.say(detail as Said);
    if (event.type === "expired") this.say({ text: this.dataset.expired!, tone: "incident" });
    if (event.type === "offline") this.say({ text: this.dataset.offline!, tone: "incident" });
    if (event.type === "failed")
      this.say({ text: `${this.dataset.broken} ${detail.code ?? ""}`, tone: "incident" });
  }

  say(said: Said): void {
    if (said.key && wasTold(said.key)) return;
    const toast = this.draw(said);
    this.append(toast);
    while (this.children.length > MOST) this.firstElementChild!.remove();
    // Shown anew each time: the last one into the top layer lies above dialogs that opened meanwhile.
    if (this.matches(":popover-open")) this.hidePopover();
    this.showPopover();
    this.wait(toast);
  }

  undoLast(): boolean {
    const button = [...this.querySelectorAll<HTMLButtonElement>("button.lnk[data-undo]")].at(-1);
    button?.click();
    return !!button;
  }

  private draw(said: Said): HTMLElement {
    const toast = document.createElement("div");
    toast.className = "toast";
    const words = document.createElement("span");
    words.className = "grow";
    words.textContent = said.text;
    const glyph = icon("x");
    glyph.setAttribute("class", `g c-${said.tone ?? "done"}`);
    const use = glyph.querySelector("use")!;
    use.setAttribute("href", use.getAttribute("href")!.replace("#i-x", `#g-${said.tone ?? "done"}`));
    toast.append(glyph, words);
    if (said.link) toast.append(link(said));
    if (said.undo) toast.append(...this.undo([said.undo].flat(), toast));
    return toast;
  }

  private undo(urls: string[], toast: HTMLElement): HTMLElement[] {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lnk";
    button.dataset.undo = urls.join(" ");
    button.textContent = this.dataset.undo === undefined ? "" : this.dataset.undo;
    button.addEventListener("click", async () => {
      button.disabled = true;
      const done: boolean[] = [];
      for (const url of urls) done.push((await ask(this, url, { method: "POST" })).ok);
      toast.remove();
      if (!done.includes(true)) return;
      send(document.body, "undone", { urls });
      if (!done.includes(false)) this.say({ text: this.dataset.undone! });
    });
    const hint = document.createElement("span");
    hint.className = "kbd only-wide";
    hint.textContent = "Ctrl Z";
    return [button, hint];
  }

  private wait(toast: HTMLElement): void {
    let left = SECONDS;
    const tick = window.setInterval(() => {
      if (toast.matches(":hover, :focus-within")) return;
      left -= 1;
      if (left > 0 && toast.isConnected) return;
      clearInterval(tick);
      toast.remove();
    }, 1000);
  }
}

// Kept over the pages of this tab: what came a moment before one left is not told again.
function wasTold(key: string): boolean {
  const told: string[] = JSON.parse(sessionStorage.getItem("told") ?? "[]");
  if (told.includes(key)) return true;
  sessionStorage.setItem("told", JSON.stringify([key, ...told].slice(0, REMEMBERED)));
  return false;
}

function link(said: Said): HTMLElement {
  const anchor = document.createElement("a");
  anchor.className = "lnk";
  anchor.href = said.link!;
  anchor.dataset.drawer = "";
  anchor.textContent = said.link_title ?? "";
  return anchor;
}

customElements.define("potok-toasts", Toasts);
command({ name: "undo", code: "KeyZ", ctrl: true }, (event) => {
  if ((event.target as Element).matches("input, textarea")) return false;
  return document.querySelector<Toasts>("potok-toasts")?.undoLast() ?? false;
});
