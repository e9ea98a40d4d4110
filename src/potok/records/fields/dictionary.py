"""One entry of a dictionary that the customer keeps. The value is the entry's code."""

from dataclasses import dataclass

from django.db.models import Q

from potok.records.fields.choice import Choice


@dataclass(frozen=True)
class FromDictionary(Choice):
    """An entry of `dictionary`; what is offered is looked up when the catalogue is read."""

    dictionary: str = ""

    def is_empty(self) -> Q:
        return super().is_empty() if self.custom else Q(**{self.path: ""})
