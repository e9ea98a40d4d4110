// A definition as data that never changes: every operation gives another document and shares what stayed the same.
// A path leads to a value as the server names places: ["do", 2, "if", 0, "do"].
export type Plain = string | number | boolean | null | readonly Plain[] | Mapping;
export interface Mapping {
  readonly [key: string]: Plain;
}
export type Path = readonly (string | number)[];

/** What an operation gives: the document, what is chosen then, and where what stood at a path stands now. */
export interface Change {
  document: Mapping;
  chosen?: Path | null;
  moved?: (path: Path) => Path | null;
}

export const isMapping = (value: Plain | undefined): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isList = (value: Plain | undefined): value is readonly Plain[] => Array.isArray(value);
export const same = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((step, at) => String(step) === String(other[at]));
export const within = (path: Path, outer: Path): boolean =>
  path.length >= outer.length && same(path.slice(0, outer.length), outer);
export const named = (path: Path): string => path.join(".");
export const parsed = (name: string): Path =>
  name ? name.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step)) : [];
export const equal = (one: Plain | undefined, other: Plain | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** The value at a path; undefined where nothing is. */
export function at(document: Plain, path: Path): Plain | undefined {
  let found: Plain | undefined = document;
  for (const step of path) {
    if (isList(found)) found = found[Number(step)];
    else if (isMapping(found)) found = found[step];
    else return undefined;
  }
  return found;
}

export const mappingAt = (document: Plain, path: Path): Mapping => {
  const found = at(document, path);
  return isMapping(found) ? found : {};
};
export const listAt = (document: Plain, path: Path): readonly Plain[] => {
  const found = at(document, path);
  return isList(found) ? found : [];
};

/** Put a value at a path, making what leads there. */
export function put(document: Mapping, path: Path, value: Plain): Mapping {
  return laid(document, path, value) as Mapping;
}

function laid(document: Plain | undefined, path: Path, value: Plain): Plain {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const items = isList(document) ? [...document] : [];
    items[step] = laid(items[step], rest, value);
    return items;
  }
  const old = isMapping(document) ? document : {};
  return { ...old, [step]: laid(old[step], rest, value) };
}

/** Take what stands at a path out of its list or mapping. */
export function without(document: Mapping, path: Path): Mapping {
  const last = path[path.length - 1];
  const holder = at(document, path.slice(0, -1));
  if (last === undefined || holder === undefined) return document;
  if (isList(holder))
    return put(
      document,
      path.slice(0, -1),
      holder.filter((_, index) => index !== last),
    );
  const rest = Object.fromEntries(Object.entries(holder as Mapping).filter(([key]) => key !== last));
  return put(document, path.slice(0, -1), rest);
}

/** Where a path leads after the item at `removed` is gone from its list; null for what went with it. */
export function afterRemoval(path: Path, removed: Path): Path | null {
  if (within(path, removed)) return null;
  return shifted(path, removed, -1);
}

/** Where a path leads after something came into the list at `inserted`. */
export const afterInsertion = (path: Path, inserted: Path, count = 1): Path => shifted(path, inserted, count);

function shifted(path: Path, place: Path, by: number): Path {
  const depth = place.length - 1;
  const index = place[depth];
  const own = path[depth];
  if (typeof index !== "number" || typeof own !== "number" || !within(path, place.slice(0, -1))) return path;
  const touched = by < 0 ? own > index : own >= index;
  return touched ? [...path.slice(0, depth), own + by, ...path.slice(depth + 1)] : path;
}

/** Insert items into the list at `place` minus its last step, which is where the first of them comes. */
export function insert(document: Mapping, place: Path, items: readonly Plain[]): Change {
  const list = place.slice(0, -1);
  const index = Number(place[place.length - 1]);
  const old = listAt(document, list);
  const made = put(document, list, [...old.slice(0, index), ...items, ...old.slice(index)]);
  return { document: made, chosen: place, moved: (path) => afterInsertion(path, place, items.length) };
}

/** Remove the item at a path; the next one is chosen, else the one before, else what holds them. */
export function remove(document: Mapping, path: Path): Change {
  const list = path.slice(0, -1);
  const index = Number(path[path.length - 1]);
  const left = listAt(document, list).length - 1;
  const chosen = left > 0 ? [...list, Math.min(index, left - 1)] : null;
  return { document: without(document, path), chosen, moved: (each) => afterRemoval(each, path) };
}

/** Move an item into the list at `place`; null when it cannot go into itself or would stay where it is. */
export function move(document: Mapping, from: Path, place: Path): Change | null {
  const item = at(document, from);
  if (item === undefined || (within(place, from) && place.length > from.length)) return null;
  const goal = shifted(place, from, -1);
  if (same(goal, from)) return null;
  const made = insert(without(document, from), goal, [item]);
  const moved = (path: Path): Path | null => {
    if (within(path, from)) return [...goal, ...path.slice(from.length)];
    return afterInsertion(afterRemoval(path, from) ?? path, goal);
  };
  return { document: made.document, chosen: goal, moved };
}

/** Set a key of the mapping at a path; undefined and empty take it away. */
export function set(document: Mapping, path: Path, key: string, value: Plain | undefined): Mapping {
  const nothing = value === undefined || value === "" || value === null;
  return nothing ? without(document, [...path, key]) : put(document, [...path, key], value);
}
