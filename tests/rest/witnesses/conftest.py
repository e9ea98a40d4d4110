"""Our server behind TLS, as portals are reached, and a firm in it: foreign clients are the witnesses."""

import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
import uvicorn
from django.db import connections

from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.people.public import Person
from potok.processes.public import definitions
from potok.records import public as records
from potok.rest import hooks, limits
from potok.site.web import app, bind
from tests import company
from tests.company import Company

# No foreign client calls these yet; tests of their parts do.
UNHEARD = (
    "bizproc.startlist.", "crm.activity.", "crm.currency.", "crm.delivery_note.", "crm.duplicate.", "crm.entity.",
    "crm.item.", "crm.lead.", "crm.measure.", "crm.order.", "crm.product.", "crm.quote.", "crm.type.", "crm.vat.",
    "crm.deal.productrows.", "crm.invoice.",
)  # fmt: skip
STAGES = [{"code": "NEW", "title": "New"}, {"code": "PAID", "title": "Paid"}]
CHECK = """
definition: check
title: Check
record: crm.deal
start: [manual]
parameters:
  who: {type: person, title: Who checks, required: true}
do:
  - id: form
    block: request_information
    with:
      to: '{=Template:who}'
      title: How many?
      fields:
        count: {type: number, title: Count, required: true}
  - block: status_text
    with: {text: "It is {=Variable:count}"}
"""


@dataclass(frozen=True)
class Portal:
    """Where the firm's server answers, and whom it trusts."""

    domain: str
    authority: Path
    firm: Company

    def hook(self, person: Person) -> str:
        """The address under which a person's program calls."""
        with opened(None, door="command") as call:
            return f"https://{self.domain}{hooks.add(call, person=person).path}"


@dataclass(frozen=True)
class Served:
    domain: str
    authority: Path


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product's own server in a thread, with a certificate of an authority of ours."""
    authority, folder = trustme.CA(), tmp_path_factory.mktemp("authority")
    leaf = authority.issue_cert("localhost", "127.0.0.1")
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    leaf.private_key_and_cert_chain_pem.write_to_path(str(folder / "leaf.pem"))
    socket = bind("127.0.0.1", 0)
    config = uvicorn.Config(
        app,
        lifespan="off",
        access_log=False,
        log_level="warning",
        ssl_certfile=folder / "leaf.pem",
        timeout_keep_alive=20,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    yield Served(f"localhost:{socket.getsockname()[1]}", folder / "authority.pem")
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def portal(served: Served, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    """A firm with a pipeline, a published definition and people, asked through TLS."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(served.authority))
    limits._buckets.clear()
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    firm = company.found()
    with opened(firm.ann.pk, door="start_up") as call:
        records.pipelines.add(call, record_type="crm.deal", title="Sales", stages=STAGES)
        records.pipelines.add(call, record_type="crm.deal", title="Service", stages=STAGES)
        definitions.publish(call, source=CHECK)
    yield Portal(served.domain, served.authority, firm)
    connections.close_all()


@pytest.fixture
def trusting(portal: Portal) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(portal.authority))
