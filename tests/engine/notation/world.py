"""The world that the test definitions are compiled against: a few blocks, a deal, two other definitions."""

from potok.engine.graph import Called, Declaration, Face, FormFields, Param, ParamKind, Results, Surroundings
from potok.engine.values import DATE, EMAIL, MOMENT, MONEY, NUMBER, PERSON, TEXT, YES_NO, Type, many, record

PEOPLE = Param(many(PERSON), ParamKind.PEOPLE, required=True)
WRITTEN = Param(TEXT, ParamKind.TEXT, required=True)
OPTIONAL_TEXT = Param(TEXT, ParamKind.TEXT)


def answers(forms: FormFields) -> Results:
    return {"by": PERSON, **{each.name: each.type for form in forms.values() for each in form}}


CATALOGUE = {
    face.name: face
    for face in (
        Face(
            "request_information",
            {
                "to": PEOPLE,
                "title": WRITTEN,
                "description": OPTIONAL_TEXT,
                "fields": Param(kind=ParamKind.FORM, required=True),
                "due": Param(MOMENT),
            },
            answers,
            waits=True,
        ),
        Face(
            "approve",
            {
                "to": PEOPLE,
                "title": WRITTEN,
                "description": OPTIONAL_TEXT,
                "mode": Param(kind=ParamKind.CHOICE, choices=("any", "all")),
                "comment": Param(kind=ParamKind.CHOICE, choices=("none", "optional", "on_reject", "always")),
                "self_approval": Param(YES_NO, default=False),
                "due": Param(MOMENT),
            },
            {"approved": YES_NO, "comment": TEXT, "by": PERSON},
            waits=True,
        ),
        Face(
            "task_add",
            {
                "title": WRITTEN,
                "description": OPTIONAL_TEXT,
                "responsible": PEOPLE,
                "creator": Param(many(PERSON), ParamKind.PEOPLE),
                "observers": Param(many(PERSON), ParamKind.PEOPLE),
                "deadline": Param(MOMENT),
                "group": OPTIONAL_TEXT,
                "link": Param(YES_NO, default=True),
                "wait": Param(YES_NO, default=True),
            },
            {"task": NUMBER, "closed_by": PERSON},
            waits=True,
        ),
        Face("record_change", {"fields": Param(kind=ParamKind.FIELDS, required=True)}),
        Face("notify_person", {"to": PEOPLE, "text": WRITTEN}),
        Face("mail_send", {
            "sender": Param(many(PERSON), ParamKind.PEOPLE), "to": Param(many(EMAIL), required=True),
            "subject": WRITTEN, "text": WRITTEN,
        }),
        Face("status_text", {"text": WRITTEN}),
    )
}  # fmt: skip

DEAL = {
    "id": NUMBER, "title": TEXT, "stage": Type("choice"), "amount": MONEY, "comment": TEXT, "client_email": EMAIL,
    "responsible": PERSON, "observers": many(PERSON), "company": record("crm.company"),
    "contact": record("crm.contact"), "closes_on": DATE, "paid": YES_NO,
}  # fmt: skip

SURROUNDINGS = Surroundings(
    records={
        "crm.deal": DEAL,
        "crm.company": {"title": TEXT, "responsible": PERSON},
        "crm.contact": {"name": TEXT, "phone": TEXT},
        "person": {"name": TEXT, "head": PERSON, "subordinates": many(PERSON)},
    },
    people=frozenset({"user_7", "group_d5", "role_4"}),
    definitions={
        "contract-check": Called(
            (Declaration("limit", NUMBER, required=True), Declaration("words")), {"sound": YES_NO}, "crm.deal"
        )
    },
    choices={("crm.deal", "stage"): frozenset({"NEW", "PAID", "IN_PROGRESS", "WON", "LOST"})},
)
