"""OpenID Connect: the code flow with PKCE, state and nonce. Tokens are read once and kept nowhere."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

from joserfc import jwk, jwt
from joserfc.errors import JoseError

from potok.kit.errors import Trouble
from potok.kit.sealing import unseal
from potok.kit.words import _
from potok.providers.models import Provider
from potok.providers.outside import ask
from potok.providers.rules import Claim

# Signed with a key that only the provider has; a shared secret or no signature at all is not taken.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_SECONDS = 60
OTHER_ISSUER = _("{host} says that it is {issuer}. Write the issuer just so.")
INCOMPLETE = _("{host} does not say where its {place} is.")
BAD_TOKEN = _("The token of {host} is not to be trusted: {said}")
PLACES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Begun:
    """What is kept in the session until the answer comes."""

    provider: int
    state: str
    nonce: str
    verifier: str
    url: str


def begin(provider: Provider, *, back: str, url: str) -> tuple[str, dict[str, Any]]:
    """Answer with the address to send the browser to, and what to remember meanwhile."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _one in range(3))
    begun = Begun(provider.pk, state=state, nonce=nonce, verifier=verifier, url=url)
    challenge = urlsafe_b64encode(sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.told("client"),
        "redirect_uri": back,
        "scope": provider.told("scope") or "openid email profile",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    place = str(discover(provider)["authorization_endpoint"])
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", asdict(begun)


def finish(provider: Provider, begun: Begun, *, code: str, back: str) -> Claim:
    """Change the code for a token, check it, and answer with what it says; `Trouble` if it is not to be trusted."""
    config = discover(provider)
    tokens = _exchange(provider, config, {"code": code, "redirect_uri": back, "code_verifier": begun.verifier})
    told = dict(_checked(provider, config, str(tokens.get("id_token", "")), nonce=begun.nonce))
    if "email" not in told and "userinfo_endpoint" in config:
        headers = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
        more = ask("GET", str(config["userinfo_endpoint"]), inside=_inside(provider), headers=headers)
        # Of somebody else it says nothing about this one (OpenID Connect Core, 5.3.2).
        told |= more if more.get("sub") == told["sub"] else {}
    return _claim(provider, told)


def discover(provider: Provider) -> Mapping[str, Any]:
    """Read what the provider publishes about itself."""
    issuer = str(provider.told("issuer"))
    config = ask("GET", f"{issuer}/.well-known/openid-configuration", inside=_inside(provider))
    if str(config.get("issuer", "")).rstrip("/") != issuer:
        raise Trouble("providers.other_issuer", OTHER_ISSUER, lasting=True, host=issuer, issuer=config.get("issuer"))
    for place in PLACES:
        _check_place(provider, config, place)
    return config


def keys(provider: Provider, config: Mapping[str, Any]) -> jwk.KeySet:
    """Read the keys with which the provider signs."""
    told = ask("GET", str(config["jwks_uri"]), inside=_inside(provider))
    try:
        return jwk.KeySet.import_key_set({"keys": list(told["keys"])})
    except (JoseError, KeyError, TypeError, ValueError) as failure:
        raise _untrusted(provider, failure) from failure


def _check_place(provider: Provider, config: Mapping[str, Any], place: str) -> None:
    schemes = ("https://", "http://") if _inside(provider) else ("https://",)
    if not str(config.get(place, "")).startswith(schemes):
        raise Trouble("providers.incomplete", INCOMPLETE, lasting=True, host=provider.told("issuer"), place=place)


def _exchange(provider: Provider, config: Mapping[str, Any], given: Mapping[str, str]) -> Mapping[str, Any]:
    client, secret = str(provider.told("client")), unseal(provider.sealed).decode()
    form = {"grant_type": "authorization_code", **given}
    more: dict[str, Any] = {"data": {**form, "client_id": client, "client_secret": secret}}
    # Basic is what a provider takes that says nothing (OpenID Connect Discovery, 3); both parts are quoted in it.
    if not secret:
        more = {"data": {**form, "client_id": client}}
    elif "client_secret_post" not in config.get("token_endpoint_auth_methods_supported", []):
        more = {"data": form, "auth": (quote(client, safe=""), quote(secret, safe=""))}
    return ask("POST", str(config["token_endpoint"]), inside=_inside(provider), **more)


def _checked(provider: Provider, config: Mapping[str, Any], text: str, *, nonce: str) -> Mapping[str, Any]:
    client = provider.told("client")
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": config["issuer"]},
        aud={"essential": True, "value": client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
        azp={"value": client},
    )
    try:
        token = jwt.decode(text, keys(provider, config), algorithms=ALGORITHMS)
        rules.validate(token.claims)
    except (JoseError, ValueError) as failure:
        raise _untrusted(provider, failure) from failure
    return token.claims


def _claim(provider: Provider, told: Mapping[str, Any]) -> Claim:
    groups = told.get(str(provider.told("groups") or "groups"), [])
    return Claim(
        subject=str(told["sub"]),
        email=str(told.get("email", "")).strip().lower(),
        is_checked=told.get("email_verified") is True or bool(provider.told("trusts_mail")),
        name=str(told.get("given_name", "")),
        surname=str(told.get("family_name", "")),
        phone=str(told.get("phone_number", "")),
        groups=[str(one) for one in groups] if isinstance(groups, list) else [str(groups)],
    )


def _untrusted(provider: Provider, failure: Exception) -> Trouble:
    return Trouble("providers.bad_token", BAD_TOKEN, lasting=True, host=provider.told("issuer"), said=str(failure))


def _inside(provider: Provider) -> bool:
    return bool(provider.told("inside"))
