// What is being drawn: the document, what is chosen, how it was before. Faces and panels ask it, and are told of changes.
import type { Data, Kind, Problem } from "./data";
import { say } from "./data";
import { History } from "./history";
import type { Change, Mapping, Path, Plain } from "./model";
import { at, isMapping, named, parsed, same } from "./model";

export type What = "document" | "chosen" | "problems" | "view" | "kept";
type Listener = (what: ReadonlySet<What>) => void;

export class Editor {
  document: Mapping;
  chosen: Path | null = null;
  problems: Problem[] = [];
  /** Names of paths that are folded. */
  folded = new Set<string>();
  readonly kinds: ReadonlyMap<string, Kind>;
  private readonly history = new History();
  private readonly listeners = new Set<Listener>();
  private told = new Set<What>();
  private named: { of: Mapping | null; steps: Map<string, Mapping> } = { of: null, steps: new Map() };

  constructor(
    readonly data: Data,
    private readonly voice: (sentence: string) => void,
  ) {
    this.document = data.source;
    this.kinds = new Map(data.palette.map((kind) => [kind.word ? `${kind.word}:` : kind.name, kind]));
  }

  /** Be told, once a frame, what has changed. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Carry an operation out; `joins` makes one step back of what is typed into one field. */
  apply(change: Change | Mapping | null, joins = ""): boolean {
    if (!change) return false;
    const made = ("document" in change ? change : { document: change }) as Change;
    if (made.document === this.document) return false;
    this.history.note({ document: this.document, chosen: this.chosen }, joins);
    this.document = made.document;
    if (made.moved) this.follow(made.moved);
    if (made.chosen !== undefined) this.choose(made.chosen);
    this.tell("document");
    return true;
  }

  /** Take another document over as it came from elsewhere; undo leads back before it. */
  replace(document: Mapping): void {
    this.apply({ document, chosen: null });
  }

  choose(path: Path | null): void {
    const found = path && at(this.document, path) !== undefined ? path : null;
    if (found && this.chosen ? same(found, this.chosen) : found === this.chosen) return;
    this.chosen = found;
    this.tell("chosen");
  }

  fold(path: Path, folded = !this.folded.has(named(path))): void {
    if (folded) this.folded.add(named(path));
    else this.folded.delete(named(path));
    this.tell("view");
  }

  undo(): void {
    this.travel(this.history.back({ document: this.document, chosen: this.chosen }), "undone");
  }

  redo(): void {
    this.travel(this.history.forth({ document: this.document, chosen: this.chosen }), "redone");
  }

  get canUndo(): boolean {
    return this.history.canGoBack;
  }

  get canRedo(): boolean {
    return this.history.canGoForth;
  }

  know(problems: Problem[]): void {
    this.problems = problems;
    this.tell("problems");
  }

  /** Show other blocks among one's own. */
  keep(kept: Data["kept"]): void {
    this.data.kept = kept;
    this.tell("kept");
  }

  /** Say something to those who do not see. */
  announce(name: string, given: Record<string, string | number> = {}): void {
    this.voice(say(name, given));
  }

  /** The step that bears an id, for the titles of its results. */
  stepNamed(id: string): Mapping | undefined {
    if (this.named.of !== this.document) this.named = { of: this.document, steps: ids(this.document) };
    return this.named.steps.get(id);
  }

  private travel(moment: { document: Mapping; chosen: Path | null } | undefined, word: string): void {
    if (!moment) return;
    this.document = moment.document;
    this.tell("document");
    this.choose(moment.chosen);
    this.announce(word);
  }

  private follow(moved: (path: Path) => Path | null): void {
    const kept = [...this.folded].map((name) => moved(parsed(name)));
    this.folded = new Set(kept.filter((path) => path !== null).map(named));
    if (this.chosen) this.chosen = moved(this.chosen);
    this.problems = this.problems.flatMap((problem) => {
      const path = moved(parsed(problem.path));
      return path ? [{ ...problem, path: named(path) }] : [];
    });
  }

  private tell(what: What): void {
    if (!this.told.size) queueMicrotask(() => this.deliver());
    this.told.add(what);
  }

  private deliver(): void {
    const told = this.told;
    this.told = new Set();
    for (const listener of this.listeners) listener(told);
  }
}

function ids(value: Plain, found = new Map<string, Mapping>()): Map<string, Mapping> {
  if (isMapping(value) && typeof value.id === "string") found.set(value.id, value);
  if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) ids(inner, found);
  return found;
}
