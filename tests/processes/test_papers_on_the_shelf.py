"""Letters and contracts go the ways that their kinds ask for: ready definitions, tried in their cases."""

from typing import Any

import pytest

from potok.engine.notation.tree.source import text as source_text
from potok.kit.doors import opened
from potok.processes import library
from potok.processes.library import Ready
from potok.processes.operations import trials
from potok.processes.trial import Told
from potok.records import public as records
from tests.company import Company

pytestmark = pytest.mark.django_db
CODES = ("contract-approval", "incoming-letter")


def found(code: str, language: str) -> Ready:
    one = library.find(code, language=language)
    assert one
    assert one.language == language
    return one


def tried(company: Company, one: Ready, script: Any) -> Told:
    with opened(company.ann.pk, door="screen") as call:
        client = records.verbs["crm.company"].add(
            call, values={"title": "Baltic Ventilation", "responsible": company.alice.pk}
        )
        given = {"company": client.pk, **script["inputs"]}
        if one.code == "incoming-letter":
            given = {"executor": company.fay.pk, **given}
        elif given["route"] == "external":
            given = {"outside": company.eve.pk, **given}
        roles = {name: {"people": f"user_{company.carol.pk}", **role} for name, role in one.plain["roles"].items()}
        source = source_text({**one.plain, "roles": roles})
        return trials.run(call, source=source, script={**script, "inputs": given, "initiator": company.bob.pk})


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", CODES)
def test_the_cases_end_as_they_say_and_come_to_every_step(company: Company, code: str, language: str) -> None:
    one = found(code, language)
    missed: set[str] | None = None
    for case in one.cases:
        told = tried(company, one, case["script"])
        incidents = [line.what for line in told.lines if line.kind == "incident"]
        assert (told.standing, incidents) == (case["ends"], []), case["title"]
        here = {step for step in told.coverage.missed if ":" not in step}
        missed = here if missed is None else missed & here
    assert missed == set()


@pytest.mark.parametrize(
    ("kind", "passed_by"),
    [
        ("tenant", {"directed", "advised"}),
        ("state", {"seen"}),
        ("contractor", {"seen"}),
        ("supplier", {"seen"}),
    ],
)
def test_a_letter_goes_by_the_kind_of_whoever_sent_it(company: Company, kind: str, passed_by: set[str]) -> None:
    one = found("incoming-letter", "en")
    script = dict(one.cases[0]["script"])
    told = tried(company, one, {**script, "inputs": {**script["inputs"], "kind": kind}})
    assert {"directed", "advised", "seen"} & set(told.coverage.missed) == passed_by


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("initiator", "is_asked"), [("bob", True), ("fay", True), ("carol", False)])
def test_the_extra_approver_comes_by_the_department_of_whoever_asks(
    company: Company, language: str, initiator: str, is_asked: bool
) -> None:
    one = found("contract-approval", language)
    constants = {
        "department": {**one.plain["constants"]["department"], "default": f"group_dr{company.sales.pk}"},
        "extra": {**one.plain["constants"]["extra"], "default": [f"user_{company.eve.pk}"]},
    }
    roles = {name: {"people": f"user_{company.dan.pk}", **role} for name, role in one.plain["roles"].items()}
    with opened(company.ann.pk, door="screen") as call:
        client = records.verbs["crm.company"].add(call, values={"title": "Baltic Ventilation"})
        inputs = {**one.cases[0]["script"]["inputs"], "company": client.pk}
        script = {"inputs": inputs, "initiator": getattr(company, initiator).pk, "until": "1h", "silent": ["passed"]}
        source = source_text({**one.plain, "constants": constants, "roles": roles})
        told = trials.run(call, source=source, script=script)
    asked = next(line.to for line in told.lines if line.what == "processes.assignment.open")
    assert (asked[0] == company.eve.pk) is is_asked
    assert (company.eve.pk in asked) is is_asked
