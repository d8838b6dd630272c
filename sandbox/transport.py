"""Hands on the wire itself: connections can be reset, cut short or made to swallow all, as networks do."""
import asyncio
import socket
import struct
from typing import Any, cast

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LINGER_NOT = struct.pack("ii", 1, 0)


class Connection(H11Protocol):
    """Lets the application find its transport in `scope["state"]["transport"]`; a socket inherits it on upgrade."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as h11_impl itself narrows it
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def transport_of(scope: Any) -> asyncio.Transport:
    return cast(asyncio.Transport, scope["state"]["transport"])


def reset(transport: asyncio.Transport) -> None:
    """Ends the connection with a TCP reset: the peer reads ECONNRESET, not an end of file."""
    wire = transport.get_extra_info("socket")
    if not transport.is_closing() and wire is not None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    transport.abort()


def swallow(transport: asyncio.Transport) -> None:
    """From now on nothing is read, so no ping is answered either; and nothing is said of our own accord."""
    protocol = transport.get_protocol()
    if isinstance(protocol, WebSocketsSansIOProtocol):
        protocol.stop_keepalive()
    if not transport.is_closing():
        transport.pause_reading()
