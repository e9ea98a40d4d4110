// The shell of the designer: the bar, the face in the middle, the form at the right, the checks below.
import { ask, send } from "../ask";
import "./stages/faces";
import "./tree/faces";
import "./settings/face";
import { type Data, read, say } from "./data";
import { button, el, icon } from "./dom";
import { Editor, type What } from "./editor";
import { type Face, facesOf, type Kind, type Panel } from "./faces";
import { guideOf } from "./guides";
import type { Path } from "./model";
import { Checks } from "./problems";
import { type Clash, Saving } from "./saving";

const ALL: ReadonlySet<What> = new Set(["document", "chosen", "problems", "view"]);

export function open(place: HTMLElement): void {
  const data = read();
  if (data.unreadable || !facesOf(data.notation).length) place.replaceChildren(unreadable(data));
  else new Shell(place, data);
}

const unreadable = (data: Data): HTMLElement =>
  el(
    "div",
    { class: "empty" },
    el("p", {}, say("unreadable")),
    el("a", { class: "btn", href: data.urls.text }, say("open_text")),
  );

class Shell {
  private readonly editor: Editor;
  private readonly saving: Saving;
  private readonly checks: Checks;
  private readonly voice = el("p", { class: "said", role: "status", "aria-live": "polite" });
  private readonly state = el("span", { class: "dim s13 nw", role: "status" });
  private readonly undo = button(say("undo"), "undo-2", () => this.editor.undo(), {
    title: `${say("undo")} (Ctrl Z)`,
  });
  private readonly redo = button(say("redo"), "redo-2", () => this.editor.redo(), {
    title: `${say("redo")} (Ctrl Y)`,
  });
  private readonly publish = el("button", { type: "button", class: "btn pri sm" }, say("publish"));
  private readonly middle = el("div", { class: "designer-middle" });
  private readonly side = el("div", { class: "designer-side" });
  private readonly forms = el("div", { class: "designer-forms" });
  private readonly switches = el("div", { class: "seg", role: "group", "aria-label": say("faces") });
  private readonly kinds: Kind[];
  private face!: Face;
  private kind!: Kind;
  private panel: Panel | undefined;

  constructor(
    private readonly place: HTMLElement,
    data: Data,
  ) {
    this.editor = new Editor(data, (sentence) => {
      this.voice.textContent = sentence;
    });
    this.kinds = facesOf(data.notation);
    this.checks = new Checks(this.editor, guideOf(this.editor), (path) => this.show(path));
    this.lay(data);
    this.saving = new Saving(place, this.editor, {
      state: () => this.tellState(),
      clash: (clash) => this.clash(clash),
      restored: () => send(document.body, "toast", { text: say("restored") }),
    });
    this.editor.listen((what) => this.draw(what));
    place.addEventListener("keydown", (event) => this.pressed(event));
    const wanted = localStorage.getItem("potok-face");
    this.turn(this.kinds.find((kind) => kind.name === wanted) ?? this.kinds[0]!);
    this.draw(ALL);
    void this.check();
    if (document.activeElement === document.body)
      this.middle.querySelector<HTMLElement>("[tabindex='0']")?.focus({ preventScroll: true });
  }

  /** Ask what is wrong, once what is drawn is seen. */
  private async check(): Promise<void> {
    const { urls, revision } = this.editor.data;
    const answer = await ask(this.place, urls.problems!, { quiet: true });
    if (!answer.ok) return;
    const told = JSON.parse(answer.text);
    if (told.revision === revision && this.editor.document === this.editor.data.source)
      this.editor.know(told.problems);
  }

  private lay(data: Data): void {
    const tools = el(
      "div",
      { class: "designer-bar" },
      el("span", { class: "tag" }, data.published ? say("published", { n: data.version }) : say("draft")),
      this.state,
      el("span", { class: "grow center" }, this.switches),
      this.undo,
      this.redo,
      el("a", { class: "btn sm", href: data.urls.text }, icon("text"), say("text")),
      el(
        "a",
        { class: "btn sm", href: data.urls.trial, onclick: this.leaving },
        icon("flask-conical"),
        say("try"),
      ),
      this.publish,
    );
    this.publish.addEventListener("click", () => void this.sendOut());
    for (const kind of this.kinds)
      this.switches.append(
        el(
          "button",
          { type: "button", "data-face": kind.name, onclick: () => this.turn(kind) },
          icon(kind.icon),
          say(kind.name),
        ),
      );
    const rows = el(
      "div",
      { class: "designer-rows" },
      this.side,
      el("div", { class: "designer-centre" }, this.middle, this.checks.element),
      this.forms,
    );
    this.place.replaceChildren(tools, rows, this.voice);
  }

