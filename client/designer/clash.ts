// Somebody else was faster: both are joined, or one of the two is taken.
import { say } from "./data";
import { asked } from "./dialog";
import { el } from "./dom";
import type { Editor } from "./editor";
import type { Mapping } from "./model";
import type { Clash, Saving } from "./saving";

export function settle(place: Element, editor: Editor, saving: Saving, clash: Clash): void {
  const way = (word: string, document: Mapping, primary: boolean) => ({
    title: say(word),
    primary,
    press: () => {
      saving.resolve(clash, document);
      if (word === "clash_merge") editor.announce("merged");
    },
  });
  const { joined } = clash;
  asked(
    place,
    say("clash", { who: clash.by, when: clash.at }),
    [el("p", {}, say(joined ? "clash_help" : "clash_same"))],
    [
      way("clash_theirs", clash.theirs, false),
      way("clash_mine", editor.document, !joined),
      ...(joined ? [way("clash_merge", joined, true)] : []),
    ],
    true,
  );
}
