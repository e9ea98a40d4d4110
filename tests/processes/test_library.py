"""Every ready definition is whole: it waits only for its roles, and its cases end as they say and show all of it."""

from typing import Any

import pytest

from potok.engine import notation
from potok.engine.notation.tree.source import text as source_text
from potok.engine.problems import Problems
from potok.kit.doors import opened
from potok.kit.errors import Refusals, Refused
from potok.processes import library
from potok.processes.library import Ready
from potok.processes.models import Case, Definition
from potok.processes.operations import definitions, sharing, trials
from potok.processes.trial import Coverage, Told
from tests.company import Company

STANDARD = [one for one in library.ready("en") if one.shelf is library.shelves["standard"]]
LANGUAGES = ("en", "ru")


def bound(plain: Any, company: Company) -> str:
    """The text with somebody of the warehouse in every role that has nobody."""
    roles = {name: {"people": f"user_{company.carol.pk}", **role} for name, role in plain.get("roles", {}).items()}
    return source_text({**plain, **({"roles": roles} if roles else {})})


def tried(company: Company, source: str, case: Any) -> Told:
    with opened(company.ann.pk, door="screen") as call:
        return trials.run(call, source=source, script={**case["script"], "initiator": company.bob.pk})


def test_the_eleven_are_there_in_both_languages_and_do_the_same() -> None:
    assert [one.code for one in sorted(STANDARD, key=lambda one: one.code)] == [
        "acquaintance", "approval-with-statuses", "expenses", "expert-opinion", "first-approval", "leave", "purchase",
        "request", "trip", "two-stage-approval", "vote",
    ]  # fmt: skip
    for one in STANDARD:
        other = library.find(one.code, language="ru")
        assert other
        assert other.language == "ru"
        assert _bones(one.plain) == _bones(other.plain), one.code


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [one.code for one in STANDARD])
def test_its_cases_end_as_they_say_and_come_to_every_step(company: Company, code: str, language: str) -> None:
    one = _found(code, language)
    source, whole = bound(one.plain, company), Coverage()
    for case in one.cases:
        told = tried(company, source, case)
        incidents = [line.what for line in told.lines if line.kind == "incident"]
        assert (told.standing, incidents) == (case["ends"], []), case["title"]
        whole = whole.joined(told.coverage)
    assert [step for step in whole.missed if ":" not in step and not step.startswith(QUIET)] == []


# A command and a timer of a stage are tried by the tests of stages.
QUIET = ("approval_on", "stages.approval.on")


@pytest.mark.django_db
@pytest.mark.parametrize("code", [one.code for one in STANDARD])
def test_nothing_is_wrong_with_it_but_that_roles_have_nobody(company: Company, code: str) -> None:
    one = _found(code, "en")
    with opened(company.ann.pk, door="screen") as call:
        made = sharing.take_ready(call, ready=code, title="Ours", language="en")
        found = definitions.check(call, source=made.draft)
        assert made.title == "Ours"
        assert {(each.code, each.path.split(".")[0]) for each in found} == (
            {("tree.no_people", "roles")} if one.vacant else set()
        )
        assert Case.objects.filter(definition=made).count() == len(one.cases)


@pytest.mark.django_db
def test_its_first_version_is_what_its_cases_promise(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        made = sharing.take_ready(call, ready="vote", language="ru")
        definitions.publish(call, source=made.draft)
        assert all(case.promise["standing"] for case in made.cases.all())
        changed = made.draft.replace("text: 'Принято", "text: 'Да")
        with pytest.raises(Refusals) as refused:
            definitions.publish(call, source=changed)
    assert {one.code for one in refused.value} == {"processes.case.broken"}


@pytest.mark.django_db
def test_one_that_is_taken_twice_has_a_code_of_its_own_each_time(company: Company) -> None:
    with opened(company.ann.pk, door="screen") as call:
        first, second = (sharing.take_ready(call, ready="leave", language="en") for _ in range(2))
    assert (first.code, second.code) == ("leave", "leave-2")
    assert not isinstance(notation.read(second.draft), Problems)


@pytest.mark.django_db
def test_a_stranger_takes_none_and_what_is_not_there_is_not_taken(company: Company) -> None:
    with opened(company.bob.pk, door="screen") as call, pytest.raises(Refused, match=r"kit\.forbidden"):
        sharing.take_ready(call, ready="leave")
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused, match=r"kit\.missing"):
        sharing.take_ready(call, ready="nothing")
    assert not Definition.objects.exists()


def _found(code: str, language: str) -> Ready:
    found = library.find(code, language=language)
    assert found
    return found


WORDS = frozenset({"title", "help", "label", "description", "status", "text", "button", "terminate", "command"})


def _bones(plain: Any) -> Any:
    """A definition without its words."""
    if isinstance(plain, dict):
        return {
            key: "…" if key in WORDS or key.endswith("_button") or (key == "choices") else _bones(value)
            for key, value in plain.items()
        }
    return [_bones(item) for item in plain] if isinstance(plain, list) else plain
