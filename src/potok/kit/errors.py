"""The four families of errors, told apart by who can mend them. Pure: rules may import it.

    Exception
    ├── Refused          the caller asked for what the rules forbid; nothing changed
    │   ├── Missing          what was named is not there, or is not to be seen by the caller
    │   ├── Forbidden        the caller has no right to it
    │   ├── Overtaken        somebody else changed it in the meantime
    │   └── Overloaded       there is more to do than gets done; later it will be taken
    ├── Trouble          the world outside failed; passing (tried again) or lasting (an operator looks)
    └── Defect           our mistake; never caught below the door

A `Problem` of a definition or a file is a value, not an exception: see `potok.engine.problems`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from potok.kit.words import _


def _as_written(sentence: str) -> str:
    return sentence


class _Speech:
    """How sentences are translated; the kit's start-up puts gettext here, so that this module stays pure."""

    translate: Callable[[str], str] = staticmethod(_as_written)


def speak_with(translate: Callable[[str], str]) -> None:
    """Translate every sentence of a refusal with this function from now on."""
    _Speech.translate = staticmethod(translate)


class Refused(Exception):  # noqa: N818 (the word of the house)
    """The rules say no, in a sentence that tells the caller what to do next.

    `fields` are the values named in the sentence; `place` is the argument or field that is wrong, if it is one.
    """

    def __init__(self, code: str, sentence: str, /, *, place: str = "", **fields: Any) -> None:
        super().__init__(code)
        self.code, self.place, self.fields = code, place, fields
        self._sentence = sentence

    def sentence(self) -> str:
        """Say it in the language that is active now."""
        return _Speech.translate(self._sentence).format(**self.fields)

    def __str__(self) -> str:
        return f"{self.code}: {self._sentence.format(**self.fields)}"


class Missing(Refused):
    """What was named is not there, or the caller may not know that it is."""


class Forbidden(Refused):
    """The caller has no right to it."""


class Overtaken(Refused):
    """Somebody else changed the same thing in the meantime."""


class Overloaded(Refused):
    """There is more to do than gets done. Nothing is wrong with what was asked; later it will be taken."""


class Refusal:
    """A kind of refusal: its public code and its sentence, declared once, called where it happens."""

    def __init__(self, code: str, sentence: str, family: type[Refused]) -> None:
        self.code, self.sentence, self.family = code, sentence, family

    def __call__(self, *, place: str = "", **fields: Any) -> Refused:
        return self.family(self.code, self.sentence, place=place, **fields)


_declared: dict[str, Refusal] = {}


def refusal(code: str, sentence: str, *, family: type[Refused] = Refused) -> Refusal:
    """Declare a refusal: `WRONG = refusal("crm.deal.wrong_pipeline", _("…"))`, then `raise WRONG(stage=…)`."""
    if code in _declared:
        raise Defect(f"refusal {code} is declared twice")
    _declared[code] = Refusal(code, sentence, family)
    return _declared[code]


def refusals() -> Mapping[str, Refusal]:
    """All declared refusals by code, for the reference and its test."""
    return dict(_declared)


class Refusals(Refused):
    """Several refusals of one request, each with its place: the fields of a form, the rows of a file."""

    def __init__(self, refused: list[Refused]) -> None:
        super().__init__("kit.several", "{count}", count=len(refused))
        self.refused = refused

    def sentence(self) -> str:
        return " ".join(one.sentence() for one in self.refused)

    def __iter__(self) -> Iterator[Refused]:
        return iter(self.refused)


class Trouble(Exception):  # noqa: N818
    """The world outside failed. `lasting` says that trying again will not help."""

    def __init__(self, code: str, sentence: str, /, *, lasting: bool = False, **fields: Any) -> None:
        super().__init__(code)
        self.code, self.fields, self.lasting = code, fields, lasting
        self._sentence = sentence

    def sentence(self) -> str:
        """Say it in the language that is active now."""
        return _Speech.translate(self._sentence).format(**self.fields)


class Defect(Exception):  # noqa: N818
    """Our own mistake. It is logged once at the door; the caller gets an apology and a number."""


FORBIDDEN = refusal(
    "kit.forbidden",
    _("You have no right to do this. Ask an administrator for the right “{permission}”."),
    family=Forbidden,
)
MISSING = refusal(
    "kit.missing",
    _("There is no such entry, or you cannot see it. Check the number {id}."),
    family=Missing,
)
NO_ROOM = refusal(
    "kit.no_room",
    _("The server's disk is full. Nothing was changed, and what is there can be read. Tell whoever runs the server."),
)
OVERTAKEN = refusal(
    "kit.overtaken",
    _("Somebody changed this a moment before you. Look at the new state and repeat."),
    family=Overtaken,
)
