// Which lines a run has gone along, told from its marks: steps bear them, lines and silent steps follow from these.
import { isMapping, listAt, type Mapping, named, type Path } from "../model";
import type { Marks } from "../picture";
import type { Edge } from "./layout";
import { lanesOf } from "./shape";

const REACHED = new Set(["done", "run", "person", "wait", "timer", "incident"]);

interface Gone {
  /** Steps, branches and sequences that were come to, and those that are behind. */
  reached: Set<string>;
  passed: Set<string>;
}

/** Tell for a line whether the run has gone along it. */
export function taken(document: Mapping, marks: Marks): (edge: Edge) => boolean {
  const found: Gone = { reached: new Set(), passed: new Set() };
  const walked = sequence(document, marks, ["do"], true, found);
  if (!walked.anything) return () => false;
  return ({ to, from }) =>
    (!!to && found.reached.has(named(to))) || (!!from && found.passed.has(named(from)));
}

interface Walked {
  anything: boolean; // a mark within says so
  behind: boolean;
}

/** Go through steps one after another. What bears no mark is behind when what comes next was come to. */
function sequence(document: Mapping, marks: Marks, list: Path, entered: boolean, found: Gone): Walked {
  const steps = listAt(document, list);
  const walked = steps.map((step, at) => within(document, marks, step as Mapping, [...list, at], found));
  const last = walked.findLastIndex((each) => each.anything);
  const here = entered || last >= 0;
  let behind = here;
  for (const [at, each] of walked.entries()) {
    const name = named([...list, at]);
    if (behind || each.anything) found.reached.add(name);
    behind = each.marked ? each.behind : at < last || (behind && each.behind);
    if (behind) found.passed.add(name);
  }
  if (here) found.reached.add(named(list));
  if (behind) found.passed.add(named(list));
  return { anything: last >= 0, behind };
}

/** One step: what its mark says, else what stands in it. */
function within(
  document: Mapping,
  marks: Marks,
  step: Mapping,
  path: Path,
  found: Gone,
): Walked & { marked: boolean } {
  const mark = isMapping(step) ? (marks[String(step.id ?? "")] ?? marks[named(path)]) : undefined;
  const lanes = isMapping(step) ? lanesOf(step, path) : [];
  const walked = lanes.map((lane) => {
    // An “otherwise” that nobody has written lies in no branch, and its place is told all the same.
    const holder = lane.virtual ? lane.path.slice(0, -1) : lane.holder;
    const chosen = !!holder && REACHED.has(marks[named(holder)]?.state ?? "");
    const event = lane.event && marks[named(lane.event)]?.state;
    const come = chosen || REACHED.has(event ?? "");
    if (lane.event && come) found.reached.add(named(lane.event));
    const inner = sequence(document, marks, lane.path, come, found);
    // A loop in its second round stands amid steps that are behind once already.
    if (marks[named(lane.path)]?.state === "done") found.passed.add(named(lane.path));
    return { anything: come || inner.anything, behind: (come || inner.anything) && inner.behind };
  });
  if (mark?.state !== undefined && !lanes.length)
    return { marked: true, anything: REACHED.has(mark.state), behind: mark.state === "done" };
  const gone = walked.filter((each) => each.anything);
  return {
    marked: false,
    anything: gone.length > 0,
    behind: !lanes.length || (gone.length > 0 && gone.every((each) => each.behind)),
  };
}
