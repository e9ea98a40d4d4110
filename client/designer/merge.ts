// Joins what two people drew over the same beginning, by block: null when both changed the same thing.
import type { Mapping, Plain } from "./model";
import { equal, isList, isMapping } from "./model";

export function merge(base: Mapping, mine: Mapping, theirs: Mapping): Mapping | null {
  const clashed = { yes: false };
  const joined = both(base, mine, theirs, clashed);
  return clashed.yes ? null : (joined as Mapping);
}

function both(
  base: Plain | undefined,
  mine: Plain | undefined,
  theirs: Plain | undefined,
  clashed: { yes: boolean },
): Plain | undefined {
  if (equal(mine, theirs) || equal(theirs, base)) return mine;
  if (equal(mine, base)) return theirs;
  if (isMapping(base) && isMapping(mine) && isMapping(theirs)) return mappings(base, mine, theirs, clashed);
  if (isList(base) && isList(mine) && isList(theirs)) return lists(base, mine, theirs, clashed);
  clashed.yes = true;
  return mine;
}

function mappings(base: Mapping, mine: Mapping, theirs: Mapping, clashed: { yes: boolean }): Mapping {
  const joined: Record<string, Plain> = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const found = both(base[key], mine[key], theirs[key], clashed);
    if (found !== undefined) joined[key] = found;
  }
  return joined;
}

// Where both kept all items, each is joined by itself; where both added or removed, the change of one side has to lie
// wholly before or behind the change of the other.
function lists(
  base: readonly Plain[],
  mine: readonly Plain[],
  theirs: readonly Plain[],
  clashed: { yes: boolean },
): Plain {
  if (base.length === mine.length && base.length === theirs.length)
    return base.map((item, at) => both(item, mine[at], theirs[at], clashed)!);
  const own = changed(base, mine);
  const other = changed(base, theirs);
  const [first, firstList, second, secondList] =
    own.from <= other.from ? [own, mine, other, theirs] : [other, theirs, own, mine];
  if (first.to > second.from || (first.from === second.from && first.to === second.to)) {
    clashed.yes = true;
    return mine;
  }
  return [
    ...firstList.slice(0, firstList.length - (base.length - first.to)),
    ...base.slice(first.to, second.from),
    ...secondList.slice(second.from),
  ];
}

/** Which items of the base another list changed: from the first that differs to the one behind the last. */
function changed(base: readonly Plain[], list: readonly Plain[]): { from: number; to: number } {
  let from = 0;
  while (from < base.length && from < list.length && equal(base[from], list[from])) from += 1;
  let back = 0;
  while (
    back < base.length - from &&
    back < list.length - from &&
    equal(base.at(-1 - back), list.at(-1 - back))
  )
    back += 1;
  return { from, to: base.length - back };
}
