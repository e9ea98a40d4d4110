"""Definitions: written, checked, published, switched on and off."""

import itertools
import re
from collections.abc import Iterable
from typing import Any

from potok.engine import graph, notation, values
from potok.engine.expr.functions.words import transliterated
from potok.engine.graph import ActsAs, Graph, Work
from potok.engine.notation.tree.source import text as source_text
from potok.engine.problems import Problems, Severity
from potok.kit.calls import Call
from potok.kit.errors import MISSING, Refusals, Refused
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import public as people
from potok.processes import rules, triggers
from potok.processes.block import blocks, catalogue
from potok.processes.complaints import Complaint, told
from potok.processes.events import DefinitionPublished, DefinitionSwitched
from potok.processes.models import Constant, Definition, Version
from potok.processes.permissions import EDIT
from potok.processes.surroundings import surroundings
from potok.processes.trial import cases

NOT_IN_CODES, CODE_MAX = re.compile(r"[^a-z0-9]+"), 48


@operation("processes.definition.check", needs=EDIT)
def check(call: Call, *, source: str) -> list[Complaint]:
    """Find everything wrong with the text of a definition, and the advice about it, in the order of its lines."""
    drawn = notation.read(source)
    if isinstance(drawn, Problems):
        return [told(problem) for problem in drawn]
    return [told(problem) for problem in notation.check(drawn, catalogue(), surroundings())]


@operation("processes.definition.keep_draft", needs=EDIT)
def keep_draft(call: Call, *, code: str, source: str, over: str | None = None) -> Definition:
    """Keep the text that is being written, right or wrong, beside the published one.

    `over` is the revision that it was written over: refused as overtaken when somebody else has changed it since.
    """
    if over is not None:
        held = Definition.objects.select_for_update(no_key=True, of=("self",)).select_related("version").get(code=code)
        if held.revision != over:
            raise rules.DRAFT_OVERTAKEN(place="revision")
    kept = {"draft": source, "changed_at": call.at, "changed_by_id": call.author}
    found, _ = Definition.objects.update_or_create(
        code=code, defaults=kept, create_defaults={**_new(call, code), **kept}
    )
    touch("drawing", found.pk)
    return found


@operation("processes.definition.begin", needs=EDIT)
def begin(call: Call, *, title: str, record_type: str = "", in_stages: bool = False) -> Definition:
    """Begin a definition with a title and nothing to do yet, as steps or in stages; its code is made of the title."""
    if not title.strip():
        raise rules.NO_TITLE(place="title")
    code = free_code(title)
    empty: dict[str, Any] = {"stages": {}} if in_stages else {"do": []}
    plain = {"definition": code, "title": title.strip(), **({"record": record_type} if record_type else {}), **empty}
    new = {**_new(call, code, draft=source_text(plain)), "title": title.strip(), "record_type": record_type}
    return Definition.objects.create(**new)


@operation("processes.definition.publish", needs=EDIT)
def publish(call: Call, *, source: str, code: str = "", accept: bool = False, note: str = "") -> Version:
    """Make the text the version that new instances follow; those that run keep theirs.

    `note` says what is different, for those who read the list of versions.

    Refused with one refusal a problem while the text has errors. A text that compiles to what is published already
    makes no new version. `code` guards against a text that names another definition than the one on the page.
    Kept trials have to go as they went before, unless it is accepted that they do not.
    """
    version = draw_up(call, source=source, code=code, note=note)
    cases.hold(call, definition=version.definition_id, version=version.pk, accept=accept)
    put_in_force(call, version)
    announce(
        DefinitionPublished(call=call, definition=version.definition_id, version=version.pk, number=version.number)
    )
    touch("definition", version.definition_id)
    touch("drawing", version.definition_id)
    return version


def draw_up(call: Call, *, source: str, code: str = "", note: str = "") -> Version:
    """Make a version of a text, which nothing follows yet; refuse with every error in it."""
    compiled = _compiled(source)
    if code and compiled.header.definition != code:
        raise rules.CODE_TAKEN(place="source", found=compiled.header.definition, code=code)
    _check_rights(call, compiled)
    return _version(call, _definition(call, compiled.header), compiled, source, note)


def put_in_force(call: Call, version: Version) -> None:
    """Let new instances follow a version."""
    header = graph.decode(bytes(version.graph)).header
    Definition.objects.filter(pk=version.definition_id).update(
        version=version,
        title=header.title or header.definition,
        record_type=header.record,
        draft="",
        changed_at=call.at,
        changed_by=call.author,
    )
    version.definition = Definition.objects.get(pk=version.definition_id)
    triggers.forget()


