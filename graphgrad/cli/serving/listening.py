"""Listen on a loopback address."""

from __future__ import annotations

import socket

from graphgrad.errors import UsageError

__all__ = ["listening_socket"]


def listening_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a loopback address.

    Raises:
        UsageError: if the port is taken or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UsageError("serve.taken", host=host, port=port, why=why) from None
