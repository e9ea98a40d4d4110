// From rows and columns to arrows with right angles. Between two rows lies a gap, and every arrow that changes its
// column does so there, on a track of its own; so arrows cross each other, but never run along one another or over a box.

export interface Point {
  x: number;
  y: number;
}

/** A box by its middle. */
export interface Placed extends Point {
  width: number;
  height: number;
}

/** A way before it is drawn: the columns it passes from the top down, and where its words stand. */
export interface Chain {
  from: string;
  to: string;
  stops: Point[];
  label?: Point | undefined;
  words: { width: number; height: number };
  back: boolean;
}

export interface Route {
  points: Point[];
  label?: Point | undefined;
  back: boolean;
}

interface Row {
  was: number;
  half: number;
  y: number;
}

/** A move to another column, in the gap above row `gap`. `up`, `down`: the arrow ends before its row, or comes from there. */
interface Move {
  gap: number;
  left: number;
  right: number;
  /** Where it comes from above and where it goes on below; both below in a turn. */
  above: number;
  below: number;
  track: number;
}

interface Port {
  at: number;
  wish: number;
  x: number;
}

const EDGE = 20;
const GAP = 26;
const TRACK = 9;
const PORTS = 18;
const ARROW = 12;

/** Give boxes their final places and ways their bends. */
export function routed(boxes: Map<string, Placed>, chains: Chain[]) {
  const rows = rowsOf(boxes, chains);
  const rowAt = (y: number) => rows.findIndex((row) => Math.abs(row.was - y) < 1.5);
  const sides = sideways(boxes, chains);
  const tops = new Map<string, Port[]>();
  const bottoms = new Map<string, Port[]>();
  const port = (at: Map<string, Port[]>, box: string, chain: number, wish: number) => {
    const made = { at: chain, wish, x: wish };
    at.set(box, [...(at.get(box) ?? []), made]);
    return made;
  };
  const ends = chains.map((chain, at) => {
    if (!chain.stops.length) {
      if (chain.from === chain.to) return {};
      return {
        above: port(bottoms, chain.from, at, boxes.get(chain.to)!.x),
        below: port(tops, chain.to, at, boxes.get(chain.from)!.x),
      };
    }
    const first = chain.stops[0]!.x;
    const last = chain.stops.at(-1)!.x;
    if (!chain.back)
      return { above: port(bottoms, chain.from, at, first), below: port(tops, chain.to, at, last) };
    const above = sides.has(at) ? undefined : port(tops, chain.to, at, first);
    return { above, below: port(tops, chain.from, at, last) };
  });
  for (const at of [tops, bottoms]) for (const [id, ports] of at) spread(ports, boxes.get(id)!);

  for (const { above, below } of ends) {
    if (!above || !below || Math.abs(above.x - below.x) > 10) continue;
    if (alone(tops, below)) below.x = above.x;
    else if (alone(bottoms, above)) above.x = below.x;
  }

  // Every arrow as columns from the top down, each with its row; a turn stands in the gap above the first.
  const moves: Move[] = [];
  const paths = chains.map((chain, at) => {
    const { above, below } = ends[at]!;
    if (!below) return [];
    const lower = boxes.get(chain.back ? chain.from : chain.to)!;
    const upper = boxes.get(chain.back ? chain.to : chain.from)!;
    const stops = chain.stops.map((stop) => ({ x: stop.x, row: rowAt(stop.y) }));
    if (!chain.back) stops.unshift({ x: above!.x, row: rowAt(upper.y) });
    stops.push({ x: below.x, row: rowAt(lower.y) });
    straighten(stops, chain.back);
    const bends = stops.slice(1).map((stop, index) => move(moves, stops[index]!.x, stop.x, stop.row));
    const turned = chain.back && above ? move(moves, stops[0]!.x, above.x, stops[0]!.row, true) : undefined;
    return { stops, bends, turned };
  });
  const tracks = share(moves, rows.length);
  stack(rows, tracks);
  const gapTop = (gap: number) => (gap ? rows[gap - 1]!.y + rows[gap - 1]!.half : 0);
  const height = (bend: Move) => {
    const bottom = rows[bend.gap]!.y - rows[bend.gap]!.half - ARROW;
    const count = tracks[bend.gap]!;
    const middle = (gapTop(bend.gap) + bottom) / 2 + (bend.gap ? 4 : 0);
    return middle + (bend.track - (count - 1) / 2) * TRACK;
  };
  for (const box of boxes.values()) box.y = rows[rowAt(box.y)]!.y;

  const routes = chains.map((chain, at): Route => {
    if (chain.from === chain.to) return loop(boxes.get(chain.from)!, chain);
    const { stops, bends, turned } = paths[at] as {
      stops: { x: number; row: number }[];
      bends: (Move | null)[];
      turned?: Move;
    };
    const upper = boxes.get(chain.back ? chain.to : chain.from)!;
    const lower = boxes.get(chain.back ? chain.from : chain.to)!;
    const points: Point[] = [];
    if (!chain.back) points.push({ x: stops[0]!.x, y: upper.y + upper.height / 2 });
    else if (turned) {
      const x = ends[at]!.above!.x;
      points.push(
        { x, y: upper.y - upper.height / 2 },
        { x, y: height(turned) },
        { x: stops[0]!.x, y: height(turned) },
      );
    } else {
      const side = Math.sign(stops[0]!.x - upper.x);
      points.push({ x: upper.x + (side * upper.width) / 2, y: upper.y }, { x: stops[0]!.x, y: upper.y });
    }
    bends.forEach((bend, index) => {
      if (bend)
        points.push({ x: stops[index]!.x, y: height(bend) }, { x: stops[index + 1]!.x, y: height(bend) });
    });
    points.push({ x: stops.at(-1)!.x, y: lower.y - lower.height / 2 });
    const label = chain.label && {
      x: columnAt(stops, rowAt(chain.label.y)),
      y: rows[rowAt(chain.label.y)]!.y,
    };
    return { points: chain.back ? points.reverse() : points, label, back: chain.back };
  });
  return shifted(boxes, routes, chains);
}

