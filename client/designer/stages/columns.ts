// Columns anew: dagre has found the rows and the order within each. Here the main way through the process becomes one
// straight line; all else stands beside it, as near as the order allows, and an arrow keeps to one column.
import type { Chain, Placed, Point } from "./routing";

interface Item {
  at: Point;
  half: number;
  near: Item[];
  pinned: boolean;
  /** What moves together: a box by itself, or the stops of a way on one side of the main one. */
  group: string;
}

interface Rule {
  inner: string;
  outer: string;
  apart: number;
}

const APART = 30;
const MAIN = "main";

/** Move boxes and the stops of ways to their columns. `spine` are the boxes of the main way. */
export function straightened(
  boxes: Map<string, Placed>,
  chains: Chain[],
  spine: string[],
  breadth: (id: string) => number,
): void {
  const rows = rowsOf(boxes, chains, spine, breadth);
  const middle = boxes.get(spine.at(-1)!)?.x ?? 0;
  const sides: Item[][][] = [[], []];
  for (const row of rows) {
    const pin = row.find((item) => item.pinned);
    const [at, half] = pin ? [pin.at.x, pin.half] : [middle, 0];
    const main = pin ?? { at: { x: 0, y: 0 }, half, near: [], pinned: true, group: MAIN };
    const by = (a: Item, b: Item) => Math.abs(a.at.x - at) - Math.abs(b.at.x - at);
    sides[0]!.push([main, ...row.filter((item) => item !== pin && item.at.x < at).sort(by)]);
    sides[1]!.push([main, ...row.filter((item) => item !== pin && item.at.x >= at).sort(by)]);
  }
  for (const item of rows.flat()) if (item.pinned) item.at.x = 0;
  sides.forEach((side, at) => {
    settle(side, at ? 1 : -1);
  });
}

function rowsOf(
  boxes: Map<string, Placed>,
  chains: Chain[],
  spine: string[],
  breadth: (id: string) => number,
): Item[][] {
  const rows = new Map<number, Item[]>();
  const add = (at: Point, half: number, group: string, pinned: boolean): Item => {
    const item = { at, half, near: [], pinned, group: pinned ? MAIN : group };
    rows.set(Math.round(at.y), [...(rows.get(Math.round(at.y)) ?? []), item]);
    return item;
  };
  const items = new Map(
    [...boxes].map(([id, box]) => [id, add(box, breadth(id) / 2, `box ${id}`, spine.includes(id))]),
  );
  for (const [number, chain] of chains.entries()) {
    if (chain.from === chain.to) continue;
    const main = spine.indexOf(chain.from);
    const pinned = !chain.back && main >= 0 && spine[main + 1] === chain.to;
    const stops = chain.stops.map((stop) => {
      const labelled = chain.label && Math.abs(chain.label.y - stop.y) < 1.5;
      return add(stop, labelled ? chain.words.width / 2 : 1, `way ${number}`, pinned);
    });
    const ends = [items.get(chain.from)!, ...(chain.back ? [] : [items.get(chain.to)!])];
    for (const end of ends) for (const stop of stops) joined(end, stop);
  }
  return [...rows.values()];
}

function joined(a: Item, b: Item): void {
  a.near.push(b);
  b.near.push(a);
}

const gap = (a: Item, b: Item): number => a.half + b.half + (a.half > 1 && b.half > 1 ? APART : APART * 0.6);

/** Place what stands on one side of the main way: rows from it outwards, the main way first. */
function settle(rows: Item[][], sign: number): void {
  const rules: Rule[] = [];
  const members = new Map<string, Item[]>([[MAIN, []]]);
  for (const row of rows)
    for (const [at, item] of row.entries()) {
      if (!item.pinned) members.set(item.group, [...(members.get(item.group) ?? []), item]);
      if (at) rules.push({ inner: row[at - 1]!.group, outer: item.group, apart: gap(row[at - 1]!, item) });
    }
  const order = sorted([...members.keys()], rules);
  const stuck =
    order.length < members.size && [...members].find(([group]) => !order.includes(group) && group !== MAIN);
  // Two ways that cross cannot both be straight.
  if (stuck) {
    for (const [at, item] of stuck[1].entries()) item.group = `${item.group} ${at}`;
    return settle(rows, sign);
  }
  const far = new Map<string, number>();
  for (const group of order)
    far.set(
      group,
      Math.max(
        0,
        ...rules.filter((rule) => rule.outer === group).map((rule) => far.get(rule.inner)! + rule.apart),
      ),
    );
  const keep = () => {
    for (const [group, items] of members) for (const item of items) item.at.x = sign * far.get(group)!;
  };
  keep();
  for (let round = 0; round < 3; round += 1) {
    for (const group of order.slice(1).reverse()) {
      const own = members.get(group)!;
      const near = own.flatMap((item) => item.near).filter((item) => !own.includes(item));
      const wish = (sign * near.reduce((sum, item) => sum + item.at.x, 0)) / (near.length || 1);
      const room = rules
        .filter((rule) => rule.inner === group)
        .map((rule) => far.get(rule.outer)! - rule.apart);
      far.set(group, Math.max(far.get(group)!, Math.min(wish, ...room)));
    }
    keep();
  }
}

/** Groups so that the inner come before the outer; those in a circle are left out. */
function sorted(groups: string[], rules: Rule[]): string[] {
  const order: string[] = [];
  const waiting = new Map(groups.map((group) => [group, rules.filter((rule) => rule.outer === group)]));
  for (let found: string | undefined = MAIN; found !== undefined; ) {
    order.push(found);
    waiting.delete(found);
    found = [...waiting].find(([, before]) => before.every((rule) => order.includes(rule.inner)))?.[0];
  }
  return order;
}
