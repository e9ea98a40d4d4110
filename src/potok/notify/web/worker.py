"""The script that a browser keeps to show notices while no page is open. It stands at the root: what it may hear of is
what lies below its address."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

import potok.ui

SCRIPT = Path(potok.ui.__file__).parent / "static" / "ui" / "push_worker.js"


@login_not_required
@require_GET
def script(request: HttpRequest) -> FileResponse:
    """Give the script; browsers ask for it now and then to see whether it has changed."""
    return FileResponse(SCRIPT.open("rb"), content_type="text/javascript", headers={"Cache-Control": "no-cache"})
