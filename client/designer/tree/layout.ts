// Where everything stands: a tree measured from the leaves up and placed from the root down. Everything hangs on a
// centre line; `left` and `right` say how far a part reaches from it. Pure: no element is touched here.
import type { Editor } from "../editor";
import type { Mapping, Path } from "../model";
import { isMapping, listAt, mappingAt, named } from "../model";
import { ends, formOf, type Lane, lanesOf } from "./shape";
import { laneTitle } from "./titles";

export const NODE = { width: 208, height: 46 };
const HEAD = { width: 208, height: 36 };
const GAP = 34; // between steps, with a “+” in its middle
const LANE_GAP = 28;
const LANE_MIN = 132;
const LABEL = 64; // from the bend down to the first step of a labelled lane
const PAD = { side: 24, top: 38, bottom: 24 };

export type Shape = "node" | "choice" | "frame" | "start" | "end";

export interface Box {
  shape: Shape;
  path: Path | null;
  x: number;
  y: number;
  width: number;
  height: number;
  folded?: boolean;
  foldable?: boolean;
}
export interface Edge {
  points: [number, number][];
  arrow?: boolean;
  dashed?: boolean;
  /** The step or the sequence of steps that it leads to, or that it comes from. */
  to?: Path;
  from?: Path;
}
export interface Label {
  path: Path | null;
  text: string;
  x: number;
  y: number;
  virtual?: boolean;
}
/** A place where a step may come: its path ends with the index. */
export interface Slot {
  path: Path;
  x: number;
  y: number;
}
export interface Bar {
  x: number;
  y: number;
  width: number;
}
export interface Picture {
  boxes: Box[];
  edges: Edge[];
  labels: Label[];
  slots: Slot[];
  bars: Bar[];
  dots: [number, number][];
  /** Where a branch may be added to a construct. */
  adders: { path: Path; x: number; y: number }[];
  width: number;
  height: number;
}

interface Part {
  left: number;
  right: number;
  height: number;
  /** Whether the process goes on below. */
  open: boolean;
  place(x: number, y: number, out: Picture): void;
}

export function layout(editor: Editor): Picture {
  const out: Picture = {
    boxes: [],
    edges: [],
    labels: [],
    slots: [],
    bars: [],
    dots: [],
    adders: [],
    width: 0,
    height: 0,
  };
  const chain = sequence(editor, ["do"], true);
  const x = Math.max(chain.left, NODE.width / 2) + 40;
  out.boxes.push({ shape: "start", path: null, x: x - 100, y: 20, width: 200, height: 32 });
  chain.place(x, 52, out);
  const bottom = 52 + chain.height;
  if (chain.open) out.boxes.push({ shape: "end", path: null, x: x - 50, y: bottom, width: 100, height: 28 });
  out.width = x + Math.max(chain.right, NODE.width / 2) + 40;
  out.height = bottom + 60;
  return out;
}

/** Steps one below the other, with a line and a slot before each and behind the last. */
function sequence(editor: Editor, list: Path, arrowed = false, shut = false): Part {
  const steps = listAt(editor.document, list).filter(isMapping);
  const parts = steps.map((step, index) => part(editor, step, [...list, index]));
  const open = !steps.length || (!ends(steps[steps.length - 1]!) && parts[parts.length - 1]!.open);
  const height = parts.reduce((sum, each) => sum + each.height + GAP, 0) + (open ? GAP : GAP / 2 + 9);
  const reach = (side: "left" | "right"): number => Math.max(0, ...parts.map((each) => each[side]));
  return {
    left: reach("left"),
    right: reach("right"),
    height,
    open,
    place(x, y, out) {
      let top = y;
      for (const [index, each] of parts.entries()) {
        line(
          out,
          [
            [x, top],
            [x, top + GAP],
          ],
          { arrow: true, to: [...list, index] },
        );
        out.slots.push({ path: [...list, index], x, y: top + GAP / 2 });
        each.place(x, top + GAP, out);
        top += GAP + each.height;
      }
      if (open)
        line(
          out,
          [
            [x, top],
            [x, top + GAP],
          ],
          { arrow: arrowed, from: list },
        );
      if (!shut) out.slots.push({ path: [...list, parts.length], x, y: top + GAP / 2 });
    },
  };
}

function part(editor: Editor, step: Mapping, path: Path): Part {
  if (editor.folded.has(named(path))) return node(path, true);
  const form = formOf(step);
  const lanes = lanesOf(step, path);
  switch (form) {
    case "leaf":
      return node(path);
    case "loop":
    case "frame":
      return framed(path, sequence(editor, lanes[0]!.path), form === "loop" ? lanes[0]!.path : null);
    case "try":
      return framed(path, columns(editor, lanes, "aside", path), null);
    case "parallel":
    case "race":
      return barred(editor, path, lanes);
  }
  return chosen(editor, path, lanes, form === "late");
}

