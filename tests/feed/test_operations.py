"""Posts, answers, reactions, reading: what they do, and whom they refuse."""

from collections.abc import Callable
from typing import Any

import pytest

from potok.disk import public as disk
from potok.disk.public import files
from potok.feed import access, queries, rules
from potok.feed.models import Comment, Entry, Reaction, Visit
from potok.feed.operations import answering, posts, visiting
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice
from potok.people.public import Person
from potok.records.public import searching
from tests.company import Company
from tests.feed.conftest import Write


def as_(person: Person, act: Callable[[Call], Any]) -> Any:
    with opened(person.pk, door="screen") as call:
        return act(call)


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("text", flat=True))


def test_a_stranger_does_nothing_with_a_post_that_he_does_not_see(company: Company, write: Write) -> None:
    post = write(company.alice, "Sales only", [f"group_dr{company.sales.pk}"], important=True)
    said = as_(company.bob, lambda call: answering.comment(call, entry=post, text="Yes"))
    acts: list[Callable[[Call], Any]] = [
        lambda call: posts.change(call, post=post, text="Mine"),
        lambda call: posts.remove(call, post=post),
        lambda call: answering.comment(call, entry=post, text="What?"),
        lambda call: answering.take_back(call, comment=said),
        lambda call: answering.react(call, entry=post, kind="like"),
        lambda call: answering.acknowledge(call, post=post),
        lambda call: answering.remind(call, post=post),
    ]
    for act in acts:
        for stranger in (company.carol, company.eve, company.ann):
            with pytest.raises(Refused) as refused:
                as_(stranger, act)
            assert refused.value.code == "feed.entry.missing"
    post.refresh_from_db()
    assert (post.text, Comment.objects.count(), Reaction.objects.count()) == ("Sales only", 1, 0)


def test_a_colleague_who_sees_a_post_changes_nothing_of_it(company: Company, write: Write) -> None:
    post = write(company.alice, important=True)
    said = as_(company.alice, lambda call: answering.comment(call, entry=post, text="More"))
    refusals: list[tuple[str, Callable[[Call], Any]]] = [
        ("feed.post.anothers", lambda call: posts.change(call, post=post, text="Mine")),
        ("feed.post.anothers", lambda call: posts.remove(call, post=post)),
        ("feed.post.anothers", lambda call: answering.remind(call, post=post)),
        ("feed.comment.anothers", lambda call: answering.take_back(call, comment=said)),
        ("kit.forbidden", lambda call: posts.pin(call, post=post)),
    ]
    for code, act in refusals:
        with pytest.raises(Refused) as refused:
            as_(company.bob, act)
        assert refused.value.code == code


def test_people_from_outside_have_no_feed(company: Company, write: Write) -> None:
    with pytest.raises(Refused) as refused:
        write(company.eve)
    assert refused.value.code == "feed.outsiders"
    with pytest.raises(Refused) as refused:
        write(company.bob, audience=[f"user_{company.eve.pk}"])
    assert refused.value.code == "feed.post.unknown_people"
    write(company.alice)
    assert not access.visible_to(company.eve.pk).exists()


