"""Records under Bitrix24's names: the forms and methods that all record types share.

Which of their names stands for which of our fields is said by each type's own `dialect.py`:

    speak(Dialect(deal, entity="DEAL", names={"TITLE": "title", "OPPORTUNITY": "amount", …}))
"""

from potok.records.dialect.custom import declare_custom_fields
from potok.records.dialect.items import declare_items, designed_by
from potok.records.dialect.methods import declare_methods
from potok.records.dialect.naming import Dialect, dialects
from potok.records.dialect.stages import declare_stages

__all__ = ["Dialect", "designed_by", "dialects", "speak"]


def speak(dialect: Dialect) -> Dialect:
    """Answer for a record type under foreign names: fields, list, get, add, update, delete, custom fields."""
    if not dialects.all():
        declare_stages()
        declare_items()
    dialects.add(dialect.record_type.name, dialect)
    declare_methods(dialect)
    declare_custom_fields(dialect)
    return dialect
