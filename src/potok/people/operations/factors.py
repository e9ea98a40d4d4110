"""What a person proves himself with beside the password: an app that shows codes, recovery codes, passkeys."""

import secrets

from potok.kit import sealing
from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.people import one_time, rules
from potok.people.events import SecondFactorChanged
from potok.people.models import Authenticator, Passkey, Person, RecoveryCode
from potok.people.operations import profiles, trust
from potok.people.passkeys import Made
from potok.people.permissions import EDIT_PEOPLE

TITLE_MAX = 60


@operation("people.authenticator.begin", needs="")
def begin_app(call: Call, *, person: Person) -> bytes:
    """Draw the secret of an app; it counts after `confirm_app`. Asked again before that, it is another secret."""
    profiles.check_own(call, person=person)
    if Authenticator.objects.filter(person=person).exclude(confirmed_at=None).exists():
        raise rules.HAS_APP()
    secret = secrets.token_bytes(one_time.SECRET_BYTES)
    Authenticator.objects.update_or_create(person=person, defaults={"sealed": sealing.seal(secret), "step": 0})
    return secret


@operation("people.authenticator.confirm", needs="")
def confirm_app(call: Call, *, person: Person, code: str) -> list[str]:
    """Count on the app from now on, once its first code is right; answers the recovery codes, this once."""
    profiles.check_own(call, person=person)
    app = Authenticator.objects.select_for_update().filter(person=person, confirmed_at=None).first()
    if app is None:
        raise rules.NO_APP()
    step = one_time.step_of(code, secret=sealing.unseal(app.sealed), at=call.at, after=app.step)
    if step is None:
        raise rules.WRONG_CODE_GIVEN(place="code")
    Authenticator.objects.filter(pk=app.pk).update(confirmed_at=call.at, step=step)
    announce(SecondFactorChanged(call=call, person=person.pk))
    return _draw(person)


@operation("people.recovery.renew", needs="")
def renew_codes(call: Call, *, person: Person, present: str) -> list[str]:
    """Draw other recovery codes; the old ones work no more."""
    _check_oneself(call, person=person, present=present)
    announce(SecondFactorChanged(call=call, person=person.pk))
    return _draw(person)


@operation("people.authenticator.remove", needs="")
def remove_app(call: Call, *, person: Person, present: str) -> None:
    """Do without the app from now on."""
    _check_oneself(call, person=person, present=present)
    Authenticator.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    announce(SecondFactorChanged(call=call, person=person.pk))


@operation("people.passkey.add", needs="")
def add_passkey(call: Call, *, person: Person, made: Made, title: str) -> Passkey:
    """Keep a key that a device has made."""
    profiles.check_own(call, person=person)
    passkey = Passkey.objects.create(
        person=person,
        title=" ".join(title.split())[:TITLE_MAX] or "Passkey",
        credential=made.credential,
        public=made.public,
        count=made.count,
        made_at=call.at,
    )
    announce(SecondFactorChanged(call=call, person=person.pk))
    return passkey


@operation("people.passkey.remove", needs="")
def remove_passkey(call: Call, *, person: Person, passkey: int, present: str) -> None:
    """Know a key no more."""
    _check_oneself(call, person=person, present=present)
    Passkey.objects.filter(person=person, pk=passkey).delete()
    announce(SecondFactorChanged(call=call, person=person.pk))


@operation("people.factors.reset", needs=EDIT_PEOPLE)
def reset(call: Call, *, person: Person) -> None:
    """Take everything beside the password from a person who has lost it: the phone is gone, the codes too."""
    trust.check_over(call, person=person)
    for kept in (Authenticator, RecoveryCode, Passkey):
        kept.objects.filter(person=person).delete()
    announce(SecondFactorChanged(call=call, person=person.pk))


def prove(call: Call, *, person: Person, code: str) -> str:
    """Use up a code of the app or a recovery code; answers which it was, or refuses."""
    app = Authenticator.objects.select_for_update().filter(person=person).exclude(confirmed_at=None).first()
    if app is not None:
        step = one_time.step_of(code, secret=sealing.unseal(app.sealed), at=call.at, after=app.step)
        if step is not None:
            Authenticator.objects.filter(pk=app.pk).update(step=step)
            return "app"
    if RecoveryCode.objects.filter(person=person, digest=one_time.digest(code)).delete()[0]:
        return "recovery"
    raise rules.WRONG_CODE_GIVEN(place="code")


def _draw(person: Person) -> list[str]:
    RecoveryCode.objects.filter(person=person).delete()
    drawn = list(one_time.recovery_codes())
    RecoveryCode.objects.bulk_create([RecoveryCode(person=person, digest=one_time.digest(one)) for one in drawn])
    return drawn


def _check_oneself(call: Call, *, person: Person, present: str) -> None:
    profiles.check_own(call, person=person)
    if not person.check_password(present):
        raise rules.WRONG_PASSWORD(place="present")
