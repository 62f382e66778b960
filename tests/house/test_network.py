"""Tests stay on this machine: what would leave it is refused before it does."""

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_no_socket_leaves_the_machine(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with (
        socket.socket(family, socket.SOCK_STREAM) as attempt,
        pytest.raises(ConnectionRefusedError, match="tests stay"),
    ):
        attempt.connect(address)


def test_no_name_is_asked_for() -> None:
    with pytest.raises(ConnectionRefusedError, match="tests stay"):
        socket.getaddrinfo("credit.example", 443)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as caller:
        assert caller.getpeername() == listener.getsockname()
