// The same process in the other notation: a block tree as a status board, a board as a tree when nothing would be lost.
import { ask } from "../ask";
import { say } from "./data";
import { asked, points } from "./dialog";
import { el } from "./dom";
import type { Editor } from "./editor";
import type { Mapping } from "./model";

export const notationOf = (document: Mapping): "tree" | "stages" =>
  "stages" in document ? "stages" : "tree";

/** Offer the other form of what is drawn; undo leads back. */
export async function turn(place: Element, editor: Editor): Promise<void> {
  const body = JSON.stringify({ source: editor.document });
  const answer = await ask(place, editor.data.urls.turn!, { method: "POST", body });
  if (!answer.ok) return;
  const told = JSON.parse(answer.text) as { source?: Mapping; lost: string[] };
  const to = notationOf(editor.document) === "tree" ? "board" : "tree";
  const { source } = told;
  if (source)
    asked(
      place,
      say(`turn_to_${to}`),
      [el("p", {}, say(`turn_to_${to}_help`))],
      [{ title: say("turn"), primary: true, press: () => editor.replace(source) }],
    );
  else asked(place, say("turn_not"), [el("p", {}, say("turn_lost")), points(told.lost)], []);
}
