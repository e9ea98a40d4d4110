"""What came of a trial, as its page draws it: lines, what is waited for, values, which steps it has shown."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from potok.engine import values
from potok.engine.graph import Header
from potok.engine.notation.stages import OUTCOME
from potok.people import public as people
from potok.processes.trial import Coverage, Line, Told
from potok.processes.web import asked
from potok.processes.web.designing_picture import Mark
from potok.processes.web.shown import Shown
from potok.ui import words
from potok.ui.shapes import Step

GLYPHS = {
    "answered": "person", "command": "person", "changed": "run", "message": "run", "set": "todo",
    "incident": "incident", "started": "run",
}  # fmt: skip
ENDS = {"completed": "done", "terminated": "skip", "not_started": "skip", "stuck": "incident"}
CODE = re.compile(r"user_(\d+)")
LEADS = re.compile(r'\{=Variable:next_stage\} = "(\w+)"')
# Of the nodes of one stage, the one in such a state speaks for all.
SPEAKING = ("incident", "person", "wait", "done", "todo")
# What the way of a trial says of a step that is behind.
PASSED = ("performed", "woke", "happened", "returned", "assigned")
REFERENCE = re.compile(r"\{=[^{}]+\}")
# The words of an operation that tell what it is about, the first that is there.
ABOUT = ("title", "subject", "text", "message")


@dataclass(frozen=True)
class Happened:
    """One line to show."""

    at: datetime
    glyph: str
    sentence: SafeString
    to: str
    quoted: str
    values: str
    anchor: str = ""


@dataclass(frozen=True)
class Tried:
    """A trial, for one reader."""

    told: Told
    header: Header
    reader: int | None

    @property
    def state(self) -> str:
        """The glyph that stands for the whole trial."""
        return ENDS.get(self.told.standing, "wait")

    @property
    def sentence(self) -> str:
        """Where it stands, in words."""
        said = {
            "completed": _("It came to its end."),
            "terminated": _("It was ended."),
            "not_started": _("It did not start."),
            "stuck": _("It stands at a failure."),
        }
        waits = ", ".join(self._title(name) for name in self.told.waits_for)
        return said.get(self.told.standing) or _("It waits: %(steps)s.") % {"steps": waits}

    @property
    def lines(self) -> list[Happened]:
        """What happened, in the order in which it did."""
        shown = Shown(self.header.record, reader=self.reader)
        names = people.names([number for line in self.told.lines for one in line.to if (number := _person(one))])
        met = set[str]()
        return [self._line(line, shown, names, met) for line in self.told.lines if self._is_told(line)]

    @property
    def values(self) -> list[tuple[str, str]]:
        """The variables as they are at the end."""
        shown = Shown(self.header.record, reader=self.reader)
        held = {name: value for name, value in self._own(self.told.variables) if not values.is_empty(value)}
        return [(self._named(name), shown.plain("", value)) for name, value in held.items()]

    @property
    def steps(self) -> list[Step]:
        """All steps, with those that were reached marked."""
        return list(self._steps.values())

    @property
    def marks(self) -> dict[str, Mark]:
        """The same for the picture; what was reached leads to its first line, the gone branches are marked, too."""
        told = {line.step for line in self.told.lines if line.step}
        marks = {
            name: Mark(state=step.state, href=f"#at-{name}" if name in told else "", note=self._visits(name))
            for name, step in self._steps.items()
        }
        return marks | {way: Mark(state="done") for way in self.told.coverage.gone}

    @property
    def stages(self) -> list[str]:
        """The stages it came to, one after another."""
        ways = (way.rpartition(":") for way in self.told.path)
        return [name for name, _colon, what in ways if what == "performed" and name in self._opened]

    @property
    def _opened(self) -> list[str]:
        return [name.removesuffix(".open") for name in self.told.titles if name.endswith(".open")]

    @property
    def _steps(self) -> dict[str, Step]:
        stands = set() if self.told.standing in ENDS else set(self.told.waits_for)
        failed = {line.step for line in self.told.lines if line.kind == "incident"}
        stages = {self._title(name): name for name in self._opened}
        found: dict[str, list[Step]] = {}
        for name in self.told.coverage.steps:
            # Whatever a stage brings with it is called like the stage.
            key = stages.get(self._title(name), name)
            found.setdefault(key, []).append(self._step(name, failed=name in failed, stands=stands))
        return {key: min(those, key=lambda one: SPEAKING.index(one.state)) for key, those in found.items()}

    def _visits(self, name: str) -> str:
        """How often a step was come to, if more than once."""
        count = sum(one in PASSED for one in (way.removeprefix(f"{name}:") for way in self.told.path))
        return f"× {count}" if count > 1 else ""

    @property
    def ways(self) -> list[Step]:
        """All ways of conditions, with those that were gone marked; what stands under one belongs to its step."""
        shown, coverage = Shown(self.header.record, reader=self.reader), self.told.coverage
        found = []
        for way in coverage.ways:
            text, step = self.told.conditions.get(way, ""), way.rpartition(":")[0]
            leads = LEADS.fullmatch(text)
            title = shown.formula(text, REFERENCE.findall(text)) if text else _("otherwise")
            title = f"→ {self._title(leads[1])}" if leads else title
            named = self._title(step)
            note = named if named != step else ""
            found.append(Step(title, "done" if way in coverage.gone else "todo", note))
        return found

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The open assignments with their forms."""
        return [
            {
                "step": one.step,
                "title": one.title,
                "description": one.description,
                "whom": list(one.whom.items()),
                "names": ", ".join(one.whom.values()),
                "due_at": one.due_at,
                "fields": [each for each in asked.of_form(one.form, typed={}) if each.type.kind != "file"],
                "answers": [(each["name"], _(each["title"])) for each in one.form.get("answers", [])],
                "comment": one.form.get("comment", {}).get("shown"),
            }
            for one in self.told.waiting.questions
        ]

    @property
    def messages(self) -> list[tuple[str, str]]:
        """The messages that are waited for, each with what it has to say, as the page sends it back."""
        return [
            (one.name, json.dumps({name: values.encode(value) for name, value in one.where.items()}))
            for one in self.told.waiting.messages
        ]

    def _line(self, line: Line, shown: Shown, names: Mapping[int, str], met: set[str]) -> Happened:
        anchor = f"at-{line.step}" if line.step and line.step not in met else ""
        met.add(line.step)
        said = [
            f"{title}: {shown.plain(name, value) or _('empty')}" for name, title, value in self._changed(line, shown)
        ]
        about = next((str(line.told[name]) for name in ABOUT if line.told.get(name)), "")
        return Happened(
            at=line.at,
            glyph=GLYPHS.get(line.kind, "done"),
            sentence=self._sentence(line),
            to=", ".join(names.get(_person(one), str(one)) for one in line.to),
            quoted=about if line.kind == "done" and about != line.title else "",
            values=", ".join(said),
            anchor=anchor,
        )

    def _changed(self, line: Line, shown: Shown) -> Iterator[tuple[str, str, Any]]:
        """What got other values: fields of the record, or variables, which may be called like them."""
        is_data = line.kind == "set"
        for name, value in self._own(line.values) if is_data else line.values.items():
            yield "" if is_data else name, self._named(name) if is_data else shown.title(name), value

    def _own(self, held: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """The variables of the author: what stages keep of their way is told by the way."""
        declared = {one.name for one in self.header.variables}
        return [(name, value) for name, value in held.items() if name in declared or name not in OUTCOME]

    def _is_told(self, line: Line) -> bool:
        """Tell whether a line says something: not all that a process does for itself does."""
        if line.kind == "set":
            return bool(self._own(line.values))
        return line.kind != "done" or bool(line.to or line.values or any(line.told.get(name) for name in ABOUT))

    def _named(self, variable: str) -> str:
        return self.told.named.get(variable) or variable

    def _sentence(self, line: Line) -> SafeString:
        title = format_html('<b class="b">{}</b>', line.title or line.step)
        match line.kind:
            case "answered":
                return format_html("{}: {}", title, words.quoted(_(str(line.told.get("button", _("It is done"))))))
            case "command":
                return format_html(_("The command {} is given"), words.quoted(line.what))
            case "message":
                return format_html(_("The message {} comes"), words.quoted(line.what))
            case "changed":
                return format_html("{}", _("The record is changed from outside"))
            case "set":
                return format_html("{}", _("Data"))
            case "started":
                return format_html(_("Another process starts: {}"), words.quoted(line.what))
            case "incident":
                said = line.told.get("text") or line.what
                return format_html("{}: {}", title, said) if line.step else format_html("{}", said)
        return title

    def _step(self, name: str, *, failed: bool, stands: Collection[str]) -> Step:
        title, reached = self._title(name), name in self.told.coverage.reached
        # What is waited for is told by titles, and by names where there are none.
        waits = bool({name, title} & set(stands))
        stand = "person" if any(one.step == name for one in self.told.waiting.questions) else "wait"
        return Step(title, "todo" if not reached else "incident" if failed else stand if waits else "done")

    def _title(self, name: str) -> str:
        return self.told.titles.get(name, name)


def joined(found: Iterable[Coverage]) -> Coverage:
    """What several trials show together."""
    whole = Coverage()
    for one in found:
        whole = whole.joined(one)
    return whole


def _person(whom: int | str) -> int:
    """The number of a person, from the number itself or from his code."""
    return whom if isinstance(whom, int) else int(code[1]) if (code := CODE.fullmatch(whom)) else 0
