// A field for text with inserted values: chips stand in the text, each for a reference, and are read back as such.
import { say, type Type } from "../data";
import { el, icon } from "../dom";
import type { Editor } from "../editor";
import type { Path } from "../model";
import { reference } from "../tree/titles";
import { Aid } from "./formula";
import { pick } from "./insert";
import type { Source } from "./sources";

const REFERENCE = /\{=([A-Za-z_]\w*):([^{}]+)\}/g;

export interface RichGiven {
  label: string;
  value: string;
  place: Path;
  wanted?: Type;
  lines?: number;
  id?: string;
  change(text: string): void;
}

/** The field and its «insert» link, which stands in the row of the label. */
export function rich(editor: Editor, given: RichGiven): { field: HTMLElement; insert: HTMLElement } {
  const many = (given.lines ?? 1) > 1;
  const field = el("div", {
    class: `inp rich${many ? " area" : ""}`,
    id: given.id,
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": String(many),
    "aria-label": given.label,
    spellcheck: "false",
  });
  let caret: Range | null = null;
  draw(editor, field, given.value);
  const changed = (): void => {
    const text = read(field);
    field.classList.toggle("formula", text.startsWith("="));
    given.change(text);
    aid.look(text);
  };
  const aid = new Aid(editor, field);
  field.classList.toggle("formula", given.value.startsWith("="));
  const remember = (): void => {
    const now = getSelection();
    if (now?.rangeCount && field.contains(now.anchorNode)) caret = now.getRangeAt(0).cloneRange();
  };
  field.addEventListener("input", changed);
  field.addEventListener("keyup", remember);
  field.addEventListener("mouseup", remember);
  field.addEventListener("input", remember);
  field.addEventListener("paste", (event) => {
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    document.execCommand("insertText", false, many ? text : text.replace(/\s*\n\s*/g, " "));
    if (text.includes("{=")) {
      draw(editor, field, read(field));
      changed();
    }
  });
  const open = (): void => {
    remember();
    // While the list is open the focus wanders, and comes back to the beginning of the field.
    const place = caret;
    const done = (found: Source | null): void => put(found, place);
    pick(editor, { place: given.place, wanted: given.wanted, beside: field, done });
  };
  const put = (source: Source | null, place: Range | null): void => {
    field.focus();
    if (!source) return;
    const range = place && field.contains(place.commonAncestorContainer) ? place : endOf(field);
    range.deleteContents();
    const drawn = chip(editor, source.reference);
    range.insertNode(drawn);
    after(drawn);
    changed();
  };
  field.addEventListener("keydown", (event) => {
    if (aid.pressed(event)) return;
    if (event.key === "{" && !read(field).startsWith("=")) {
      event.preventDefault();
      open();
    }
    if (event.code !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    if (many) document.execCommand("insertLineBreak");
  });
  const insert = el(
    "button",
    { type: "button", class: "lnk s12 row g4 insert-link", title: `${say("insert")} ({)`, onclick: open },
    icon("braces", "s"),
    say("insert"),
  );
  return { field: el("div", { class: "rich-holder grow" }, field, aid.element), insert };
}

function draw(editor: Editor, field: HTMLElement, text: string): void {
  field.replaceChildren();
  let from = 0;
  for (const found of text.matchAll(REFERENCE)) {
    lines(field, text.slice(from, found.index));
    field.append(chip(editor, found[0]));
    from = found.index + found[0].length;
  }
  lines(field, text.slice(from));
}

function lines(field: HTMLElement, text: string): void {
  for (const [index, each] of text.split("\n").entries()) {
    if (index) field.append(document.createElement("br"));
    if (each) field.append(each);
  }
}

export function chip(editor: Editor, written: string): HTMLElement {
  const [, source = "", path = ""] = /\{=(\w+):([^{}]+)\}/.exec(written) ?? [];
  return el(
    "span",
    { class: "val", contenteditable: "false", "data-reference": written, title: written },
    source ? reference(editor, source, path) : written,
  );
}

function read(field: Node): string {
  let text = "";
  for (const node of field.childNodes) {
    if (node instanceof HTMLElement && node.dataset.reference) text += node.dataset.reference;
    else if (node.nodeName === "BR") text += node === field.lastChild ? "" : "\n";
    else if (node.nodeName === "DIV") text += `${text && "\n"}${read(node)}`;
    else text += node instanceof Text ? node.data : read(node);
  }
  return text.replaceAll("\u00a0", " ");
}

function endOf(field: HTMLElement): Range {
  const range = document.createRange();
  range.selectNodeContents(field);
  range.collapse(false);
  return range;
}

function after(node: Node): void {
  const range = document.createRange();
  range.setStartAfter(node);
  range.collapse(true);
  const now = getSelection();
  now?.removeAllRanges();
  now?.addRange(range);
}
