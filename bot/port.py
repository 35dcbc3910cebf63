"""Opens the port to listen on, or says in one sentence why it cannot be had. Imports no Rasa."""

from __future__ import annotations

import errno
import socket

from bot.errors import SettingsError

REFUSED = {
    errno.EADDRINUSE: "Port {port} on {host} is taken; stop what uses it or run 'make run PORT=5006'.",
    errno.EACCES: "Port {port} on {host} may not be used by this user; run 'make run PORT=5006'.",
}
BACKLOG = 100


def open_port(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises SettingsError when it is taken or the address is not one of this machine."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        raise SettingsError(f"HOST {host} is not an address of this machine; use 127.0.0.1.") from None
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        said = REFUSED.get(error.errno or 0, "HOST {host} is not an address of this machine; use 127.0.0.1.")
        raise SettingsError(said.format(host=host, port=port)) from None
    return opened
