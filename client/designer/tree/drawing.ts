// The marks that a block tree makes on paper: frames, lines, labels, boxes, from what the layout found. The canvas puts
// hands on them; a picture to look at shows them as they are.
import { say } from "../data";
import { picture as face, icon, svg } from "../dom";
import type { Editor } from "../editor";
import { type Mapping, mappingAt, named, type Path, within } from "../model";
import { type Box, type Edge, labelWidth, type Picture } from "./layout";
import { kindOf, walk } from "./shape";
import { detailOf, titleOf } from "./titles";
import { fitted } from "./type";

/** The frame around steps, with its head. */
export function frame(editor: Editor, box: Box): SVGGElement {
  const step = mappingAt(editor.document, box.path!);
  const title = titleOf(editor, step);
  const drawn = group(box, spoken(title, "", step), step.off === true);
  drawn.append(
    svg("rect", { ...place(box), class: "frame nd-frame", rx: 12 }),
    svg("rect", { x: box.x, y: box.y, width: box.width, height: 32, class: "frame-head" }),
    placed(faceOf(editor, kindOf(step)), box.x + 12, box.y + 10),
    svg("text", { x: box.x + 34, y: box.y + 22.5 }, fitted(title, box.width - 66, 500)),
    noted(box, step),
  );
  return drawn;
}

/** A step as a box, a condition as a hexagon, the beginning and the end. */
export function node(editor: Editor, box: Box): SVGElement {
  if (!box.path) return terminal(box, startTitle(editor));
  const step = mappingAt(editor.document, box.path);
  const title = titleOf(editor, step);
  const detail = box.folded ? say("steps_inside", { n: count(editor, box.path) }) : detailOf(editor, step);
  const choice = box.shape === "choice";
  const two = detail && box.shape === "node";
  const middle = box.y + box.height / 2;
  const x = box.x + (choice ? 36 : 34);
  const room = box.width - (choice ? 62 : 46);
  const drawn = group(box, spoken(title, two ? detail : "", step), step.off === true);
  drawn.append(
    choice ? hexagon(box) : svg("rect", { ...place(box), class: "nd", rx: 8 }),
    placed(faceOf(editor, kindOf(step)), box.x + (choice ? 14 : 11), middle - 8),
    svg("text", { x, y: two ? middle - 3 : middle + 4.5 }, fitted(title, room, 500)),
    two ? svg("text", { class: "t2", x, y: middle + 13 }, fitted(detail, room, 400)) : "",
    noted(box, step),
  );
  return drawn;
}

export function label(each: Picture["labels"][number]): SVGGElement {
  const width = labelWidth(each.text);
  const drawn = svg("g", {
    class: `branch-label${each.virtual ? " virtual" : ""}`,
    "data-path": each.path ? named(each.path) : undefined,
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

/** All lines, their heads and the bars between which ways run side by side: a few elements, however many lines. */
export function lines(picture: Picture, taken: (edge: Edge) => boolean = () => false): SVGElement[] {
  const gone = picture.edges.filter(taken);
  const way = (each: Edge): string =>
    each.points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("");
  const all = (dashed: boolean): string =>
    picture.edges
      .filter((each) => !!each.dashed === dashed)
      .map(way)
      .join("");
  return [
    svg("path", { class: "ed", d: all(false) }),
    svg("path", { class: "ed dash", d: all(true) }),
    svg("path", {
      class: "ar",
      d: picture.edges
        .filter((each) => each.arrow)
        .map(head)
        .join(""),
    }),
    ...(gone.length ? [svg("path", { class: "ed done", d: gone.map(way).join("") })] : []),
    ...(gone.length
      ? [
          svg("path", {
            class: "ar done",
            d: gone
              .filter((each) => each.arrow)
              .map(head)
              .join(""),
          }),
        ]
      : []),
    ...picture.bars.map((bar) =>
      svg("rect", { class: "bar-line", x: bar.x, y: bar.y, width: bar.width, height: 4, rx: 2 }),
    ),
    ...picture.dots.map(([x, y]) => svg("circle", { class: "dot", cx: x, cy: y, r: 4 })),
  ];
}

// Lines run straight down or across, so a head needs no turning.
function head(each: Edge): string {
  const [tipX, tipY] = each.points.at(-1)!;
  const [fromX, fromY] = each.points.at(-2)!;
  const [x, y] = [Math.sign(tipX - fromX), Math.sign(tipY - fromY)];
  const [backX, backY] = [tipX - x * 6.5, tipY - y * 6.5];
  return `M${tipX} ${tipY}L${backX - y * 3} ${backY + x * 3}L${backX + y * 3} ${backY - x * 3}Z`;
}

const spoken = (title: string, detail: string, step: Mapping): string =>
  [title, detail, step.note && say("comment_here", { note: String(step.note) })].filter(Boolean).join(". ");

function group(box: Box, title: string, off: boolean): SVGGElement {
  return svg("g", {
    class: `step${off ? " off" : ""}${box.shape === "frame" ? " framed" : ""}`,
    "data-path": named(box.path!),
    "data-title": title,
  });
}

/** The sign that somebody has left a note on a step. */
function noted(box: Box, step: Mapping): SVGElement | "" {
  if (!step.note) return "";
  const words = say("comment_here", { note: String(step.note) });
  const [x, y] = [box.x + 10, box.y - 9];
  return svg(
    "g",
    { class: "note-sign" },
    svg("title", {}, words),
    svg("rect", { class: "lbl", x, y, width: 22, height: 18, rx: 9 }),
    placed(icon("message-square", "s"), x + 5, y + 3, 12),
  );
}

const faceOf = (editor: Editor, name: string): SVGElement => {
  const kind = editor.kinds.get(name);
  return face(kind?.picture ?? "", kind?.tone);
};

function startTitle(editor: Editor): string {
  const { document, data } = editor;
  const first = Array.isArray(document.start) ? document.start[0] : undefined;
  const record = data.values.records[String(document.record)]?.title;
  return record && first && first !== "manual" ? `${say("start")}: ${record}` : say("start");
}

const place = (box: Box): Record<string, number> => ({
  x: box.x,
  y: box.y,
  width: box.width,
  height: box.height,
});

export function placed(drawn: SVGElement, x: number, y: number, size = 16): SVGElement {
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
  const text = box.shape === "start" ? fitted(title, box.width - 24, 500) : say("end");
  return svg(
    "g",
    { class: "terminal" },
    svg("rect", { ...place(box), class: "nd", rx: box.height / 2 }),
    svg("text", { x: box.x + box.width / 2, y: box.y + box.height / 2 + 4.5, "text-anchor": "middle" }, text),
  );
}

const count = (editor: Editor, path: Path): number =>
  [...walk(editor.document)].filter((each) => each.path.length > path.length && within(each.path, path))
    .length;
