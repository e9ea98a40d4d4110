"""Entries of the feed as the templates draw them: fetched for a whole page in a fixed number of questions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from potok.disk.public import File
from potok.feed import access, attachments, audiences, rules
from potok.feed.audiences import Named
from potok.feed.models import Acknowledgement, Comment, Entry, Reaction
from potok.feed.registries import Told, happenings

COMMENTS_SHOWN = 3


@dataclass(frozen=True)
class Said:
    """A comment with its files; `may_remove` is for whom it is drawn."""

    comment: Comment
    files: list[File]
    may_remove: bool


@dataclass(frozen=True)
class Liked:
    """A reaction as a button: pressed, it is taken away again."""

    kind: str
    title: str
    icon: str
    count: int
    is_mine: bool


@dataclass(frozen=True)
class Line:
    """An entry with all that stands on it."""

    entry: Entry
    told: Told | None = None
    icon: str = ""
    to: list[Named] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    earlier: int = 0
    liked: list[Liked] = field(default_factory=list)
    is_new: bool = False
    is_read: bool = True
    read_count: int = 0
    may_change: bool = False
    may_pin: bool = False
    is_mine: bool = False


ICONS = {rules.LIKE: "thumbs-up", rules.THANKS: "star", rules.DONE: "check-check"}


def drawn(
    request: HttpRequest, entries: Iterable[Entry], *, seen: int | None = None, whole: bool = False
) -> list[Line]:
    """The lines of these entries; what is gone meanwhile, or worth no line, is left out. `whole` shows all comments."""
    listed = list(entries)
    return _Page(request, listed, seen, whole=whole).lines()


class _Page:
    def __init__(self, request: HttpRequest, entries: Sequence[Entry], seen: int | None, *, whole: bool) -> None:
        self.me, self.entries, self.seen, self.whole = request.user.pk or 0, entries, seen, whole
        ids = [one.pk for one in entries]
        self.keeps = access.keeps(self.me)
        self.told = _told(request, entries)
        self.comments: dict[int, list[Comment]] = defaultdict(list)
        for comment in Comment.objects.filter(entry__in=ids).select_related("author").order_by("pk"):
            self.comments[comment.entry_id].append(comment)
        self.liked: dict[int, Counter[str]] = defaultdict(Counter)
        self.mine: dict[int, str] = {}
        for entry, person, kind in Reaction.objects.filter(entry__in=ids).values_list("entry", "person", "kind"):
            self.liked[entry][kind] += 1
            if person == self.me:
                self.mine[entry] = kind
        self.read: dict[int, set[int]] = defaultdict(set)
        for entry, person in Acknowledgement.objects.filter(entry__in=ids).values_list("entry", "person"):
            self.read[entry].add(person)
        self.named = audiences.named({code for one in entries for code in one.audience})
        self.files = attachments.named(
            {number for one in [*entries, *_all(self.comments.values())] for number in one.files}
        )

    def lines(self) -> list[Line]:
        return [self._line(one) for one in self.entries if not one.kind or one.pk in self.told]

    def _line(self, entry: Entry) -> Line:
        mine, keeps = entry.author_id == self.me, self.keeps
        said = self.comments[entry.pk]
        shown = said if self.whole else said[-COMMENTS_SHOWN:]
        told = self.told.get(entry.pk)
        return Line(
            entry,
            told=told,
            icon=happenings[entry.kind].icon if entry.kind else "",
            to=[self.named[code] for code in entry.audience if code in self.named and code not in _called(entry)],
            files=self._files(entry),
            said=[Said(one, self._files(one), one.author_id == self.me or keeps) for one in shown],
            earlier=len(said) - len(shown),
            liked=self._liked(entry.pk),
            is_new=self.seen is not None and entry.pk > self.seen and not mine,
            is_read=mine or not entry.is_important or self.me in self.read[entry.pk],
            read_count=len(self.read[entry.pk]),
            may_change=not entry.kind and (mine or keeps),
            may_pin=not entry.kind and keeps,
            is_mine=mine,
        )

    def _files(self, one: Entry | Comment) -> list[File]:
        return [self.files[number] for number in one.files if number in self.files]

    def _liked(self, entry: int) -> list[Liked]:
        mine = self.mine.get(entry)
        return [
            Liked(kind, gettext(title), ICONS[kind], self.liked[entry][kind], kind == mine)
            for kind, title in rules.REACTIONS.items()
        ]


def _called(entry: Entry) -> set[str]:
    """Whoever was only called by name is not among those to whom it is said to go."""
    return {f"user_{person}" for person in entry.mentioned} if len(entry.audience) > len(entry.mentioned) else set()


def _told(request: HttpRequest, entries: Iterable[Entry]) -> dict[int, Told]:
    """What parts above say of what happened: one question of each kind."""
    by_kind: dict[str, dict[int, int]] = defaultdict(dict)
    for one in entries:
        if one.kind in happenings and one.subject is not None:
            by_kind[one.kind][one.subject] = one.pk
    return {
        numbers[subject]: told
        for kind, numbers in by_kind.items()
        for subject, told in happenings[kind].tell(request, list(numbers)).items()
    }


def _all(lists: Iterable[Iterable[Any]]) -> list[Any]:
    return [one for each in lists for one in each]
