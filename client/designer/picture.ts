// A definition to look at: its tree or its stages, with what is to be told of single steps. Nothing is changed here.
import { type Data, learn, say } from "./data";
import { svg } from "./dom";
import { Editor } from "./editor";
import { mappingAt } from "./model";
import { picture as stages } from "./stages/picture";
import { underOf } from "./stages/telling";
import { frame, label, lines, node } from "./tree/drawing";
import { layout } from "./tree/layout";
import { taken } from "./tree/taken";

/** What is told of a step: a state of the process language, a warmth from 1 to 4, a few words under it, a way on. */
export interface Mark {
  state?: string;
  heat?: number;
  note?: string;
  title?: string;
  href?: string;
}

/** By the id of a step, a stage, by the place of a step without an id: "do.2.if.0.do.0", or of a branch: "do.2.if.0". */
export type Marks = Record<string, Mark>;

export type Pictured = Pick<Data, "source" | "notation" | "palette" | "values" | "words"> & {
  label?: string;
  marks?: Marks;
  /** Which stage led to which, of those that a run has been on: "contact:offer". */
  taken?: string[];
};

/** Draw a definition. Steps have `data-path`, stages `data-stage`. */
export function picture(data: Pictured): SVGSVGElement {
  learn(data.words);
  const editor = new Editor(data as Data, () => {});
  const drawn = data.notation === "stages" ? ofStages(editor, data) : ofTree(editor, data);
  drawn.classList.add("pictured");
  const { marks = {} } = data;
  if (data.notation === "stages")
    for (const group of drawn.querySelectorAll<SVGGElement>("[data-stage]"))
      mark(group, marks[group.dataset.stage!]);
  else
    for (const group of drawn.querySelectorAll<SVGGElement>(".step")) {
      const step = mappingAt(data.source, group.dataset.path!.split("."));
      mark(group, marks[String(step.id ?? "")] ?? marks[group.dataset.path!]);
    }
  for (const branch of drawn.querySelectorAll<SVGGElement>(".branch-label[data-path]"))
    mark(branch, marks[branch.dataset.path!]);
  return drawn;
}

const ofStages = (editor: Editor, data: Pictured): SVGSVGElement =>
  stages(data.source, {
    under: (_id, stage) => underOf(editor, stage),
    bad: () => false,
    taken: new Set(data.taken),
    label: data.label ?? say("stage_graph"),
  });

/** Draw a block tree as an editor holds it, all of it unfolded or as it is folded there. */
function ofTree(editor: Editor, data: Pictured): SVGSVGElement {
  const laid = layout(editor);
  const { boxes, labels, width, height } = laid;
  const framed = boxes.filter((box) => box.shape === "frame");
  return svg(
    "svg",
    {
      class: "dg",
      role: "img",
      "aria-label": data.label ?? say("diagram"),
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    ...framed.map((box) => frame(editor, box)),
    ...lines(laid, taken(data.source, data.marks ?? {})),
    ...labels.filter((each) => each.text).map(label),
    ...boxes.filter((box) => box.shape !== "frame").map((box) => node(editor, box)),
  );
}

function mark(group: SVGGElement, told: Mark | undefined): void {
  if (!told) return;
  const shape = group.querySelector<SVGGraphicsElement>(".nd, .nd-frame, .lbl")!;
  if (told.state) shape.classList.add(`n-${told.state}`);
  if (told.heat) shape.classList.add(`h${told.heat}`);
  if (told.state === "skip") group.classList.add("off");
  if (told.title) group.prepend(svg("title", {}, told.title));
  if (told.note) group.append(badge(shape, told.note));
  if (told.href) {
    const link = svg("a", { href: told.href, class: "step-link" });
    group.replaceWith(link);
    link.append(group);
  }
}

/** A few words on the lower edge of a box. */
function badge(shape: SVGElement, text: string): SVGElement {
  const { right, bottom } = cornerOf(shape);
  const width = text.length * 6.4 + 14;
  return svg(
    "g",
    { class: "note-badge" },
    svg("rect", { class: "lbl", x: right - width - 8, y: bottom - 9, width, height: 18, rx: 9 }),
    svg("text", { class: "t3", "text-anchor": "middle", x: right - 8 - width / 2, y: bottom + 4 }, text),
  );
}

function cornerOf(shape: SVGElement): { right: number; bottom: number } {
  const number = (name: string): number => Number(shape.getAttribute(name));
  if (shape.tagName === "rect")
    return { right: number("x") + number("width"), bottom: number("y") + number("height") };
  // A hexagon: "M x y h width l 14 half …".
  const [x, y, width, , half] = shape
    .getAttribute("d")!
    .match(/-?[\d.]+/g)!
    .map(Number);
  return { right: x! + width! + 8, bottom: y! + 2 * half! };
}
