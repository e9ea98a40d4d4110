"""OpenID Connect: what is asked of the administrator."""

from django.utils.translation import gettext_lazy as _

from potok.providers.kinds.asking import Field, Kind

OIDC = Kind(
    "oidc",
    _("OpenID Connect"),
    _("Keycloak, Google, Yandex, Microsoft Entra and others. Register the return address there."),
    (
        Field("issuer", _("Issuer"), "url", hint=_("Under it the provider publishes its settings"), is_needed=True),
        Field("client", _("Client id"), is_needed=True),
    ),
    (
        Field("trusts_mail", _("Its e-mail addresses are true though it does not say that it checks them"), "check"),
        Field("inside", _("It may stand in our own network"), "check"),
        Field("scope", _("What is asked for"), default="openid email profile"),
        Field("groups", _("Claim with groups"), default="groups"),
    ),
    secret=_("Client secret"),
)
