"""The screens of sales: what may be done with a paper, payments, the printed form, the settings."""

import pytest
from django.test import Client
from django.urls import reverse

from potok.crm.deals.public import Deal
from potok.crm.sales.public import Invoice, OwnEntity, paid_stage
from potok.people.public import Extent
from tests.company import Company
from tests.crm.sales.conftest import stands
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(firm: Company) -> Client:
    return inside(firm.ann)


def test_a_deal_is_asked_to_be_paid_from_its_card(boss: Client, entity: OwnEntity, deal: Deal) -> None:
    assert "Draw up" in boss.get(f"/deals/{deal.pk}/").content.decode()
    boss.post(reverse("sales:drawing_up", args=["crm.invoice", "crm.deal", deal.pk]))
    made = Invoice.objects.get()
    assert "Issue" in boss.get(f"/invoices/{made.pk}/").content.decode()
    boss.post(reverse("sales:issue", args=["crm.invoice", made.pk]))
    page = boss.get(f"/invoices/{made.pk}/?tab=payments").content.decode()
    assert "It is paid" in page
    boss.post(reverse("sales:payments", args=[made.pk]), {"amount": "20,5", "paid_on": "2026-11-20", "note": "No. 7"})
    assert str(stands(made)) == "('partly', Decimal('20.50'))"
    payment = made.payments.get()
    boss.post(reverse("sales:payment_removal", args=[made.pk, payment.pk]))
    assert stands(made)[0] == "issued"
    boss.post(reverse("sales:cancellation", args=[made.pk]))
    assert stands(made)[0] == "cancelled"


def test_what_cannot_be_drawn_up_or_numbered_is_not_there(boss: Client, deal: Deal) -> None:
    for url in (
        reverse("sales:drawing_up", args=["crm.project", "crm.deal", deal.pk]),
        reverse("sales:issue", args=["crm.deal", deal.pk]),
        reverse("sales:payment_removal", args=[deal.pk, 7]),
    ):
        assert boss.post(url).status_code == 404


def test_the_printed_form_names_both_sides_and_the_sum_in_words(boss: Client, invoice: Invoice) -> None:
    page = boss.get(reverse("sales:print", args=[invoice.pk])).content.decode()
    for told in ("7707083893", "Gulliver", "Work", "Filter", "One thousand two hundred and twenty"):
        assert told in page
    assert "style=" not in page
    assert "<script>" not in page


def test_a_stranger_sees_and_pays_nothing(firm: Company, invoice: Invoice) -> None:
    carol = inside(firm.carol)
    assert carol.get(reverse("sales:print", args=[invoice.pk])).status_code == 404
    assert carol.post(reverse("sales:payments", args=[invoice.pk])).status_code == 404
    firm.grant("crm.invoice.see", extent=Extent.ALL, to=firm.carol)
    assert "It is paid" not in carol.get(f"/invoices/{invoice.pk}/").content.decode()
    assert carol.post(reverse("sales:payments", args=[invoice.pk])).status_code == 403


def test_numbers_and_the_stage_of_paid_deals_are_set_by_who_may(firm: Company, boss: Client, deal: Deal) -> None:
    url = reverse("sales:settings")
    assert inside(firm.carol).get(url).status_code == 403
    assert "{n}" in boss.get(url).content.decode()
    boss.post(reverse("sales:numbering", args=["crm.invoice"]), {"template": "A-{n}"})
    assert "A-{n}" in boss.get(url).content.decode()
    stages = reverse("sales:paid_stage", args=[deal.pipeline_id])
    boss.post(stages, {"stage": deal.stage_id})
    assert getattr(paid_stage(deal.pipeline_id or 0), "pk", None) == deal.stage_id
    boss.post(stages, {"stage": ""})
    assert getattr(paid_stage(deal.pipeline_id or 0), "code", "") == "PAID"
    assert boss.post(reverse("sales:paid_stage", args=[0])).status_code == 404
