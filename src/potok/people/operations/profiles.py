"""What a person sets for himself."""

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people import rules
from potok.people.models import Person
from potok.people.operations import persons


@operation("people.profile.change", needs="")
def change(
    call: Call,
    *,
    person: Person,
    language: str | None = None,
    zone: str | None = None,
    theme: str | None = None,
    density: str | None = None,
    phone: str | None = None,
    inner_phone: str | None = None,
) -> Person:
    """Change how the product looks and speaks to the person himself, and his phones; what is not given stays."""
    check_own(call, person=person)
    given: dict[str, object] = {"language": language, "zone": zone, "theme": theme, "density": density}
    wanted = {place: value for place, value in given.items() if value}
    return persons.keep(call, person=person, wanted=wanted | persons.phones(phone=phone, inner_phone=inner_phone))


def check_own(call: Call, *, person: Person) -> None:
    """Refuse to touch another person's own things."""
    if call.by not in (None, person.pk):
        raise rules.NOT_YOURS()
