"""The screens of access: sharing a record, explaining why somebody may or may not, what roles leave out."""

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.explaining import explain, left_out
from potok.records.public import Limit, Share, sharing
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


def test_a_record_is_shared_and_taken_back_on_its_screen(boss: Client, make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"title": "Lift"})
    home = f"/deals/{deal.pk}"
    sent = {"person": firm.eve.pk, "may_edit": "on"}
    assert boss.post(f"{home}/shares", sent, headers=SCRIPT).headers["HX-Redirect"] == f"{home}/access"
    assert "Eve Outer" in boss.get(f"{home}/access").content.decode()
    eve = inside(firm.eve)
    assert "Lift" in eve.get("/deals/").content.decode()
    assert f"{home}/shares" not in eve.get(f"{home}/access").content.decode()
    boss.post(f"{home}/shares/removal", {"holder": f"user_{firm.eve.pk}"}, headers=SCRIPT)
    assert not Share.objects.exists()
    assert eve.get(f"{home}/").status_code == 404


def test_nothing_chosen_is_said_under_the_form(boss: Client, make: Make) -> None:
    deal = make("crm.deal")
    answer = boss.post(f"/deals/{deal.pk}/shares", {}, headers=SCRIPT)
    assert answer.status_code == 422
    assert "records.share.nobody" in answer.headers["HX-Trigger"]


def test_it_is_explained_role_by_role_why_somebody_may(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"responsible": firm.bob.pk})
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.carol)
    firm.grant("crm.deal.see", extent=Extent.DEPARTMENT, to=firm.alice)
    with opened(firm.ann.pk, door="screen") as call:
        sharing.give(call, record=deal, holder=f"user_{firm.eve.pk}")

    def told(person: object) -> list[tuple[bool, list[str]]]:
        return [(one.may, [reason.text for reason in one.reasons]) for one in explain(person, deal)[:2]]  # type: ignore[arg-type]

    nothing = "No role of his lets him do this, and it was not shared with him."
    assert told(firm.ann)[0] == (True, ["He is an administrator, who may do everything."])
    assert told(firm.alice) == [
        (True, [f"The role “crm.deal.see DEPARTMENT {firm.alice.pk}” reaches it: records of his department."]),
        (False, [nothing]),
    ]
    assert told(firm.carol)[0] == (
        False,
        [f"The role “crm.deal.see OWN {firm.carol.pk}” does not reach it: his own records."],
    )
    assert told(firm.eve) == [
        (True, ["He is from outside: his roles reach his own records only.", "Ann Zimina has shared it with him."]),
        (
            False,
            [
                "He is from outside: his roles reach his own records only.",
                "Ann Zimina has shared it with him to see, not to change.",
            ],
        ),
    ]
    assert told(firm.fay)[0] == (False, [nothing])


def test_what_is_left_out_is_named(firm: Company, pipeline: records.Pipeline) -> None:
    role = firm.grant("crm.deal.see", to=firm.bob)
    with opened(None, door="screen") as call:
        sharing.limit(call, role=role, record_type="crm.deal", field="comment", level=Limit.HIDDEN)
        sharing.limit(call, role=role, record_type="crm.deal", field="amount", level=Limit.READ_ONLY)
    assert left_out(firm.bob, records.record_types["crm.deal"]) == [("Comment", "hidden"), ("Amount", "read_only")]
    assert left_out(firm.ann, records.record_types["crm.deal"]) == []


def test_how_roles_reach_is_told_to_nobody_who_only_looks(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"responsible": firm.bob.pk})
    firm.grant("crm.deal.see", to=firm.carol)
    carol = inside(firm.carol)
    assert "reaches it" not in carol.get(f"/deals/{deal.pk}/access?person={firm.alice.pk}").content.decode()
    assert "reaches it" in carol.get(f"/deals/{deal.pk}/access?person={firm.carol.pk}").content.decode()


def test_an_administrator_says_what_a_role_leaves_out(boss: Client, firm: Company, make: Make) -> None:
    role = firm.grant("crm.deal.see", to=firm.bob)
    deal = make("crm.deal", {"comment": "Only for the head"})
    bob = inside(firm.bob)
    assert "Only for the head" in bob.get(f"/deals/{deal.pk}/").content.decode()
    page = f"/settings/deals/rights?role={role.pk}"
    assert "Comment" in boss.get(page).content.decode()
    assert boss.post(page, {"comment": "hidden"}, headers=SCRIPT).status_code == 204
    assert [(one.field, one.level) for one in Limit.objects.all()] == [("comment", "hidden")]
    for shown in (f"/deals/{deal.pk}/", f"/deals/{deal.pk}/?tab=history", "/deals/?columns=title,comment"):
        assert "Only for the head" not in bob.get(shown).content.decode()
    assert bob.post(page, {}, headers=SCRIPT).status_code == 403
