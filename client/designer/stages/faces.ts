// The faces of the stages notation, and what would surely mend a problem in it.
import { type Problem, say } from "../data";
import type { Editor } from "../editor";
import { face } from "../faces";
import { guide } from "../guides";
import { mappingAt, type Path, parsed, without } from "../model";
import type { Fix } from "../problems";
import { StatusBoard, StepForm } from "./board";
import { begin, end, removeStage, stagePath } from "./edits";
import { stagesOf, titleOf } from "./reading";
import { StageTable } from "./table";

face({ name: "stage_table", notation: "stages", icon: "table-2", make: (editor) => new StageTable(editor) });
face({
  name: "status_board",
  notation: "stages",
  icon: "square-kanban",
  make: (editor) => new StatusBoard(editor),
  form: (editor) => new StepForm(editor),
});

guide("stages", (editor) => ({
  place: (path: Path) => {
    const id = path[0] === "stages" && path.length > 1 ? String(path[1]) : "";
    if (!id) return { path: null, title: say("definition") };
    return { path, title: titleOf(id, mappingAt(editor.document, stagePath(id))) };
  },
  fix: (problem) => fix(editor, problem),
}));

function fix(editor: Editor, problem: Problem): Fix | null {
  const path = parsed(problem.path);
  const id = String(path[1] ?? "");
  const change = (title: string, make: () => Parameters<Editor["apply"]>[0]): Fix => ({
    title: say(title),
    mend: () => editor.apply(make()),
  });
  const first = stagesOf(editor.document)[0]?.[0];
  switch (problem.code) {
    case "stages.no_begin":
      return first ? { ...change("fix_begin", () => begin(editor.document, first)) } : null;
    case "stages.two_begins":
      return change("fix_begin", () => begin(editor.document, id));
    case "stages.no_way_on":
      return change("fix_end", () => end(editor.document, id, true));
    case "stages.after_end":
      return change("fix_leave_out", () => end(editor.document, id, true));
    case "stages.never_entered":
      return change("fix_remove", () => removeStage(editor.document, id));
    case "stages.two_ways_on":
      return change("fix_then", () => without(editor.document, path));
    case "stages.doubled_person":
      return change("fix_twice", () => without(editor.document, path));
    default:
      return null;
  }
}
