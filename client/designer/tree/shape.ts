// How steps hold other steps: which of a construct's keys are sequences, and what each is called. The one place that
// knows the shapes; a construct that is not here is drawn as a leaf.
import { say } from "../data";
import type { Mapping, Path, Plain } from "../model";
import { isMapping, listAt } from "../model";

export type Form = "leaf" | "choice" | "parallel" | "race" | "loop" | "frame" | "try" | "late";

/** One sequence within a step. `holder` is the branch it lies in; `event` the step that begins it; a virtual lane is
 * not written yet: it comes to be with its first step. */
export interface Lane {
  path: Path;
  label: string;
  holder: Path | null;
  event?: Path;
  virtual?: boolean;
  /** Takes no steps: only shows where the process goes on. */
  shut?: boolean;
  aside?: boolean;
}

const WORDS = [
  "block",
  "run",
  "steps",
  "if",
  "switch",
  "while",
  "each",
  "parallel",
  "race",
  "try",
  "pause",
  "wait",
  "set",
  "throw",
  "stop",
  "terminate",
] as const;

export const wordOf = (step: Mapping): string => WORDS.find((word) => word in step) ?? "";

/** The name under which the palette knows a step. */
export const kindOf = (step: Mapping): string =>
  wordOf(step) === "block" ? String(step.block) : `${wordOf(step)}:`;

export function formOf(step: Mapping): Form {
  switch (wordOf(step)) {
    case "if":
    case "switch":
      return "choice";
    case "parallel":
      return "parallel";
    case "race":
      return "race";
    case "while":
    case "each":
      return "loop";
    case "steps":
      return "frame";
    case "try":
      return "try";
    case "wait":
      return "late" in step ? "late" : "leaf";
  }
  return "leaf";
}

/** The lanes of a step, their paths beginning with its own. */
export function lanesOf(step: Mapping, path: Path): Lane[] {
  switch (wordOf(step)) {
    case "if":
      return branches(step, path, "if");
    case "switch":
      return branches(step, path, "cases");
    case "parallel":
      return listAt(step, ["parallel"]).map((_, at) => ({
        path: [...path, "parallel", at, "do"],
        label: "",
        holder: [...path, "parallel", at],
      }));
    case "race":
      return events(step, path, "race");
    case "while":
    case "each":
      return [{ path: [...path, "do"], label: "", holder: null }];
    case "steps":
      return [{ path: [...path, "steps"], label: "", holder: null }];
    case "try":
      return tried(step, path);
    case "wait":
      return "late" in step ? late(path) : [];
  }
  return [];
}

function branches(step: Mapping, path: Path, key: string): Lane[] {
  const written = listAt(step, [key]);
  const found = written.map((branch, at): Lane => {
    const other = isMapping(branch) && "else" in branch;
    const holder = [...path, key, at];
    if (other) return { path: [...holder, "else"], label: say("otherwise"), holder };
    return { path: [...holder, "do"], label: "", holder };
  });
  const complete = written.some((branch) => isMapping(branch) && "else" in branch);
  if (complete) return found;
  const next: Path = [...path, key, written.length, "else"];
  return [...found, { path: next, label: say("otherwise"), holder: null, virtual: true }];
}

function events(step: Mapping, path: Path, key: string): Lane[] {
  return listAt(step, [key]).map((_, at) => ({
    path: [...path, key, at, "do"],
    label: "",
    holder: null,
    event: [...path, key, at],
  }));
}

function tried(step: Mapping, path: Path): Lane[] {
  const handlers = (key: string): Lane[] =>
    listAt(step, [key]).map((_, at) => ({
      path: [...path, key, at, "do"],
      label: say(key),
      holder: [...path, key, at],
      aside: true,
    }));
  const meanwhile = events(step, path, "meanwhile").map((lane) => ({
    ...lane,
    label: say("meanwhile"),
    aside: true,
  }));
  return [
    { path: [...path, "try"], label: "", holder: null },
    ...handlers("on_error"),
    ...handlers("on_escalation"),
    ...meanwhile,
  ];
}

const late = (path: Path): Lane[] => [
  { path: [...path, "wait", "limit"], label: say("in_time"), holder: null, shut: true },
  { path: [...path, "late"], label: say("late"), holder: null },
];

/** Whether the process never comes to what stands behind a step. */
export function ends(step: Mapping): boolean {
  if (step.off === true) return false;
  const thrown = step.throw;
  return "terminate" in step || "stop" in step || (isMapping(thrown) && "error" in thrown);
}

/** The key that holds the branches of a construct, if more may be added. */
export const branchKey = (step: Mapping): string | null =>
  ({ if: "if", switch: "cases", parallel: "parallel", race: "race" })[wordOf(step)] ?? null;

/** Every step of a document, in the order in which it is read. */
export function* walk(document: Mapping, list: Path = ["do"], depth = 0): Generator<Found> {
  const steps = listAt(document, list);
  for (const [index, step] of steps.entries())
    if (isMapping(step)) yield* found(document, step, [...list, index], depth);
}

export interface Found {
  step: Mapping;
  path: Path;
  depth: number;
}

function* found(document: Mapping, step: Mapping, path: Path, depth: number): Generator<Found> {
  yield { step, path, depth };
  for (const lane of lanesOf(step, path)) {
    if (lane.shut) continue;
    if (lane.event) {
      const event = lane.event
        .slice(path.length)
        .reduce<Plain | undefined>((inner, key) => (inner as never)?.[key], step);
      if (isMapping(event)) yield* alone(event, lane.event, depth + 1);
    }
    yield* walk(document, lane.path, depth + 1);
  }
}

function* alone(step: Mapping, path: Path, depth: number): Generator<Found> {
  yield { step, path, depth };
}

/** The innermost step that a path lies in; null for what belongs to the whole definition. */
export function stepAround(document: Mapping, path: Path): Path | null {
  let nearest: Path | null = null;
  for (const each of walk(document))
    if (path.length >= each.path.length && each.path.every((key, at) => String(key) === String(path[at])))
      if (!nearest || each.path.length > nearest.length) nearest = each.path;
  return nearest;
}
