"""The pages «How I am told» and «Channels of notices»: what is chosen is kept, and strangers see nothing."""

import json

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.notify.models import Channel, Delivery, Device, Muted, Wishes
from potok.notify.operations import channels
from potok.notify.public import notices, unseen_count
from tests.company import Company
from tests.notify.test_web import inside

KEYS = json.dumps({"p256dh": "B" * 87, "auth": "A" * 22})
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def told(company: Company, url: str = "/tasks/7") -> int:
    with opened(None, door="instance") as call:
        return int(notices.send(call, to=company.bob.pk, text="Look", url=url))  # type: ignore[call-overload]


def lost(company: Company) -> Delivery:
    return Delivery.objects.create(
        notice_id=told(company), person=company.bob, channel="push", state="failed", made_at=clock.now(),
        due_at=clock.now(), ended_at=clock.now(), problem="The push service is away",
    )  # fmt: skip


def test_what_is_chosen_is_kept(company: Company) -> None:
    bob = inside(company.bob)
    assert "How I am told" in bob.get("/me/notices").content.decode()
    given = {
        "tasks.mail": "digest", "tasks.push": "on", "quiet_from": "22:00", "quiet_to": "07:30", "digest_day": "0",
        "digest_at": "08:15",
    }  # fmt: skip
    assert bob.post("/me/notices", given).status_code == 303
    row = Wishes.objects.get(person=company.bob)
    assert row.choices["tasks"] == {"mail": "digest", "push": True, "xmpp": False}
    assert (str(row.quiet_from), str(row.quiet_to), row.digest_day, str(row.digest_at)) == (
        "22:00:00", "07:30:00", 0, "08:15:00",
    )  # fmt: skip
    assert 'value="22:00"' in bob.get("/me/notices").content.decode()


def test_hours_that_are_none_are_refused(company: Company) -> None:
    answer = inside(company.bob).post("/me/notices", {"quiet_from": "later"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422


def test_a_place_is_muted_from_its_notice_and_taken_back(company: Company) -> None:
    bob = inside(company.bob)
    notice = told(company)
    assert bob.post(f"/notices/{notice}/silence").status_code == 303
    assert unseen_count(person=company.bob.pk) == 0
    muted = Muted.objects.get()
    assert "Look" in bob.get("/me/notices").content.decode()
    assert inside(company.carol).post(f"/me/notices/muted/{muted.pk}/removal").status_code == 404
    assert bob.post(f"/me/notices/muted/{muted.pk}/removal").status_code == 303
    assert not Muted.objects.exists()


def test_a_browser_is_taken_in_under_its_name_and_removed(company: Company) -> None:
    bob = inside(company.bob)
    given = {"endpoint": "https://push.example/one", "keys": KEYS}
    assert bob.post("/me/notices/browsers", given, headers={"User-Agent": CHROME}).status_code == 303
    device = Device.objects.get()
    assert (device.title, device.person) == ("Chrome, Linux", company.bob)
    assert bob.post(f"/me/notices/browsers/{device.pk}/removal").status_code == 303
    assert not Device.objects.exists()


@pytest.mark.parametrize("keys", ["", "[]", "{", '{"p256dh": 7}'])
def test_a_browser_without_keys_is_refused(company: Company, keys: str) -> None:
    given = {"endpoint": "https://push.example/one", "keys": keys}
    answer = inside(company.bob).post("/me/notices/browsers", given, headers={"HX-Request": "true"})
    assert answer.status_code == 422


def test_the_script_of_the_browser_is_given_at_the_root(company: Company) -> None:
    answer = inside(company.bob).get("/push-worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert b"showNotification" in b"".join(answer)  # type: ignore[arg-type]


def test_administrators_see_how_channels_do_and_what_did_not_get_through(company: Company) -> None:
    lost(company)
    Channel.objects.create(name="mail", is_up=False, problem="The mail server is away", since=clock.now())
    page = inside(company.ann).get("/channels/").content.decode()
    assert "The mail server is away" in page
    assert "The push service is away" in page
    assert "1 did not get through" in page


def test_administrators_set_channels_and_the_secret_is_not_shown(company: Company) -> None:
    ann = inside(company.ann)
    given = {"is_on": "on", "host": "127.0.0.1", "port": "5347", "domain": "potok.firm.example", "secret": "sesame"}
    assert ann.post("/channels/xmpp", given).status_code == 303
    assert ann.post("/channels/push", {"is_on": "on"}).status_code == 303
    page = ann.get("/channels/").content.decode()
    assert "potok.firm.example" in page
    assert "sesame" not in page
    assert "potok-push" in inside(company.bob).get("/me/notices").content.decode()


def test_a_connection_that_fails_says_why(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        channels.set_xmpp(call, is_on=True, host="127.0.0.1", domain="potok.firm.example", secret="s")
    ann = inside(company.ann)
    assert "network of this server" in ann.post("/channels/xmpp/trial", follow=True).content.decode()


def test_what_did_not_get_through_is_tried_again_or_put_away(company: Company) -> None:
    one = lost(company)
    ann = inside(company.ann)
    assert ann.post("/channels/push/retry").status_code == 303
    one.refresh_from_db()
    assert one.state == "waiting"
    Delivery.objects.update(state="failed")
    assert ann.post("/channels/push/note").status_code == 303
    one.refresh_from_db()
    assert one.state == "unneeded"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/channels/"),
        ("post", "/channels/xmpp"),
        ("post", "/channels/xmpp/trial"),
        ("post", "/channels/push"),
        ("post", "/channels/mail/retry"),
        ("post", "/channels/mail/note"),
    ],
)
def test_strangers_set_and_see_no_channel(company: Company, method: str, path: str) -> None:
    for stranger in (company.bob, company.eve):
        assert getattr(inside(stranger), method)(path).status_code == 403
