"""Files that go with letters: copies that hang on the letter, so that what was sent stays what was sent."""

from collections.abc import Iterable, Sequence, Set

from potok.disk import public as disk
from potok.disk.public import File, Holder, Place, files, holders
from potok.kit.calls import Call
from potok.mail import queries, rules
from potok.mail.models import Letter

KIND = "letter"


def register() -> None:
    """Answer for files that hang on letters: whoever may read the letter fetches them, and nobody adds one later."""
    holders.add(KIND, Holder(sees=_seen, adds=_nobody))


def chosen(call: Call, ids: Sequence[int]) -> list[File]:
    """The files that whoever writes may see, light enough for a letter; otherwise refuse."""
    found = [disk.file(one, by=call.by) for one in dict.fromkeys(ids)]
    rules.check_files([one.size_bytes for one in found])
    return found


def hang(call: Call, letter: Letter, *, chosen: Iterable[File]) -> None:
    """Put copies of files beside a letter."""
    for one in chosen:
        files.copy(call.by_system(), file=one, on=Place(KIND, letter.pk))


def of(letter: Letter) -> list[File]:
    """The files of a letter, in the order in which they were given."""
    return disk.hung_on(KIND, ids=[letter.pk]).get(letter.pk, [])


def _seen(person: int | None, ids: Set[int]) -> Set[int]:
    return set(queries.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True))


def _nobody(person: int | None, ids: Set[int]) -> Set[int]:
    return ids if person is None else set()