function node(path: Path, folded = false): Part {
  const half = NODE.width / 2;
  return {
    left: half,
    right: half,
    height: NODE.height,
    open: true,
    place: (x, y, out) =>
      out.boxes.push({
        shape: "node",
        path,
        x: x - half,
        y,
        width: NODE.width,
        height: NODE.height,
        folded,
        foldable: folded,
      }),
  };
}

/** A dashed frame around steps; a loop has its way back at the left, from the end of its `lane`. */
function framed(path: Path, inner: Part, lane: Path | null): Part {
  const least = HEAD.width / 2 + 30;
  const left = Math.max(inner.left + PAD.side + (lane ? 16 : 0), least);
  const right = Math.max(inner.right + PAD.side, least);
  const height = PAD.top + inner.height + PAD.bottom;
  return {
    left,
    right,
    height,
    open: !!lane || inner.open,
    place(x, y, out) {
      out.boxes.push({ shape: "frame", path, x: x - left, y, width: left + right, height, foldable: true });
      inner.place(x, y + PAD.top - 8, out);
      const bottom = y + PAD.top - 8 + inner.height;
      if (lane) {
        const side = x - left + 14;
        if (inner.open)
          line(
            out,
            [
              [x, bottom],
              [x, bottom + 8],
              [side, bottom + 8],
              [side, y + 32],
            ],
            { arrow: true, dashed: true, from: lane },
          );
        if (inner.open) out.dots.push([x, bottom + 8]);
        if (inner.open)
          line(
            out,
            [
              [x, bottom + 8],
              [x, y + height],
            ],
            { from: path },
          );
      } else if (inner.open)
        line(
          out,
          [
            [x, bottom],
            [x, y + height],
          ],
          { from: path },
        );
    },
  };
}

interface Column {
  lane: Lane;
  label: string;
  body: Part;
  event: Part | null;
  left: number;
  right: number;
}

function column(editor: Editor, lane: Lane, place: number): Column {
  const body = sequence(editor, lane.path, false, lane.shut);
  const event = lane.event ? node(lane.event) : null;
  const label = lane.label || lane.holder ? laneTitle(editor, lane, place) : "";
  const least = LANE_MIN / 2;
  const reach = (side: "left" | "right"): number =>
    Math.max(body[side], event?.[side] ?? 0, least, label ? labelWidth(label) / 2 : 0);
  return { lane, label, body, event, left: reach("left"), right: reach("right") };
}

export const labelWidth = (text: string): number => Math.min(188, text.length * 6.6 + 22);

/** Columns side by side; gives the distance of each centre from the first edge, and where the common centre is. */
function spread(
  found: Column[],
  middle: "between" | "first",
): { centres: number[]; left: number; right: number } {
  const centres: number[] = [];
  let edge = 0;
  for (const [index, each] of found.entries()) {
    edge += (index ? LANE_GAP : 0) + each.left;
    centres.push(edge);
    edge += each.right;
  }
  const odd = found.length % 2 === 1;
  const centre =
    middle === "first"
      ? centres[0]!
      : odd
        ? centres[(found.length - 1) / 2]!
        : (centres[found.length / 2 - 1]! + centres[found.length / 2]!) / 2;
  return { centres: centres.map((each) => each - centre), left: centre, right: edge - centre };
}

/** A condition: a hexagon, branches with labels, and a dot where they come together again. */
function chosen(editor: Editor, path: Path, lanes: Lane[], late: boolean): Part {
  const found = lanes.map((lane, index) => column(editor, lane, index));
  const { centres, left, right } = spread(found, "between");
  const head = late ? NODE.height : HEAD.height;
  const half = HEAD.width / 2;
  const deepest = Math.max(...found.map((each) => each.body.height));
  const height = head + LABEL + deepest + 22;
  const open = found.some((each) => each.body.open);
  return {
    left: Math.max(left, half),
    right: Math.max(right, half + 24),
    height,
    open,
    place(x, y, out) {
      out.boxes.push({
        shape: late ? "node" : "choice",
        path,
        x: x - half,
        y,
        width: HEAD.width,
        height: head,
        foldable: true,
      });
      const foot = y + height - 14;
      for (const [index, each] of found.entries()) {
        const at = x + centres[index]!;
        const below = y + head + LABEL - 18;
        const straight = Math.abs(centres[index]!) < half - 24;
        line(
          out,
          straight
            ? [
                [at, y + head],
                [at, below],
              ]
            : [
                [x + Math.sign(at - x) * half, y + head / 2],
                [at, y + head / 2],
                [at, below],
              ],
          { to: each.lane.path },
        );
        out.labels.push({
          path: each.lane.holder,
          text: each.label,
          x: at,
          y: y + head + 28,
          virtual: each.lane.virtual,
        });
        each.body.place(at, below, out);
        if (each.body.open) joined(out, at, below + each.body.height, x, foot, each.lane.path);
      }
      if (open) {
        out.dots.push([x, foot]);
        line(
          out,
          [
            [x, foot],
            [x, y + height],
          ],
          { from: path },
        );
      }
      if (!late) out.adders.push({ path, x: x + half + 14, y: y + head / 2 });
    },
  };
}

