"""The OpenID provider of the tests as a process of its own, and a browser that signs in there."""

import re
import subprocess
import sys
from pathlib import Path

import httpx

from tests.site.product import eventually, free_port


class OpenId:
    """The provider; it is always stopped."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        words = [sys.executable, "-m", "tests.providers.openid_server", str(self.port), str(folder)]
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(self._answers, "the OpenID provider does not answer")

    def register(self, uri: str) -> None:
        """Send people back to this address, too."""
        httpx.get(f"{self.issuer}/register", params={"uri": uri}).raise_for_status()

    def signed_in(self, url: str, *, email: str) -> str:
        """Go where the product sends a browser, sign in there, and answer with where it sends the browser back to."""
        with httpx.Client(base_url=self.issuer, follow_redirects=False, timeout=30) as browser:
            page = browser.get("/accounts/login/")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
            assert token
            form = {"login": email, "password": "secret", "csrfmiddlewaretoken": token[1]}
            assert browser.post("/accounts/login/", data=form).status_code == 302
            answer = browser.get(url)
            assert answer.status_code == 302, answer.text
            return answer.headers["Location"]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _answers(self) -> bool:
        assert self._process.poll() is None, self.log.read_text()
        try:
            return httpx.get(f"{self.issuer}/.well-known/openid-configuration").is_success
        except httpx.HTTPError:
            return False
