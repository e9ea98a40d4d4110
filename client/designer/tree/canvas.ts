// The diagram: our own SVG over the layout, with slots that light up, zoom, folding; every step takes the focus.
import { say } from "../data";
import { button, el, glyph, icon, svg } from "../dom";
import type { Editor, What } from "../editor";
import type { Face } from "../faces";
import type { Path } from "../model";
import { named, parsed, same, within } from "../model";
import * as actions from "./actions";
import { type Ground, grip, type Held, onto } from "./dragging";
import { frame, label, lines, node, placed } from "./drawing";
import { pressed } from "./keys";
import { type Box, layout, type Picture, type Slot } from "./layout";
import { offer } from "./palette";

const REACH = 90;

export class Canvas implements Face, Ground {
  readonly element: HTMLElement;
  private readonly drawing = svg("svg", { class: "dg", role: "group", "aria-label": say("diagram") });
  private readonly view = el("div", { class: "dots scroll designer-canvas", tabindex: "-1" }, this.drawing);
  private readonly scale = el("span", { class: "nw" });
  private picture!: Picture;
  private zoom = 1;
  private aim: SVGElement | null = null;
  private held: Held | null = null;

  constructor(private readonly editor: Editor) {
    const tools = el(
      "div",
      { class: "zoom" },
      button(say("zoom_out"), "minus", () => this.enlarge(this.zoom / 1.2)),
      this.scale,
      button(say("zoom_in"), "plus", () => this.enlarge(this.zoom * 1.2)),
      button(say("zoom_fit"), "maximize", () => this.fit()),
    );
    this.element = el("section", { class: "canvas-face", "aria-label": say("diagram") }, this.view, tools);
    this.drawing.addEventListener("click", (event) => this.clicked(event));
    this.drawing.addEventListener("dblclick", (event) => this.doubled(event));
    this.view.addEventListener("keydown", (event) => this.typed(event));
    this.view.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    onto(this);
    requestAnimationFrame(() => this.centre());
  }

  /** What is wider than its place is first seen where it begins. */
  private centre(): void {
    const start = this.picture?.boxes.find((box) => box.shape === "start");
    if (start) this.view.scrollLeft = (start.x + start.width / 2) * this.zoom - this.view.clientWidth / 2;
  }

  end(): void {
    onto(null);
  }

  draw(what: ReadonlySet<What>): void {
    if (what.has("document") || what.has("view")) this.paint();
    else if (what.has("problems")) this.mark();
    this.choose();
  }

  show(path: Path): void {
    const shown = this.nodeOf(path);
    shown?.scrollIntoView({ block: "center", inline: "center" });
    shown?.focus();
  }

  private readonly hands = {
    offer: (place: Path) => this.offer(place),
    focus: () => this.editor.chosen && this.show(this.editor.chosen),
    open: () =>
      document.querySelector<HTMLElement>(".designer-forms input, .designer-forms textarea")?.focus(),
  };

  private paint(): void {
    this.picture = layout(this.editor);
    const { boxes, labels, slots, adders } = this.picture;
    const frames = boxes.filter((box) => box.shape === "frame");
    const rest = boxes.filter((box) => box.shape !== "frame");
    const focused = this.drawing.contains(document.activeElement);
    this.drawing.replaceChildren(
      ...frames.map((box) => this.handled(box, frame(this.editor, box))),
      ...lines(this.picture),
      ...labels.filter((each) => each.text).map((each) => this.label(each)),
      ...slots.map((slot) => this.plus(slot)),
      ...adders.map((each) => this.adder(each)),
      ...rest.map((box) => this.handled(box, node(this.editor, box))),
    );
    this.resize();
    this.mark();
    if (focused) this.hands.focus();
  }

  /** Let a box be pressed, dragged, folded. */
  private handled(box: Box, drawn: SVGElement): SVGElement {
    if (!box.path) return drawn;
    pressable(drawn, drawn.dataset.title!);
    if (box.foldable || box.shape === "frame") drawn.append(this.folder(box));
    grip(drawn, { path: box.path });
    return drawn;
  }

  private folder(box: Box): SVGElement {
    const folded = this.editor.folded.has(named(box.path!));
    const drawn = svg("g", { class: "folder", "data-fold": named(box.path!) });
    const x = box.x + box.width - (box.shape === "choice" ? 32 : 26);
    const y = box.y + (box.shape === "frame" ? 8 : box.height / 2 - 10);
    drawn.append(
      svg("title", {}, say(folded ? "unfold" : "fold")),
      svg("rect", { x, y, width: 20, height: 20, rx: 5, class: "folder-ground" }),
      placed(icon(folded ? "chevron-right" : "chevron-down", "s"), x + 4, y + 4, 12),
    );
    return drawn;
  }

