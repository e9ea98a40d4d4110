// «My blocks»: steps that a person has filled in once and draws with again, in any definition.
import { ask } from "../../ask";
import { type Kept, say } from "../data";
import { asked } from "../dialog";
import { button, el, icon } from "../dom";
import type { Editor } from "../editor";
import { mappingAt, type Path } from "../model";
import * as actions from "./actions";
import { grip } from "./dragging";
import { titleOf } from "./titles";

const place = (): Element => document.querySelector("potok-designer")!;

/** Those of them that a search leaves. */
export function keptFor(editor: Editor, typed: string): Kept[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  return editor.data.kept.filter((one) => words.every((word) => one.title.toLowerCase().includes(word)));
}

/** The lines of the palette that a search leaves, with their heading. */
export function kept(editor: Editor, typed: string): HTMLElement[] {
  const found = keptFor(editor, typed);
  return found.length ? [el("h2", {}, say("my_blocks")), ...found.map((one) => line(editor, one))] : [];
}

function line(editor: Editor, one: Kept): HTMLElement {
  const drawn = el(
    "button",
    {
      type: "button",
      class: "palette-item grow min0",
      "data-kept": one.id,
      onclick: () => actions.insert(editor, one.steps),
    },
    icon("star"),
    el("span", { class: "grow cut" }, one.title),
  );
  grip(drawn, { steps: one.steps });
  const drop = button(say("drop_block", { title: one.title }), "x", () => void remove(editor, one));
  return el("div", { class: "row palette-own" }, drawn, drop);
}

/** Ask for a name and keep a step under it. */
export function keep(editor: Editor, path: Path): void {
  const step = mappingAt(editor.document, path);
  const name = el("input", { class: "inp", "aria-label": say("keep_block_title"), maxlength: "120" });
  name.value = titleOf(editor, step);
  asked(
    place(),
    say("keep_block"),
    [el("label", { class: "field" }, el("span", { class: "setting-label" }, say("keep_block_title")), name)],
    [{ title: say("keep_block"), primary: true, press: () => send(editor, name.value, [step]) }],
  );
  name.select();
}

async function send(editor: Editor, title: string, steps: readonly unknown[]): Promise<boolean> {
  const body = JSON.stringify({ title, steps });
  const answer = await ask(place(), editor.data.urls.keep_block!, { method: "POST", body });
  if (!answer.ok) return false;
  editor.keep(JSON.parse(answer.text).kept);
  editor.announce("kept_block", { title });
  return true;
}

async function remove(editor: Editor, one: Kept): Promise<void> {
  const url = `${editor.data.urls.keep_block}/${one.id}/removal`;
  const answer = await ask(place(), url, { method: "POST" });
  if (answer.ok) editor.keep(JSON.parse(answer.text).kept);
}
