"""Connects to a scheduler: checks the address, that something answers, and that it is a Dask scheduler."""

from __future__ import annotations

import logging
import socket
import ssl
import struct
import warnings
from typing import Any
from urllib.parse import urlsplit

from ..errors import ConfigError, UsageError

PATIENCE_S = 10.0
"""How long a scheduler may take to answer."""
_GREETING_BYTES = 1 << 20
"""A scheduler speaks first, in a message of some hundred bytes with its length in front."""


def connect(address: str) -> Any:
    """Return a client of the scheduler, which says nothing on stderr.

    Raises UsageError for an address that is none, or where no scheduler answers; ConfigError
    when dask.distributed, or a certificate, is missing.
    """
    scheme, host, port = _parts(address)
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError as cause:
        raise ConfigError(
            "a cluster needs dask.distributed; install it with: pip install 'chaitime-audio[cluster]'"
        ) from cause
    _hush()
    guard: Any = None
    if scheme == "tls":
        arguments: dict[str, Any] = Security().get_connection_args("client")
        guard = arguments.get("ssl_context")
        if guard is None:
            raise ConfigError(
                f"{address} asks for certificates; name them in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "
                "…__TLS__CLIENT__CERT and …__TLS__CLIENT__KEY"
            )
    _greeted(address, (host, port), guard)
    client: Any = Client
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions than ours are refused by name, later
            return client(address, timeout=PATIENCE_S, set_as_default=False)
    except Exception as cause:  # it has been seen to raise seven kinds
        raise UsageError(f"the scheduler at {address} refused the connection: {cause}") from cause


def _parts(address: str) -> tuple[str, str, int]:
    try:
        found = urlsplit(address)
        if found.scheme in ("tcp", "tls") and found.hostname and found.port:
            return found.scheme, found.hostname, found.port
    except ValueError:
        pass
    raise UsageError(f"“{address}” is not the address of a scheduler; write it like tcp://host:8786")


def _greeted(address: str, place: tuple[str, int], guard: ssl.SSLContext | None) -> None:
    """Let the scheduler greet us: what is none makes dask's own client wait, or ask for memory, for ever."""
    try:
        with socket.create_connection(place, timeout=PATIENCE_S) as line:
            line.settimeout(PATIENCE_S)
            heard = guard.wrap_socket(line, server_hostname=place[0]) if guard else line
            head = heard.recv(8, socket.MSG_WAITALL) if guard is None else heard.recv(8)
    except ssl.SSLError as cause:
        raise UsageError(f"the scheduler at {address} refuses our certificate: {cause.reason}") from cause
    except TimeoutError as cause:
        raise UsageError(_nobody(address)) from cause
    except OSError as cause:
        raise UsageError(_nobody(address)) from cause
    if len(head) < 8 or not 0 < struct.unpack("<Q", head)[0] < _GREETING_BYTES:
        raise UsageError(f"what answers at {address} is not a Dask scheduler; is the port right? (8786)")


def _nobody(address: str) -> str:
    return f"no scheduler answers at {address}; start one with: dask scheduler"


def _hush() -> None:
    """Keep dask's own remarks off the screen: what matters reaches us as errors."""
    for name, logger in logging.root.manager.loggerDict.items():
        if name.partition(".")[0] in ("distributed", "tornado") and isinstance(logger, logging.Logger):
            logger.setLevel(logging.CRITICAL + 1)
