// Which guide knows the places of a document: each notation brings its own.
import type { Editor } from "./editor";
import type { Guide } from "./problems";

const known = new Map<string, (editor: Editor) => Guide>();

export function guide(notation: string, make: (editor: Editor) => Guide): void {
  known.set(notation, make);
}

export const guideOf = (editor: Editor): Guide =>
  known.get(editor.data.notation)?.(editor) ?? {
    place: (path) => ({ path, title: path.join(".") }),
    fix: () => null,
  };
