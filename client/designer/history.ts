// Undo and redo without limit. Documents share what did not change, so keeping all of them costs little.
import type { Mapping, Path } from "./model";

export interface Moment {
  document: Mapping;
  chosen: Path | null;
}

export class History {
  private readonly past: Moment[] = [];
  private future: Moment[] = [];
  private joined = "";
  private joinedAt = 0;

  /** Remember how it was. What is typed into one field in one go is one step back: `joins` names the field. */
  note(before: Moment, joins = ""): void {
    const now = performance.now();
    const goesOn = joins && joins === this.joined && now - this.joinedAt < 1500;
    this.joined = joins;
    this.joinedAt = now;
    this.future = [];
    if (!goesOn) this.past.push(before);
  }

  back(now: Moment): Moment | undefined {
    this.joined = "";
    const found = this.past.pop();
    if (found) this.future.push(now);
    return found;
  }

  forth(now: Moment): Moment | undefined {
    this.joined = "";
    const found = this.future.pop();
    if (found) this.past.push(now);
    return found;
  }

  get canGoBack(): boolean {
    return this.past.length > 0;
  }

  get canGoForth(): boolean {
    return this.future.length > 0;
  }
}
