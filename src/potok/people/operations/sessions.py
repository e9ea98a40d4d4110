"""Where a person is signed in: signed out there, from here. And what the company asks of those who sign in."""

from django.contrib.sessions.models import Session

from potok.kit import live
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import rules, signing_rules, ways
from potok.people.events import SignInRulesChanged
from potok.people.models import Person, SignedIn, SignInRules
from potok.people.operations import profiles, trust
from potok.people.permissions import EDIT_PEOPLE


@operation("people.session.end", needs="")
def end(call: Call, *, person: Person, session: int) -> None:
    """Sign oneself out in one of the browsers."""
    profiles.check_own(call, person=person)
    if not _end(person, pk=session):
        raise MISSING(id=session)


@operation("people.session.end_others", needs="")
def end_others(call: Call, *, person: Person, but: str = "") -> int:
    """Sign oneself out everywhere but in the browser with this session."""
    profiles.check_own(call, person=person)
    return sum(_end(person, pk=one.pk) for one in SignedIn.objects.filter(person=person).exclude(session_key=but))


@operation("people.session.end_all", needs=EDIT_PEOPLE)
def end_all(call: Call, *, person: Person) -> int:
    """Sign a person out everywhere."""
    trust.check_over(call, person=person)
    return sum(_end(person, pk=one.pk) for one in SignedIn.objects.filter(person=person))


@operation("people.sign_in_rules.set", needs=EDIT_PEOPLE)
def demand(call: Call, *, second_factor: str, only_through_others: bool | None = None) -> None:
    """Say of whom more than a password is asked: of nobody, of administrators, of everybody.

    `only_through_others` keeps out who comes by a password, a link or a passkey of ours, but for administrators: where
    the provider does not answer, they open the door again.
    """
    trust.check_administrator(call)
    choices = (SignInRules.NOBODY, SignInRules.ADMINISTRATORS, SignInRules.EVERYBODY)
    rules.check_choice("second_factor", given=second_factor, choices=choices)
    if only_through_others and not ways.has_any():
        raise rules.NO_OTHER_WAY(place="only_through_others")
    wanted: dict[str, object] = {"second_factor": second_factor}
    wanted |= {} if only_through_others is None else {"only_through_others": only_through_others}
    kept, _made = SignInRules.objects.update_or_create(pk=1, defaults=wanted)
    signing_rules.forget()
    only = kept.only_through_others
    announce(SignInRulesChanged(call=call, second_factor=second_factor, only_through_others=only))


def _end(person: Person, *, pk: int) -> bool:
    found = SignedIn.objects.filter(person=person, pk=pk).first()
    if found is None:
        return False
    Session.objects.filter(session_key=found.session_key).delete()
    found.delete()
    touch(live.SESSIONS, person.pk)
    return True