def test_who_keeps_the_feed_in_order_pins_and_removes(company: Company, write: Write) -> None:
    post = write(company.alice)
    as_(company.ann, lambda call: posts.pin(call, post=post))
    assert Entry.objects.get().is_pinned
    as_(company.ann, lambda call: posts.change(call, post=post, text="Corrected"))
    assert Entry.objects.get().text == "Corrected"
    as_(company.ann, lambda call: posts.remove(call, post=post))
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": "  "}, "feed.post.empty"),
        ({"text": "x" * (rules.TEXT_LENGTH_MAX + 1)}, "feed.text_too_long"),
        ({"text": "x", "audience": []}, "feed.post.nobody"),
        ({"text": "x", "audience": ["group_g999999"]}, "feed.post.unknown_people"),
        ({"text": "x", "audience": ["role_1"]}, "feed.post.unknown_people"),
        ({"text": "x", "audience": ["whoever"]}, "people.wrong_code"),
        ({"text": "x", "audience": [f"user_{n}" for n in range(60)]}, "feed.post.too_many"),
        ({"text": "x", "mentioned": [999_999]}, "feed.post.unknown_people"),
    ],
)
def test_a_post_that_makes_no_sense_is_refused(
    company: Company, write: Write, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        write(company.alice, **given)
    assert refused.value.code == code
    assert not Entry.objects.exists()


def test_answers_and_reactions_that_make_no_sense_are_refused(company: Company, write: Write) -> None:
    post = write(company.alice)
    acts: list[tuple[str, Callable[[Call], Any]]] = [
        ("feed.comment.empty", lambda call: answering.comment(call, entry=post, text=" ")),
        ("feed.reaction.unknown", lambda call: answering.react(call, entry=post, kind="hate")),
        ("feed.post.not_important", lambda call: answering.acknowledge(call, post=post)),
        ("feed.post.not_important", lambda call: answering.remind(call, post=post)),
    ]
    for code, act in acts:
        with pytest.raises(Refused) as refused:
            as_(company.alice, act)
        assert refused.value.code == code
    said = as_(company.bob, lambda call: answering.comment(call, entry=post, text="Once"))
    as_(company.bob, lambda call: answering.take_back(call, comment=said))
    with pytest.raises(Refused) as refused:
        as_(company.bob, lambda call: answering.take_back(call, comment=said))
    assert refused.value.code == "feed.comment.missing"


def test_what_happened_is_no_post_and_stays_as_it_is(company: Company) -> None:
    with opened(None, door="start_up") as call:
        posts.note(call, kind="somewhere", subjects=[7, 7])
        posts.note(call, kind="somewhere", subjects=[7])
        with pytest.raises(Refused) as refused:
            posts.change(call, post=Entry.objects.get(), text="Other")
    assert refused.value.code == "feed.entry.no_post"
    assert not access.visible_to(company.alice.pk).exists()


def test_an_important_post_is_read_once_and_those_who_have_not_are_reminded(company: Company, write: Write) -> None:
    post = write(company.alice, "Read this", [f"group_dr{company.sales.pk}"], important=True)
    assert len(told(company.bob)) == len(told(company.fay)) == 1
    assert told(company.carol) == told(company.alice) == []
    as_(company.bob, lambda call: answering.acknowledge(call, post=post))
    as_(company.bob, lambda call: answering.acknowledge(call, post=post))
    assert queries.read_by(post) == [company.bob.pk]
    assert queries.unread_by(post) == [company.fay.pk]
    assert as_(company.alice, lambda call: answering.remind(call, post=post)) == 1
    assert (len(told(company.bob)), len(told(company.fay))) == (1, 2)


def test_whoever_is_called_sees_the_post_and_is_told_once(company: Company, write: Write) -> None:
    post = write(company.alice, "Ask @Carol Belova", [f"user_{company.bob.pk}"], mentioned=[company.carol.pk])
    assert access.visible_to(company.carol.pk).exists()
    as_(company.alice, lambda call: posts.change(call, post=post, text="Again", mentioned=[company.carol.pk]))
    assert told(company.carol) == ["Alice Orlova mentioned you in the feed: Ask @Carol Belova"]
    as_(company.bob, lambda call: answering.comment(call, entry=post, text="Fay?", mentioned=[company.fay.pk]))
    assert access.visible_to(company.fay.pk).exists()
    assert told(company.fay) == ["Bob Petrov mentioned you in the feed: Fay?"]
    assert told(company.alice) == ["Bob Petrov answered in the feed: Fay?"]


def test_one_reaction_of_each_person_takes_the_place_of_the_other(company: Company, write: Write) -> None:
    post = write(company.alice)
    as_(company.bob, lambda call: answering.react(call, entry=post, kind="like"))
    as_(company.bob, lambda call: answering.react(call, entry=post, kind="thanks"))
    assert list(Reaction.objects.values_list("kind", flat=True)) == ["thanks"]
    as_(company.bob, lambda call: answering.react(call, entry=post, kind=""))
    assert not Reaction.objects.exists()


def test_files_of_a_post_follow_its_audience(company: Company, write: Write) -> None:
    with opened(company.alice.pk, door="screen") as call:
        file = files.add(call, name="plan.txt", content=b"Plan")
    write(company.alice, "", [f"user_{company.bob.pk}"], files=[file.pk])
    assert disk.by_id([file.pk], by=company.bob.pk)
    assert not disk.by_id([file.pk], by=company.carol.pk)
    with pytest.raises(Refused):
        write(company.bob, "Look", files=[file.pk])


def test_unread_is_what_others_have_written_since_the_visit(company: Company, write: Write) -> None:
    write(company.alice)
    last = write(company.bob)
    assert queries.unread_count(person=company.bob.pk) == 1
    as_(company.bob, lambda call: visiting.note(call, seen=last.pk))
    as_(company.bob, lambda call: visiting.note(call, seen=1))
    assert queries.unread_count(person=company.bob.pk) == 0
    assert queries.unread_count(person=company.eve.pk) == 0


def test_a_draft_is_kept_for_its_writer(company: Company) -> None:
    as_(company.bob, lambda call: visiting.keep(call, typed={"text": ["Half"]}))
    assert Visit.objects.get(person=company.bob).typed == {"text": ["Half"]}
    assert not Visit.objects.filter(person=company.alice).exists()


def test_posts_and_answers_are_found_by_those_who_see_them(company: Company, write: Write) -> None:
    post = write(company.alice, "Warehouse stocktaking", [f"user_{company.bob.pk}"])
    as_(company.bob, lambda call: answering.comment(call, entry=post, text="Before Quasimodo"))

    def hits(person: Person, asked: str) -> list[int]:
        return [hit.object for hit in searching.found(asked, by=person.pk).hits if hit.kind == "feed_post"]

    assert hits(company.bob, "stocktaking") == hits(company.bob, "Quasimodo") == [post.pk]
    assert hits(company.carol, "stocktaking") == []
    as_(company.alice, lambda call: posts.remove(call, post=post))
    assert hits(company.bob, "stocktaking") == []