  private label(each: Picture["labels"][number]): SVGElement {
    const drawn = label(each);
    if (each.path) pressable(drawn, each.text);
    return drawn;
  }

  private plus(slot: Slot): SVGElement {
    const drawn = svg("g", { class: "slot", "data-slot": named(slot.path), role: "button", tabindex: "-1" });
    drawn.setAttribute("aria-label", say("add_here"));
    drawn.append(
      svg("rect", { class: "slot-light", x: slot.x - 60, y: slot.y - 9, width: 120, height: 18, rx: 9 }),
      svg("circle", { class: "plus", cx: slot.x, cy: slot.y, r: 9 }),
      svg("path", { class: "plus-sign", d: `M${slot.x - 4} ${slot.y}h8M${slot.x} ${slot.y - 4}v8` }),
    );
    return drawn;
  }

  private adder(each: { path: Path; x: number; y: number }): SVGElement {
    const drawn = svg("g", {
      class: "adder",
      "data-branch": named(each.path),
      role: "button",
      tabindex: "-1",
    });
    drawn.setAttribute("aria-label", say("add_branch"));
    drawn.append(
      svg("title", {}, say("add_branch")),
      svg("circle", { class: "plus", cx: each.x, cy: each.y, r: 9 }),
      svg("path", { class: "plus-sign", d: `M${each.x - 4} ${each.y}h8M${each.x} ${each.y - 4}v8` }),
    );
    return drawn;
  }

  // ----- chosen and wrong -----------------------------------------------------------------------------------------

  private nodeOf(path: Path): SVGGElement | null {
    return this.drawing.querySelector(`[data-path="${CSS.escape(named(path))}"]`);
  }

  private choose(): void {
    for (const old of this.drawing.querySelectorAll(".step.chosen, .branch-label.chosen")) {
      old.classList.remove("chosen");
      old.setAttribute("tabindex", "-1");
    }
    const { chosen } = this.editor;
    const now = chosen && this.nodeOf(chosen);
    now?.classList.add("chosen");
    const stop = now ?? this.nodeOf(["do", 0]) ?? this.drawing.querySelector(".slot");
    stop?.setAttribute("tabindex", "0");
  }

  private mark(): void {
    for (const old of this.drawing.querySelectorAll(".wrong, .advised"))
      old.classList.remove("wrong", "advised");
    for (const old of this.drawing.querySelectorAll(".wrong-sign")) old.remove();
    for (const problem of this.editor.problems) {
      const path = parsed(problem.path);
      const shown = this.innermost(path);
      if (!shown || shown.classList.contains("wrong")) continue;
      shown.classList.add(problem.advice ? "advised" : "wrong");
      shown.setAttribute(
        "aria-label",
        `${shown.dataset.title}. ${say("problem_here", { sentence: problem.sentence })}`,
      );
      if (!problem.advice) this.sign(shown);
    }
  }

  private sign(shown: SVGElement): void {
    const box = this.picture.boxes.find((each) => each.path && named(each.path) === shown.dataset.path);
    if (!box) return;
    const drawn = placed(glyph("incident"), box.x + box.width - 9, box.y - 8);
    drawn.classList.add("wrong-sign");
    shown.append(drawn);
  }

  private innermost(path: Path): SVGGElement | null {
    for (let length = path.length; length > 0; length -= 1) {
      const found = this.nodeOf(path.slice(0, length));
      if (found?.classList.contains("step")) return found;
    }
    return null;
  }

  // ----- hands ----------------------------------------------------------------------------------------------------

  private clicked(event: MouseEvent): void {
    const target = event.target as Element;
    const on = (key: string): string | undefined => target.closest<SVGElement>(`[data-${key}]`)?.dataset[key];
    const fold = on("fold");
    if (fold) return this.editor.fold(parsed(fold));
    const slot = on("slot");
    if (slot) return this.offer(parsed(slot));
    const branch = on("branch");
    if (branch) return actions.addBranch(this.editor, parsed(branch));
    const path = on("path");
    this.editor.choose(path ? parsed(path) : null);
    if (path) this.nodeOf(parsed(path))?.focus({ preventScroll: true });
  }

