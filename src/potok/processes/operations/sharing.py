"""Definitions on their way between installations: one readable text each; copies within one, and ready ones."""

import re
from typing import Any

from django.utils.translation import get_language

from potok.engine.notation.tree.source import parse
from potok.engine.notation.tree.source import text as source_text
from potok.engine.problems import Problems
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.operations import operation
from potok.processes import library, rules
from potok.processes.models import Case, Definition
from potok.processes.operations.definitions import free_code, keep_draft
from potok.processes.permissions import EDIT

# What later releases write is told by this number; it goes up when an older one could not read it rightly.
FORMAT = 1
HEAD = re.compile(r"\A(?:\ufeff)?# Potok definition, format (\d{1,9})[^\n]*\n")
BODIES = frozenset({"do", "stages"})


def exported(definition: Definition) -> str:
    """Write a definition as a file: what is being drawn, else what is published."""
    return f"# Potok definition, format {FORMAT}\n{definition.source}"


@operation("processes.definition.take_in", needs=EDIT)
def take_in(call: Call, *, text: str) -> Definition:
    """Make a draft of a definition that came as a file; nothing that is here is replaced.

    One whose code is taken gets another. Refused when the file is none of ours or of a later release.
    """
    plain, body = _read(text)
    code = free_code(plain["definition"])
    source = body if code == plain["definition"] else source_text({**plain, "definition": code})
    made = keep_draft(call, code=code, source=source)
    return _titled(made, plain)


@operation("processes.definition.duplicate", needs=EDIT)
def duplicate(call: Call, *, definition: Definition, title: str) -> Definition:
    """Make a draft that is the same definition under another name."""
    if not title.strip():
        raise rules.NO_TITLE(place="title")
    found = parse(definition.source)
    if isinstance(found, Problems) or not isinstance(found.plain, dict):
        raise rules.UNREADABLE(place="source")
    plain = {**found.plain, "definition": free_code(title), "title": title.strip()}
    return _titled(keep_draft(call, code=plain["definition"], source=source_text(plain)), plain)


@operation("processes.definition.take_ready", needs=EDIT)
def take_ready(call: Call, *, ready: str, title: str = "", language: str = "") -> Definition:
    """Make a draft of a ready definition, under a name of one's own if one likes; its cases come with it.

    Whom it asks is named afterwards: it is not published while a role has nobody. Its first version is what the
    cases promise from then on.
    """
    found = library.find(ready, language=language or get_language() or library.DEFAULT)
    if found is None:
        raise MISSING(id=ready)
    named = title.strip() or found.title
    plain = {**found.plain, "definition": free_code(found.code), "title": named}
    made = _titled(keep_draft(call, code=plain["definition"], source=source_text(plain)), plain)
    for case in found.cases:
        Case.objects.create(
            definition=made,
            title=case["title"].get(found.language) or next(iter(case["title"].values())),
            script=case.get("script") or {},
            kept_at=call.at,
            kept_by_id=call.author,
        )
    return made


def _read(text: str) -> tuple[dict[str, Any], str]:
    """Take a file apart into what it says and its text, or say why it cannot be taken in."""
    head = HEAD.match(text)
    if head and int(head[1]) > FORMAT:
        raise rules.LATER_FILE(place="file")
    body = HEAD.sub("", text)
    found = parse(body)
    plain = None if isinstance(found, Problems) else found.plain
    if not isinstance(plain, dict) or not isinstance(plain.get("definition"), str) or not BODIES & plain.keys():
        raise rules.FOREIGN_FILE(place="file")
    return plain, body


def _titled(made: Definition, plain: dict[str, Any]) -> Definition:
    """Let a draft be found by what it is called before it is published."""
    made.title = str(plain.get("title") or made.code)
    made.record_type = str(plain.get("record") or "")
    Definition.objects.filter(pk=made.pk).update(title=made.title, record_type=made.record_type)
    return made