/** Side by side, between two bars; a race ends with the first that comes. */
function barred(editor: Editor, path: Path, lanes: Lane[]): Part {
  const found = lanes.map((lane, index) => column(editor, lane, index));
  const body = columns(editor, lanes, "bars", path);
  const half = HEAD.width / 2;
  const height = 28 + 12 + body.height + 10;
  return {
    left: Math.max(body.left, half),
    right: Math.max(body.right, half + 24),
    height,
    open: found.length === 0 || found.some((each) => each.body.open),
    place(x, y, out) {
      out.boxes.push({
        shape: "choice",
        path,
        x: x - half,
        y,
        width: HEAD.width,
        height: 32,
        foldable: true,
      });
      line(
        out,
        [
          [x, y + 32],
          [x, y + 38],
        ],
        { to: path },
      );
      body.place(x, y + 38, out);
      out.adders.push({ path, x: x + half + 14, y: y + 16 });
    },
  };
}

/** Columns under a bar and over another, or beside the steps that they watch over. */
function columns(editor: Editor, lanes: Lane[], way: "bars" | "aside", path: Path): Part {
  const found = lanes.map((lane, index) => column(editor, lane, index));
  if (!found.length) return sequence(editor, ["-"], false, true);
  const { centres, left, right } = spread(found, way === "bars" ? "between" : "first");
  const top = way === "bars" ? 4 : found.length > 1 ? 30 : 0;
  const tall = (each: Column): number => each.body.height + (each.event ? NODE.height + GAP - 8 : 0);
  const deepest = Math.max(...found.map(tall));
  const height = top + deepest + (way === "bars" ? 4 : 0);
  return {
    left,
    right,
    height,
    open: way === "bars" ? found.some((each) => each.body.open) : found[0]!.body.open,
    place(x, y, out) {
      const first = x + centres[0]!;
      const last = x + centres[centres.length - 1]!;
      if (way === "bars") out.bars.push({ x: first - 14, y, width: last - first + 28 });
      for (const [index, each] of found.entries()) {
        const at = x + centres[index]!;
        let under = y + top;
        if (way === "aside" && index)
          out.labels.push({ path: each.lane.holder, text: each.label, x: at, y: y + 18 });
        if (way === "aside" && !index && top)
          line(
            out,
            [
              [at, y],
              [at, under],
            ],
            { to: path },
          );
        if (each.event) {
          line(
            out,
            [
              [at, under],
              [at, under + GAP - 8],
            ],
            { arrow: true, dashed: way === "aside", to: each.lane.event! },
          );
          each.event.place(at, under + GAP - 8, out);
          under += NODE.height + GAP - 8;
        }
        each.body.place(at, under, out);
        const end = under + each.body.height;
        const goes = each.body.open && (way === "bars" || !index);
        if (goes)
          line(
            out,
            [
              [at, end],
              [at, y + top + deepest],
            ],
            { from: each.lane.path },
          );
      }
      if (way === "bars") {
        out.bars.push({ x: first - 14, y: y + top + deepest, width: last - first + 28 });
        line(
          out,
          [
            [x, y + height],
            [x, y + height + 12],
          ],
          { from: path },
        );
      }
    },
  };
}

function joined(out: Picture, at: number, from: number, x: number, foot: number, lane: Path): void {
  if (Math.abs(at - x) < 1)
    line(
      out,
      [
        [at, from],
        [at, foot],
      ],
      { from: lane },
    );
  else
    line(
      out,
      [
        [at, from],
        [at, foot],
        [x + Math.sign(at - x) * 5, foot],
      ],
      { arrow: true, from: lane },
    );
}

function line(out: Picture, points: [number, number][], more: Omit<Edge, "points"> = {}): void {
  const [[fromX, fromY], [toX, toY]] = [points[0]!, points[points.length - 1]!];
  if (points.length > 2 || Math.abs(fromX - toX) + Math.abs(fromY - toY) > 0.5)
    out.edges.push({ points, ...more });
}

export const stepAt = (editor: Editor, path: Path): Mapping => mappingAt(editor.document, path);
