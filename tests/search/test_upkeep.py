"""The index can be written anew at any time, and is where its rules have changed."""

import threading

import pytest

from potok.records.search import commands, upkeep
from potok.records.search.models import Built, Entry, Unread, Word
from tests.search.conftest import Find, Make


def entries() -> list[tuple[object, ...]]:
    return list(Entry.objects.order_by("kind", "object").values_list("kind", "object", "owner", "key", "words"))


def test_an_index_written_anew_says_what_was_kept_along_the_way(make: Make) -> None:
    for title in ("Альфа", "Бета"):
        make("crm.company", {"title": title})
    kept = entries()
    Entry.objects.create(kind="crm.company", object=10**9, title="Gone", key="gone", words="", at="2026-01-01T00:00Z")
    Entry.objects.create(kind="old.kind", object=1, title="Gone", key="gone", words="", at="2026-01-01T00:00Z")
    Entry.objects.filter(key="альфа").update(key="другое")
    assert upkeep.rebuild() == len(kept)
    assert [row[:3] for row in entries()] == [row[:3] for row in kept]
    Entry.objects.all().delete()
    upkeep.rebuild()
    assert entries() == kept


def test_other_rules_write_it_anew_by_themselves(make: Make, find: Find) -> None:
    make("crm.company", {"title": "Гамма"})
    Entry.objects.all().delete()
    Built.objects.all().delete()
    upkeep.serve(threading.Event())
    assert find("гамма") == ["Гамма"]


def test_words_are_learnt_once_and_nothing_is_left_unread(make: Make, find: Find) -> None:
    for _ in range(2):
        make("crm.company", {"title": "Дельтаплан"})
    find("")
    assert not Unread.objects.exists()
    assert Word.objects.filter(sound="deltaplan").count() == 1


def test_the_command_says_how_much_it_wrote(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    make("crm.company", {"title": "Эпсилон"})
    commands.rebuild()
    assert f"Entries: {Entry.objects.count()}." in capsys.readouterr().out
