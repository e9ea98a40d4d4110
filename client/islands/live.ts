// What others change appears by itself. One tab of the browser holds the stream (a lock chooses it) and tells the rest.
// An element with `data-live="crm.deal:12 tasks"` fetches itself again when one of its topics is told; what is typed
// and focused in it stays, because the new state is morphed in.
import htmx from "htmx.org";
import { afterSilence, ask, send } from "../ask";

type Told = [topic: string, id: number | string][];

const channel = "BroadcastChannel" in window ? new BroadcastChannel("potok-live") : null;
const waiting = new Set<string>();
const soon = afterSilence(80, refresh);

function read(text: string): Told {
  const said = JSON.parse(text);
  if (Array.isArray(said)) return said as Told;
  return [[said.topic, said.id]];
}

function hear(told: Told): void {
  for (const [topic, id] of told) waiting.add(topic).add(`${topic}:${id}`);
  soon.later();
}

function refresh(): void {
  if (document.querySelector("[data-held]")) return soon.later();
  for (const element of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const topics = element.dataset.live!.split(" ");
    if (topics.some((topic) => waiting.has(topic))) void renew(element);
  }
  document.dispatchEvent(new CustomEvent("live", { detail: { topics: [...waiting] } }));
  waiting.clear();
}

async function renew(element: HTMLElement): Promise<void> {
  const url =
    element.dataset.liveUrl || element.getAttribute("hx-get") || location.pathname + location.search;
  const answer = await ask(element, url, { quiet: true, byItself: true });
  if (!answer.ok || !element.isConnected) return;
  const page = new DOMParser().parseFromString(answer.text, "text/html");
  const fresh = element.id ? page.getElementById(element.id) : page.body.firstElementChild;
  if (!fresh || fresh.outerHTML === element.dataset.liveLast) return;
  const before = rows(element);
  await htmx.swap({
    target: element,
    swap: "outerMorph",
    text: fresh.outerHTML,
    sourceElement: element,
  } as never);
  glow(element, before);
}

function rows(element: HTMLElement): Map<string, string> {
  return new Map(
    [...element.querySelectorAll("[data-row], [data-card]")].map((row) => [key(row), row.textContent!]),
  );
}

function key(row: Element): string {
  return (row as HTMLElement).dataset.row ?? (row as HTMLElement).dataset.card ?? "";
}

function glow(element: HTMLElement, before: Map<string, string>): void {
  const now = element.id ? (document.getElementById(element.id) ?? element) : element;
  for (const row of now.querySelectorAll("[data-row], [data-card]")) {
    if (before.get(key(row)) === row.textContent) continue;
    row.classList.add("glow");
    row.addEventListener("animationend", () => row.classList.remove("glow"), { once: true });
  }
}

// Between the drawing of this page and its listening something may have been said: ask for that, once.
async function catchUp(): Promise<void> {
  const since = document.body.dataset.liveAt;
  if (since === undefined) return;
  const answer = await fetch(`/live/missed?${new URLSearchParams({ since })}`);
  if (!answer.ok) return;
  const missed = (await answer.json()) as Told | null;
  if (missed) hear(missed);
  else everything();
}

// Nobody knows what was said: every element looks at itself again.
function everything(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-live]"))
    for (const topic of element.dataset.live!.split(" ")) waiting.add(topic);
  soon.later();
}

function hold(url: string): Promise<never> {
  const stream = new EventSource(url);
  stream.addEventListener("message", (event) => {
    const told = read(event.data as string);
    hear(told);
    channel?.postMessage(told);
  });
  stream.addEventListener("news", (event) => {
    const toast = JSON.parse(event.data as string) as object;
    send(document.body, "toast", toast);
    channel?.postMessage({ toast });
  });
  stream.addEventListener("resync", () => {
    everything();
    channel?.postMessage("resync");
  });
  stream.addEventListener("open", () => void catchUp(), { once: true });
  // The lock is held as long as this promise is open: until the tab closes.
  return new Promise(() => undefined);
}

channel?.addEventListener("message", (event) => {
  if (event.data === "resync") everything();
  else if ("toast" in event.data) send(document.body, "toast", event.data.toast);
  else hear(event.data as Told);
});
addEventListener("undone", () => soon.later());
const url = document.body.dataset.liveStream;
if (url && document.querySelector("[data-live]")) {
  if (navigator.locks) {
    void navigator.locks.request("potok-live", { ifAvailable: true }, (lock) => {
      if (lock) return hold(url);
      // Another tab holds the stream and tells this one; when it closes, the stream is ours.
      void catchUp();
      void navigator.locks.request("potok-live", () => hold(url));
      return undefined;
    });
  } else void hold(url);
}