  private typed(event: KeyboardEvent): void {
    const pressable = (event.target as Element).closest(".slot, .adder");
    if (pressable && (event.code === "Enter" || event.code === "Space")) {
      event.preventDefault();
      pressable.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    } else pressed(event, this.editor, this.hands);
  }

  private doubled(event: MouseEvent): void {
    if ((event.target as Element).closest("[data-path]")) this.hands.open();
  }

  private offer(place: Path): void {
    const shown = this.drawing.querySelector(`[data-slot="${CSS.escape(named(place))}"] .plus`);
    shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    offer(this.editor, place, (shown ?? this.view).getBoundingClientRect(), () =>
      queueMicrotask(() => queueMicrotask(this.hands.focus)),
    );
  }

  // ----- a place to drop ------------------------------------------------------------------------------------------

  begin(held: Held): void {
    this.held = held;
    this.drawing.classList.add("dropping");
    for (const each of this.drawing.querySelectorAll<SVGElement>("[data-slot]")) {
      const slot = parsed(each.dataset.slot!);
      each.classList.toggle("shut", !!held.path && !goes(held.path, slot));
    }
  }

  over(x: number, y: number): void {
    const frame = this.view.getBoundingClientRect();
    this.scrollUnder(x, y, frame);
    const [ownX, ownY] = [
      (x - frame.left + this.view.scrollLeft - this.drawing.clientLeft - this.offset) / this.zoom,
      (y - frame.top + this.view.scrollTop) / this.zoom,
    ];
    const inside = x > frame.left && x < frame.right && y > frame.top && y < frame.bottom;
    const { held } = this;
    let nearest: Slot | null = null;
    let least = REACH;
    for (const slot of inside ? this.picture.slots : []) {
      const far = Math.hypot((slot.x - ownX) / 1.6, slot.y - ownY);
      if (far < least && !(held?.path && !goes(held.path, slot.path))) [nearest, least] = [slot, far];
    }
    const aim =
      nearest && this.drawing.querySelector<SVGElement>(`[data-slot="${CSS.escape(named(nearest.path))}"]`);
    if (aim === this.aim) return;
    this.aim?.classList.remove("aim");
    aim?.classList.add("aim");
    this.aim = aim;
  }

  drop(held: Held): void {
    if (!this.aim) return;
    const place = parsed(this.aim.dataset.slot!);
    if (held.kind) actions.add(this.editor, place, held.kind);
    else if (held.steps) actions.insert(this.editor, held.steps, place);
    else if (held.path) actions.move(this.editor, held.path, place);
  }

  rest(): void {
    this.held = null;
    this.aim = null;
    this.drawing.classList.remove("dropping");
    for (const each of this.drawing.querySelectorAll(".slot.aim, .slot.shut"))
      each.classList.remove("aim", "shut");
  }

  private scrollUnder(x: number, y: number, frame: DOMRect): void {
    const edge = 40;
    if (y > frame.bottom - edge) this.view.scrollTop += 12;
    else if (y < frame.top + edge && y > frame.top) this.view.scrollTop -= 12;
    if (x > frame.right - edge) this.view.scrollLeft += 12;
    else if (x < frame.left + edge && x > frame.left) this.view.scrollLeft -= 12;
  }

  // ----- zoom -----------------------------------------------------------------------------------------------------

  private get offset(): number {
    return (
      this.drawing.getBoundingClientRect().left -
      this.view.getBoundingClientRect().left +
      this.view.scrollLeft
    );
  }

  private resize(): void {
    const { width, height } = this.picture;
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("width", String(width * this.zoom));
    this.drawing.setAttribute("height", String(height * this.zoom));
    this.scale.textContent = `${Math.round(this.zoom * 100)} %`;
  }

  private enlarge(zoom: number): void {
    this.zoom = Math.min(2, Math.max(0.2, zoom));
    if (Math.abs(this.zoom - 1) < 0.06) this.zoom = 1;
    this.resize();
  }

  private fit(): void {
    const { width, height } = this.picture;
    this.enlarge(Math.min(1, (this.view.clientWidth - 24) / width, (this.view.clientHeight - 24) / height));
    this.view.scrollTo(0, 0);
  }

  private wheeled(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.enlarge(this.zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }
}

const goes = (from: Path, slot: Path): boolean => {
  const behind = [...from.slice(0, -1), Number(from[from.length - 1]) + 1];
  return !within(slot, from) && !same(slot, behind);
};

function pressable(drawn: SVGElement, title: string): void {
  drawn.setAttribute("role", "button");
  drawn.setAttribute("tabindex", "-1");
  drawn.setAttribute("aria-label", title);
}
