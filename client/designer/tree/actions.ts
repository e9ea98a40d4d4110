// What one does to steps, whichever face one does it in. Each says aloud what it did.
import type { Kind } from "../data";
import type { Editor } from "../editor";
import type { Mapping, Path, Plain } from "../model";
import * as model from "../model";
import { branchKey, kindOf, lanesOf, walk } from "./shape";
import { placeTitle, titleOf } from "./titles";

const CLIP = "potok-steps";
const BARE = new Set(["each", "while"]);

/** A new step of a kind, with what it cannot be without. Blocks that give something get a name for it. */
export function made(editor: Editor, kind: Kind): Mapping {
  if (!kind.word) {
    const step: Mapping = { block: kind.name };
    return Object.keys(kind.results).length ? { id: freeId(editor, kind.name), ...step } : step;
  }
  const bodies: Record<string, Mapping> = {
    if: { if: [{ when: "", do: [] }] },
    switch: { switch: "", cases: [{ is: "", do: [] }] },
    while: { while: "", do: [] },
    each: { id: freeId(editor, "item"), each: "", do: [] },
    parallel: { parallel: [{ do: [] }, { do: [] }] },
    race: { race: [{ pause: { for: "1 day" }, do: [] }] },
    try: { try: [], on_error: [{ do: [] }] },
    pause: { pause: { for: "1 day" } },
    wait: { wait: { when: "" } },
    steps: { steps: [] },
    set: { set: {} },
    run: { run: "" },
    stop: { stop: "branch" },
    throw: { throw: { error: "" } },
    terminate: { terminate: "" },
  };
  return bodies[kind.word] ?? { [kind.word]: BARE.has(kind.word) ? "" : {} };
}

function freeId(editor: Editor, name: string): string {
  const taken = new Set([...walk(editor.document)].map((each) => each.step.id));
  for (let count = 1; ; count += 1) if (!taken.has(`${name}_${count}`)) return `${name}_${count}`;
}

export function add(editor: Editor, place: Path, kind: Kind): void {
  const step = made(editor, kind);
  editor.apply(model.insert(editor.document, place, [step]));
  editor.announce("added", { title: kind.title });
}

export function remove(editor: Editor, path: Path): void {
  const title = placeTitle(editor, path);
  if (typeof path[path.length - 1] !== "number") return;
  const change = model.remove(editor.document, path);
  editor.apply({ ...change, chosen: change.chosen ?? outer(editor, path) });
  editor.announce("removed", { title });
}

/** Remove a branch of a construct, with what stands in it. */
export function removeBranch(editor: Editor, holder: Path): void {
  const owner = holder.slice(0, -2);
  editor.apply({ ...model.remove(editor.document, holder), chosen: owner });
}

export function move(editor: Editor, from: Path, place: Path): void {
  const title = placeTitle(editor, from);
  if (!editor.apply(model.move(editor.document, from, place))) return;
  editor.announce("moved", { title, n: Number(editor.chosen?.[editor.chosen.length - 1] ?? 0) + 1 });
}

/** Move a step one up or down; at the edge of its sequence it goes into or out of the nearest branch. */
export function nudge(editor: Editor, path: Path, by: 1 | -1): void {
  const places = [...slots(editor)];
  const index = Number(path[path.length - 1]);
  const own = places.findIndex((slot) => model.same(slot, path));
  // Its own place and the one right behind it would change nothing; places within it are no places for it.
  const behind = [...path.slice(0, -1), index + 1];
  const usable = (slot: Path): boolean =>
    !model.within(slot, path) && !model.same(slot, path) && !model.same(slot, behind);
  const found =
    by > 0 ? places.slice(own + 1).find(usable) : places.slice(0, Math.max(own, 0)).reverse().find(usable);
  if (found) move(editor, path, found);
  else editor.announce("cannot_move");
}

/** Every place where a step may come, from top to bottom. */
export function* slots(editor: Editor, list: Path = ["do"]): Generator<Path> {
  const steps = model.listAt(editor.document, list);
  for (const [index, step] of steps.entries()) {
    yield [...list, index];
    if (!model.isMapping(step) || editor.folded.has(model.named([...list, index]))) continue;
    for (const lane of lanesOf(step, [...list, index])) if (!lane.shut) yield* slots(editor, lane.path);
  }
  yield [...list, steps.length];
}

