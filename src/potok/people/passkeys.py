"""Passkeys (WebAuthn): what is asked of a browser, and whether its answer is right."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from potok.people import rules
from potok.people.models import Passkey, Person

ISSUER = "Potok"
# What a finger, a face or a PIN has opened is two factors in one.
VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Made:
    """A key that a device has made."""

    credential: str
    public: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Used:
    """A key that has proved itself."""

    passkey: Passkey
    count: int


def ask_to_make(host: str, *, person: Person, known: Sequence[Passkey]) -> tuple[dict[str, Any], Any]:
    """What a browser is asked to make a key with, and what to keep in the session until it answers."""
    user = PublicKeyCredentialUserEntity(id=str(person.pk).encode(), name=person.email, display_name=str(person))
    options, state = _server(host).register_begin(
        user, _credentials(known), ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
    )
    return dict(options), state


def made(host: str, *, state: Any, answer: str) -> Made:
    """Take the key that a browser has made, or refuse it."""
    try:
        data = _server(host).register_complete(state, _read(answer))
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise rules.WRONG_PASSKEY() from wrong
    if data.credential_data is None:
        raise rules.WRONG_PASSKEY()
    return Made(websafe_encode(data.credential_data.credential_id), bytes(data.credential_data), data.counter)


def ask_to_use(host: str, *, known: Sequence[Passkey] = ()) -> tuple[dict[str, Any], Any]:
    """What a browser is asked to prove: one of the known keys, or any that the device keeps for this place."""
    options, state = _server(host).authenticate_begin(_credentials(known) or None, VERIFIED)
    return dict(options), state


def used(host: str, *, state: Any, answer: str) -> Used:
    """Find the key that has proved itself, or refuse; one that counts backwards was copied."""
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
        passkey = Passkey.objects.select_related("person").get(credential=websafe_encode(given.raw_id))
        _server(host).authenticate_complete(state, _credentials([passkey]), given)
        count = given.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError, AttributeError, Passkey.DoesNotExist) as wrong:
        raise rules.WRONG_PASSKEY() from wrong
    if (count or passkey.count) and count <= passkey.count:
        raise rules.WRONG_PASSKEY()
    return Used(passkey, count)


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name=ISSUER, id=host))


def _credentials(known: Sequence[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(one.public)) for one in known]


def _read(answer: str) -> Mapping[str, Any]:
    given = json.loads(answer)
    if not isinstance(given, dict):
        raise TypeError("an answer is an object")
    return given