const alone = (at: Map<string, Port[]>, port: Port): boolean =>
  [...at.values()].some((ports) => ports.length === 1 && ports[0] === port);

function columnAt(stops: { x: number; row: number }[], row: number): number {
  return (stops.find((stop) => stop.row === row) ?? stops[0]!).x;
}

function rowsOf(boxes: Map<string, Placed>, chains: Chain[]): Row[] {
  const rows: Row[] = [];
  const add = (y: number, half: number) => {
    const row = rows.find((one) => Math.abs(one.was - y) < 1.5);
    if (row) row.half = Math.max(row.half, half);
    else rows.push({ was: y, half, y });
  };
  for (const box of boxes.values()) add(box.y, box.height / 2);
  for (const chain of chains) {
    for (const stop of chain.stops) add(stop.y, 0);
    if (chain.label) add(chain.label.y, chain.words.height / 2);
  }
  return rows.sort((a, b) => a.was - b.was);
}

/** The returns that come in from the side: nothing stands between them and their box. One on each side. */
function sideways(boxes: Map<string, Placed>, chains: Chain[]): Set<number> {
  const found = new Set<number>();
  const taken = new Set<string>();
  const near = (at: number) => Math.abs(chains[at]!.stops[0]!.x - boxes.get(chains[at]!.to)!.x);
  const returning = chains.map((chain, at) => (chain.back ? at : -1)).filter((at) => at >= 0);
  for (const at of returning.sort((a, b) => near(a) - near(b))) {
    const chain = chains[at]!;
    const box = boxes.get(chain.to)!;
    const x = chain.stops[0]!.x;
    const side = `${chain.to} ${Math.sign(x - box.x)}`;
    const [left, right] = [Math.min(x, box.x), Math.max(x, box.x)];
    const between = [...boxes.values(), ...chains.filter((one) => one !== chain).flatMap((one) => one.stops)]
      .filter((one) => one !== box && Math.abs(one.y - box.y) < 1.5)
      .some((one) => one.x > left && one.x < right);
    if (between || taken.has(side) || Math.abs(x - box.x) < box.width / 2 + 12) continue;
    if (chains.some((one) => one.from === one.to && one.from === chain.to) && x > box.x) continue;
    taken.add(side);
    found.add(at);
  }
  return found;
}

