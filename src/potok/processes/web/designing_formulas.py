"""A formula while it is being written: what is wrong with it, what it gives, and a sample on a record."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from potok.engine import expr
from potok.engine import notation as notations
from potok.engine.graph import Declaration
from potok.engine.notation.stages import Stages
from potok.engine.notation.tree.compiling import learn_results
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.steps import Tree
from potok.engine.problems import Problems
from potok.engine.run import Ask, FieldOf, Named, NotLoaded, Unknown
from potok.engine.run.reader import Reader
from potok.engine.values import PersonRef, RecordRef, Value, title
from potok.kit.calls import Call
from potok.processes import complaints, outside
from potok.processes.around import Around
from potok.processes.block import catalogue
from potok.processes.facts import facts
from potok.processes.surroundings import surroundings
from potok.processes.web.shown import Shown

LOOKS_MAX = 20


def tried(call: Call, *, source: str, text: str) -> dict[str, Any]:
    """Check a text with formulas against a draft and work it out on the newest record that the reader may see."""
    drawn = notations.read(source)
    if isinstance(drawn, Problems | Stages):
        return {"problems": [], "type": "", "value": None, "record": ""}
    read = expr.read(text[1:]) if text.startswith("=") else expr.read_text(text)
    if isinstance(read, Problems):
        return {"problems": _told(read), "type": "", "value": None, "record": ""}
    draft = Draft(drawn, catalogue=catalogue(), surroundings=surroundings())
    learn_results(draft)
    given, found = expr.check(read, draft.types, known=draft.known(), fields=draft.linked)
    if found:
        return {"problems": _told(found), "type": _(title(given)), "value": None, "record": ""}
    record = _newest(drawn.header.record, by=call.by)
    return {"problems": [], "type": _(title(given)), **_sample(call, read, drawn, record)}


def functions() -> list[dict[str, str]]:
    """Name the functions that formulas may use, with their usage and what they do."""
    return [{"name": name, "usage": each.usage, "about": _(each.about)} for name, each in expr.all_functions().items()]


@dataclass
class _Sight:
    """Looks things up for one sample; what only a run knows is not there."""

    call: Call
    tree: Tree
    record: RecordRef | None
    known: dict[Ask, Any] = field(default_factory=dict)

    def look(self, ask: Ask) -> Value:
        if isinstance(ask, Named):
            return self._named(ask)
        if ask not in self.known:
            raise NotLoaded(ask)
        found: Value | Unknown = self.known[ask]
        if isinstance(found, Unknown):
            raise found
        return found

    def load(self, absent: NotLoaded) -> None:
        """Look up what is missing; what is hidden from the reader stays so."""
        found = dict(facts(asks=[ask for ask in absent.asks if not self._is_hidden(ask)]))
        self.known |= {ask: Unknown("processes.no_such_value", name=str(ask)) for ask in absent.asks} | found

    def _is_hidden(self, ask: Ask) -> bool:
        if not isinstance(ask, FieldOf) or not isinstance(ask.of, RecordRef):
            return False
        seen = outside.shown(ask.of.type)
        return ask.name not in seen and ask.name not in (outside.SHOWN, *outside.OF_EVERY_RECORD)

    def _named(self, ask: Named) -> Value:
        header = self.tree.header
        declared: dict[str, tuple[Declaration, ...]] = {
            "Variable": header.variables, "Template": header.parameters, "Constant": header.constants,
        }  # fmt: skip
        if ask.source == "Document" and self.record:
            return self.look(FieldOf(self.record, ask.name))
        if ask.source in declared:
            return next((each.default for each in declared[ask.source] if each.name == ask.name), None)
        if ask.source == "Workflow" and ask.name == "initiator" and self.call.by:
            return PersonRef(self.call.by)
        raise Unknown("processes.no_such_value", name=f"{ask.source}:{ask.name}")


def _sample(call: Call, read: expr.Expression | expr.Template, tree: Tree, record: RecordRef | None) -> dict[str, Any]:
    sight = _Sight(call, tree, record)
    context = expr.Context(
        at=call.at,
        zone=tree.header.zone or str(settings.COMPANY_ZONE),
        language=settings.LANGUAGE_CODE,
        outside=Around(sight.look, record=record),
    )
    for _again in range(LOOKS_MAX):
        reader = Reader(sight.look)
        try:
            value = expr.evaluate(read, reader, context)
        except NotLoaded as absent:
            sight.load(absent)
        except Unknown:
            break
        except expr.Failure as failure:
            return {"value": None, "record": "", "problems": _told(Problems([failure.problem]))}
        else:
            shown = Shown(tree.header.record, reader=call.by)
            named = outside.titles([record], by=call.by).get(record, "") if record else ""
            return {"value": shown.plain("", value), "record": named}
    return {"value": None, "record": ""}


def _newest(record_type: str, *, by: int | None) -> RecordRef | None:
    number = outside.newest(record_type, by=by)
    return RecordRef(record_type, number) if number else None


def _told(found: Any) -> list[str]:
    return [complaints.told(each).sentence for each in found]
