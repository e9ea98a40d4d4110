// Keeps what is drawn: on the server, a moment after each change; and in this browser, until the server has it.
import { afterSilence, ask } from "../ask";
import type { Data, Problem } from "./data";
import type { Editor } from "./editor";
import { merge } from "./merge";
import type { Mapping } from "./model";
import { equal } from "./model";

export type State = "saved" | "saving" | "offline";

/** What somebody else has made of it meanwhile; `joined` is null when both changed the same block. */
export interface Clash {
  by: string;
  at: string;
  joined: Mapping | null;
  theirs: Mapping;
  revision: string;
}

interface Copy {
  revision: string;
  base: Mapping;
  source: Mapping;
}

const RETRY_MS = 5000;
const PATIENCE_MS = 20_000;

export class Saving {
  state: State = "saved";
  at = new Date();
  private base: Mapping;
  revision: string;
  private kept: Mapping;
  /** What was sent and not confirmed: found on the server, it is our own and no clash. */
  private unconfirmed: Mapping[] = [];
  private busy = false;
  private halted = false;
  private readonly soon = afterSilence(600, () => void this.send());

  constructor(
    private readonly place: Element,
    private readonly editor: Editor,
    private readonly told: { state: () => void; clash: (clash: Clash) => void; restored: () => void },
  ) {
    const { data } = editor;
    this.base = data.source;
    this.kept = data.source;
    this.revision = data.revision;
    editor.listen((what) => what.has("document") && this.changed());
    addEventListener("pagehide", () => void this.leave());
    addEventListener("online", () => void this.send());
    this.restore(data);
  }

  /** Send what is not there yet, and wait for it. */
  async now(): Promise<boolean> {
    this.soon.drop();
    while (this.busy) await new Promise((go) => setTimeout(go, 30));
    await this.send();
    return this.state === "saved";
  }

  /** Go on over what somebody else has kept, with this document. */
  resolve(clash: Clash, document: Mapping): void {
    this.halted = false;
    this.base = clash.theirs;
    this.kept = clash.theirs;
    this.revision = clash.revision;
    if (document === this.editor.document) this.changed();
    else this.editor.replace(document);
  }

  /** Take over what somebody else has kept, where nothing of our own is waiting. */
  adopt(theirs: { source: Mapping; revision: string }): void {
    if (this.busy || this.editor.document !== this.kept) return;
    this.base = theirs.source;
    this.kept = theirs.source;
    this.revision = theirs.revision;
    this.editor.replace(theirs.source);
  }

  private get name(): string {
    return `potok-drawing-${this.editor.data.id}`;
  }

  private changed(): void {
    if (this.editor.document === this.kept && !this.busy) return this.settled();
    const copy: Copy = { revision: this.revision, base: this.base, source: this.editor.document };
    try {
      localStorage.setItem(this.name, JSON.stringify(copy));
    } catch {
      // A full store of the browser is no reason to stop: the server gets it in a moment.
    }
    if (this.state !== "offline") this.set("saving");
    this.soon.later();
  }

  private async send(): Promise<void> {
    const source = this.editor.document;
    if (this.busy || this.halted || source === this.kept) return;
    this.busy = true;
    this.unconfirmed.push(source);
    const body = JSON.stringify({ source, revision: this.revision });
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const url = this.editor.data.urls.draft!;
    const answer = await ask(this.place, url, { method: "POST", body, quiet: true, signal });
    this.busy = false;
    if (answer.status === 409) return this.clashed(JSON.parse(answer.text));
    if (!answer.ok) return this.missed();
    this.keep(source, JSON.parse(answer.text));
  }

  private keep(source: Mapping, answer: { revision: string; problems: Problem[] }): void {
    this.unconfirmed = [];
    this.revision = answer.revision;
    this.base = source;
    this.kept = source;
    this.at = new Date();
    if (this.editor.document !== source) return this.soon.later();
    this.editor.know(answer.problems);
    this.settled();
  }

  /** The server has what is drawn. */
  private settled(): void {
    this.soon.drop();
    localStorage.removeItem(this.name);
    this.set("saved");
  }

  private missed(): void {
    this.set("offline");
    setTimeout(() => void this.send(), RETRY_MS);
  }

  private clashed(answer: { source: Mapping; revision: string; by: string; at: string }): void {
    if (this.unconfirmed.some((each) => equal(each, answer.source))) return this.rebase(answer);
    this.halted = true;
    const joined = merge(this.base, this.editor.document, answer.source);
    this.told.clash({ ...answer, theirs: answer.source, joined });
  }

  private rebase(answer: { source: Mapping; revision: string }): void {
    this.base = answer.source;
    this.revision = answer.revision;
    void this.send();
  }

  private set(state: State): void {
    this.state = state;
    this.told.state();
  }

  // A page that goes away sends the last change; if that fails, the copy in the browser is found next time.
  private leave(): void {
    if (this.editor.document === this.kept || this.halted) return;
    const body = JSON.stringify({ source: this.editor.document, revision: this.revision });
    void ask(this.place, this.editor.data.urls.draft!, {
      method: "POST",
      body,
      keepalive: true,
      quiet: true,
    });
  }

  private restore(data: Data): void {
    const stored = localStorage.getItem(this.name);
    if (!stored) return;
    const copy: Copy = JSON.parse(stored);
    if (equal(copy.source, data.source)) return localStorage.removeItem(this.name);
    this.unconfirmed.push(copy.source);
    const mine = copy.revision === data.revision ? copy.source : merge(copy.base, copy.source, data.source);
    queueMicrotask(() => {
      if (mine) {
        this.editor.replace(mine);
        this.told.restored();
        return;
      }
      this.halted = true;
      this.editor.replace(copy.source);
      this.told.clash({
        by: data.by,
        at: data.at,
        joined: null,
        theirs: data.source,
        revision: data.revision,
      });
    });
  }
}
