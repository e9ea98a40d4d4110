// The picture of a stage graph: an SVG of ours over the places that layout.ts finds.
import { icon } from "../dom";
import type { Mapping } from "../model";
import { type Laid, lay, type Way } from "./layout";
import { type Lead, lasts, leadsOf, mapping, stagesOf, text, titleOf } from "./reading";
import type { Point } from "./routing";

export interface Seen {
  /** What stands under a stage's title. */
  under: (id: string, stage: Mapping) => string;
  bad: (id: string) => boolean;
  /** The ways that a run has taken: "contact:offer". */
  taken?: ReadonlySet<string>;
  selected?: string | undefined;
  label: string;
}

const BOX = { least: 132, most: 208, height: 46 };
const WORDS = 22;
const SVG = "http://www.w3.org/2000/svg";

/** Draw the stages of a definition. Boxes have `data-stage`. */
export function picture(source: Mapping, seen: Seen): SVGSVGElement {
  const stages = stagesOf(source);
  const leads = together(stages);
  const ways: Way[] = leads.map(({ from, to, titles }) => ({ from, to, ...sizeOf(titles) }));
  const boxes = stages.map(([id, stage]) => ({
    id,
    width: widthOf(titleOf(id, stage), seen.under(id, stage)),
    height: BOX.height,
  }));
  const begin = stages.find(([, stage]) => stage.begin === true)?.[0] ?? stages[0]?.[0] ?? "";
  const laid = lay(boxes, ways, begin);
  return drawn(stages, leads, laid, seen);
}

interface Joined {
  from: string;
  to: string;
  titles: string[];
  soft: boolean;
}

// Two results that lead to the same stage are one arrow with two lines of words.
function together(stages: [string, Mapping][]): Joined[] {
  const known = new Map(stages);
  const joined = new Map<string, Joined>();
  for (const lead of stages.flatMap(([id, stage]) => leadsOf(id, stage))) {
    if (!known.has(lead.to)) continue;
    const key = `${lead.from} ${lead.to}`;
    const words = wordsOf(lead, known.get(lead.from)!);
    const one = joined.get(key) ?? { from: lead.from, to: lead.to, titles: [], soft: true };
    if (words && !one.titles.includes(words)) one.titles.push(words);
    one.soft &&= lead.kind !== "result" && lead.kind !== "then";
    joined.set(key, one);
  }
  return [...joined.values()];
}

const wordsOf = (lead: Lead, stage: Mapping): string =>
  lead.title || (lead.kind === "then" ? lasts(stage.pause) : "");

let measuring: CanvasRenderingContext2D | null = null;

function lengthOf(words: string, font: string): number {
  measuring ??= document.createElement("canvas").getContext("2d");
  if (!measuring) return words.length * 7;
  measuring.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return measuring.measureText(words).width;
}

const widthOf = (title: string, under: string): number =>
  Math.min(
    BOX.most,
    Math.max(BOX.least, 46 + Math.max(lengthOf(title, "500 12.5px"), lengthOf(under, "400 11.5px"))),
  );

function sizeOf(titles: string[]): { width: number; height: number } {
  if (!titles.length) return { width: 0, height: 0 };
  const width = Math.max(...titles.map((one) => lengthOf(cut(one, LABEL), "500 11.5px"))) + 22;
  return { width, height: WORDS + (titles.length - 1) * 15 };
}

const LABEL = 170;

function cut(words: string, width: number, font = "500 11.5px"): string {
  if (lengthOf(words, font) <= width) return words;
  let end = words.length;
  while (end > 1 && lengthOf(`${words.slice(0, end)}…`, font) > width) end -= 1;
  return `${words.slice(0, end).trimEnd()}…`;
}

