"""The kinds of providers: what each asks for. A kind is a file; the form, its checks and its words come from it."""

from potok.providers.kinds.asking import Field, Kind, kinds
from potok.providers.kinds.ldap import LDAP
from potok.providers.kinds.oidc import OIDC
from potok.providers.kinds.saml import SAML

for _one in (OIDC, LDAP, SAML):
    kinds.add(_one.name, _one)

__all__ = ["LDAP", "OIDC", "SAML", "Field", "Kind", "kinds"]
