"""An endpoint of somebody who wants to be told: for trying the double's webhooks."""

import http.server
import json
import threading
from typing import Any


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # a crowd at the door must not be turned away unheard


class Receiver:
    """Somebody's endpoint: gives secrets back, keeps what it gets, answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[bytes, str | None]] = []
        self.secrets: list[str] = []
        self.status = 200
        self.echo = True
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                secret = self.headers.get("X-Hook-Secret")
                if secret:
                    receiver.secrets.append(secret)
                else:
                    receiver.got.append((body, self.headers.get("X-Hook-Signature")))
                self.send_response(200 if secret else receiver.status)
                if secret and receiver.echo:
                    self.send_header("X-Hook-Secret", secret)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def events(self) -> list[Any]:
        return [event for body, _ in self.got for event in json.loads(body)["events"]]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
