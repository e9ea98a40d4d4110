"""LDAP and Active Directory: what is asked of the administrator."""

from django.utils.translation import gettext_lazy as _

from potok.providers.kinds.asking import Field, Kind

TLS, START_TLS, PLAIN = "tls", "start_tls", "plain"
SAFETY = (
    (TLS, _("TLS from the beginning")),
    (START_TLS, "StartTLS"),
    (PLAIN, _("None: passwords can be read on the way")),
)

LDAP = Kind(
    "ldap",
    _("LDAP directory"),
    _("OpenLDAP, Active Directory, FreeIPA. People type the login and password that they have there."),
    (
        Field("host", _("Server"), hint=_("Its name, as its certificate has it"), is_needed=True),
        Field("safety", _("Protection"), "choice", default=TLS, choices=SAFETY),
        Field("base", _("Where people are"), hint=_("For example ou=people,dc=firm,dc=example"), is_needed=True),
        Field("user", _("Who searches"), hint=_("Its full name in the directory; empty if anybody may search")),
    ),
    (
        Field("port", _("Port"), "port", hint=_("Empty: 636 with TLS, else 389")),
        Field(
            "certificate",
            _("Certificate of its authority"),
            "certificates",
            hint=_("Empty: those that this server trusts"),
        ),
        Field("filter", _("Filter"), default="(&(objectClass=person)(|(uid={login})(mail={login})))"),
        Field(
            "subject", _("Attribute that never changes"), default="entryUUID", hint=_("In Active Directory objectGUID")
        ),
        Field("email", _("Attribute of the e-mail address"), default="mail"),
        Field("name", _("Attribute of the first name"), default="givenName"),
        Field("surname", _("Attribute of the last name"), default="sn"),
        Field("phone", _("Attribute of the phone"), default="telephoneNumber"),
        Field("position", _("Attribute of the position"), default="title"),
        Field("groups", _("Attribute with groups"), default="memberOf"),
    ),
    secret=_("Password of who searches"),
)