/** Where a step comes that is added while something is chosen: behind it. */
export function placeBehind(editor: Editor): Path {
  const { chosen } = editor;
  if (!chosen) return ["do", model.listAt(editor.document, ["do"]).length];
  const last = chosen[chosen.length - 1];
  const step = model.mappingAt(editor.document, chosen);
  const isBranch = "do" in step && !kindOf(step).replace(":", "");
  if (isBranch) return [...chosen, "do", model.listAt(step, ["do"]).length];
  if (chosen[chosen.length - 2] === "race" || chosen[chosen.length - 2] === "meanwhile")
    return [...chosen, "do", 0];
  if (typeof last === "number" && !("else" in step && Object.keys(step).length === 1))
    return [...chosen.slice(0, -1), last + 1];
  return [...chosen, "else", model.listAt(step, ["else"]).length];
}

export function addBranch(editor: Editor, path: Path): void {
  const step = model.mappingAt(editor.document, path);
  const key = branchKey(step);
  if (!key) return;
  const list = model.listAt(step, [key]);
  const other = list.findIndex((branch) => model.isMapping(branch) && "else" in branch);
  const fresh: Record<string, Mapping> = {
    if: { when: "", do: [] },
    cases: { is: "", do: [] },
    parallel: { do: [] },
    race: { pause: { for: "1 day" }, do: [] },
  };
  editor.apply(model.insert(editor.document, [...path, key, other < 0 ? list.length : other], [fresh[key]!]));
}

/** Let a loop rest before it goes round again. */
export function rest(editor: Editor, path: Path): void {
  const place = [...path, "do", model.listAt(editor.document, [...path, "do"]).length];
  editor.apply(model.insert(editor.document, place, [{ pause: { for: "1 hour" } }]));
}

/** Copy as text, so that it can be pasted into another definition, or read. */
export async function copy(editor: Editor, path: Path): Promise<void> {
  const step = model.mappingAt(editor.document, path);
  const text = JSON.stringify({ [CLIP]: [step] }, null, 1);
  localStorage.setItem(CLIP, text);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without leave to use the clipboard, the browser's own store carries it to other definitions.
  }
  editor.announce("copied", { title: titleOf(editor, step) });
}

export async function cut(editor: Editor, path: Path): Promise<void> {
  await copy(editor, path);
  remove(editor, path);
}

export async function paste(editor: Editor, place = placeBehind(editor)): Promise<void> {
  const steps = pasted(await clipboard());
  if (!steps.length) return editor.announce("nothing_to_paste");
  insert(editor, steps, place);
}

/** Put ready steps in; their ids become free ones. */
export function insert(editor: Editor, steps: readonly Plain[], place = placeBehind(editor)): void {
  const fresh = renamed(editor, steps);
  editor.apply(model.insert(editor.document, place, fresh));
  editor.announce("pasted", { title: model.isMapping(fresh[0]) ? titleOf(editor, fresh[0]) : "" });
}

async function clipboard(): Promise<string> {
  const kept = localStorage.getItem(CLIP) ?? "";
  try {
    const text = await navigator.clipboard.readText();
    return text.includes(CLIP) ? text : kept;
  } catch {
    return kept;
  }
}

function pasted(text: string): readonly Plain[] {
  try {
    const found = JSON.parse(text)[CLIP];
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** Ids are unique in a definition: what is pasted gets others, and its own references follow. */
function renamed(editor: Editor, steps: readonly Plain[]): readonly Plain[] {
  let text = JSON.stringify(steps);
  const taken = new Set([...walk(editor.document)].map((each) => each.step.id));
  for (const { step } of [...walk({ do: steps })]) {
    if (typeof step.id !== "string" || !taken.has(step.id)) continue;
    const fresh = freeId(editor, step.id.replace(/_\d+$/, ""));
    text = text.replaceAll(`"id":"${step.id}"`, `"id":"${fresh}"`).replaceAll(`{=${step.id}:`, `{=${fresh}:`);
  }
  return JSON.parse(text);
}

/** The step around a path. */
function outer(editor: Editor, path: Path): Path | null {
  let found: Path | null = null;
  for (const each of walk(editor.document))
    if (path.length > each.path.length && model.within(path, each.path)) found = each.path;
  return found;
}

/** Steps and branches one after another, as the arrow keys go through them. */
export function* stops(editor: Editor, list: Path = ["do"]): Generator<Path> {
  for (const [index, step] of model.listAt(editor.document, list).entries()) {
    const path = [...list, index];
    yield path;
    if (!model.isMapping(step) || editor.folded.has(model.named(path))) continue;
    for (const lane of lanesOf(step, path)) {
      if (lane.event) yield lane.event;
      else if (lane.holder && !lane.virtual) yield lane.holder;
      if (!lane.shut) yield* stops(editor, lane.path);
    }
  }
}

/** The step that a stop lies in; null at the outermost level. */
export const outerStop = outer;
