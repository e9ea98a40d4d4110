"""Somebody from outside is invited, opens his one assignment, answers it, and sees nothing else of the company."""

import re
from email.message import EmailMessage

from django.test import Client

from potok.kit.doors import opened
from potok.people import rules
from potok.people.operations import invitations
from potok.processes.models import Assignment
from tests.company import Company
from tests.people.test_invitations import carry, link, post  # noqa: F401 (a fixture)
from tests.processes.conftest import Begin, Publish, begin, company, publish  # noqa: F401 (fixtures)

CHAIN = """
definition: act
title: Signing of the act
do:
  - block: approve
    with: {to: user_%(bob)d, title: Look at the act, comment: none}
  - id: client
    block: request_information
    with:
      to: user_%(eve)d
      title: Sign the act of the client
      description: The act is about the second hall
      fields:
        number: {type: text, title: Number of your order, required: true}
        scan: {type: file, title: Scan}
  - block: approve
    with: {to: user_%(alice)d, title: "Signed under {=client:number}", comment: none}
"""


def test_an_invited_client_takes_part_and_sees_nothing_else(
    company: Company,  # noqa: F811
    publish: Publish,  # noqa: F811
    begin: Begin,  # noqa: F811
    post: list[EmailMessage],  # noqa: F811
) -> None:
    begin(publish(CHAIN % {"bob": company.bob.pk, "eve": company.eve.pk, "alice": company.alice.pk}))
    first = Assignment.objects.get()
    bob = Client()
    bob.force_login(company.bob)
    assert bob.post(f"/assignments/{first.pk}/answer", {"answer": "approved"}).status_code == 303

    with opened(company.ann.pk, door="screen") as call:
        invitations.send(call, person=company.eve)
    carry()
    eve = Client(headers={"accept-language": "en"})
    assert eve.post(link(post[0]), {"password": "a long enough one"})["Location"] == "/"

    inbox = eve.get("/", follow=True).content.decode()
    assert "Sign the act of the client" in inbox
    asked = Assignment.objects.latest("pk")
    page = eve.get(f"/assignments/{asked.pk}").content.decode()
    assert "The act is about the second hall" in page
    assert "Bob Petrov" not in page
    assert "Look at the act" not in page
    assert eve.get(f"/assignments/{first.pk}").status_code == 404
    assert eve.get(f"/instances/{asked.instance_id}/").status_code == 403
    assert eve.get(f"/assignments/{asked.pk}/people?q=").content.decode().count("Bob") == 0
    for path in ("/people/", "/tasks/", "/definitions/", "/people/find?q=a", "/find?q=act"):
        assert eve.get(path).status_code == 403

    assert rules.OUTSIDE.code == "people.outside"
    file = eve.post("/files/", {"scan": _file()}).content.decode()
    number = re.search(r'value="(\d+)"', file)
    assert number
    answer = {"answer": "done", "number": "17-b", "scan": number[1]}
    assert eve.post(f"/assignments/{asked.pk}/answer", answer).status_code == 303
    assert Assignment.objects.latest("pk").title == "Signed under 17-b"
    assert eve.get(f"/assignments/{Assignment.objects.latest('pk').pk}").status_code == 404


def _file() -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("act.txt", b"signed")
