"""Who vouches for people, as whom each knows a person, and questions that are on their way."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from potok.people.public import Person, Role


class Provider(models.Model):
    """Somebody else who vouches for people. `settings` are what its kind asks for; the secret is sealed."""

    objects: ClassVar[models.Manager["Provider"]]
    kind = models.TextField()
    title = models.TextField(unique=True)
    is_on = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)
    sealed = models.TextField(default="", blank=True)
    domains = models.JSONField(default=list)
    adds_people = models.BooleanField(default=False)
    role = models.ForeignKey(Role, models.SET_NULL, null=True, related_name="+")
    is_enough = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["oidc", "ldap", "saml"]), name="providers_provider_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def told(self, name: str) -> Any:
        """What was set under this name; the empty text if nothing was."""
        return self.settings.get(name, "")


class Identity(models.Model):
    """As whom a provider knows a person. The subject never changes, an e-mail address may go to somebody else."""

    objects: ClassVar[models.Manager["Identity"]]
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="identities")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    subject = models.TextField()
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "subject"], name="providers_identity_subject"),
            models.UniqueConstraint(fields=["provider", "person"], name="providers_identity_person"),
        ]


class Asked(models.Model):
    """A question to a SAML provider that waits for its answer, and is answered once.

    The answer comes as a form from another site, without the cookie of the session: it waits here until the browser
    that asked fetches it.
    """

    objects: ClassVar[models.Manager["Asked"]]
    id = models.TextField(primary_key=True)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    claim = models.JSONField(null=True)
