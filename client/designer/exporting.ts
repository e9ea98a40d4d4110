// The diagram as a file or on paper: drawn anew without hands, with its colours written into it.
import { hang } from "../ask";
import { say } from "./data";
import { button, el, icon } from "./dom";
import type { Editor } from "./editor";
import { picture } from "./picture";
import { notationOf } from "./turning";

const KEPT =
  "fill stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin opacity color font-family font-size font-weight text-anchor".split(
    " ",
  );
const SHARPNESS = 2;

/** A button with the ways to take the diagram away. */
export function exporting(editor: Editor): HTMLElement {
  const pop = el("div", { class: "pop menu", popover: "auto", role: "menu" });
  const way = (word: string, name: string, press: () => unknown): HTMLElement =>
    el(
      "button",
      {
        type: "button",
        class: "mi",
        role: "menuitem",
        onclick: () => {
          pop.hidePopover();
          void press();
        },
      },
      icon(name),
      say(word),
    );
  pop.append(
    way("as_svg", "file-output", async () =>
      save(new Blob([await text(editor)], { type: SVG }), editor, "svg"),
    ),
    way("as_png", "image", async () => save(await pixels(await text(editor)), editor, "png")),
    way("on_paper", "receipt", () => onPaper(editor)),
  );
  const opener = button(say("take_picture"), "download", () => {
    pop.showPopover();
    hang(pop, opener);
    pop.querySelector<HTMLElement>("button")?.focus();
  });
  return el("span", { class: "row" }, opener, pop);
}

const SVG = "image/svg+xml";
const drawn = (editor: Editor): SVGSVGElement =>
  picture({ ...editor.data, source: editor.document, notation: notationOf(editor.document) });

/** The text of an SVG file that looks alike everywhere. */
async function text(editor: Editor): Promise<string> {
  const made = drawn(editor);
  const room = el("div", { class: "off-screen", "aria-hidden": "true" }, made);
  document.body.append(room);
  try {
    await symbols(made);
    for (const each of made.querySelectorAll<SVGElement>("*")) coloured(each);
    made.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    made.style.background = ground();
    return new XMLSerializer().serializeToString(made);
  } finally {
    room.remove();
  }
}

function coloured(element: SVGElement): void {
  const style = getComputedStyle(element);
  for (const name of KEPT) element.setAttribute(name, style.getPropertyValue(name));
  for (const name of ["class", "data-path", "data-stage", "data-title", "style"])
    element.removeAttribute(name);
}

const ground = (): string => getComputedStyle(document.documentElement).getPropertyValue("--surface");

/** Put the marks of the sprite in the place of what refers to them. */
async function symbols(made: SVGSVGElement): Promise<void> {
  const uses = [...made.querySelectorAll("use")];
  const address = uses[0]?.getAttribute("href")?.split("#")[0];
  if (!address) return;
  const sprite = new DOMParser().parseFromString(await (await fetch(address)).text(), SVG);
  for (const use of uses) {
    const symbol = sprite.getElementById(use.getAttribute("href")!.split("#")[1]!);
    const holder = use.parentElement;
    if (!symbol || !holder) continue;
    for (const name of ["viewBox", "fill", "stroke", "stroke-linecap", "stroke-linejoin"])
      if (symbol.hasAttribute(name)) holder.setAttribute(name, symbol.getAttribute(name)!);
    use.replaceWith(...[...symbol.childNodes].map((each) => document.importNode(each, true)));
  }
}

async function pixels(source: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([source], { type: SVG }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = el("canvas");
    canvas.width = image.width * SHARPNESS;
    canvas.height = image.height * SHARPNESS;
    const pen = canvas.getContext("2d")!;
    pen.fillStyle = ground();
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("too large")))),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(file: Blob, editor: Editor, ending: string): void {
  const address = URL.createObjectURL(file);
  el("a", {
    href: address,
    download: `${String(editor.document.definition ?? "process")}.${ending}`,
  }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Print the diagram alone; the browser also makes a PDF of it. */
function onPaper(editor: Editor): void {
  const sheet = el(
    "div",
    { class: "on-paper" },
    el("h1", {}, String(editor.document.title ?? "")),
    drawn(editor),
  );
  document.body.append(sheet);
  addEventListener("afterprint", () => sheet.remove(), { once: true });
  print();
}
