"""Papers of a sale under Bitrix24's names."""

from potok.crm.sales.record import invoice, quote
from potok.records.public import dialect

PAPER = {
    "ACCOUNT_NUMBER": "number",
    "STATUS_ID": "state",
    "DATE_BILL": "issued_on",
    "UF_MYCOMPANY_ID": "own_entity",
    "UF_COMPANY_ID": "company",
    "UF_CONTACT_ID": "contact",
    "UF_DEAL_ID": "deal",
    "PRICE": "amount",
    "CURRENCY": "amount.currency",
    "RESPONSIBLE_ID": "responsible",
    "COMMENTS": "comment",
}
invoices = dialect.speak(
    dialect.Dialect(
        invoice,
        entity="INVOICE",
        number=31,
        names={"ORDER_TOPIC": "title", **PAPER, "DATE_PAY_BEFORE": "due_on", "SUM_PAID": "paid"},
    )
)
quotes = dialect.speak(
    dialect.Dialect(
        quote,
        entity="QUOTE",
        number=7,
        names={
            "TITLE": "title",
            "QUOTE_NUMBER": "number",
            "STATUS_ID": "state",
            "BEGINDATE": "issued_on",
            "CLOSEDATE": "valid_until",
            "MYCOMPANY_ID": "own_entity",
            "COMPANY_ID": "company",
            "CONTACT_ID": "contact",
            "DEAL_ID": "deal",
            "OPPORTUNITY": "amount",
            "CURRENCY_ID": "amount.currency",
            "ASSIGNED_BY_ID": "responsible",
            "COMMENTS": "comment",
        },
    )
)
