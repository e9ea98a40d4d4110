"""Files under Bitrix24's names: `disk.folder.uploadfile`, with which clients bring what they attach afterwards."""

import base64
import binascii
from typing import Any

from pydantic import Field as Default

from potok.disk.models import File
from potok.disk.operations import files
from potok.kit import lists
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, WireError, method


class UploadArguments(Arguments):
    """A file and its folder. There is one folder for each person, under the person's own number: what is uploaded."""

    id: int
    data: dict[str, Any] = Default(default_factory=dict)
    fileContent: list[str] | str  # noqa: N815 (the name on the wire)


@method("disk.folder.uploadfile", scope="disk")
def upload(call: Call, given: UploadArguments) -> dict[str, Any]:
    """Keep a file that hangs on nothing yet; only the caller sees it until he attaches it."""
    if call.by is not None and given.id != call.by:
        raise WireError("ERROR_NOT_FOUND", f"Could not find entity with id `{given.id}`.")
    name, content = _named(given)
    return _shown(files.add(call, name=name, content=content), folder=given.id)


def _named(given: UploadArguments) -> tuple[str, bytes]:
    parts = [given.fileContent] if isinstance(given.fileContent, str) else given.fileContent
    name = str(given.data.get("NAME") or (parts[0] if len(parts) > 1 else ""))
    try:
        return name, base64.b64decode(parts[-1] if parts else "", validate=True)
    except binascii.Error:
        raise WireError(
            "ERROR_ARGUMENT", "Invalid value of {fileContent}: [name, content in Base64] is expected"
        ) from None


def _shown(file: File, *, folder: int) -> dict[str, Any]:
    at = lists.show_moment(file.created_at)
    return {
        "ID": file.pk,
        "NAME": file.name,
        "CODE": None,
        "STORAGE_ID": str(folder),
        "TYPE": "file",
        "PARENT_ID": str(folder),
        "DELETED_TYPE": "0",
        "CREATE_TIME": at,
        "UPDATE_TIME": at,
        "DELETE_TIME": None,
        "CREATED_BY": str(file.created_by_id),
        "UPDATED_BY": str(file.created_by_id),
        "DELETED_BY": None,
        "SIZE": str(file.size_bytes),
        "FILE_ID": file.pk,
        "DOWNLOAD_URL": file.url,
        "DETAIL_URL": file.url,
    }
