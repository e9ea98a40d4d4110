// The keyboard of both faces: what the mouse can do, these keys do.
import { isTyping } from "../../ask";
import type { Editor } from "../editor";
import type { Path } from "../model";
import { same } from "../model";
import * as actions from "./actions";

export interface Hands {
  /** Offer the palette for a place. */
  offer(place: Path): void;
  /** Put the focus on what is chosen. */
  focus(): void;
  /** Open the form of what is chosen. */
  open(): void;
}

/** Do what a key asks for; tells whether it asked for anything. */
export function pressed(event: KeyboardEvent, editor: Editor, hands: Hands): boolean {
  if (isTyping(event.target)) return false;
  const did = event.ctrlKey || event.metaKey ? withControl(event, editor) : plain(event, editor, hands);
  if (!did) return false;
  event.preventDefault();
  event.stopPropagation();
  if (did === "focus") queueMicrotask(() => queueMicrotask(hands.focus));
  return true;
}

type Did = "focus" | "done" | null;

function withControl(event: KeyboardEvent, editor: Editor): Did {
  const { chosen } = editor;
  switch (event.code) {
    case "KeyZ":
      if (event.shiftKey) editor.redo();
      else editor.undo();
      return "focus";
    case "KeyY":
      editor.redo();
      return "focus";
    case "KeyV":
      void actions.paste(editor);
      return "focus";
    case "KeyC":
      if (chosen) void actions.copy(editor, chosen);
      return chosen && "done";
    case "KeyX":
      if (chosen) void actions.cut(editor, chosen);
      return chosen && "focus";
  }
  return null;
}

function plain(event: KeyboardEvent, editor: Editor, hands: Hands): Did {
  const { chosen } = editor;
  switch (event.code) {
    case "ArrowDown":
    case "ArrowUp":
      return vertically(event, editor, event.code === "ArrowDown" ? 1 : -1);
    case "ArrowRight":
      if (chosen) editor.fold(chosen, false);
      return chosen && "focus";
    case "ArrowLeft":
      return chosen && outwards(editor, chosen);
    case "Home":
    case "End":
      editor.choose([...actions.stops(editor)].at(event.code === "Home" ? 0 : -1) ?? null);
      return "focus";
    case "Insert":
    case "KeyA":
      hands.offer(actions.placeBehind(editor));
      return "done";
    case "KeyB":
      if (chosen) actions.addBranch(editor, chosen);
      return chosen && "focus";
    case "Enter":
      if (chosen) hands.open();
      return chosen && "done";
    case "Delete":
    case "Backspace":
      if (chosen) actions.remove(editor, chosen);
      return chosen && "focus";
    case "Escape":
      editor.choose(null);
      return chosen && "done";
  }
  return null;
}

function vertically(event: KeyboardEvent, editor: Editor, by: 1 | -1): Did {
  const { chosen } = editor;
  if (event.altKey) {
    if (chosen) actions.nudge(editor, chosen, by);
    return chosen && "focus";
  }
  const stops = [...actions.stops(editor)];
  const index = chosen ? stops.findIndex((each) => same(each, chosen)) : -by;
  editor.choose(stops[Math.max(0, Math.min(stops.length - 1, index + by))] ?? null);
  return "focus";
}

function outwards(editor: Editor, chosen: Path): Did {
  if (editor.folded.has(chosen.join(".")) || !hasInside(editor, chosen))
    editor.choose(actions.outerStop(editor, chosen) ?? chosen);
  else editor.fold(chosen, true);
  return "focus";
}

function hasInside(editor: Editor, path: Path): boolean {
  return [...actions.stops(editor)].some(
    (each) => each.length > path.length && each.slice(0, path.length).every((key, at) => key === path[at]),
  );
}
