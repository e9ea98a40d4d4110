"""The structure as a picture: on its page, and as a file for paper and presentations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from potok.people import charting
from potok.people.charting import Chart, Place
from potok.people.web.structure import branches


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the picture with links to the departments."""
    return render(request, "people/chart.html", {"chart": _chart(), "linked": True})


@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """Give the picture as a file of its own."""
    answer = render(request, "people/_chart.html", {"chart": _chart()}, content_type="image/svg+xml")
    answer["Content-Disposition"] = 'attachment; filename="structure.svg"'
    return answer


def _chart() -> Chart:
    return charting.laid(
        [
            Place(
                id=one.department.pk,
                above=one.department.parent_id,
                name=one.department.name,
                head=str(one.head) if one.head else _("Has no head"),
                people=one.people,
            )
            for one in branches()
        ]
    )
