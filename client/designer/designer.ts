// The shell of the designer: the bar, the face in the middle, the form at the right, the checks below.
import { ask, send } from "../ask";
import { settle } from "./clash";
import "./stages/faces";
import "./tree/faces";
import "./settings/face";
import { type Data, read, say } from "./data";
import { button, el, icon } from "./dom";
import { Editor, type What } from "./editor";
import { exporting } from "./exporting";
import { type Face, facesOf, type Kind, type Panel } from "./faces";
import { guideOf } from "./guides";
import { hear, type Latest, notice } from "./latest";
import type { Path } from "./model";
import { Checks } from "./problems";
import { publish } from "./publishing";
import { Saving } from "./saving";
import { notationOf, turn } from "./turning";

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
  private readonly other = el("span", {});
  private readonly notices = el("div", { class: "designer-notices" });
  private notation: Data["notation"];
  private kinds: Kind[] = [];
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
    this.notation = data.notation;
    this.checks = new Checks(
      this.editor,
      () => guideOf(this.editor),
      (path) => this.show(path),
    );
    this.lay(data);
    this.saving = new Saving(place, this.editor, {
      state: () => this.tellState(),
      clash: (clash) => settle(place, this.editor, this.saving, clash),
      restored: () => send(document.body, "toast", { text: say("restored") }),
    });
    this.editor.listen((what) => this.draw(what));
    place.addEventListener("keydown", (event) => this.pressed(event));
    this.offerFaces();
    this.draw(ALL);
    hear((latest) => this.heard(latest));
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
      el("span", { class: "grow center row g6 middle" }, this.switches, this.other),
      this.undo,
      this.redo,
      el("a", { class: "btn sm", href: data.urls.text }, icon("text"), say("text")),
      el(
        "a",
        { class: "btn sm", href: data.urls.trial, onclick: this.leaving },
        icon("flask-conical"),
        say("try"),
      ),
      exporting(this.editor),
      this.publish,
    );
    this.publish.addEventListener("click", () => void this.sendOut());
    const rows = el(
      "div",
      { class: "designer-rows" },
      this.side,
      el("div", { class: "designer-centre" }, this.middle, this.checks.element),
      this.forms,
    );
    if (data.comments) this.notices.append(aboutComments(data));
    this.place.replaceChildren(tools, this.notices, rows, this.voice);
  }

  /** The faces of the notation that the document is in now, and the way to the other notation. */
  private offerFaces(): void {
    this.kinds = facesOf(this.notation);
    const switches = this.kinds.map((kind) =>
      el(
        "button",
        { type: "button", "data-face": kind.name, onclick: () => this.turn(kind) },
        icon(kind.icon),
        say(kind.name),
      ),
    );
    const to = this.notation === "tree" ? "board" : "tree";
    const other = button(
      say(`turn_to_${to}`),
      to === "tree" ? "git-fork" : "square-kanban",
      () => void turn(this.place, this.editor),
      { "data-turn": to },
    );
    this.switches.replaceChildren(...switches);
    this.other.replaceChildren(other);
    this.panel = undefined;
    this.forms.replaceChildren();
    const wanted = localStorage.getItem("potok-face");
    this.turn(this.kinds.find((kind) => kind.name === wanted) ?? this.kinds[0]!);
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
    const notation = notationOf(this.editor.document);
    if (notation !== this.notation) {
      this.notation = notation;
      this.editor.data.notation = notation;
      this.offerFaces();
    }
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
    const { urls, version } = this.editor.data;
    publish(this.place, urls.publish!, version + 1);
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

  /** Say that somebody else has drawn; whoever has drawn nothing himself since may just look. */
  private heard(latest: Latest): void {
    this.notices.replaceChildren();
    if (latest.revision === this.saving.revision || this.saving.state !== "saved") return;
    this.notices.append(notice(latest, () => void this.takeOver()));
  }

  private async takeOver(): Promise<void> {
    const answer = await ask(this.place, `${this.editor.data.urls.latest}?data`);
    if (!answer.ok) return;
    this.notices.replaceChildren();
    this.saving.adopt(JSON.parse(answer.text));
    await this.check();
  }
}

/** What drawing would leave out of the text, said before anything is drawn. */
const aboutComments = (data: Data): HTMLElement =>
  el(
    "div",
    { class: "designer-notice", role: "status" },
    icon("message-square"),
    el("span", { class: "grow" }, say("comments_lost", { n: data.comments })),
    el("a", { class: "btn sm", href: data.urls.text }, say("open_text")),
  );
