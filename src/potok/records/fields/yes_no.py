"""Yes or no."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from potok.engine.values import YES_NO, Type, Value
from potok.records.fields.field import EQUALS, Field, Options, Unreadable, custom_kind

YES = {"y", "yes", "1", "true", "on", "да"}
NO = {"n", "no", "0", "false", "off", "нет"}


@dataclass(frozen=True)
class YesNo(Field):
    """A switch."""

    kind: ClassVar[str] = "yes_no"
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "yes_no"

    @property
    def item_type(self) -> Type:
        return YES_NO

    def item(self, raw: Any) -> Value:
        word = str(raw).strip().lower()
        if word not in YES | NO:
            raise Unreadable(gettext("yes or no is expected"))
        return word in YES


@custom_kind("yes_no")
def _yes_no(options: Options, **given: Any) -> Field:
    return YesNo(**given)
