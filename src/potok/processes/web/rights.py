"""Who may see how an instance runs: whoever started it, whoever is or was asked, whoever the permission reaches."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from potok.kit.errors import FORBIDDEN, MISSING
from potok.people import public as people
from potok.people.public import Person
from potok.processes.models import Admission, Assignee, Definition, Instance
from potok.processes.permissions import DELETE, EDIT, MEND, REPAIR, SEE, TERMINATE


def visible_to(person: int | None) -> QuerySet[Instance]:
    """The instances that a person may see."""
    found = Instance.objects.all()
    if person is None:
        return found
    asked = Exists(Assignee.objects.filter(assignment__instance=OuterRef("pk"), person=person))
    admitted = Exists(Admission.objects.filter(instance=OuterRef("pk"), person=person))
    reach = people.visible(person, permission=SEE)
    return found.filter(Q(initiator=person) | asked | admitted | reach.narrows("initiator"))


def is_outside(request: HttpRequest) -> bool:
    """Tell whether somebody from outside asks: he sees what he is asked, and nothing of the run around it."""
    return isinstance(request.user, Person) and request.user.is_external


def instance(person: int | None, *, id: int) -> Instance:
    """The instance, if the person may see it; otherwise it is missing."""
    found = visible_to(person).filter(pk=id).select_related("definition", "version", "initiator").first()
    if found is None:
        raise MISSING(id=id)
    return found


def may_end(person: int | None, instance: Instance) -> bool:
    return people.visible(person, permission=TERMINATE).covers(instance.owners())


def may_mend(person: int | None, instance: Instance) -> bool:
    return people.visible(person, permission=MEND).covers(instance.owners())


def definition(request: HttpRequest, *, id: int) -> Definition:
    """The definition, for those who may write definitions; others are refused."""
    found = Definition.objects.filter(pk=id).select_related("version").first()
    if found is None:
        raise MISSING(id=id)
    if not people.may(request.user.pk, permission=EDIT):
        raise FORBIDDEN(permission=_("Write and publish process definitions"))
    return found


def may_repair(person: int | None, instance: Instance) -> bool:
    return people.visible(person, permission=REPAIR).covers(instance.owners())


def may_delete(person: int | None, instance: Instance) -> bool:
    return people.visible(person, permission=DELETE).covers(instance.owners())
