"""Names: their field in capitals, ours behind it. Pure but for what administrators have declared."""

from collections.abc import Mapping
from dataclasses import dataclass

from potok.kit.registry import Registry
from potok.records import catalogue
from potok.records.fields import Field
from potok.records.record_types import RecordType

CUSTOM = "UF_CRM_"
CURRENCY = ".currency"
# What the system fills in: an attribute of the row.
SYSTEM: Mapping[str, str] = {
    "ID": "id",
    "DATE_CREATE": "created_at",
    "DATE_MODIFY": "changed_at",
    "CREATED_BY_ID": "created_by_id",
    "MODIFY_BY_ID": "changed_by_id",
}
# What follows from the stage.
SEMANTICS: Mapping[str, str] = {"open": "P", "won": "S", "lost": "F"}


@dataclass(frozen=True)
class Dialect:
    """One record type abroad. `names` are theirs to ours; `amount.currency` is the currency of the money in `amount`.

    `lines` are the names whose values travel as lists of `{ID, VALUE, VALUE_TYPE}`; `number` is the type's number in
    universal methods; `stages` is what its stages are called among statuses, if not after the entity.
    """

    record_type: RecordType
    entity: str
    number: int
    names: Mapping[str, str]
    lines: frozenset[str] = frozenset()
    stages: str = ""

    @property
    def stage_entity(self) -> str:
        """What its stages are called among statuses: DEAL_STAGE, but STATUS of leads."""
        return self.stages or f"{self.entity}_STAGE"

    @property
    def methods(self) -> str:
        """What its methods begin with."""
        return f"crm.{self.entity.lower()}"

    def name_of(self, custom: str) -> str:
        """Their name of a custom field."""
        return CUSTOM + custom.upper()

    def custom(self) -> dict[str, Field]:
        """Custom fields by their names."""
        fields = catalogue.current().of(self.record_type).values()
        return {self.name_of(field.name): field for field in fields if field.custom}

    def own(self) -> dict[str, Field]:
        """Fields with a column, by their names, but for those hidden from the caller; a currency shares the field of
        its money."""
        fields = catalogue.current().of(self.record_type)
        named = {theirs: ours.removesuffix(CURRENCY) for theirs, ours in self.names.items()}
        return {theirs: fields[ours] for theirs, ours in named.items() if ours in fields}

    def all(self) -> dict[str, Field]:
        """Both."""
        return self.own() | self.custom()

    def is_currency(self, name: str) -> bool:
        """Tell whether the name stands for the currency of some money."""
        return self.names.get(name, "").endswith(CURRENCY)


dialects: Registry[Dialect] = Registry("dialect")
