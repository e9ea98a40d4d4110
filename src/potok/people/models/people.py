"""Persons, the tree of departments, groups, roles."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from potok.people.rules import Extent


class Persons(BaseUserManager["Person"]):
    """Persons; the login is an e-mail address in small letters."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in. A person is never deleted: history names him."""

    objects: ClassVar[Persons] = Persons()
    email = models.TextField(unique=True)
    name = models.TextField(default="", blank=True)
    patronymic = models.TextField(default="", blank=True)
    surname = models.TextField(default="", blank=True)
    position = models.TextField(default="", blank=True)
    phone = models.TextField(default="", blank=True)
    inner_phone = models.TextField(default="", blank=True)
    photo = models.TextField(default="", blank=True)
    zone = models.TextField(default="Europe/Moscow")
    language = models.TextField(default="ru")
    theme = models.TextField(default="system")
    density = models.TextField(default="normal")
    is_active = models.BooleanField(default=True)
    is_external = models.BooleanField(default=False)
    is_administrator = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    sort_key = models.TextField(db_collation="C", default="")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sort_key"], name="people_person_sort")]

    def __str__(self) -> str:
        return f"{self.name} {self.surname}".strip() or self.email

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic, as documents and the card have it."""
        return " ".join(filter(None, (self.surname, self.name, self.patronymic))) or self.email

    @property
    def initials(self) -> str:
        """Two letters for an avatar without a photo."""
        return (self.name[:1] + self.surname[:1]).upper() or self.email[:1].upper()

    @property
    def photo_url(self) -> str:
        """Where the photo is; nothing without one."""
        return f"/photos/{self.photo}" if self.photo else ""

    def owners(self) -> tuple[int, ...]:
        """A person's own affairs belong to him."""
        return (self.pk,)


class Department(models.Model):
    """A place in the company's tree. `path` holds the ids from the root down to itself: `/1/5/`."""

    objects: ClassVar[models.Manager["Department"]]
    name = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    head = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    path = models.TextField(db_collation="C", default="")
    sort_key = models.TextField(db_collation="C", default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["path"], name="people_department_path")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person works in a department; he may work in several."""

    objects: ClassVar[models.Manager["Membership"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, models.PROTECT, related_name="memberships")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "department"], name="people_membership_once"),
        ]


class Group(models.Model):
    """People under one name, across departments: «Продажи». Tasks and roles may name a group."""

    objects: ClassVar[models.Manager["Group"]]
    name = models.TextField(unique=True)
    people: "models.ManyToManyField[Person, models.Model]" = models.ManyToManyField(Person, related_name="+")

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A set of permissions under a name."""

    objects: ClassVar[models.Manager["Role"]]
    name = models.TextField(unique=True)

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role may do this, as far as the extent reaches."""

    objects: ClassVar[models.Manager["Grant"]]
    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    permission = models.TextField()
    extent = models.SmallIntegerField(choices=[(extent.value, extent.name) for extent in Extent])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "permission"], name="people_grant_once"),
            models.CheckConstraint(condition=Q(extent__gte=1, extent__lte=4), name="people_grant_extent"),
        ]


class RoleHolder(models.Model):
    """Who has a role: one person, a department with all below it, or a group."""

    objects: ClassVar[models.Manager["RoleHolder"]]
    role = models.ForeignKey(Role, models.CASCADE, related_name="holders")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, department=None, group=None)
                | Q(person=None, department__isnull=False, group=None)
                | Q(person=None, department=None, group__isnull=False),
                name="people_roleholder_one",
            ),
            models.UniqueConstraint(
                F("role"), F("person"), F("department"), F("group"), name="people_roleholder_once", nulls_distinct=False
            ),
        ]


class Bucket(models.Model):
    """How many attempts are left to an address or a login; the table is unlogged, a crash forgives."""

    objects: ClassVar[models.Manager["Bucket"]]
    key = models.TextField(primary_key=True)
    level = models.FloatField()
    at = models.DateTimeField()
