"""Notices go further than the site: by one way each, in order, once, and again after a failure."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused, Trouble
from potok.notify import carrying, routing
from potok.notify.channels import Channel as Way
from potok.notify.channels import Unreached
from potok.notify.channels import channels as ways
from potok.notify.models import Channel, Connection, Delivery, Device, Notice
from potok.notify.operations import channels
from potok.notify.operations.wishes import Digest, Quiet
from potok.notify.public import notices, unseen_count, wishes
from potok.people import presence
from potok.people.public import Person
from tests.company import Company


class Post:
    """A channel that keeps what it is given, and fails when told to."""

    def __init__(self, name: str, *, gathers: bool = False) -> None:
        self.way = Way(name, name, lambda: True, self.carry, gathers=gathers)
        self.told: list[list[str]] = []
        self.troubles: list[Trouble] = []

    def carry(self, person: Person, notices: Sequence[Notice]) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.told.append([f"{person.name}: {one.text}" for one in notices])

    def serve(self) -> None:
        while carrying.serve(self.way):
            pass


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> dict[str, Post]:
    """Mail and digests of our own; browsers and XMPP as the product has them, switched off."""
    posts = {"mail": Post("mail"), "digest": Post("digest", gathers=True)}
    known = ways._things
    for name, one in posts.items():
        monkeypatch.setitem(known, name, one.way)
    return posts


def told(company: Company, text: str = "Look", *, to: Person | None = None, **more: Any) -> int:
    with opened(None, door="instance") as call:
        return notices.send(call, to=(to or company.bob).pk, text=text, **more)


def passed(post: dict[str, Post], *, after: timedelta = timedelta(0)) -> None:
    """Let the loops of the worker do what is to be done after so long."""
    with clock.wound(after):
        while routing.serve():
            pass
        for one in post.values():
            one.serve()


def chosen(person: Person, **given: Any) -> None:
    with opened(person.pk, door="screen") as call:
        wishes.change(call, **given)


def test_whoever_is_away_is_told_by_mail_at_once_and_once(company: Company, post: dict[str, Post]) -> None:
    told(company)
    passed(post)
    passed(post, after=timedelta(days=2))
    assert post["mail"].told == [["Bob: Look"]]


def test_whoever_is_on_the_site_is_told_by_mail_after_ten_minutes_in_which_he_did_nothing(
    company: Company, post: dict[str, Post]
) -> None:
    presence.see(company.bob.pk)
    told(company)
    passed(post)
    passed(post, after=timedelta(minutes=9))
    assert post["mail"].told == []
    passed(post, after=timedelta(minutes=11))
    assert post["mail"].told == [["Bob: Look"]]


def test_what_was_read_on_the_site_goes_nowhere(company: Company, post: dict[str, Post]) -> None:
    presence.see(company.bob.pk)
    notice = told(company)
    passed(post)
    with opened(company.bob.pk, door="screen") as call:
        notices.see(call, notice=notice)
    passed(post, after=timedelta(minutes=11))
    assert post["mail"].told == []


def test_what_was_read_before_its_letter_left_does_not_leave(company: Company, post: dict[str, Post]) -> None:
    notice = told(company)
    routing.serve()
    with opened(company.bob.pk, door="screen") as call:
        notices.see(call, notice=notice)
    passed(post)
    assert post["mail"].told == []
    assert Delivery.objects.get().state == "unneeded"


def test_in_quiet_hours_notices_wait_and_go_when_they_end(company: Company, post: dict[str, Post]) -> None:
    here = clock.now().astimezone(ZoneInfo("Europe/Moscow"))
    ends = (here + timedelta(hours=2)).time().replace(second=0, microsecond=0)
    begins = (here - timedelta(hours=1)).time().replace(second=0, microsecond=0)
    chosen(company.bob, quiet=Quiet(begins, ends))
    told(company)
    passed(post)
    passed(post, after=timedelta(hours=1))
    assert post["mail"].told == []
    passed(post, after=timedelta(hours=2, minutes=1))
    assert post["mail"].told == [["Bob: Look"]]


def test_a_digest_is_one_letter_about_all_that_is_still_unread(company: Company, post: dict[str, Post]) -> None:
    chosen(company.bob, choices={"tasks": {"mail": "digest"}}, digest=Digest(time(9)))
    told(company, "One", kind="task")
    read = told(company, "Two", kind="task")
    told(company, "Three", kind="task")
    told(company, "Not of tasks")
    passed(post)
    assert (post["mail"].told, post["digest"].told) == ([["Bob: Not of tasks"]], [])
    with opened(company.bob.pk, door="screen") as call:
        notices.see(call, notice=read)
    passed(post, after=timedelta(days=1))
    assert post["digest"].told == [["Bob: One", "Bob: Three"]]


def test_nothing_is_heard_of_a_muted_place_except_a_call_by_name(company: Company, post: dict[str, Post]) -> None:
    first = told(company, "One", url="/tasks/7")
    passed(post)
    with opened(company.bob.pk, door="screen") as call:
        wishes.mute(call, notice=first)
        notices.see_all(call)
    told(company, "Two", url="/tasks/7")
    told(company, "Three", url="/tasks/7", kind="mention")
    told(company, "Four", url="/tasks/8")
    passed(post)
    assert post["mail"].told == [["Bob: One"], ["Bob: Three"], ["Bob: Four"]]
    assert unseen_count(person=company.bob.pk) == 2
    assert Notice.objects.filter(to=company.bob).count() == 4


def test_a_place_is_heard_of_again_when_its_owner_says_so(company: Company, post: dict[str, Post]) -> None:
    first = told(company, "One", url="/tasks/7")
    with pytest.raises(Forbidden), opened(company.carol.pk, door="screen") as call:
        wishes.mute(call, notice=first)
    with opened(company.bob.pk, door="screen") as call:
        muted = wishes.mute(call, notice=first)
    with pytest.raises(Refused), opened(company.carol.pk, door="screen") as call:
        wishes.unmute(call, muted=muted.pk)
    with opened(company.bob.pk, door="screen") as call:
        wishes.unmute(call, muted=muted.pk)
    told(company, "Two", url="/tasks/7")
    assert unseen_count(person=company.bob.pk) == 2


def test_what_is_told_outside_may_be_another_text(company: Company) -> None:
    told(company, "The long text of the site", outside="In short")
    notice = Notice.objects.get()
    assert (notice.text, notice.outside) == ("The long text of the site", "In short")


def test_a_server_that_is_away_holds_all_in_order_and_is_asked_again_after_a_pause(
    company: Company, post: dict[str, Post]
) -> None:
    for text in ("One", "Two", "Three"):
        told(company, text)
    told(company, "Four", to=company.carol)
    post["mail"].troubles = [Trouble("test.away", "The server is away.")]
    passed(post)
    row = Channel.objects.get(pk="mail")
    assert (row.is_up, row.problem, post["mail"].told) == (False, "The server is away.", [])
    passed(post, after=timedelta(seconds=3))
    assert post["mail"].told == []
    passed(post, after=timedelta(seconds=6))
    assert post["mail"].told == [["Carol: Four"], ["Bob: One"], ["Bob: Two"], ["Bob: Three"]]
    assert Channel.objects.get(pk="mail").is_up


def test_one_address_that_fails_for_now_holds_its_person_and_no_other(company: Company, post: dict[str, Post]) -> None:
    told(company, "One")
    told(company, "Two")
    told(company, "Three", to=company.carol)
    post["mail"].troubles = [Unreached("test.full", "The mailbox is full.")]
    passed(post)
    assert post["mail"].told == [["Carol: Three"]]
    passed(post, after=timedelta(seconds=6))
    assert post["mail"].told[1:] == [["Bob: One"], ["Bob: Two"]]


def test_what_nobody_takes_has_failed_for_all_to_see_and_can_be_tried_again(
    company: Company, post: dict[str, Post]
) -> None:
    told(company)
    post["mail"].troubles = [Trouble("test.no", "No such mailbox.", lasting=True)]
    passed(post)
    assert Delivery.objects.get().state == "failed"
    assert Delivery.objects.get().problem == "No such mailbox."
    passed(post, after=timedelta(hours=1))
    assert post["mail"].told == []
    with pytest.raises(Forbidden), opened(company.bob.pk, door="screen") as call:
        channels.retry(call, channel="mail")
    with opened(company.ann.pk, door="screen") as call:
        assert channels.retry(call, channel="mail") == 1
    passed(post)
    assert post["mail"].told == [["Bob: Look"]]


def test_a_crash_between_the_telling_and_its_note_tells_that_one_again_and_no_other(
    company: Company, post: dict[str, Post], monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in ("One", "Two"):
        told(company, text)
    routing.serve()

    def broken_off(_channel: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr("potok.notify.channels.state.worked", broken_off)
        carrying.serve(post["mail"].way)
    post["mail"].serve()
    assert post["mail"].told == [["Bob: One"], ["Bob: One"], ["Bob: Two"]]


def test_somebody_is_believed_connected_only_while_the_worker_that_saw_it_lives(
    company: Company, post: dict[str, Post]
) -> None:
    with opened(company.ann.pk, door="screen") as call:
        channels.set_xmpp(call, is_on=True, host="localhost", domain="im.firm.example", secret="s", inside=True)
    Connection.objects.create(person=company.bob, since=clock.now())
    Channel.objects.filter(pk="xmpp").update(is_up=True, beat_at=clock.now() - timedelta(minutes=1))
    told(company, "One")
    passed(post)
    assert post["mail"].told == [["Bob: One"]]
    Channel.objects.filter(pk="xmpp").update(beat_at=clock.now())
    told(company, "Two")
    passed(post)
    assert post["mail"].told == [["Bob: One"]]
    assert Delivery.objects.get(channel="xmpp").notice.text == "Two"


def test_whoever_works_here_no_more_is_told_nothing(company: Company, post: dict[str, Post]) -> None:
    told(company)
    Person.objects.filter(pk=company.bob.pk).update(is_active=False)
    passed(post)
    assert post["mail"].told == []


def test_channels_are_set_by_administrators_and_their_secret_is_sealed(company: Company) -> None:
    for stranger in (company.bob, company.eve):
        with pytest.raises(Forbidden), opened(stranger.pk, door="screen") as call:
            channels.set_xmpp(call, is_on=False)
        with pytest.raises(Forbidden), opened(stranger.pk, door="screen") as call:
            channels.set_push(call, is_on=True)
        with pytest.raises(Forbidden), opened(stranger.pk, door="screen") as call:
            channels.forget(call, channel="mail")
    with opened(company.ann.pk, door="screen") as call:
        row = channels.set_xmpp(
            call, is_on=True, host="im.firm.example", domain="potok.firm.example", secret="open sesame"
        )
        kept = channels.set_xmpp(call, is_on=True, host="im2.firm.example", domain="potok.firm.example")
    assert "sesame" not in row.secret
    assert kept.secret == row.secret


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"host": ""}, "notify.channel_unset"),
        ({"domain": ""}, "notify.channel_unset"),
        ({"secret": ""}, "notify.channel_unset"),
        ({"port": 70_000}, "notify.wrong_port"),
    ],
)
def test_a_server_is_switched_on_only_when_it_can_be_found(company: Company, given: dict[str, Any], code: str) -> None:
    told = {"host": "im.firm.example", "domain": "potok.firm.example", "secret": "s", **given}
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        channels.set_xmpp(call, is_on=True, **told)
    assert refused.value.code == code


def test_an_unknown_channel_is_refused(company: Company) -> None:
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        channels.retry(call, channel="pigeons")
    assert refused.value.code == "notify.channel_unknown"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"choices": {"weather": {"mail": "away"}}}, "notify.wrong_choice"),
        ({"choices": {"tasks": {"mail": "always"}}}, "notify.wrong_choice"),
        ({"choices": {"tasks": {"xmpp": "yes"}}}, "notify.wrong_choice"),
        ({"quiet": Quiet(time(22), None)}, "notify.wrong_hours"),
        ({"xmpp": "bob"}, "notify.wrong_xmpp"),
        ({"xmpp": "bob@firm.example/phone"}, "notify.wrong_xmpp"),
        ({"xmpp": "Carol@Firm.example"}, "notify.xmpp_taken"),
    ],
)
def test_what_cannot_be_chosen_is_refused(company: Company, given: dict[str, Any], code: str) -> None:
    chosen(company.carol, xmpp="carol@firm.example")
    with pytest.raises(Refused) as refused:
        chosen(company.bob, **given)
    assert refused.value.code == code


def test_nobody_chooses_for_nobody(company: Company) -> None:
    with pytest.raises(Refused) as refused, opened(None, door="start_up") as call:
        wishes.change(call, xmpp="bob@firm.example")
    assert refused.value.code == "notify.not_your_own"


def test_a_notice_that_leads_nowhere_mutes_nothing(company: Company) -> None:
    first = told(company)
    with pytest.raises(Refused) as refused, opened(company.bob.pk, door="screen") as call:
        wishes.mute(call, notice=first)
    assert refused.value.code == "notify.no_place"


def test_only_whoever_may_sends_in_anothers_name_and_others_in_their_own(company: Company) -> None:
    company.grant("notify.notice.send", to=company.bob)
    for by, author in ((company.bob, company.bob), (company.ann, company.alice)):
        with opened(by.pk, door="screen") as call:
            made = notices.send(call, to=company.carol.pk, text="Hello", sender=company.alice.pk)
        assert Notice.objects.get(pk=made).by == author


ENDPOINT = "https://push.example/one"
KEYS = {"public": "B" * 87, "shared": "A" * 22}


def test_a_browser_belongs_to_whoever_used_it_last_and_is_removed_by_him_alone(company: Company) -> None:
    for person in (company.carol, company.bob):
        with opened(person.pk, door="screen") as call:
            device = wishes.add_device(call, endpoint=ENDPOINT, title="Chrome", **KEYS)
    assert Device.objects.get().person == company.bob
    with pytest.raises(Refused), opened(company.carol.pk, door="screen") as call:
        wishes.remove_device(call, device=device.pk)
    with opened(company.bob.pk, door="screen") as call:
        wishes.remove_device(call, device=device.pk)
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("endpoint", "keys", "code"),
    [
        ("http://push.example/one", KEYS, "notify.wrong_device"),
        ("https://me:secret@push.example/", KEYS, "notify.wrong_device"),
        (ENDPOINT, {"public": "no keys", "shared": ""}, "notify.wrong_device"),
    ],
)
def test_what_is_no_browser_is_refused(company: Company, endpoint: str, keys: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused, opened(company.bob.pk, door="screen") as call:
        wishes.add_device(call, endpoint=endpoint, **keys)
    assert refused.value.code == code


def test_there_is_an_end_to_browsers(company: Company) -> None:
    with pytest.raises(Refused) as refused, opened(company.bob.pk, door="screen") as call:
        for number in range(21):
            wishes.add_device(call, endpoint=f"{ENDPOINT}{number}", **KEYS)
    assert refused.value.code == "notify.devices_many"
