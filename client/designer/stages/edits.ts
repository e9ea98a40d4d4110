// What may be done to stages: pure operations on the document, each gives another one.
import { type Change, type Mapping, mappingAt, type Path, type Plain, put, set, without } from "../model";
import { list, mapping, stagesOf, text } from "./reading";

export const STAGES: Path = ["stages"];
export const stagePath = (id: string): Path => [...STAGES, id];

// Names in formulas are Latin; a title in Russian is written in Latin letters.
const LATIN: Record<string, string> = Object.fromEntries(
  "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:c ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);
const RESERVED = ["start", "end"];

/** Make a name of a title that none of `taken` has. */
export function nameFor(title: string, taken: readonly string[], fallback: string): string {
  const latin = [...title.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join("");
  const plain = latin.replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "");
  const wished = plain.slice(0, 40) || fallback;
  const free = (name: string) => !taken.includes(name) && !RESERVED.includes(name);
  if (free(wished)) return wished;
  let count = 2;
  while (!free(`${wished}_${count}`)) count += 1;
  return `${wished}_${count}`;
}

const ids = (document: Mapping): string[] => stagesOf(document).map(([id]) => id);

/** The first stage is where the process begins. */
export function addStage(document: Mapping, title: string): Change & { id: string } {
  const taken = ids(document);
  const id = nameFor(title, taken, "stage");
  const stage: Mapping = taken.length ? { title } : { title, begin: true };
  return { document: put(document, stagePath(id), stage), chosen: stagePath(id), id };
}

/** Remove a stage; what led to it leads nowhere until somebody says where to. */
export function removeStage(document: Mapping, id: string): Change {
  const before = ids(document);
  const at = before.indexOf(id);
  const next = before[at + 1] ?? before[at - 1];
  const rest = stagesOf(document).filter(([each]) => each !== id);
  const stages = Object.fromEntries(rest.map(([each, stage]) => [each, forgetting(stage, id)]));
  return { document: { ...document, stages }, chosen: next ? stagePath(next) : null };
}

function forgetting(stage: Mapping, id: string): Mapping {
  const results = Object.entries(mapping(stage.results)).map(([name, result]) => {
    const given = mapping(result);
    return [name, given.to === id ? without(given, ["to"]) : result];
  });
  const kept: Mapping =
    stage.results === undefined ? stage : { ...stage, results: Object.fromEntries(results) };
  const events = list(kept.on).filter((event) => mapping(event).go !== id);
  const listening: Mapping =
    kept.on === undefined ? kept : events.length ? { ...kept, on: events } : without(kept, ["on"]);
  return listening.then === id ? without(listening, ["then"]) : listening;
}

export function moveStage(document: Mapping, id: string, by: number): Change | null {
  const stages = stagesOf(document);
  const made = swapped(
    stages,
    stages.findIndex(([each]) => each === id),
    by,
  );
  return made && { document: { ...document, stages: Object.fromEntries(made) }, chosen: stagePath(id) };
}

function swapped<T>(items: readonly T[], at: number, by: number): T[] | null {
  const goal = at + by;
  if (at < 0 || goal < 0 || goal >= items.length) return null;
  const made = [...items];
  [made[at], made[goal]] = [made[goal]!, made[at]!];
  return made;
}

/** A process begins with one stage: the others give it up. */
export function begin(document: Mapping, id: string): Mapping {
  const stages = stagesOf(document).map(([each, stage]) => [
    each,
    each === id
      ? { ...titled(stage), begin: true, ...rest(without(stage, ["end"])) }
      : without(stage, ["begin"]),
  ]);
  return { ...document, stages: Object.fromEntries(stages) };
}

const titled = (stage: Mapping): Mapping => (stage.title === undefined ? {} : { title: stage.title });
const rest = (stage: Mapping): Mapping => without(without(stage, ["title"]), ["begin"]);

const NEVER_AT_AN_END = [
  "results",
  "then",
  "on",
  "leave",
  "pause",
  "task",
  "responsible",
  "fields",
  "with",
  "run",
  "activity",
  "begin",
];

/** Let the process end here, or go on; what has no meaning at an end is left out. */
export function end(document: Mapping, id: string, on: boolean): Mapping {
  const stage = mappingAt(document, stagePath(id));
  if (!on) return put(document, stagePath(id), without(stage, ["end"]));
  const kept = Object.entries(stage).filter(([key]) => !NEVER_AT_AN_END.includes(key));
  return put(document, stagePath(id), { ...Object.fromEntries(kept), end: true });
}

/** How much would be left out if the process ended here. */
export const lostAtAnEnd = (stage: Mapping): number =>
  NEVER_AT_AN_END.filter((key) => key !== "begin" && stage[key] !== undefined).length;

export function addResult(document: Mapping, id: string, title: string, to = ""): Change & { name: string } {
  const path = [...stagePath(id), "results"];
  const name = nameFor(title, Object.keys(mappingAt(document, path)), "result");
  const result: Mapping = to ? { title, to } : { title };
  return { document: put(document, [...path, name], result), chosen: stagePath(id), name };
}

export function removeResult(document: Mapping, id: string, name: string): Mapping {
  const path = [...stagePath(id), "results"];
  const left = without(document, [...path, name]);
  return Object.keys(mappingAt(left, path)).length ? left : without(left, path);
}

export function moveResult(document: Mapping, id: string, name: string, by: number): Mapping | null {
  const path = [...stagePath(id), "results"];
  const results = Object.entries(mappingAt(document, path));
  const made = swapped(
    results,
    results.findIndex(([each]) => each === name),
    by,
  );
  return made && put(document, path, Object.fromEntries(made));
}

export const peopleOf = (stage: Mapping): string[] => list(stage.responsible).map(text);

/** Say who is responsible, in order; one stands by himself, nobody is not written. */
export function setPeople(document: Mapping, id: string, people: readonly string[]): Mapping {
  const plain: Plain | undefined = people.length > 1 ? [...people] : people[0];
  return set(document, stagePath(id), "responsible", plain);
}

export const movePerson = (people: readonly string[], at: number, by: number): string[] =>
  swapped(people, at, by) ?? [...people];
