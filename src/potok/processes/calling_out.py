"""Whoever answers for a definition has a line in his inbox while instances of it stand on a failure."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import override

from potok.kit.calls import Call
from potok.notify.public import Waiting, waiting
from potok.processes.models import Definition, Incident
from potok.processes.queries.incidents import owners

KIND = "incident"


def call_out(call: Call) -> int:
    """Bring the inboxes in line with what is open now; answers how many lines were opened or closed."""
    failing = dict(Incident.objects.filter(resolved_at=None).values_list("definition").annotate(Count("pk")).order_by())
    asked = {(one.key, one.person_id): one.title for one in Waiting.objects.filter(kind=KIND, closed_at=None)}
    wanted = _wanted(failing) if failing or asked else {}
    # Who reads another language now, or finds the definition renamed, gets the new words.
    fresh = [row for key, row in wanted.items() if asked.get(key) != row["title"]]
    stale = [{"key": key, "person": person} for key, person in asked.keys() - wanted.keys()]
    if fresh:
        waiting.open_.many([(call.by_system(), row) for row in fresh])
    if stale:
        waiting.close.many([(call.by_system(), row) for row in stale])
    return len(fresh) + len(stale)


def _wanted(failing: dict[int, int]) -> dict[tuple[str, int], dict[str, object]]:
    definitions = Definition.objects.filter(pk__in=failing).select_related("version__published_by")
    who = owners(definitions)
    found: dict[tuple[str, int], dict[str, object]] = {}
    for one in definitions:
        key = f"incidents:{one.pk}"
        for person in who[one.pk]:
            with override(person.language):
                title = _("Failures: %(title)s") % {"title": one.title}
            found[key, person.pk] = {
                "person": person.pk,
                "key": key,
                "kind": KIND,
                "title": title,
                "url": f"/incidents/?definition={one.pk}",
            }
    return found
