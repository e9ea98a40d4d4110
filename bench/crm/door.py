"""Asking a WSGI application in this process, as a web server would: for us and for Tryton alike. No dependencies."""

import io
import json
from collections.abc import Mapping
from typing import Any

Application = Any


def post(application: Application, path: str, body: Any, **headers: str) -> Any:
    """Send JSON, and read the JSON that is answered."""
    raw, told = json.dumps(body).encode(), []
    environ: Mapping[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(raw),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }
    answer = application(environ, lambda status, headers, exc_info=None: told.append(status))
    text = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    assert told[0].startswith("200"), (told[0], text[:300])
    return json.loads(text)
