"""Strangers come in through a provider: to its page, and back with what it says of them."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.kit.errors import Refused, Trouble
from potok.people.public import Bucket, coming_in, signing_in, ways
from potok.providers import arriving, asked, oidc, queries, rules, saml
from potok.providers.kinds import OIDC, SAML
from potok.providers.models import Provider
from potok.providers.oidc import Begun
from potok.providers.rules import Claim

BEGUN, ASKED = "provider_begun", "provider_asked"
# A whole office may come from one address at nine, by two steps each, and here nobody tries out passwords.
BY_ADDRESS = Bucket("provider address", size=100, seconds=1)
View = Callable[..., HttpResponse]


def for_strangers(view: View) -> Callable[..., HttpResponseBase]:
    """Let anybody ask, not too often; why somebody is not let in is said on a page and noted."""

    @login_not_required
    @never_cache
    @wraps(view)
    def judged(request: HttpRequest, id: int) -> HttpResponse:
        try:
            signing_in.check_address(request, bucket=BY_ADDRESS)
            return view(request, id)
        except Refused as refused:
            return render(request, "providers/refused.html", {"error": refused}, status=_status(refused))

    return judged


@require_GET
@for_strangers
def begin(request: HttpRequest, id: int) -> HttpResponse:
    """Send a browser to the page of a provider."""
    provider = queries.of_kind(id, kinds=(OIDC.name, SAML.name))
    url = coming_in.wanted(request)
    try:
        if provider.kind == OIDC.name:
            address, request.session[BEGUN] = oidc.begin(provider, back=f"{ours(provider)}/back", url=url)
        else:
            address, number = saml.begin(provider, ours=ours(provider))
            asked.note(provider, number)
            request.session[ASKED] = {"number": number, "url": url}
    except Trouble as trouble:
        raise _unreachable(request, provider, trouble) from trouble
    return HttpResponseRedirect(address)


@require_GET
@for_strangers
def back(request: HttpRequest, id: int) -> HttpResponse:
    """Take the code that an OpenID provider sends a browser back with."""
    provider = queries.of_kind(id, kinds=(OIDC.name,))
    kept = request.session.pop(BEGUN, None)
    if not kept or kept["provider"] != provider.pk:
        raise rules.TOO_LATE()
    begun = Begun(**kept)
    if not compare_digest(begun.state, request.GET.get("state", "")) or "code" not in request.GET:
        raise _not_answered(request, provider, request.GET.get("error", "state"))
    try:
        claim = oidc.finish(provider, begun, code=request.GET["code"], back=f"{ours(provider)}/back")
    except Trouble as trouble:
        raise _unreachable(request, provider, trouble) from trouble
    return _enter(request, provider, claim, url=begun.url)


@csrf_exempt
@require_POST
@for_strangers
def answer(request: HttpRequest, id: int) -> HttpResponse:
    """Take the signed answer of a SAML provider. It comes from another site, without a session: that fetches it."""
    provider = queries.of_kind(id, kinds=(SAML.name,))
    text = request.POST.get("SAMLResponse", "")
    number = saml.asked_by(text) if len(text) <= saml.ANSWER_MAX else ""
    if not asked.is_waiting(provider, number):
        raise _not_answered(request, provider, "unasked, answered before, or too late")
    try:
        claim = saml.finish(provider, text=text, asked=number, ours=ours(provider))
    except Trouble as trouble:
        raise _unreachable(request, provider, trouble) from trouble
    asked.answer(provider, number, claim=asdict(claim))
    return HttpResponseRedirect(f"{ours(provider)}/answered", status=303)


@require_GET
@for_strangers
def answered(request: HttpRequest, id: int) -> HttpResponse:
    """Let in whom the provider named, in the browser that had asked it."""
    provider = queries.of_kind(id, kinds=(SAML.name,))
    kept: dict[str, Any] = request.session.pop(ASKED, {})
    told = asked.take(provider, kept.get("number", ""))
    if told is None:
        raise rules.TOO_LATE()
    return _enter(request, provider, Claim(**told), url=kept["url"])


@require_GET
@for_strangers
def metadata(request: HttpRequest, id: int) -> HttpResponse:
    """Tell a SAML provider about us; nothing of it is secret."""
    provider = queries.of_kind(id, kinds=(SAML.name,), is_open=False)
    return HttpResponse(saml.metadata(provider, ours=ours(provider)), content_type="application/samlmetadata+xml")


def ours(provider: Provider) -> str:
    """The address under which a provider knows us: the one that people type, whatever host was asked for."""
    return f"{settings.PUBLIC_URL}/sign-in/with/{provider.pk}"


def _enter(request: HttpRequest, provider: Provider, claim: Claim, *, url: str) -> HttpResponse:
    try:
        with opened(None, door="screen") as call:
            person = arriving.meet(call, provider=provider, claim=claim)
    except Refused:
        signing_in.note(request, how=ways.refused(provider.title), email=claim.email)
        raise
    how = ways.through(provider.title)
    return coming_in.enter(request, person=person, url=url, how=how, is_enough=provider.is_enough)


def _not_answered(request: HttpRequest, provider: Provider, said: str) -> Refused:
    signing_in.note(request, how=ways.refused(provider.title))
    logging.getLogger(__name__).warning("%s did not confirm somebody: %s", provider.title, said[:200])
    return rules.NOT_ANSWERED(provider=provider.title)


def _unreachable(request: HttpRequest, provider: Provider, trouble: Trouble) -> Refused:
    if trouble.lasting:
        return _not_answered(request, provider, trouble.sentence())
    logging.getLogger(__name__).warning("%s: %s", provider.title, trouble.sentence())
    return rules.UNREACHABLE(provider=provider.title)


def _status(refused: Refused) -> int:
    return 429 if refused.code == "people.sign_in.too_many" else 403
