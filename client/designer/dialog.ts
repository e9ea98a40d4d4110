// A question in the middle of the page, with its answers below; one of them closes it.
import { say } from "./data";
import { el } from "./dom";

export interface Reply {
  title: string;
  primary?: boolean;
  /** What it does; the dialog stays open when it gives false. */
  press(): unknown;
}

/** Show a dialog; gives what closes it. Without a way out (`must`) one of the replies has to be chosen. */
export function asked(
  place: Element,
  title: string,
  inside: (Node | string)[],
  replies: Reply[],
  must = false,
): () => void {
  const drawn = el("dialog", { class: "dialog", "aria-label": title });
  const close = (): void => {
    drawn.close();
    drawn.remove();
  };
  const button = (reply: Reply): HTMLElement =>
    el(
      "button",
      {
        type: "button",
        class: reply.primary ? "btn pri" : "btn",
        onclick: async () => (await reply.press()) !== false && close(),
      },
      reply.title,
    );
  const out: Reply[] = must ? [] : [{ title: say("cancel"), press: () => {} }];
  drawn.append(
    el("h2", {}, title),
    ...inside,
    el("div", { class: "foot" }, ...[...out, ...replies].map(button)),
  );
  drawn.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!must) close();
  });
  place.append(drawn);
  drawn.showModal();
  return close;
}

/** A list of sentences. */
export const points = (sentences: readonly string[]): HTMLElement =>
  el("ul", { class: "dialog-points" }, ...sentences.map((each) => el("li", {}, each)));
