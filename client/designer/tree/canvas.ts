// The diagram: our own SVG over the layout, with slots that light up, zoom, folding; every step takes the focus.
import { say } from "../data";
import { button, el, glyph, icon, picture, svg } from "../dom";
import type { Editor, What } from "../editor";
import type { Face } from "../faces";
import type { Path } from "../model";
import { mappingAt, named, parsed, same, within } from "../model";
import * as actions from "./actions";
import { type Ground, grip, type Held, onto } from "./dragging";
import { pressed } from "./keys";
import { type Box, type Edge, labelWidth, layout, type Picture, type Slot } from "./layout";
import { offer } from "./palette";
import { kindOf, walk } from "./shape";
import { detailOf, titleOf } from "./titles";
import { fitted } from "./type";

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
    const { boxes, edges, labels, slots, bars, dots, adders } = this.picture;
    const frames = boxes.filter((box) => box.shape === "frame");
    const rest = boxes.filter((box) => box.shape !== "frame");
    const focused = this.drawing.contains(document.activeElement);
    this.drawing.replaceChildren(
      arrowhead(),
      ...frames.map((box) => this.frame(box)),
      ...edges.map(edge),
      ...bars.map((bar) =>
        svg("rect", { class: "bar-line", x: bar.x, y: bar.y, width: bar.width, height: 4, rx: 2 }),
      ),
      ...dots.map(([x, y]) => svg("circle", { class: "dot", cx: x, cy: y, r: 4 })),
      ...labels.filter((each) => each.text).map((each) => this.label(each)),
      ...slots.map((slot) => this.plus(slot)),
      ...adders.map((each) => this.adder(each)),
      ...rest.map((box) => this.box(box)),
    );
    this.resize();
    this.mark();
    if (focused) this.hands.focus();
  }

  private box(box: Box): SVGElement {
    if (!box.path) return terminal(box, this.startTitle);
    const { editor } = this;
    const step = mappingAt(editor.document, box.path);
    const kind = editor.kinds.get(kindOf(step));
    const title = titleOf(editor, step);
    const detail = box.folded ? say("steps_inside", { n: count(editor, box.path) }) : detailOf(editor, step);
    const two = detail && box.shape === "node";
    const middle = box.y + box.height / 2;
    const x = box.x + (box.shape === "choice" ? 36 : 34);
    const room = box.width - (box.shape === "choice" ? 62 : 46);
    const drawn = this.group(box, two ? `${title}. ${detail}` : title, step.off === true);
    drawn.append(
      box.shape === "choice" ? hexagon(box) : svg("rect", { ...place(box), class: "nd", rx: 8 }),
      placed(
        picture(kind?.picture ?? "", kind?.tone),
        box.x + (box.shape === "choice" ? 14 : 11),
        middle - 8,
      ),
      svg("text", { x, y: two ? middle - 3 : middle + 4.5 }, fitted(title, room, 500)),
      two ? svg("text", { class: "t2", x, y: middle + 13 }, fitted(detail, room, 400)) : "",
    );
    if (box.foldable) drawn.append(this.folder(box));
    grip(drawn, { path: box.path });
    return drawn;
  }

  private frame(box: Box): SVGElement {
    const step = mappingAt(this.editor.document, box.path!);
    const kind = this.editor.kinds.get(kindOf(step));
    const title = titleOf(this.editor, step);
    const drawn = this.group(box, title, step.off === true);
    drawn.append(
      svg("rect", { ...place(box), class: "frame nd-frame", rx: 12 }),
      svg("rect", { x: box.x, y: box.y, width: box.width, height: 32, class: "frame-head" }),
      placed(picture(kind?.picture ?? "", kind?.tone), box.x + 12, box.y + 10),
      svg("text", { x: box.x + 34, y: box.y + 22.5 }, fitted(title, box.width - 66, 500)),
      this.folder(box),
    );
    grip(drawn, { path: box.path! });
    return drawn;
  }

  private group(box: Box, title: string, off: boolean): SVGGElement {
    return svg("g", {
      class: `step${off ? " off" : ""}${box.shape === "frame" ? " framed" : ""}`,
      "data-path": named(box.path!),
      "data-title": title,
      role: "button",
      tabindex: "-1",
      "aria-label": title,
    });
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
    const width = labelWidth(each.text);
    const drawn = svg("g", {
      class: `branch-label${each.virtual ? " virtual" : ""}`,
      "data-path": each.path ? named(each.path) : undefined,
      role: each.path ? "button" : undefined,
      tabindex: each.path ? "-1" : undefined,
      "aria-label": each.path ? each.text : undefined,
    });
    drawn.append(
      svg("title", {}, each.text),
      svg("rect", { class: "lbl", x: each.x - width / 2, y: each.y - 11, width, height: 22, rx: 11 }),
      svg(
        "text",
        { class: "t3", "text-anchor": "middle", x: each.x, y: each.y + 4 },
        fitted(each.text, width - 16, 500),
      ),
    );
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

  private get startTitle(): string {
    const start = this.editor.document.start;
    const first = Array.isArray(start) ? start[0] : undefined;
    return this.editor.data.values.records[String(this.editor.document.record)]?.title &&
      first &&
      first !== "manual"
      ? `${say("start")}: ${this.editor.data.values.records[String(this.editor.document.record)]!.title}`
      : say("start");
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
    const stop = now ?? this.drawing.querySelector(".step") ?? this.drawing.querySelector(".slot");
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

const place = (box: Box): Record<string, number> => ({
  x: box.x,
  y: box.y,
  width: box.width,
  height: box.height,
});

function placed(drawn: SVGElement, x: number, y: number, size = 16): SVGElement {
  for (const [name, value] of Object.entries({ x, y, width: size, height: size }))
    drawn.setAttribute(name, String(value));
  return drawn;
}

function hexagon(box: Box): SVGElement {
  const half = box.height / 2;
  const d = `M${box.x + 14} ${box.y}h${box.width - 28}l14 ${half}-14 ${half}h-${box.width - 28}l-14-${half}Z`;
  return svg("path", { class: "nd", d });
}

function terminal(box: Box, title: string): SVGElement {
  const start = box.shape === "start";
  const drawn = svg("g", { class: "terminal" });
  drawn.append(
    svg("rect", { ...place(box), class: "nd", rx: box.height / 2 }),
    svg(
      "text",
      { x: box.x + box.width / 2, y: box.y + box.height / 2 + 4.5, "text-anchor": "middle" },
      start ? fitted(title, box.width - 24, 500) : say("end"),
    ),
  );
  return drawn;
}

function arrowhead(): SVGElement {
  const marker = svg("marker", {
    id: "arrow",
    viewBox: "0 0 8 8",
    refX: 7,
    refY: 4,
    markerWidth: 7,
    markerHeight: 7,
    markerUnits: "userSpaceOnUse",
    orient: "auto",
  });
  marker.append(svg("path", { class: "ar", d: "M0 .5 8 4 0 7.500Z" }));
  return svg("defs", {}, marker);
}

function edge(each: Edge): SVGElement {
  const d = each.points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("");
  return svg("path", {
    class: `ed${each.dashed ? " dash" : ""}`,
    d,
    "marker-end": each.arrow ? "url(#arrow)" : undefined,
  });
}

const count = (editor: Editor, path: Path): number =>
  [...walk(editor.document)].filter((each) => each.path.length > path.length && within(each.path, path))
    .length;
