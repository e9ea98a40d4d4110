// The faces of the block tree, and what is known of its places.
import { say } from "../data";
import { face } from "../faces";
import { Form } from "../form/form";
import { guide } from "../guides";
import { mappingAt, parsed } from "../model";
import * as actions from "./actions";
import { Canvas } from "./canvas";
import { Outline } from "./outline";
import { palette } from "./palette";
import { stepAround } from "./shape";
import { placeTitle } from "./titles";

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
    const lane = path.slice(0, -1);
    const isBranch =
      problem.code === "tree.empty_branch" &&
      step &&
      lane.length > step.length &&
      "else" in mappingAt(editor.document, lane);
    return isBranch ? { title: say("mend_empty"), mend: () => actions.removeBranch(editor, lane) } : null;
  },
}));