/** Set the ports of one side of a box near to where their arrows go, in order and apart. */
function spread(ports: Port[], box: Placed): void {
  const [left, right] = [box.x - box.width / 2 + 14, box.x + box.width / 2 - 14];
  ports.sort((a, b) => a.wish - b.wish || a.at - b.at);
  const apart = Math.min(PORTS, (right - left) / Math.max(1, ports.length - 1));
  let last = Number.NEGATIVE_INFINITY;
  for (const port of ports)
    last = port.x = Math.max(Math.min(Math.max(port.wish, left), right), last + apart);
  last = Number.POSITIVE_INFINITY;
  for (const port of [...ports].reverse()) last = port.x = Math.min(port.x, right, last - apart);
  // One that leaves sideways starts from the middle, as if nothing pulled at it.
  if (ports.length === 1 && Math.abs(ports[0]!.wish - box.x) > box.width / 2) ports[0]!.x = box.x;
}

// A column that misses its port by little is moved onto it: a small step says nothing and is seen.
function straighten(stops: { x: number; row: number }[], back: boolean): void {
  const pull = (from: number, by: number, until: number) => {
    for (let at = from; at !== until && Math.abs(stops[at]!.x - stops[at - by]!.x) < 10; at += by)
      stops[at]!.x = stops[at - by]!.x;
  };
  if (!back) pull(1, 1, stops.length - 1);
  pull(stops.length - 2, -1, back ? -1 : 0);
}

function move(moves: Move[], above: number, below: number, gap: number, turned = false): Move | null {
  if (Math.abs(above - below) < 0.5) return null;
  const made = { gap, left: Math.min(above, below), right: Math.max(above, below), above, below, track: 0 };
  if (turned) made.above = Number.NaN;
  moves.push(made);
  return made;
}

/** Share out tracks so that moves do not overlap, and cross as little as may be; give how many each gap has. */
function share(moves: Move[], count: number): number[] {
  return Array.from({ length: count }, (_, gap) => {
    const here = moves.filter((one) => one.gap === gap);
    const rightwards = here.filter((one) => one.above < one.below).sort((a, b) => b.above - a.above);
    const leftwards = here.filter((one) => one.above >= one.below).sort((a, b) => a.above - b.above);
    const turns = here
      .filter((one) => Number.isNaN(one.above))
      .sort((a, b) => b.right - b.left - (a.right - a.left));
    const done: Move[] = [];
    for (const one of [...turns, ...rightwards, ...leftwards]) {
      const near = done.filter((other) => other.left < one.right + 8 && one.left < other.right + 8);
      one.track = Math.max(-1, ...near.map((other) => other.track)) + 1;
      done.push(one);
    }
    return Math.max(0, ...done.map((one) => one.track + 1));
  });
}

function stack(rows: Row[], tracks: number[]): void {
  let y = 0;
  rows.forEach((row, at) => {
    const needed = tracks[at]! * TRACK + ARROW + 8;
    const gap = at ? (tracks[at] ? Math.max(GAP, needed) : GAP - 8) : tracks[0] ? needed : 0;
    row.y = y + gap + row.half;
    y = row.y + row.half;
  });
}

function loop(box: Placed, chain: Chain): Route {
  const x = box.x + box.width / 2;
  const out = x + 22;
  const points = [
    { x, y: box.y - 9 },
    { x: out, y: box.y - 9 },
    { x: out, y: box.y + 9 },
    { x, y: box.y + 9 },
  ];
  const label = chain.words.width ? { x: out + 4 + chain.words.width / 2, y: box.y } : undefined;
  return { points, label, back: true };
}

function shifted(boxes: Map<string, Placed>, routes: Route[], chains: Chain[]) {
  const rects = [
    ...[...boxes.values()],
    ...routes.flatMap((route, at) => [
      ...route.points.map((point) => ({ ...point, width: 0, height: 0 })),
      ...(route.label ? [{ ...route.label, ...chains[at]!.words }] : []),
    ]),
  ];
  const left = Math.min(...rects.map((one) => one.x - one.width / 2)) - EDGE;
  const top = Math.min(...rects.map((one) => one.y - one.height / 2)) - EDGE;
  const width = Math.max(...rects.map((one) => one.x + one.width / 2)) - left + EDGE;
  const height = Math.max(...rects.map((one) => one.y + one.height / 2)) - top + EDGE;
  const moved = new Set<Point>([...boxes.values()]);
  for (const route of routes)
    for (const point of [...route.points, ...(route.label ? [route.label] : [])]) moved.add(point);
  for (const point of moved) {
    point.x -= left;
    point.y -= top;
  }
  return { width, height, boxes, routes };
}
