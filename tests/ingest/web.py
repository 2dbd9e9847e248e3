"""A small web server of a test's own on 127.0.0.1, and what it was asked for."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """An answer: `drip` is called to write the body itself, slowly or endlessly."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: Callable[[BaseHTTPRequestHandler], None] | None = None


Route = Reply | Callable[[dict[str, str]], Reply]


class Site:
    """Routes by path; `asked` holds (path, headers) of every request but those for robots.txt."""

    def __init__(self, scheme: str) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.scheme = scheme
        self.name = "127.0.0.1"
        self.port = 0

    @property
    def host(self) -> str:
        return f"{self.name}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.host}{path}"

    def html(self, path: str, body: str, **headers: str) -> None:
        self.routes[path] = Reply(
            body.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers}
        )

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    site = Site("https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            given = {name.lower(): value for name, value in self.headers.items()}
            if self.path != "/robots.txt":
                site.asked.append((self.path, given))
            route = site.routes.get(self.path, Reply(b"not here", 404))
            reply = route if isinstance(route, Reply) else route(given)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not reply.drip:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            with suppress(OSError):  # whoever asked may have gone
                reply.drip(self) if reply.drip else self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Says nothing: whoever asked may not have trusted it."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
