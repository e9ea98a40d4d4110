// Which guide knows the places of a document: each notation brings its own.
import type { Editor } from "./editor";
import { facesOf } from "./faces";
import type { Path } from "./model";
import type { Guide } from "./problems";

const known = new Map<string, (editor: Editor) => Guide>();

export function guide(notation: string, make: (editor: Editor) => Guide): void {
  known.set(notation, make);
}

/** The guide of the document's notation; what is drawn nowhere is led to in the face that owns it. */
export function guideOf(editor: Editor): Guide {
  const { notation } = editor.data;
  const found = known.get(notation)?.(editor) ?? {
    place: (path) => ({ path, title: path.join(".") }),
    fix: () => null,
  };
  const owned = (path: Path): boolean => facesOf(notation).some((kind) => kind.owns?.(path));
  return {
    ...found,
    place: (path) => (owned(path) ? { ...found.place(path), path } : found.place(path)),
  };
}
