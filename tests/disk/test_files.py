"""Files are kept whole, shown to who may see what they hang on, and refused when they may do harm."""

import io
from pathlib import Path

import pytest

from potok.disk import public as disk
from potok.disk import store, sweeping
from potok.disk.models import File
from potok.disk.public import Place, files, limits
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Refused
from tests.company import Company

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 120


def added(by: int, *, name: str = "scan.png", content: bytes = PNG, on: Place | None = None) -> File:
    with opened(by, door="screen") as call:
        return files.add(call, name=name, content=io.BytesIO(content), on=on)


def test_bytes_come_back_as_they_were(company: Company) -> None:
    file = added(company.alice.pk)
    with disk.content(file) as content:
        assert content.read() == PNG
    assert (file.type, file.size_bytes, file.created_by_id) == ("image/png", len(PNG), company.alice.pk)


def test_equal_content_is_kept_once(company: Company, bytes_folder: Path) -> None:
    first, second = added(company.alice.pk, name="a.png"), added(company.bob.pk, name="b.png")
    assert first.digest == second.digest
    assert [place.name for place in bytes_folder.rglob("*") if place.is_file()] == [first.digest]


def test_bytes_are_flushed_before_the_row_is_written(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr("potok.disk.store.os.fsync", lambda opened: order.append("flush"))
    save = File.save
    monkeypatch.setattr(File, "save", lambda self: (order.append("row"), save(self)))
    added(company.alice.pk)
    # The bytes, the folder they lie in, and the two new folders above it.
    assert order == ["flush"] * 4 + ["row"]


def test_a_file_that_is_too_large_leaves_nothing_behind(company: Company, bytes_folder: Path) -> None:
    with opened(None, door="screen") as call:
        limits.change(call, megabytes_max=1)
    with pytest.raises(Refused) as refused:
        added(company.alice.pk, content=b"x" * (1024 * 1024 + 1))
    assert refused.value.code == "disk.file.too_large"
    assert not [place for place in bytes_folder.rglob("*") if place.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("act.exe", PNG, "disk.file.wrong_type"),
        ("ACT.EXE", PNG, "disk.file.wrong_type"),
        ("act.pdf", PROGRAM, "disk.file.wrong_type"),
        ("act.pdf", b"", "disk.file.empty"),
        ("..", PNG, "disk.file.nameless"),
    ],
)
def test_what_may_do_harm_or_is_nothing_is_refused(company: Company, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        added(company.alice.pk, name=name, content=content)
    assert refused.value.code == code


def test_a_picture_is_not_believed_to_its_name(company: Company) -> None:
    file = added(company.alice.pk, name="page.png", content=b"<script>alert(1)</script>")
    assert file.inline_url == ""


def test_a_loose_file_is_seen_by_its_owner_only(company: Company) -> None:
    file = added(company.alice.pk)
    assert disk.file(file.pk, by=company.alice.pk) == file
    with pytest.raises(Missing):
        disk.file(file.pk, by=company.bob.pk)


def test_a_file_is_seen_by_who_sees_what_it_hangs_on(company: Company, binder: Place) -> None:
    file = added(company.alice.pk, on=binder)
    assert disk.by_id([file.pk], by=company.bob.pk) == {file.pk: file}
    assert disk.by_id([file.pk], by=company.carol.pk) == {}
    assert disk.hung_on("binder", ids=[7]) == {7: [file]}


def test_a_kind_nobody_answers_for_is_closed(company: Company) -> None:
    with pytest.raises(Forbidden) as refused:
        added(company.alice.pk, on=Place("nothing", 1))
    assert refused.value.code == "disk.file.closed"


def test_a_stranger_hangs_copies_and_removes_nothing(company: Company, binder: Place) -> None:
    mine, his = added(company.alice.pk, on=binder), added(company.carol.pk)
    with opened(company.carol.pk, door="screen") as call:
        answers = [
            files.add.many([(call, {"name": "x.png", "content": PNG, "on": binder})])[0],
            files.hang.many([(call, {"file": his, "on": binder})])[0],
            files.hang.many([(call, {"file": mine, "on": binder})])[0],
            files.copy.many([(call, {"file": mine})])[0],
            files.remove.many([(call, {"file": mine})])[0],
            limits.change.many([(call, {"megabytes_max": 9_000})])[0],
        ]
    codes = [answer.code for answer in answers if isinstance(answer, Forbidden)]
    not_his = "disk.file.not_yours"
    assert codes == ["disk.file.closed", "disk.file.closed", not_his, not_his, not_his, "kit.forbidden"]


def test_a_loose_file_is_hung_once(company: Company, binder: Place) -> None:
    file = added(company.alice.pk)
    with opened(company.alice.pk, door="screen") as call:
        files.hang(call, file=file, on=binder)
        files.hang(call, file=file, on=binder)
        with pytest.raises(Refused) as refused:
            files.hang(call, file=file, on=Place("binder", 8))
    assert refused.value.code == "disk.file.hangs_elsewhere"


def test_a_copy_shares_the_bytes_and_outlives_the_first(company: Company, binder: Place) -> None:
    file = added(company.alice.pk)
    with opened(company.alice.pk, door="screen") as call:
        copy = files.copy(call, file=file, on=binder)
        files.remove(call, file=file)
    assert sweeping.sweep_before(2**40) == 0
    with disk.content(copy) as content:
        assert content.read() == PNG


def test_bytes_without_a_row_are_swept_after_a_day(company: Company) -> None:
    file = added(company.alice.pk)
    with opened(company.alice.pk, door="screen") as call:
        files.remove(call, file=file)
    assert sweeping.sweep_before(0) == 0
    assert sweeping.sweep_before(2**40) == 1
    assert not store.path(file.digest).exists()


def test_lost_bytes_are_named_and_not_a_crash(company: Company) -> None:
    file = added(company.alice.pk)
    store.path(file.digest).unlink()
    with pytest.raises(Missing) as refused:
        disk.content(file)
    assert refused.value.code == "disk.file.lost"


@pytest.mark.parametrize("megabytes", [0, -1, 10_241])
def test_a_limit_that_makes_no_sense_is_refused(company: Company, megabytes: int) -> None:
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        limits.change(call, megabytes_max=megabytes)
    assert refused.value.code == "disk.limits.wrong"
