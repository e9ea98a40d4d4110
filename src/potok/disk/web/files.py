"""Files over the web: a POST keeps one, a GET gives it back to who may see it."""

from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from potok.disk import queries, rules, store
from potok.disk.models import File
from potok.disk.operations import files
from potok.kit.doors import opened

# Nothing inside a shown file may run or fetch anything. A PDF is drawn by the browser's own viewer, which a sandbox
# would keep from starting (Chrome says so), and which runs apart from our pages.
SEALED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
CSP = {"application/pdf": SEALED}


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a loose file of the person who sends it, and answer its line: a form takes the id from there.

    The upload control sends one file under the name of its field, and the line carries that name on.
    """
    field, given = next(iter(request.FILES.items()), ("", None))
    if not isinstance(given, UploadedFile):
        raise rules.NAMELESS(place="file")
    with opened(request.user.pk, door="screen") as call:
        file = files.add(call, name=given.name or "", content=cast(BinaryIO, given.file))
    return render(request, "disk/_file.html", {"file": file, "field": field}, status=201)


@require_GET
def show(request: HttpRequest, id: int) -> FileResponse:
    """Give the bytes of a file: to keep, or to look at in place where that is safe."""
    file = queries.file(id, by=request.user.pk)
    inline = bool(request.GET.get("inline")) and file.type in rules.SHOWN_INLINE
    return _answer(file, inline=inline)


def _answer(file: File, *, inline: bool) -> FileResponse:
    response = FileResponse(
        queries.content(file),
        as_attachment=not inline,
        filename=file.name,
        content_type=file.type if inline else rules.UNKNOWN,
    )
    # The server reads in blocks of this size; Django's 4 KiB make a download forty times slower.
    response.block_size = store.BLOCK_BYTES
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = CSP.get(file.type, f"sandbox; {SEALED}")
    response["Cache-Control"] = "private, max-age=3600"
    return response
