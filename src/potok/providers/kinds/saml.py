"""SAML 2.0: what is asked of the administrator."""

from django.utils.translation import gettext_lazy as _

from potok.providers.kinds.asking import Field, Kind

SAML = Kind(
    "saml",
    _("SAML 2.0"),
    _("ADFS, Shibboleth, Keycloak and others. Give it the address of our metadata when this is kept."),
    (
        Field("entity", _("Its name (entity id)"), is_needed=True),
        Field("url", _("Its address for signing in"), "url", is_needed=True),
        Field("certificates", _("Its certificates"), "certificates", hint=_("Two during a change"), is_needed=True),
    ),
    (
        Field("inside", _("It may stand in our own network"), "check"),
        Field(
            "email",
            _("Attribute of the e-mail address"),
            default="email",
            hint=_("Empty: its name is the address"),
        ),
        Field("name", _("Attribute of the first name"), default="givenName"),
        Field("surname", _("Attribute of the last name"), default="surname"),
        Field("phone", _("Attribute of the phone"), default="phone"),
        Field("position", _("Attribute of the position"), default="title"),
        Field("groups", _("Attribute with groups"), default="groups"),
    ),
)
