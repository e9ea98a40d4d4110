// <potok-upload [url]>: files by choosing or dropping. With `url` each is sent at once, with its progress, and the
// server answers its line; without, they go with the form.
import { csrfToken, fragment, icon, send } from "../ask";

class Upload extends HTMLElement {
  private get input(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[type='file']")!;
  }

  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>(".files")!;
  }

  connectedCallback(): void {
    for (const name of ["dragover", "dragleave", "drop", "change"]) this.addEventListener(name, this);
  }

  handleEvent(event: Event): void {
    const drop = this.querySelector(".drop")!;
    drop.classList.toggle("over", event.type === "dragover");
    if (event.type === "dragover" || event.type === "drop") event.preventDefault();
    const dropped = event.type === "drop" ? (event as DragEvent).dataTransfer?.files : undefined;
    if (dropped) this.input.files = dropped;
    if (dropped || event.target === this.input) this.taken([...(this.input.files ?? [])]);
  }

  private taken(files: File[]): void {
    const url = this.getAttribute("url");
    if (!url) {
      for (const old of this.list.querySelectorAll("[data-chosen]")) old.remove();
      this.list.append(...files.map((file) => this.line(file)));
      return;
    }
    for (const file of files) this.upload(url, file);
    this.input.value = "";
  }

  private line(file: File): HTMLElement {
    const line = document.createElement("div");
    line.className = "file";
    line.dataset.chosen = "";
    const name = document.createElement("span");
    name.className = "grow cut";
    name.textContent = file.name;
    line.append(icon("file-text"), name);
    return line;
  }

  // XMLHttpRequest, because fetch cannot tell how much has gone out.
  private upload(url: string, file: File): void {
    const line = this.line(file);
    const bar = document.createElement("progress");
    bar.max = 1;
    line.append(bar);
    this.list.append(line);
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => this.loaded(request, line));
    request.addEventListener("error", () => this.lost(line));
    request.open("POST", url);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    const body = new FormData();
    body.append(this.input.name, file);
    request.send(body);
  }

  private loaded(request: XMLHttpRequest, line: HTMLElement): void {
    const events = request.getResponseHeader("HX-Trigger");
    if (events) for (const [name, detail] of Object.entries(JSON.parse(events))) send(this, name, detail);
    if (request.status < 300) line.replaceWith(fragment(request.responseText));
    else line.remove();
  }

  private lost(line: HTMLElement): void {
    line.remove();
    send(this, "offline", {});
  }
}

customElements.define("potok-upload", Upload);
