// A stage in a few words: who has it, what it does by itself. The table and the picture say it alike.
import { say } from "../data";
import type { Editor } from "../editor";
import { type Mapping, mappingAt } from "../model";
import { peopleOf } from "./edits";
import { isGone, lasts, list, mapping, text } from "./reading";

export interface Own {
  icon: string;
  words: string;
  tone?: string;
}

/** How somebody is called who stands among the responsible: a person, a person of the record, a role. */
export function personOf(editor: Editor, code: string): string {
  const { names, records } = editor.data.values;
  if (names[code]) return names[code];
  const found = /^\{=(\w+):(\w+)(?:\.(\w+))?\}$/.exec(code);
  if (!found) return code;
  const [, source, name, more] = found as unknown as [string, string, string, string?];
  if (source === "Role") return text(mapping(mappingAt(editor.document, ["roles"])[name]).title) || name;
  const kept = { Variable: "variables", Constant: "constants", Template: "parameters" }[source];
  const declared = kept && mapping(mappingAt(editor.document, [kept])[name]);
  const record = records[text(editor.document.record)]?.fields.find((field) => field.name === name);
  const title = (declared && text(declared.title)) || (source === "Document" && record?.title) || name;
  return more === "head" ? say("head_of", { title }) : title;
}

/** A text with what is inserted into it called by name. */
export const worded = (editor: Editor, plain: string): string =>
  plain.replace(/\{=\w+:[\w.]+\}/g, (inserted) => `[${personOf(editor, inserted)}]`);

const DUE = /^=dateadd\(\{=System:(?:Now|Date)\},\s*"([^"]+)"\)$/;

/** The time that a deadline leaves, or the whole formula where it is another one. */
export const dueIn = (plain: string): string => DUE.exec(plain)?.[1] ?? plain;
export const dueAfter = (time: string): string => (time ? `=dateadd({=System:Now}, "${time}")` : "");

/** What a stage does by itself, in the order in which it happens. */
export function ownOf(editor: Editor, stage: Mapping): Own[] {
  const found: Own[] = [];
  const steps = list(stage.enter).length + list(stage.leave).length;
  const task = mapping(stage.task);
  const due = text(mapping(stage.with).due);
  if (steps) found.push({ icon: "list", words: say("has_steps", { n: steps }) });
  if (stage.activity)
    found.push({
      icon: "calendar-plus",
      words: say("has_event", { title: text(mapping(stage.activity).type) }),
    });
  if (stage.task) {
    const word = task.blocks === true ? "has_task_first" : "has_task";
    found.push({ icon: "circle-check-big", words: say(word, { title: worded(editor, text(task.title)) }) });
  }
  for (const each of list(stage.run))
    found.push({
      icon: "git-branch",
      words: say("has_process", { title: processOf(editor, mapping(each)) }),
    });
  if (stage.pause)
    found.push({ icon: "timer", words: say("has_pause", { lasts: lasts(stage.pause) }), tone: "timer" });
  if (due) found.push({ icon: "alarm-clock", words: say("has_deadline", { lasts: lasts(dueIn(due)) }) });
  for (const each of list(stage.on)) {
    const event = mapping(each);
    const title = text(event.title) || text(event.command);
    if (event.command !== undefined) found.push({ icon: "zap", words: say("has_command", { title }) });
    else if (event.pause)
      found.push({
        icon: "timer",
        words: title || say("has_pause", { lasts: lasts(event.pause) }),
        tone: "timer",
      });
    else found.push({ icon: "bell", words: title || text(event.block) });
  }
  return found;
}

export const processOf = (editor: Editor, call: Mapping): string =>
  editor.data.values.definitions[text(call.run)] ?? text(call.run);

/** What stands under the title in the picture. */
export function underOf(editor: Editor, stage: Mapping): string {
  if (stage.end === true) return say("ends");
  const people = peopleOf(stage);
  if (people.length) return people.map((code) => personOf(editor, code)).join(", ");
  if (stage.pause) return say("has_pause", { lasts: lasts(stage.pause) });
  return isGone(stage) ? say("goes_on") : say(stage.results ? "chosen_by_hand" : "no_ways");
}
