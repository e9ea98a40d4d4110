// The faces of the block tree, and what is known of its places.
import { say } from "../data";
import type { Editor } from "../editor";
import { face } from "../faces";
import { Form } from "../form/form";
import { guide } from "../guides";
import { at, isMapping, mappingAt, type Path, parsed, put, without } from "../model";
import type { Fix } from "../problems";
import * as actions from "./actions";
import { Canvas } from "./canvas";
import { Outline } from "./outline";
import { palette } from "./palette";
import { stepAround } from "./shape";
import { placeTitle } from "./titles";

/** A block that is not here: the one to take instead, else none. */
function known(editor: Editor, step: Path): Fix {
  const kind = editor.kinds.get(String(mappingAt(editor.document, step).block));
  const instead = kind?.successor ? editor.kinds.get(kind.successor) : undefined;
  if (!instead) return { title: say("mend_remove"), mend: () => actions.remove(editor, step) };
  return {
    title: say("use_instead", { title: instead.title }),
    mend: () => editor.apply(put(editor.document, [...step, "block"], instead.name)),
  };
}

face({
  name: "diagram",
  notation: "tree",
  icon: "git-fork",
  make: (editor) => new Canvas(editor),
  side: palette,
  form: (editor) => new Form(editor),
});

face({
  name: "outline",
  notation: "tree",
  icon: "list-todo",
  make: (editor) => new Outline(editor),
  side: palette,
});

guide("tree", (editor) => ({
  place(path) {
    const step = stepAround(editor.document, path);
    return { path: step, title: placeTitle(editor, step) };
  },
  fix(problem) {
    const path = parsed(problem.path);
    const step = stepAround(editor.document, path);
    if (problem.code === "tree.unreachable" && step)
      return { title: say("mend_remove"), mend: () => actions.remove(editor, step) };
    if (problem.code === "tree.unknown_block" && step) return known(editor, step);
    if (problem.code === "tree.restless_loop" && step)
      return { title: say("mend_pause"), mend: () => actions.rest(editor, step) };
    if (problem.code === "tree.unknown_field" && path.at(-2) === "fields")
      return { title: say("mend_field"), mend: () => editor.apply(without(editor.document, path)) };
    if (
      problem.code === "tree.never_taken" &&
      step &&
      path.length > step.length &&
      isMapping(at(editor.document, path))
    )
      return { title: say("mend_empty"), mend: () => actions.removeBranch(editor, path) };
    const lane = path.slice(0, -1);
    const isBranch =
      problem.code === "tree.empty_branch" &&
      step &&
      lane.length > step.length &&
      "else" in mappingAt(editor.document, lane);
    return isBranch ? { title: say("mend_empty"), mend: () => actions.removeBranch(editor, lane) } : null;
  },
}));
