"""Other people's servers, on this machine: a mail server and an HTTP receiver that keep what they were given."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast


@dataclass
class Mailbox:
    """A mail server's memory. ``answer``: recipient -> reply to RCPT; ``at_data``: called as the message comes in."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: Callable[[str], str] = lambda _recipient: "250 ok"
    at_data: Callable[[], str] = lambda: "250 taken"


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box = cast("_SmtpServer", self.server).box
        self._say("220 sink")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith("DATA"):
                self._say("354 go on")
                if not self._take(box):
                    return
            elif word.startswith("RCPT"):
                recipient = line.decode().strip().partition("<")[2].rstrip(">")
                reply = box.answer(recipient)
                if reply.startswith("250"):
                    box.recipients.append(recipient)
                self._say(reply)
            elif word.startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, box: Mailbox) -> bool:
        lines = []
        for line in self.rfile:
            if line.rstrip(b"\r\n") == b".":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        box.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        reply = box.at_data()
        if not reply:
            # the message is taken, and the line is cut before anybody says so
            return False
        self._say(reply)
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    box: Mailbox


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A mail server on a free port."""
    with _SmtpServer(("127.0.0.1", 0), _Smtp) as server:
        server.box = Mailbox(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server.box
        finally:
            server.shutdown()


@dataclass
class Call:
    """One request as it came in."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """An HTTP receiver's memory. ``status``: what it answers from now on."""

    url: str = ""
    status: int = 202
    calls: list[Call] = field(default_factory=list)


class _Http(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        receiver = cast("_HttpServer", self.server).receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        host = self.headers["Host"]
        receiver.calls.append(Call("POST", f"http://{host}{self.path}", dict(self.headers.items()), body))
        self.send_response(receiver.status)
        self.send_header("Location", f"http://{host}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver


@contextmanager
def http_receiver() -> Iterator[Receiver]:
    """A receiver on a free port."""
    with _HttpServer(("127.0.0.1", 0), _Http) as server:
        server.receiver = Receiver(url=f"http://127.0.0.1:{server.server_address[1]}/notices?of=chengxin")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield server.receiver
        finally:
            server.shutdown()