function drawn(stages: [string, Mapping][], leads: Joined[], laid: Laid, seen: Seen): SVGSVGElement {
  const svg = element("svg", {
    class: "dg stage-graph",
    viewBox: `0 0 ${laid.width} ${laid.height}`,
    role: "img",
  });
  svg.setAttribute("aria-label", seen.label);
  svg.setAttribute("width", String(Math.round(laid.width)));
  svg.setAttribute("height", String(Math.round(laid.height)));
  for (const [at, route] of laid.routes.entries()) {
    const { from, to, soft } = leads[at]!;
    const way = seen.taken?.has(`${from}:${to}`) ? " done" : "";
    const path = element("path", { class: `ed${soft ? " dash" : ""}${way}`, d: rounded(route.points) });
    svg.append(path, head(route.points, way));
  }
  for (const [id, stage] of stages) svg.append(box(id, stage, laid.boxes.get(id)!, seen));
  for (const [at, route] of laid.routes.entries())
    if (route.label) svg.append(...words(leads[at]!, route.label));
  return svg as SVGSVGElement;
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** Straight lines with rounded corners; the last one ends where the head begins. */
function rounded(points: Point[]): string {
  const way = points.filter((one, at) => !at || one.x !== points[at - 1]!.x || one.y !== points[at - 1]!.y);
  const parts = [`M${at(way[0]!)}`];
  for (let i = 1; i < way.length - 1; i += 1) {
    const [before, corner, after] = [way[i - 1]!, way[i]!, way[i + 1]!];
    const radius = Math.min(7, distance(before, corner) / 2, distance(corner, after) / 2);
    parts.push(`L${at(towards(corner, before, radius))}Q${at(corner)} ${at(towards(corner, after, radius))}`);
  }
  parts.push(`L${at(towards(way.at(-1)!, way.at(-2)!, 5))}`);
  return parts.join("");
}

const at = (point: Point): string => `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, by: number): Point {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / whole, y: from.y + ((to.y - from.y) * by) / whole };
}

// Drawn as a shape, not as a marker: markers are referred to by id, and two pictures on a page would share one.
function head(points: Point[], way: string): SVGElement {
  const [tip, before] = [points.at(-1)!, points.at(-2)!];
  const back = towards(tip, before, 7);
  const [dx, dy] = [((tip.y - back.y) / 7) * 3.5, ((back.x - tip.x) / 7) * 3.5];
  return element("path", {
    class: `ar${way}`,
    d: `M${at(tip)}L${at({ x: back.x + dx, y: back.y + dy })}L${at({ x: back.x - dx, y: back.y - dy })}Z`,
  });
}

function box(
  id: string,
  stage: Mapping,
  place: Laid["boxes"] extends Map<string, infer P> ? P : never,
  seen: Seen,
): SVGElement {
  const [x, y] = [place.x - place.width / 2, place.y - place.height / 2];
  const group = element("g", { class: "stage-box", "data-stage": id });
  const state = seen.bad(id) ? " n-incident" : stage.end === true ? " n-done" : "";
  const chosen = seen.selected === id ? " sel" : "";
  group.append(
    element("rect", { class: `nd${state}${chosen}`, x, y, width: place.width, height: place.height, rx: 8 }),
  );
  const glyph = icon(glyphOf(stage));
  for (const [key, value] of Object.entries({ x: x + 11, y: y + 9, width: 15, height: 15 }))
    glyph.setAttribute(key, String(value));
  glyph.classList.add("glyph", text(mapping(stage.pause).for) || stage.pause ? "c-timer" : "icon");
  const title = element("text", { x: x + 34, y: y + 20 });
  title.textContent = cut(titleOf(id, stage), place.width - 44, "500 12.5px");
  const under = element("text", { class: "t2", x: x + 34, y: y + 36 });
  under.textContent = cut(seen.under(id, stage), place.width - 44, "400 11.5px");
  const full = element("title", {});
  full.textContent = titleOf(id, stage);
  group.append(full, glyph, title, under);
  return group;
}

function glyphOf(stage: Mapping): string {
  if (stage.begin === true) return "play";
  if (stage.end === true) return "flag";
  if (stage.pause) return "timer";
  if (stage.run) return "git-branch";
  if (stage.task) return "circle-check-big";
  return stage.results ? "user-round" : "circle";
}

function words(lead: Joined, place: Point): SVGElement[] {
  const { width, height } = sizeOf(lead.titles);
  const plate = element("rect", {
    class: "lbl",
    x: place.x - width / 2,
    y: place.y - height / 2,
    width,
    height,
    rx: 11,
  });
  const lines = lead.titles.map((title, line) => {
    const one = element("text", {
      class: "t3",
      "text-anchor": "middle",
      x: place.x,
      y: place.y - height / 2 + 15 + line * 15,
    });
    one.textContent = cut(title, LABEL);
    return one;
  });
  return [plate, ...lines];
}
