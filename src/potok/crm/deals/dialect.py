"""Deals under Bitrix24's names."""

from potok.crm.deals.record import deal
from potok.records.public import dialect

deals = dialect.speak(
    dialect.Dialect(
        deal,
        entity="DEAL",
        number=2,
        names={
            "TITLE": "title",
            "CATEGORY_ID": "pipeline",
            "STAGE_ID": "stage",
            "OPPORTUNITY": "amount",
            "CURRENCY_ID": "amount.currency",
            "IS_MANUAL_OPPORTUNITY": "amount_by_hand",
            "COMPANY_ID": "company",
            "CONTACT_ID": "contact",
            "ASSIGNED_BY_ID": "responsible",
            "CLOSEDATE": "close_on",
            "SOURCE_ID": "source",
            "COMMENTS": "comment",
            "OBSERVERS": "observers",
            "TAGS": "tags",
        },
    )
)
