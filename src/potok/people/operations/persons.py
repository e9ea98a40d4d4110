"""Persons: come, change, leave, return."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from potok.kit import live
from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import PersonAdded, PersonChanged, PersonDismissed, PersonReturned
from potok.people.models import Department, Membership, Person
from potok.people.operations import trust
from potok.people.permissions import EDIT_PEOPLE


@operation("people.person.add", needs=EDIT_PEOPLE)
def add(
    call: Call,
    *,
    email: str,
    name: str = "",
    surname: str = "",
    patronymic: str = "",
    position: str = "",
    phone: str = "",
    inner_phone: str = "",
    language: str = "ru",
    zone: str = "Europe/Moscow",
    departments: Sequence[Department] = (),
    is_external: bool = False,
    is_administrator: bool = False,
) -> Person:
    """Add a person, who cannot sign in until a password is set."""
    if is_administrator and not trust.is_administrator(call):
        raise rules.NEEDS_ADMINISTRATOR()
    person = Person(
        name=name.strip(),
        surname=surname.strip(),
        patronymic=patronymic.strip(),
        position=position.strip(),
        phone=checked_phone(phone, place="phone"),
        inner_phone=checked_phone(inner_phone, place="inner_phone"),
        language=language,
        zone=zone,
        is_external=is_external,
        is_administrator=is_administrator,
        joined_at=call.at,
        email=checked_email(email),
    )
    person.set_unusable_password()
    check(person)
    person.save()
    _place(person, departments)
    announce(PersonAdded(call=call, person=person.pk))
    return person


@operation("people.person.change", needs=EDIT_PEOPLE)
def change(
    call: Call,
    *,
    person: Person,
    email: str | None = None,
    name: str | None = None,
    surname: str | None = None,
    patronymic: str | None = None,
    position: str | None = None,
    phone: str | None = None,
    inner_phone: str | None = None,
    is_external: bool | None = None,
    is_administrator: bool | None = None,
) -> Person:
    """Change what is known about a person; what is not given stays."""
    trust.check_over(call, person=person)
    if is_administrator is not None and is_administrator != person.is_administrator:
        _check_rank(call, person=person, becomes=is_administrator)
    given = {"name": name, "surname": surname, "patronymic": patronymic, "position": position}
    wanted: dict[str, object] = {place: text.strip() for place, text in given.items() if text is not None}
    wanted |= phones(phone=phone, inner_phone=inner_phone)
    if email is not None:
        wanted["email"] = checked_email(email, but=person.pk)
    wanted |= {} if is_external is None else {"is_external": is_external}
    wanted |= {} if is_administrator is None else {"is_administrator": is_administrator}
    return keep(call, person=person, wanted=wanted)


@operation("people.person.place", needs=EDIT_PEOPLE)
def place(call: Call, *, person: Person, departments: Sequence[Department]) -> Person:
    """Put a person into exactly these departments."""
    trust.check_over(call, person=person)
    if _place(person, departments):
        announce(PersonChanged(call=call, person=person.pk, fields=("departments",)))
        touch("person", person.pk)
    return person


@operation("people.person.move", needs=EDIT_PEOPLE)
def move(call: Call, *, person: Person, to: Department, out_of: Department | None = None) -> Department | None:
    """Let a person work in another department instead of `out_of`, or of his only one; answers which one he left.

    Whoever works in several, and in none of them by that name, stays there and works in one more.
    """
    works = list(Department.objects.filter(memberships__person=person).order_by("pk"))
    left = next((one for one in works if one == out_of), works[0] if len(works) == 1 else None)
    place(call, person=person, departments=[*(one for one in works if one != left), to])
    return left


@operation("people.person.dismiss", needs=EDIT_PEOPLE)
def dismiss(call: Call, *, person: Person) -> Person:
    """Let a person in no longer; what he did and owns stays under his name."""
    trust.check_over(call, person=person)
    if person.is_administrator:
        trust.check_one_remains(person)
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        announce(PersonDismissed(call=call, person=person.pk))
        touch(live.SESSIONS, person.pk)
    person.is_active = False
    return person


@operation("people.person.take_back", needs=EDIT_PEOPLE)
def take_back(call: Call, *, person: Person) -> Person:
    """Let a dismissed person in again."""
    trust.check_over(call, person=person)
    if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        announce(PersonReturned(call=call, person=person.pk))
    person.is_active = True
    return person


def keep(call: Call, *, person: Person, wanted: dict[str, object]) -> Person:
    """Write what is different, say so, and answer with the person as he is now."""
    changed = [place for place, value in wanted.items() if getattr(person, place) != value]
    for place in changed:
        setattr(person, place, wanted[place])
    check(person)
    if changed:
        person.save(update_fields=[*changed, "sort_key"])
        announce(PersonChanged(call=call, person=person.pk, fields=tuple(changed)))
        touch("person", person.pk)
    return person


def check(person: Person) -> None:
    """Refuse values that no person may have, and set the key by which he is sorted."""
    rules.check_names(name=person.name, surname=person.surname)
    rules.check_choice("language", given=person.language, choices=rules.LANGUAGES)
    rules.check_choice("theme", given=person.theme, choices=rules.THEMES)
    rules.check_choice("density", given=person.density, choices=rules.DENSITIES)
    if not _is_zone(person.zone):
        raise rules.WRONG_ZONE(place="zone", zone=person.zone)
    person.sort_key = rules.sort_key(name=person.name, surname=person.surname)


def _is_zone(name: str) -> bool:
    """Listing all zones reads a thousand files; opening one reads one, once."""
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def checked_email(email: str, *, but: int = 0) -> str:
    """Give an address its one form, or refuse it as wrong or taken."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise rules.WRONG_EMAIL(place="email", email=email) from None
    if Person.objects.filter(email=email).exclude(pk=but).exists():
        raise rules.EMAIL_TAKEN(place="email", email=email)
    return email


def phones(**given: str | None) -> dict[str, object]:
    """Give those phones that are given their one form."""
    return {place: checked_phone(text, place=place) for place, text in given.items() if text is not None}


def checked_phone(text: str, *, place: str) -> str:
    """Give a phone its one form, or refuse what cannot be dialled; short ones are of the company's own exchange."""
    text = " ".join(text.split())
    if text and not rules.is_phone(text):
        raise rules.WRONG_PHONE(place=place, given=text)
    return text


def _check_rank(call: Call, *, person: Person, becomes: bool) -> None:
    if not trust.is_administrator(call):
        raise rules.NEEDS_ADMINISTRATOR()
    if not becomes and person.is_active:
        trust.check_one_remains(person)


def _place(person: Person, departments: Sequence[Department]) -> bool:
    wanted = {department.pk for department in departments}
    was = set(Membership.objects.filter(person=person).values_list("department", flat=True))
    Membership.objects.filter(person=person, department__in=was - wanted).delete()
    Membership.objects.bulk_create([Membership(person=person, department_id=pk) for pk in sorted(wanted - was)])
    return was != wanted
