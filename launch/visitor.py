"""A person with a browser, as far as the standard library goes: cookies, and a sign-in form."""

import html
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

from launch.say import Refusal


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        # No proxy: the address is this machine's own.
        self._browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def status(self, path: str) -> int | None:
        """None when nobody answers."""
        try:
            return self._open(path)[0]
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def read(self, path: str) -> str:
        try:
            return self._open(path)[1]
        except urllib.error.HTTPError as error:
            raise Refusal(f"{path} answered {error.code}") from error

    def answer(self, path: str) -> str:
        """The text of the answer, whatever its status."""
        try:
            return self._open(path)[1]
        except urllib.error.HTTPError as error:
            return error.read().decode(errors="replace")

    def sign_in(self, email: str, password: str) -> None:
        form = self.read("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', form)
        if token is None:
            raise Refusal("the sign-in page has no form with a CSRF token")
        fields = {
            "csrfmiddlewaretoken": html.unescape(token.group(1)),
            "login": email,
            "password": password,
        }
        try:
            status, _, address = self._post("/accounts/login/", fields)
        except urllib.error.HTTPError as error:
            raise Refusal(f"the sign-in form answered {error.code}") from error
        if status != 200 or "/accounts/login" in address:
            raise Refusal(f"{email} could not sign in")

    def _open(self, path: str) -> tuple[int, str]:
        with self._browser.open(self.address + path, timeout=30) as answer:
            return answer.status, answer.read().decode()

    def _post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        request = urllib.request.Request(
            self.address + path,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Referer": self.address + path},
        )
        with self._browser.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.geturl()
