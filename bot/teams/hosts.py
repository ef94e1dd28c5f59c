"""Where anything may be sent: the hosts on the allow-list, and no address that only looks like one of them. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[A-Za-z0-9:/._~%-]{1,512}")
"""No userinfo, query, fragment, backslash, space or letter of another script, so that no two readers differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHosts:
    """`hosts` without ports, in lower case. `loopback`: http and any port, for a platform on this machine."""

    hosts: frozenset[str]
    loopback: bool = False

    def allows(self, address: str) -> bool:
        """Whether a service URL is one that the school's own setting names."""
        if not _PLAIN.fullmatch(address) or ".." in address:
            return False
        try:
            found = urlsplit(address)
            port = found.port
        except ValueError:
            return False
        if (found.hostname or "") not in self.hosts:
            return False
        return self.loopback if found.scheme == "http" else found.scheme == "https" and self._port_is_good(port)

    def _port_is_good(self, port: int | None) -> bool:
        return port in (None, 443) or self.loopback


def same_address(one: str, other: str) -> bool:
    """Whether two service URLs are the same but for a slash at the end."""
    return one.rstrip("/") == other.rstrip("/")