@operation("processes.definition.switch", needs=EDIT)
def switch(call: Call, *, definition: Definition, is_active: bool) -> Definition:
    """Switch a definition on or off; what runs goes on."""
    Definition.objects.filter(pk=definition.pk).update(is_active=is_active, changed_at=call.at, changed_by=call.author)
    definition.is_active = is_active
    triggers.forget()
    announce(DefinitionSwitched(call=call, definition=definition.pk, is_active=is_active))
    touch("definition", definition.pk)
    return definition


@operation("processes.constant.set", needs=EDIT)
def set_constant(call: Call, *, definition: Definition, name: str, value: Any) -> Constant:
    """Give a constant of a definition another value; instances that run see it at their next step."""
    if definition.version is None:
        raise rules.NO_DEFINITION(definition=definition.code)
    header = graph.decode(bytes(definition.version.graph)).header
    declared = next((each for each in header.constants if each.name == name), None)
    if declared is None:
        raise rules.NO_VALUE(place="name", name=name)
    typed = rules.read_value(declared.type, value, title=declared.title or name)
    kept, _ = Constant.objects.update_or_create(
        definition=definition, name=name, defaults={"value": values.encode(typed)}
    )
    return kept


def definition(code: str) -> Definition:
    """Fetch a definition by its code, or refuse with `kit.missing`."""
    found = Definition.objects.filter(code=code).select_related("version").first()
    if found is None:
        raise MISSING(id=code)
    return found


def _compiled(source: str) -> Graph:
    drawn = notation.read(source)
    made = drawn if isinstance(drawn, Problems) else notation.compile(drawn, catalogue(), surroundings())
    if isinstance(made, Problems):
        errors = [told(problem) for problem in made if problem.severity is Severity.ERROR]
        raise Refusals([_refused(each) for each in errors])
    return made


def _refused(complaint: Complaint) -> Refused:
    sentence = f"{complaint.sentence} {complaint.hint}".strip()
    place = f"{complaint.line}:{complaint.column}" if complaint.line else complaint.path
    return Refused(complaint.code, "{sentence}", place=place, sentence=sentence)


def _check_rights(call: Call, compiled: Graph) -> None:
    """What acts as the system may do no more than its publisher could."""
    if call.by is None or compiled.header.acts_as is not ActsAs.SYSTEM:
        return
    missing = [name for name in sorted(_rights(compiled)) if not people.may(call.by, permission=name)]
    if missing:
        raise rules.RIGHTS_MISSING(permission=missing[0])


def _rights(compiled: Graph) -> Iterable[str]:
    used = [payload for payload in compiled.payloads if isinstance(payload, Work) and payload.block in blocks]
    return {
        right
        for work in used
        for right in blocks[work.block].rights(compiled.header, filled=[name for name, _ in work.params])
    }


def _definition(call: Call, header: graph.Header) -> Definition:
    found, _ = Definition.objects.select_for_update().get_or_create(
        code=header.definition, defaults=_new(call, header.definition)
    )
    return found


def _new(call: Call, code: str, *, draft: str = "") -> dict[str, Any]:
    return {"code": code, "title": code, "draft": draft, "changed_at": call.at, "changed_by_id": call.author}


def free_code(title: str) -> str:
    """Make a code of a title, or of another code, that no definition has."""
    wished = NOT_IN_CODES.sub("-", transliterated(title).lower()).strip("-")[:CODE_MAX].strip("-")
    wished = wished if wished[:1].isalpha() else f"process-{wished}".rstrip("-")
    taken = set(Definition.objects.filter(code__startswith=wished).values_list("code", flat=True))
    tries = itertools.chain([wished], (f"{wished}-{count}" for count in itertools.count(2)))
    return next(code for code in tries if code not in taken)


def _version(call: Call, definition: Definition, compiled: Graph, source: str, note: str) -> Version:
    last = Version.objects.filter(definition=definition).order_by("-number").first()
    if last is not None and bytes(last.digest) == compiled.digest and last.source == source:
        return last
    return Version.objects.create(
        definition=definition,
        number=last.number + 1 if last else 1,
        digest=compiled.digest,
        source=source,
        note=note.strip(),
        graph=graph.encode(compiled),
        published_at=call.at,
        published_by_id=call.author,
    )
