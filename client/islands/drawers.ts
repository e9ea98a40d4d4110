// Records open from the right over the content. Each drawer is a page of its own, kept in the address of the page under
// it: /deals/?view=3&over=/deals/12/. So a reload, a copied link and the Back button all know what is open. The page and
// the drawers below are not touched, nor what is typed in them.
import htmx from "htmx.org";
import { ask, fragment, send } from "../ask";
import { command } from "../keys";

const PARAM = "over";
const SKELETON_AFTER = 150;

interface Drawer {
  url: string;
  dialog: HTMLDialogElement;
  opener: HTMLElement | SVGElement | null;
}

const stack: Drawer[] = [];
let titleBelow = document.title;

function host(): HTMLElement | null {
  return document.getElementById("drawers");
}

// The address is anybody's to write: only pages of this site are opened.
function isOurs(url: string): boolean {
  return url.startsWith("/") && new URL(url, location.origin).origin === location.origin;
}

function asked(): string[] {
  return new URLSearchParams(location.search).getAll(PARAM).filter(isOurs);
}

function address(urls: string[]): string {
  const params = new URLSearchParams(location.search);
  params.delete(PARAM);
  for (const url of urls) params.append(PARAM, url);
  const query = params.toString().replaceAll("%2F", "/");
  return location.pathname + (query && `?${query}`) + location.hash;
}

/** Open a page over this one. */
export function open(url: string, opener: Drawer["opener"] = null): void {
  history.pushState(
    { ...history.state, drawers: stack.length + 1 },
    "",
    address([...stack.map((one) => one.url), url]),
  );
  show(url, opener);
}

function show(url: string, opener: Drawer["opener"]): void {
  if (!stack.length) titleBelow = document.title;
  const dialog = document.createElement("dialog");
  dialog.className = "drawer";
  dialog.tabIndex = -1;
  dialog.style.setProperty("--depth", String(stack.length));
  stack.push({ url, dialog, opener });
  host()!.append(dialog);
  dialog.show();
  dialog.focus();
  void fill(stack.at(-1)!);
}

async function fill(drawer: Drawer): Promise<void> {
  const { dialog, url } = drawer;
  const waiting = window.setTimeout(() => dialog.replaceChildren(skeleton()), SKELETON_AFTER);
  // The frame repeats the word that we send: a file somebody uploaded cannot pass for a page of ours.
  const word = crypto.getRandomValues(new Uint32Array(3)).join("");
  const answer = await ask(dialog, url, { frame: `drawer ${word}`, quiet: true });
  clearTimeout(waiting);
  if (!answer.ok || !answer.text.includes(`data-asked="${word}"`))
    return dialog.replaceChildren(trouble(drawer));
  dialog.replaceChildren(fragment(answer.text));
  tellApart(dialog);
  htmx.process(dialog);
  const title = dialog.querySelector<HTMLElement>(".drawer-body")?.dataset.title?.trim() ?? "";
  dialog.setAttribute("aria-label", title);
  if (stack.at(-1) === drawer && title) document.title = title;
  if (!dialog.contains(document.activeElement) || document.activeElement === dialog) {
    dialog.querySelector<HTMLElement>("[autofocus]")?.focus();
  }
}

// The form below may have a field of the same name: a label must find the control of its own form.
function tellApart(dialog: HTMLElement): void {
  for (const control of dialog.querySelectorAll("input[id], select[id], textarea[id]")) {
    const { id } = control;
    if (document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length < 2) continue;
    control.id = `${id}-over-${stack.length}`;
    dialog.querySelector(`label[for="${CSS.escape(id)}"]`)?.setAttribute("for", control.id);
  }
}

function skeleton(): Node {
  const bars = '<span class="sk w1"></span><span class="sk w2"></span><span class="sk w3"></span>';
  return fragment(`<div class="drawer-wait skeleton">${bars}</div>`);
}

function trouble(drawer: Drawer): Node {
  const words = host()!.dataset;
  const drawn = fragment(
    `<div class="empty page"><p></p><div class="row"><button class="btn" type="button"></button>
     <button class="btn ghost" type="button" data-drawer-close></button></div></div>`,
  );
  const [again, close] = drawn.querySelectorAll("button");
  drawn.querySelector("p")!.textContent = words.failed!;
  again!.textContent = words.again!;
  close!.textContent = words.close!;
  again!.addEventListener("click", () => void fill(drawer));
  return drawn;
}

/** Close the topmost drawer; the address goes back by one where we put it there. */
export function close(): void {
  if (!stack.length) return;
  if ((history.state?.drawers ?? 0) === stack.length) return history.back();
  drop();
  history.replaceState(history.state, "", address(stack.map((one) => one.url)));
}

function drop(): void {
  const gone = stack.pop()!;
  send(gone.dialog, "leaving", {});
  gone.dialog.remove();
  document.title = stack.at(-1)?.dialog.getAttribute("aria-label") || titleBelow;
  if (gone.opener?.isConnected) gone.opener.focus();
}

// The address rules: what it names is open, in its order, and nothing else.
function follow(): void {
  const urls = asked();
  while (stack.length && stack.some((one, place) => one.url !== urls[place])) drop();
  for (const url of urls.slice(stack.length)) show(url, null);
}

addEventListener("popstate", follow);
// Back from a drawer is no reason for htmx to fetch the page under it again.
let pathBelow = pathWithoutDrawers();
function pathWithoutDrawers(): string {
  return new URL(address([]), location.origin).href;
}
document.addEventListener("htmx:before:history:restore", (event) => {
  const now = pathWithoutDrawers();
  if (now === pathBelow) event.preventDefault();
  pathBelow = now;
});
document.addEventListener("htmx:after:history:push", () => {
  pathBelow = pathWithoutDrawers();
});

// A link in a drawing has no `pathname`, and its `href` is an object.
function placeOf(link: Element): string {
  const { pathname, search } = new URL(link.getAttribute("href")!, location.href);
  return pathname + search;
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  if (target.closest("[data-drawer-close]")) return close();
  const link = target.closest<HTMLAnchorElement | SVGAElement>("a[data-drawer]");
  const plain =
    event instanceof MouseEvent && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link || !plain || !host() || event.defaultPrevented) return;
  event.preventDefault();
  open(placeOf(link), link);
});

document.addEventListener("made", (event) => {
  const of = stack.find((one) => one.dialog.contains(event.target as Node));
  if (!of) return;
  const { opener } = of;
  const { detail } = event as CustomEvent;
  close();
  if (opener) send(opener, "made-for", detail);
});
document.addEventListener("drawer-close", () => close());

command({ name: "close", code: "Escape", always: true }, (event) => {
  if (event.defaultPrevented || document.querySelector("dialog:modal, [popover=manual].menu:popover-open"))
    return false;
  if (!stack.length) return false;
  close();
  return true;
});

follow();
