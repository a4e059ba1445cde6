"""A small site with a sign-in form, real enough for a visitor with cookies."""

import threading
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

FORM = '<form><input type="hidden" name="csrfmiddlewaretoken" value="t&amp;oken"></form>'


class Site(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.password = "right"
        self.home = "<p>Asana read 1 minute ago</p>"
        self.readyz = (200, '{"reasons": []}')
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        if self.path == "/healthz":
            self.answer(200, "alive")
        elif self.path == "/readyz":
            self.answer(*self.server.readyz)
        elif self.path == "/accounts/login/":
            self.answer(200, FORM, cookie="csrftoken=t&oken")
        elif "session" in cookies:
            self.answer(200, self.server.home)
        else:
            self.answer(302, "", location="/accounts/login/")

    def do_POST(self) -> None:
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if fields["csrfmiddlewaretoken"] != [cookies["csrftoken"].value]:
            self.answer(403, "CSRF")
        elif fields["password"] != [self.server.password]:
            self.answer(200, FORM)
        else:
            self.answer(302, "", location="/", cookie="session=1; Path=/")

    def answer(self, status: int, body: str, location: str = "", cookie: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        pass
