"""Tags: short words of one's own by which records are found again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from potok.engine.values import Value
from potok.records.fields.field import Unreadable
from potok.records.fields.text import Text

LENGTH_MAX = 50
BETWEEN = ",;\n"


@dataclass(frozen=True)
class Tags(Text):
    """Some words, or none; a text with commas is several of them, and letter case tells no two apart."""

    multiple: bool = True

    # Of texts in general it is a property.
    widget: ClassVar[str] = "tags"

    def item(self, raw: Any) -> Value:
        text = str(super().item(raw)).lstrip("#").strip()
        if len(text) > LENGTH_MAX:
            raise Unreadable(gettext("a tag has at most %(most)s letters") % {"most": LENGTH_MAX})
        return text

    def _read(self, raw: Any) -> Value:
        given = raw if isinstance(raw, list | tuple) else [raw]
        read = super()._read([part for one in given for part in _parts(one)])
        once = {str(one).casefold(): one for one in reversed(read if isinstance(read, tuple) else ()) if one}
        return tuple(reversed(once.values()))


def _parts(raw: Any) -> Iterator[Any]:
    if not isinstance(raw, str):
        yield raw
        return
    for sign in BETWEEN:
        raw = raw.replace(sign, BETWEEN[0])
    yield from raw.split(BETWEEN[0])
