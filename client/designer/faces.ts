// A face draws a document in its own way and asks the editor for changes. A notation may have several; what is drawn
// belongs to the editor, so that one switches between them at any time.
import type { Editor, What } from "./editor";
import type { Path } from "./model";

export interface Face {
  /** What stands in the middle of the page. */
  readonly element: HTMLElement;
  /** Draw anew what changed; called once after the element is in the page, with everything. */
  draw(what: ReadonlySet<What>): void;
  /** Show the place and put the focus on it. */
  show(path: Path): void;
  /** Let go of what the face listens to outside its element. */
  end?(): void;
}

export interface Kind {
  /** Also the name of its title among the words. */
  name: string;
  notation: "tree" | "stages";
  icon: string;
  make(editor: Editor): Face;
  /** Whether a place of the document is shown by this face alone. */
  owns?(path: Path): boolean;
  /** The left column beside it, if it has one. */
  side?(editor: Editor): HTMLElement;
  /** The form for what is chosen; the shell asks the first face that has one. */
  form?(editor: Editor): Panel;
}

export interface Panel {
  readonly element: HTMLElement;
  draw(what: ReadonlySet<What>): void;
}

const known: Kind[] = [];

export function face(kind: Kind): void {
  known.push(kind);
}

export const facesOf = (notation: string): Kind[] => known.filter((each) => each.notation === notation);
