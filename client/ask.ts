// How islands talk to the server: one fetch with our headers, and the same `HX-Trigger` protocol that htmx reads
// (see src/potok/ui/answers.py), so that a view need not know who asks.
import htmx from "htmx.org";

export interface Answer {
  ok: boolean;
  status: number;
  text: string;
}

export interface Asked {
  method?: "GET" | "POST";
  body?: BodyInit;
  /** "drawer" and a word that the frame repeats. */
  frame?: string;
  keepalive?: boolean;
  quiet?: boolean;
  /** Fetched by the page itself, not because somebody did something: no sign that he is there. */
  byItself?: boolean;
  signal?: AbortSignal;
}

export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** Ask the server on behalf of an element. Events of the answer are dispatched on it and bubble. */
export async function ask(from: Element, url: string, asked: Asked = {}): Promise<Answer> {
  const headers: Record<string, string> = { "HX-Request": "true", "X-CSRFToken": csrfToken() };
  if (asked.byItself) headers["Potok-By-Itself"] = "true";
  if (asked.frame) headers["Potok-Frame"] = asked.frame;
  if (asked.body instanceof URLSearchParams) headers["Content-Type"] = "application/x-www-form-urlencoded";
  const { method = "GET", body = null, keepalive = false, signal = null } = asked;
  try {
    const response = await fetch(url, {
      method,
      body,
      headers,
      keepalive,
      signal,
      credentials: "same-origin",
    });
    const answer = { ok: response.ok, status: response.status, text: await response.text() };
    tell(from, response, answer);
    return answer;
  } catch (error) {
    if (!asked.quiet && !signal?.aborted) send(from, "offline", {});
    return { ok: false, status: signal?.aborted ? -1 : 0, text: String(error) };
  }
}

export function send(from: EventTarget, name: string, detail: unknown): boolean {
  const at = from instanceof Element && !from.isConnected ? document.body : from;
  return at.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable: true }));
}

function tell(from: Element, response: Response, answer: Answer): void {
  const events = response.headers.get("HX-Trigger");
  if (events) for (const [name, detail] of Object.entries(JSON.parse(events))) send(from, name, detail);
  else if (response.status >= 500) send(from, "failed", { code: "" });
  const target = response.headers.get("HX-Retarget");
  const place = target && document.querySelector(target);
  if (place) {
    place.innerHTML = answer.text;
    htmx.process(place);
    send(place, "drawn", {});
  }
  const elsewhere = response.headers.get("HX-Redirect");
  if (elsewhere) location.assign(elsewhere);
  if (response.headers.get("HX-Refresh") === "true") location.reload();
}

/** Make an icon of the sprite; the sprite's address is taken from one that the server drew. */
export function icon(name: string, size = ""): SVGSVGElement {
  const drawn = document.querySelector("svg.i use")?.getAttribute("href") ?? "/static/ui/icons.svg#";
  const holder = document.createElement("template");
  const sprite = drawn.slice(0, drawn.indexOf("#"));
  holder.innerHTML = `<svg class="i ${size}" aria-hidden="true"><use href="${sprite}#i-${name}"/></svg>`;
  return holder.content.firstChild as SVGSVGElement;
}

/** Parse html of ours into one fragment. */
export function fragment(html: string): DocumentFragment {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

/** Call at most once in so many milliseconds of silence. */
export function afterSilence(
  pause: number,
  what: () => void,
): { later: () => void; now: () => void; drop: () => void } {
  let timer = 0;
  const drop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return {
    later: () => {
      drop();
      timer = window.setTimeout(() => {
        timer = 0;
        what();
      }, pause);
    },
    now: () => {
      if (!timer) return;
      drop();
      what();
    },
    drop,
  };
}

/** Hang a popover under its button, or above it where there is no room below. */
export function hang(pop: HTMLElement, button: Element, above = false): void {
  const at = button.getBoundingClientRect();
  const own = pop.getBoundingClientRect();
  const up = above || (at.bottom + own.height + 8 > innerHeight && at.top > own.height);
  pop.style.left = `${Math.max(8, Math.min(at.left, innerWidth - own.width - 8))}px`;
  pop.style.top = `${up ? at.top - own.height - 4 : at.bottom + 4}px`;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input:not(.tick), textarea, select, [contenteditable]")
  );
}