  /** Show another face of the same document. */
  private turn(kind: Kind): void {
    this.face?.end?.();
    for (const one of this.switches.children)
      if ((one as HTMLElement).dataset.face === kind.name) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    localStorage.setItem("potok-face", kind.name);
    this.kind = kind;
    this.face = kind.make(this.editor);
    this.middle.replaceChildren(this.face.element);
    this.side.replaceChildren(...(kind.side ? [kind.side(this.editor)] : []));
    this.side.hidden = !kind.side;
    if (!this.panel) {
      this.panel = this.kinds.find((each) => each.form)?.form?.(this.editor);
      if (this.panel) this.forms.replaceChildren(this.panel.element);
    }
    this.face.draw(ALL);
  }

  /** Go to a place, in the face that shows it. */
  private show(path: Path): void {
    const owner = this.kinds.find((kind) => kind.owns?.(path));
    if (owner && owner !== this.kind) this.turn(owner);
    else if (!owner && this.kind.owns) this.turn(this.kinds[0]!);
    if (!owner) this.editor.choose(path);
    queueMicrotask(() => this.face.show(path));
  }

  private draw(what: ReadonlySet<What>): void {
    this.face.draw(what);
    this.panel?.draw(what);
    if (what.has("problems") || what.has("document")) this.checks.draw();
    this.undo.disabled = !this.editor.canUndo;
    this.redo.disabled = !this.editor.canRedo;
    const errors = this.editor.problems.some((each) => !each.advice);
    this.publish.disabled = errors;
    this.publish.title = errors ? say("must_mend") : "";
    this.tellState();
  }

  private tellState(): void {
    const time = this.saving?.at.toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    const state = this.saving?.state ?? "saved";
    this.state.textContent = state === "saved" ? say("saved", { time: time ?? "" }) : say(state);
    this.state.dataset.state = state;
  }

  private readonly leaving = (event: Event): void => {
    event.preventDefault();
    const goal = (event.currentTarget as HTMLAnchorElement).href;
    void this.saving.now().then(() => location.assign(goal));
  };

  private async sendOut(): Promise<void> {
    if (!(await this.saving.now())) return;
    const answer = await ask(this.place, this.editor.data.urls.publish!, { method: "POST" });
    if (answer.ok) location.assign(this.editor.data.urls.text!);
  }

  private pressed(event: KeyboardEvent): void {
    const ctrl = event.ctrlKey || event.metaKey;
    const typing = (event.target as Element).matches("input, textarea, select, [contenteditable]");
    if (!ctrl || typing || (event.code !== "KeyZ" && event.code !== "KeyY")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.code === "KeyY" || event.shiftKey) this.editor.redo();
    else this.editor.undo();
  }

  private clash(clash: Clash): void {
    const dialog = el("dialog", {
      class: "dialog",
      "aria-label": say("clash", { who: clash.by, when: clash.at }),
    });
    const choose = (word: string, document: typeof clash.theirs, primary = false): HTMLElement =>
      el(
        "button",
        {
          type: "button",
          class: primary ? "btn pri" : "btn",
          onclick: () => {
            dialog.remove();
            this.saving.resolve(clash, document);
            if (word === "clash_merge") this.editor.announce("merged");
          },
        },
        say(word),
      );
    dialog.append(
      el("h2", {}, say("clash", { who: clash.by, when: clash.at })),
      el("p", {}, say(clash.joined ? "clash_help" : "clash_same")),
      el(
        "div",
        { class: "foot" },
        choose("clash_theirs", clash.theirs),
        choose("clash_mine", this.editor.document, !clash.joined),
        clash.joined && choose("clash_merge", clash.joined, true),
      ),
    );
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.place.append(dialog);
    dialog.showModal();
  }
}
