"""Contacts and companies under Bitrix24's names."""

from potok.crm.clients.record import company, contact
from potok.records.public import dialect

companies = dialect.speak(
    dialect.Dialect(
        company,
        entity="COMPANY",
        number=4,
        names={
            "TITLE": "title",
            "ASSIGNED_BY_ID": "responsible",
            "PHONE": "phone",
            "EMAIL": "email",
            "WEB": "site",
            "ADDRESS": "address",
            "COMMENTS": "comment",
            "OBSERVERS": "observers",
            "TAGS": "tags",
        },
        lines=frozenset({"PHONE", "EMAIL", "WEB"}),
    )
)
contacts = dialect.speak(
    dialect.Dialect(
        contact,
        entity="CONTACT",
        number=3,
        names={
            "NAME": "name",
            "SECOND_NAME": "patronymic",
            "LAST_NAME": "surname",
            "POST": "position",
            "COMPANY_ID": "company",
            "ASSIGNED_BY_ID": "responsible",
            "PHONE": "phone",
            "EMAIL": "email",
            "COMMENTS": "comment",
            "OBSERVERS": "observers",
            "TAGS": "tags",
        },
        lines=frozenset({"PHONE", "EMAIL"}),
    )
)
