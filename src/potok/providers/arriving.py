"""Who it is of whom a provider speaks: found by the subject, linked once by a checked address, or made anew."""

from potok.kit.calls import Call
from potok.kit.events import announce
from potok.people import public as people
from potok.people.public import Person, Role, persons, roles
from potok.providers import rules
from potok.providers.events import IdentityLinked
from potok.providers.models import Identity, Provider
from potok.providers.rules import Claim


def meet(call: Call, *, provider: Provider, claim: Claim) -> Person:
    """Answer with the person of whom the provider speaks, or refuse to let him in."""
    identity = Identity.objects.select_related("person").filter(provider=provider, subject=claim.subject).first()
    person = identity.person if identity else _first_time(call, provider=provider, claim=claim)
    if not person.is_active:
        raise rules.LEFT(provider=provider.title)
    if identity is None:
        Identity.objects.create(
            provider=provider, person=person, subject=claim.subject, linked_at=call.at, used_at=call.at
        )
        announce(IdentityLinked(call=call, provider=provider.pk, person=person.pk))
    else:
        Identity.objects.filter(pk=identity.pk).update(used_at=call.at)
    _follow_groups(call, provider=provider, person=person, claim=claim)
    return person


def _first_time(call: Call, *, provider: Provider, claim: Claim) -> Person:
    rules.check_mail(claim, provider=provider.title, domains=provider.domains)
    known = Person.objects.filter(email=claim.email).first()
    if known is None:
        if not provider.adds_people:
            raise rules.UNKNOWN(email=claim.email, provider=provider.title)
        return _add(call, provider=provider, claim=claim)
    # An address that went to somebody else must not bring him into the account of who had it before.
    if Identity.objects.filter(provider=provider, person=known).exists():
        raise rules.OTHER_SUBJECT(provider=provider.title, email=claim.email)
    return known


def _add(call: Call, *, provider: Provider, claim: Claim) -> Person:
    person = persons.add(
        call,
        email=claim.email,
        name=claim.name or ("" if claim.surname else claim.email.partition("@")[0]),
        surname=claim.surname,
        position=claim.position,
        phone=claim.phone if people.is_phone(claim.phone) else "",
    )
    if provider.role:
        roles.give(call, role=provider.role, person=person)
    return person


def _follow_groups(call: Call, *, provider: Provider, person: Person, claim: Claim) -> None:
    """Give and take the roles that groups of the provider stand for; others are left alone."""
    pairs = rules.roles_of_groups(str(provider.told("roles")))
    wanted = {role for group, role in pairs if rules.is_member(claim.groups, of=group)}
    for role in Role.objects.filter(name__in={role for _group, role in pairs}):
        if role.holders.filter(person=person).exists() != (role.name in wanted):
            (roles.give if role.name in wanted else roles.take)(call, role=role, person=person)
