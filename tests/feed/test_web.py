"""The feed on the screen."""

import pytest
from django.test import Client

from potok.feed import registries
from potok.feed.models import Comment, Entry
from potok.feed.operations import posts
from potok.feed.registries import Told
from potok.kit.doors import opened
from potok.people.public import Person
from tests.company import Company
from tests.feed.conftest import Write


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


def page(person: Person, url: str = "/feed/") -> str:
    answer = browser(person).get(url)
    assert answer.status_code == 200, answer.content[:300]
    return str(answer.content.decode())


def test_one_writes_and_those_meant_read_answer_and_react(company: Company) -> None:
    alice, bob = browser(company.alice), browser(company.bob)
    given = {"text": "<b>Plan</b> for @Bob Petrov", "audience": [f"group_dr{company.sales.pk}"], "important": "1"}
    assert alice.post("/feed/posts", given).status_code < 300
    post = Entry.objects.get()
    assert post.mentioned == [company.bob.pk]
    shown = page(company.bob)
    assert "&lt;b&gt;Plan" in shown
    assert "<b>Plan" not in shown
    assert "I have read it" in shown
    assert "&lt;b&gt;Plan" not in page(company.carol)
    assert "Hear you" in bob.post(f"/feed/{post.pk}/comments", {"text": "Hear you"}).content.decode()
    assert "Thank you, 1" in bob.post(f"/feed/{post.pk}/reaction", {"kind": "thanks"}).content.decode()
    assert "I have read it" not in bob.post(f"/feed/{post.pk}/acknowledgement").content.decode()
    assert "Fay Titova" in page(company.alice, f"/feed/{post.pk}/readers")
    assert alice.post(f"/feed/{post.pk}/reminder").status_code < 300
    said = Comment.objects.get()
    assert "Hear you" not in bob.post(f"/feed/{post.pk}/comments/{said.pk}/removal").content.decode()


def test_what_is_new_since_the_last_visit_is_marked_once(company: Company, write: Write) -> None:
    write(company.alice, "First")
    assert 'class="feed-entry new"' in page(company.bob)
    assert 'class="feed-entry new"' not in page(company.bob)
    last = write(company.alice, "Second")
    assert "1 new entry" in page(company.bob, f"/feed/fresh?after={last.pk - 1}")
    assert "new entr" not in page(company.alice, f"/feed/fresh?after={last.pk - 1}")


def test_the_feed_comes_in_pages_and_through_filters(company: Company, write: Write) -> None:
    written = [write(company.alice, f"Number {n}.") for n in range(25)]
    write(company.bob, "Mine own.", important=True)
    first = page(company.bob)
    assert "Number 24." in first
    assert "Number 0." not in first
    assert "Number 0." in page(company.bob, f"/feed/?before={written[6].pk}")
    assert "Number 24." not in page(company.bob, "/feed/?only=mine")
    assert "Mine own." in page(company.bob, "/feed/?only=mine")
    assert "Number 24." not in page(company.bob, "/feed/?only=important")
    assert "Nothing of the kind" in page(company.bob, "/feed/?only=events")
    assert "Number 24." in page(company.bob, "/feed/?only=nonsense")


def test_what_was_typed_stands_there_again(company: Company) -> None:
    browser(company.bob).post("/feed/draft", {"text": "Half a thought", "audience": [f"user_{company.fay.pk}"]})
    shown = page(company.bob)
    assert "Half a thought" in shown
    assert f'value="user_{company.fay.pk}"' in shown
    assert "Half a thought" not in page(company.alice)


def test_the_picker_offers_everybody_departments_groups_and_people(company: Company) -> None:
    assert 'data-value="all"' in page(company.bob, "/feed/whom")
    assert f'data-value="group_dr{company.sales.pk}"' in page(company.bob, "/feed/whom?q=sal")
    assert f'data-value="group_g{company.group.pk}"' in page(company.bob, "/feed/whom?q=deliv")
    assert f'data-value="user_{company.carol.pk}"' in page(company.bob, "/feed/whom?q=bel")
    assert "Outer" not in page(company.bob, "/feed/whom?q=outer")


def test_a_post_is_corrected_pinned_and_removed_from_its_menu(company: Company, write: Write) -> None:
    post, ann = write(company.alice, "Wrnog"), browser(company.ann)
    assert "Wrnog" in page(company.alice, f"/feed/{post.pk}/edit")
    assert browser(company.bob).get(f"/feed/{post.pk}/edit").status_code == 403
    browser(company.alice).post(f"/feed/{post.pk}/edit", {"text": "Right", "audience": ["all"]})
    assert "Right" in page(company.bob, f"/feed/{post.pk}/")
    ann.post(f"/feed/{post.pk}/pin")
    assert 'aria-label="Pinned"' in page(company.bob)
    ann.post(f"/feed/{post.pk}/removal")
    assert browser(company.bob).get(f"/feed/{post.pk}/").status_code == 404


@pytest.mark.parametrize("url", ["/feed/", "/feed/whom", "/feed/fresh"])
def test_people_from_outside_open_nothing_of_it(company: Company, url: str) -> None:
    assert browser(company.eve).get(url).status_code == 403


def test_parts_above_fill_what_happened_what_may_be_requested_and_what_stands_beside(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pointer is seen by whoever sees the thing itself, and told as the thing is now."""
    kind = registries.Happening(
        "test.hired",
        "user-round",
        reached=lambda by: Person.objects.filter(pk__in=[company.fay.pk] if by == company.bob.pk else []),
        tell=lambda request, ids: {id: Told("was hired", f"Number {id}", url="/people/") for id in ids},
    )
    monkeypatch.setitem(registries.happenings._things, kind.name, kind)
    offered = registries.Requests("test", lambda request: [registries.Request("t", "Ask for a pen", "/pen")], "/pens")
    monkeypatch.setitem(registries.requests._entries, "test", offered)
    aside = registries.Beside("test", "Away today", lambda request: "<p>Nobody</p>")
    monkeypatch.setitem(registries.beside._entries, "test", aside)
    with opened(None, door="start_up") as call:
        posts.note(call, kind=kind.name, subjects=[company.fay.pk, company.dan.pk])
    shown = page(company.bob, "/feed/?only=events")
    assert f"Number {company.fay.pk}" in shown
    assert f"Number {company.dan.pk}" not in shown
    assert "Ask for a pen" in shown
    assert "<p>Nobody</p>" in shown
    assert "was hired" not in page(company.carol)
