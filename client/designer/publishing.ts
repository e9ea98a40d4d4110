// Publishing: a note for those who read the list of versions; what kept trials find has to be accepted first.
import { ask } from "../ask";
import { say } from "./data";
import { asked, points } from "./dialog";
import { el } from "./dom";

/** Ask for the note and publish. */
export function publish(place: Element, url: string, next: number): void {
  const note = el("textarea", {
    class: "inp",
    rows: "3",
    maxlength: "2000",
    "aria-label": say("note_of_version"),
  });
  note.placeholder = say("note_example");
  asked(
    place,
    say("publish_title", { n: next }),
    [el("label", { class: "field" }, el("span", { class: "setting-label" }, say("note_of_version")), note)],
    [{ title: say("publish"), primary: true, press: () => sent(place, url, note.value, false) }],
  );
  note.focus();
}

async function sent(place: Element, url: string, note: string, accept: boolean): Promise<void> {
  const body = new URLSearchParams({ note, accept: accept ? "1" : "" });
  const answer = await ask(place, url, { method: "POST", body });
  if (answer.status !== 409) return;
  const { broken } = JSON.parse(answer.text) as { broken: string[] };
  asked(
    place,
    say("broken_title"),
    [el("p", {}, say("broken_help")), points(broken)],
    [{ title: say("accept_and_publish"), primary: true, press: () => sent(place, url, note, true) }],
  );
}
