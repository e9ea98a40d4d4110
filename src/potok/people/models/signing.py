"""How people prove who they are, where they are signed in, and who tried to."""

from typing import ClassVar

from django.db import models

from .people import Person


class Authenticator(models.Model):
    """An app on a phone that shows codes; it counts once a first code was right. `step` is the last one used."""

    objects: ClassVar[models.Manager["Authenticator"]]
    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    sealed = models.TextField()
    confirmed_at = models.DateTimeField(null=True)
    step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code for the day on which the phone is lost; it works once, and only its digest is kept."""

    objects: ClassVar[models.Manager["RecoveryCode"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "digest"], name="people_recovery_once")]


class Passkey(models.Model):
    """A key that a device keeps and opens by a finger, a face or a PIN. `count` is how often it says it was used."""

    objects: ClassVar[models.Manager["Passkey"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    title = models.TextField()
    credential = models.TextField(unique=True)
    public = models.BinaryField()
    count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignedIn(models.Model):
    """A browser in which a person is signed in."""

    objects: ClassVar[models.Manager["SignedIn"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session_key = models.TextField(unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.TextField()
    browser = models.TextField()


class SignInTry(models.Model):
    """Somebody came in, or tried to. `how` is the way, or what was wrong."""

    objects: ClassVar[models.Manager["SignInTry"]]
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    email = models.TextField()
    at = models.DateTimeField()
    address = models.TextField()
    browser = models.TextField()
    how = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="people_signintry_person"),
            models.Index(fields=["-at"], name="people_signintry_at"),
        ]


class SignInRules(models.Model):
    """What the company asks of everybody who signs in: one row."""

    NOBODY, ADMINISTRATORS, EVERYBODY = "nobody", "administrators", "everybody"
    objects: ClassVar[models.Manager["SignInRules"]]
    id = models.SmallIntegerField(primary_key=True, default=1)
    second_factor = models.TextField(default=NOBODY)
    only_through_others = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="people_signinrules_one")]
