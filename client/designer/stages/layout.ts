// Where the boxes of a stage graph stand and how its arrows run. Pure: sizes in, places out.
// dagre finds rows, their order and columns; what goes back up and how arrows bend is ours (see routing.ts), so that
// a return is read as one: it runs beside its stages and comes in from the side or from above.
import { Graph, layout } from "@dagrejs/dagre";
import { straightened } from "./columns";
import { type Chain, type Placed, type Point, type Route, routed } from "./routing";

export interface Box {
  id: string;
  width: number;
  height: number;
}

/** One arrow; width and height are those of its words, 0 for none. */
export interface Way {
  from: string;
  to: string;
  width: number;
  height: number;
}

export interface Laid {
  width: number;
  height: number;
  boxes: Map<string, Placed>;
  /** In the order of the ways. */
  routes: Route[];
}

/** How far a way from a stage to itself stands out. */
export const LOOP = 26;

/** Lay boxes out from the top down, `begin` first. A way joins two of the boxes; the first of each is its main one. */
export function lay(boxes: Box[], ways: Way[], begin: string): Laid {
  if (!boxes.length) return { width: 0, height: 0, boxes: new Map(), routes: [] };
  const back = returns(boxes, ways, begin);
  const rank = ranks(boxes, drawn(boxes, ways, begin, new Map([...back].map((at) => [at, 0]))));
  const climb = (at: number) => rank.get(ways[at]!.from)! - rank.get(ways[at]!.to)!;
  const graph = drawn(boxes, ways, begin, new Map([...back].map((at) => [at, climb(at)])));
  const found = placed(boxes, graph);
  const lines = chains(ways, graph, back);
  const broad = new Map(boxes.map((box) => [box.id, breadth(box, ways)]));
  straightened(found, lines, spine(ways, back, begin), (id) => broad.get(id)!);
  return routed(found, lines);
}

/** The main way: from the beginning along the first way of each stage. */
function spine(ways: Way[], back: Set<number>, begin: string): string[] {
  const found = [begin];
  for (let at = 0; at < found.length; at += 1) {
    const next = ways.find((way, index) => way.from === found[at] && !back.has(index) && way.to !== way.from);
    if (next) found.push(next.to);
  }
  return found;
}

/** The ways that lead back: to a stage from which one comes here. */
function returns(boxes: Box[], ways: Way[], begin: string): Set<number> {
  const back = new Set<number>();
  const state = new Map<string, "open" | "done">();
  const visit = (id: string) => {
    state.set(id, "open");
    ways.forEach((way, at) => {
      if (way.from !== id || way.to === id) return;
      if (state.get(way.to) === "open") back.add(at);
      else if (!state.has(way.to)) visit(way.to);
    });
    state.set(id, "done");
  };
  for (const id of [begin, ...boxes.map((box) => box.id)]) if (id && !state.has(id)) visit(id);
  return back;
}

const turn = (at: number) => `turn ${at}`;

// A return is laid out as a way down from a turn, so many rows above (`climbs`) that it stands in the row of its target:
// dagre then keeps a column free for it. While 0 rows are known, returns are left out.
function drawn(boxes: Box[], ways: Way[], begin: string, climbs: Map<number, number>): Graph {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, edgesep: 18, ranksep: 20, ranker: "network-simplex" });
  for (const box of boxes) graph.setNode(box.id, { width: breadth(box, ways), height: box.height });
  const led = new Set<string>();
  ways.forEach((way, at) => {
    const climb = climbs.get(at);
    if (way.from === way.to || climb === 0) return;
    const label = { width: way.width, height: way.height, labelpos: "c" };
    if (climb) {
      graph.setNode(turn(at), { width: 1, height: 1 });
      graph.setEdge(turn(at), way.from, { ...label, minlen: climb, weight: 1 }, `${at}`);
    } else
      graph.setEdge(way.from, way.to, { ...label, minlen: 1, weight: led.has(way.from) ? 1 : 4 }, `${at}`);
    led.add(way.from);
  });
  anchor(graph, boxes, ways, begin);
  layout(graph);
  return graph;
}

function breadth(box: Box, ways: Way[]): number {
  const own = ways.filter((way) => way.from === box.id && way.to === box.id);
  return box.width + 2 * Math.max(0, ...own.map((way) => LOOP + way.width));
}

// What nothing leads to would stand in the first row, as if the process began there; unless it leads to the beginning.
function anchor(graph: Graph, boxes: Box[], ways: Way[], begin: string): void {
  const come = new Set([begin, ...ways.filter((way) => way.from !== way.to).map((way) => way.to)]);
  if (!graph.hasNode(begin)) return;
  const before = above(ways, begin);
  for (const { id } of boxes)
    if (!come.has(id) && !before.has(id))
      graph.setEdge(begin, id, { width: 0, height: 0, minlen: 1, weight: 0 }, "lost");
}

/** All boxes from which one comes to this one. */
function above(ways: Way[], id: string): Set<string> {
  const found = new Set([id]);
  for (const each of found) for (const way of ways) if (way.to === each) found.add(way.from);
  return found;
}

function ranks(boxes: Box[], graph: Graph): Map<string, number> {
  const heights = boxes.map((box) => Math.round(graph.node(box.id).y as number));
  const rows = [...new Set(heights)].sort((a, b) => a - b);
  return new Map(boxes.map((box, at) => [box.id, rows.indexOf(heights[at]!)]));
}

function placed(boxes: Box[], graph: Graph): Map<string, Placed> {
  return new Map(
    boxes.map((box) => {
      const { x, y } = graph.node(box.id) as { x: number; y: number };
      return [box.id, { x, y, width: box.width, height: box.height }];
    }),
  );
}

function chains(ways: Way[], graph: Graph, back: Set<number>): Chain[] {
  return ways.map((way, at) => {
    const [from, to] = back.has(at) ? [turn(at), way.from] : [way.from, way.to];
    const words = { width: way.width, height: way.height };
    if (way.from === way.to) return { ...way, words, stops: [], back: false };
    const found = graph.edge(from, to, `${at}`) as { points: Point[]; x?: number; y?: number };
    const stops = found.points.slice(1, -1);
    if (back.has(at)) stops.unshift(graph.node(from) as Point);
    return {
      ...way,
      words,
      stops,
      label: way.width ? { x: found.x!, y: found.y! } : undefined,
      back: back.has(at),
    };
  });
}
