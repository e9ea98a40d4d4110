"""What can be wrong with stages as a whole: beginnings, ends, ways, names. Each stage is looked at; all is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from potok.engine.notation.stages.draft import OUTCOME, StageDraft
from potok.engine.notation.stages.go import Go
from potok.engine.notation.stages.stage import Stage, Stages
from potok.engine.notation.tree import walk
from potok.engine.problems import Severity, _, problem

NO_STAGES = problem("stages.none", _("The process has no stages."), hint=_("Add one under “stages:”."))
NO_BEGIN = problem(
    "stages.no_begin", _("The process begins nowhere."), hint=_("Write “begin: true” in the stage it begins with.")
)
TWO_BEGINS = problem(
    "stages.two_begins",
    _("The process begins with “{first}” and with “{stage}”."),
    hint=_("Keep “begin: true” in one of them."),
)
BEGIN_AND_END = problem(
    "stages.begin_and_end", _("“{stage}” is the beginning and an end at once."), hint=_("Add a stage between them.")
)
NO_WAY_ON = problem(
    "stages.no_way_on",
    _("Nothing leads on from “{stage}”."),
    hint=_("Give it a result with a next stage, “then:”, or a command with “go:”; or make it an end."),
)
AFTER_END = problem(
    "stages.after_end", _("“{stage}” is an end: “{key}” has no meaning there."), hint=_("Remove it, or “end: true”.")
)
NEVER_ENTERED = problem(
    "stages.never_entered", _("No way leads to “{stage}”."), hint=_("Lead one there, or remove the stage.")
)
RESULT_LEADS_NOWHERE = problem(
    "stages.result_leads_nowhere", _("The result “{result}” leads to no stage."), hint=_("Add “to:” with the next one.")
)
TWO_WAYS_ON = problem(
    "stages.two_ways_on",
    _("“{stage}” has results and “then”."),
    hint=_("A stage is worked on, or goes on by itself: keep one of them."),
)
DOUBLED_TITLE = problem(
    "stages.doubled_title",
    _("Two stages are called “{title}”: people cannot tell them apart."),
    hint=_("Give one of them another title."),
)
DOUBLED_RESULT = problem(
    "stages.doubled_result",
    _("Two results of “{stage}” are called “{title}”."),
    hint=_("Give one of them another title."),
)
DOUBLED_PERSON = problem(
    "stages.doubled_person", _("“{item}” is named twice."), hint=_("The first who is there gets the stage: keep one.")
)
TAKEN_NAME = problem(
    "stages.taken_name", _("“{name}” is the name of a variable that stages keep."), hint=_("Give yours another name.")
)
UNKNOWN_RIGHT = problem(
    "stages.unknown_right", _("“{right}” is no right to a record."), hint=_("Choose one of: {known}.")
)
NO_END = problem(
    "stages.no_end",
    _("No end can be reached from “{stage}”."),
    hint=_("Add “end: true” to a stage, unless the process is to run until somebody ends it."),
    severity=Severity.ADVICE,
)
RESTLESS = problem(
    "stages.restless",
    _("Nothing waits on the way from “{stage}” back to it: it may be gone round thousands of times."),
    hint=_("Give one of these stages a pause, or somebody who works on it."),
    severity=Severity.ADVICE,
)

RIGHTS = ("see", "edit", "remove")
Ways = Mapping[str, frozenset[str]]


def look(draft: StageDraft, drawn: Stages) -> None:
    """Complain of everything that is wrong with the stages as a whole."""
    if not drawn.stages:
        draft.complain(NO_STAGES, ("stages",))
        return
    for each in drawn.header.variables:
        if each.name in OUTCOME:
            draft.complain(TAKEN_NAME, ("variables", each.name), name=each.name)
    ways = {stage.id: frozenset(_leads(stage)) & draft.stages.keys() for stage in drawn.stages}
    begins = [stage for stage in drawn.stages if stage.begin]
    _look_at_begin(draft, begins)
    _look_at_titles(draft, drawn)
    for stage in drawn.stages:
        _look_at_ways(draft, stage)
        _look_at_words(draft, stage)
    _look_at_reach(draft, drawn, begins, ways)


def _leads(stage: Stage) -> Iterator[str]:
    """Name the stages to which this one may lead."""
    yield from (each.to for each in stage.results if each.to)
    if stage.then:
        yield stage.then
    yield from (step.to for step in stage.steps() if isinstance(step, Go) and not step.off)


def _look_at_begin(draft: StageDraft, begins: list[Stage]) -> None:
    if not begins:
        draft.complain(NO_BEGIN, ("stages",))
    for stage in begins[1:]:
        draft.complain(TWO_BEGINS, (*stage.place, "begin"), first=_called(begins[0]), stage=_called(stage))
    for stage in begins:
        if stage.end:
            draft.complain(BEGIN_AND_END, (*stage.place, "end"), stage=_called(stage))


def _look_at_titles(draft: StageDraft, drawn: Stages) -> None:
    seen: set[str] = set()
    for stage in drawn.stages:
        title = _called(stage).casefold()
        if title in seen:
            draft.complain(DOUBLED_TITLE, (*stage.place, "title"), title=_called(stage))
        seen.add(title)


def _look_at_ways(draft: StageDraft, stage: Stage) -> None:
    place, title = stage.place, _called(stage)
    if stage.end:
        held = {"results": stage.results, "then": stage.then, "on": stage.happenings, "leave": stage.leave,
                "pause": stage.pause, "task": stage.task, "responsible": stage.responsible, "fields": stage.fields,
                "with": stage.terms, "run": stage.runs, "activity": stage.activity}  # fmt: skip
        for key in (key for key, given in held.items() if given):
            draft.complain(AFTER_END, (*place, key), stage=title, key=key)
        return
    if not any(True for _ in _leads(stage)) and not stage.results and not _unread(draft, stage):
        draft.complain(NO_WAY_ON, place, stage=title)
    if stage.results and stage.then:
        draft.complain(TWO_WAYS_ON, (*place, "then"), stage=title)
    if stage.then:
        draft.known_stage(stage.then, path=(*place, "then"))
    titles = Counter((each.title or each.name).casefold() for each in stage.results)
    for each in stage.results:
        path = (*place, "results", each.name)
        if not each.to:
            draft.complain(RESULT_LEADS_NOWHERE, path, result=each.title or each.name)
        else:
            draft.known_stage(each.to, path=(*path, "to"))
        if titles[(each.title or each.name).casefold()] > 1:
            draft.complain(DOUBLED_RESULT, (*path, "title"), stage=title, title=each.title or each.name)


def _unread(draft: StageDraft, stage: Stage) -> bool:
    """Tell whether something in the stage could not be read: it might have led on."""
    return any(path[:2] == stage.place for path in draft.tree.faulty)


def _look_at_words(draft: StageDraft, stage: Stage) -> None:
    people = stage.responsible if isinstance(stage.responsible, list) else []
    for index, item in enumerate(people):
        if item in people[:index]:
            draft.complain(DOUBLED_PERSON, (*stage.place, "responsible", index), item=item)
    for right in stage.permissions:
        if right not in RIGHTS:
            path = (*stage.place, "permissions", right)
            draft.complain(UNKNOWN_RIGHT, path, right=right, known=", ".join(RIGHTS))


def _look_at_reach(draft: StageDraft, drawn: Stages, begins: list[Stage], ways: Ways) -> None:
    reached = _from(ways, *(stage.id for stage in begins))
    ends = {stage.id for stage in drawn.stages if stage.end}
    restless = {stage.id: _quick(draft, stage) for stage in drawn.stages}
    for stage in drawn.stages:
        if begins and stage.id not in reached:
            draft.complain(NEVER_ENTERED, stage.place, stage=_called(stage))
        elif stage.begin and not ends & _from(ways, stage.id) and ways[stage.id]:
            draft.complain(NO_END, stage.place, stage=_called(stage))
    quick = {name: frozenset(to for to in restless[name] if to in restless) for name in ways}
    for stage in drawn.stages:
        if quick[stage.id] and stage.id in _from(quick, *quick[stage.id]):
            draft.complain(RESTLESS, stage.place, stage=_called(stage))
            return


def _quick(draft: StageDraft, stage: Stage) -> frozenset[str]:
    """Name the stages to which this one may lead without having waited for anything."""
    waits = stage.results or stage.pause or (stage.task and stage.task.blocks)
    waits = waits or any(draft.waits(step) for step in (*walk(stage.enter), *stage.runs))
    gone = {step.to for step in walk(stage.enter) if isinstance(step, Go)}
    return frozenset() if waits else frozenset(gone | ({stage.then} if stage.then else set()))


def _from(ways: Ways, *begin: str) -> set[str]:
    seen: set[str] = set()
    todo = list(begin)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += sorted(ways.get(name, ()))
    return seen


def _called(stage: Stage) -> str:
    return stage.title or stage.id
