"""The feed: what is said reaches those who are called and nobody else; a file hangs on the record."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from potok.disk.models import File
from potok.kit.doors import opened
from potok.notify.models import Notice
from potok.people.public import Extent
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def deal(make: Make, firm: Company) -> Any:
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.bob)
    return make("crm.deal", {"title": "Fans", "responsible": firm.bob.pk})


def say(client: Client, deal: Any, **sent: Any) -> Any:
    return client.post(f"/deals/{deal.pk}/comments", {"text": "", **sent}, headers=SCRIPT)


def told() -> dict[int, str]:
    return dict(Notice.objects.values_list("to", "why"))


def test_what_is_said_stands_first_and_the_form_is_empty_again(boss: Client, deal: Any) -> None:
    shown = say(boss, deal, text="Pass <i>ordered</i>").content.decode()
    assert "Pass &lt;i&gt;ordered&lt;/i&gt;" in shown
    assert shown.index("Pass") < shown.index("The record was created")


def test_the_responsible_is_told_and_the_author_is_not(boss: Client, firm: Company, deal: Any) -> None:
    say(boss, deal, text="Done")
    assert told() == {firm.bob.pk: "You are responsible for it"}
    Notice.objects.all().delete()
    say(inside(firm.bob), deal, text="Thanks")
    assert told() == {}


@pytest.mark.parametrize("sent", [{"text": "Look, @Fay Titova!"}, {"text": "Look, @Fay"}])
def test_a_name_behind_the_sign_calls_who_may_see(boss: Client, firm: Company, deal: Any, sent: dict[str, Any]) -> None:
    say(boss, deal, **sent)
    assert firm.fay.pk not in told()
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.fay)
    say(boss, deal, **sent)
    assert told()[firm.fay.pk] == "You were called"


def test_whoever_is_chosen_is_called(boss: Client, firm: Company, deal: Any) -> None:
    say(boss, deal, text="Look", mentioned=[firm.bob.pk])
    assert told() == {firm.bob.pk: "You were called"}


def test_nothing_said_is_refused(boss: Client, deal: Any) -> None:
    assert say(boss, deal, text="  ").status_code == 422


def test_who_may_not_see_may_not_speak(firm: Company, deal: Any) -> None:
    assert say(inside(firm.carol), deal, text="Me too").status_code == 404


def test_who_sees_but_may_not_change_may_speak_with_a_file(
    firm: Company, deal: Any, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = tmp_path
    shown = say(inside(firm.bob), deal, files=SimpleUploadedFile("pass.txt", b"pass")).content.decode()
    assert "pass.txt" in shown
    file = File.objects.get()
    assert (file.hangs_kind, file.hangs_id) == ("crm.deal", deal.pk)
    assert inside(firm.carol).get(f"/files/{file.pk}").status_code == 404


def test_an_older_part_comes_when_it_is_asked_for(boss: Client, deal: Any) -> None:
    with opened(None, door="screen") as call:
        for number in range(50):
            records.comments.add(call, record=deal, text=f"word{number:02}")
    shown = boss.get(f"/deals/{deal.pk}/").content.decode()
    assert "before=" in shown


def test_a_change_over_rest_says_so(boss: Client, firm: Company, deal: Any) -> None:
    with opened(firm.ann.pk, door="rest") as call:
        records.verbs["crm.deal"].move(call, record=deal, stage="PAID")
    shown = boss.get(f"/deals/{deal.pk}/feed").content.decode()
    assert "over REST" in shown
    assert "Paid" in shown


def test_a_pinned_note_stands_above_the_feed_until_it_is_let_go(boss: Client, deal: Any) -> None:
    say(boss, deal, text="The gate code is 4481")
    say(boss, deal, text="Call tomorrow")
    note = records.Comment.objects.get(text__startswith="The gate")
    shown = boss.post(f"/deals/{deal.pk}/comments/{note.pk}/pin", headers=SCRIPT).content.decode()
    assert shown.index("gate code") < shown.index("Call tomorrow")
    assert "pinned-note" in boss.get(f"/deals/{deal.pk}/").content.decode()
    assert "pinned-note" not in boss.post(f"/deals/{deal.pk}/comments/{note.pk}/pin", headers=SCRIPT).content.decode()


def test_who_may_only_see_and_a_stranger_pin_nothing(boss: Client, firm: Company, deal: Any) -> None:
    say(boss, deal, text="Note")
    note = records.Comment.objects.get()
    assert inside(firm.bob).post(f"/deals/{deal.pk}/comments/{note.pk}/pin").status_code == 403
    assert inside(firm.carol).post(f"/deals/{deal.pk}/comments/{note.pk}/pin").status_code == 404
    assert not records.Comment.objects.get().pinned
    assert f"comments/{note.pk}/pin" not in inside(firm.bob).get(f"/deals/{deal.pk}/").content.decode()


def test_a_comment_is_pinned_on_its_own_record_only(boss: Client, deal: Any, make: Make) -> None:
    say(boss, deal, text="Note")
    other, note = make("crm.deal"), records.Comment.objects.get()
    assert boss.post(f"/deals/{other.pk}/comments/{note.pk}/pin").status_code == 404
