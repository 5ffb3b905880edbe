"""URLs that credentials may go to, and links that a platform hands out: what they may lead to.

A link is what an answer says. One that leads to this machine or into its network would have the session ask services
there that nobody else can reach, a cloud's metadata among them.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from adplatforms.core.errors import ClientError

__all__ = ["LOOPBACK", "LinkPolicy", "check_url", "network_of"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This machine, as it may be named where plain http is taken."""


def check_url(url: str, what: str = "base URL") -> str:
    """The URL without a slash at its end. Raises a `ClientError` unless it is https, or http on loopback.

    what: what the URL is for, in messages. The messages name the host alone, because the rest may hold credentials.
    """
    try:
        parts = urlsplit(url)
        # Reading the port is what checks it.
        _ = parts.port
    except ValueError:
        raise ClientError(f"what was given is not a {what}", hint="write https://host") from None
    host = re.fullmatch(r"[\w.-]+|[0-9A-Fa-f:.]+", parts.hostname or "")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username
        or re.search(r"[\s\\]|:$", parts.netloc + url)
    ):
        raise ClientError(
            f"{parts.hostname or 'what was given'} is not a {what}", hint="write host, host:port or https://host:port"
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ClientError(f"plain http would show the credentials on the way to {parts.hostname}", hint="use https")
    return url.rstrip("/")


_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as a NAT64 gateway writes them (RFC 6052)."""


def network_of(address: str) -> str:
    """The network that an address is in: "loopback", "link-local" or "private"; empty for the internet.

    address: as the system resolves a name. What is neither, such as multicast and shared addresses, counts as private.
    """
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = _embedded(ip) or ip
    # 0.0.0.0 is connected to as this machine.
    if ip.is_loopback or ip.is_unspecified:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    return "" if ip.is_global and not ip.is_multicast else "private"


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for; None where it stands for itself."""
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo is not None:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour


def _literal(host: str) -> str | None:
    """The address that a host is written as, in any of the ways that a system takes; None for a name."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(ip_address(name.partition("%")[0]))
    except ValueError:
        pass
    try:
        # "127.1", "0x7f.1" and "2130706433" are addresses, too.
        return socket.inet_ntoa(socket.inet_aton(name))
    except (OSError, UnicodeError):
        return None


class LinkPolicy:
    """What the links of a session may lead to: the internet, and the network that one of its servers is in.

    servers: the base URLs that the session talks to, as they are when a link is followed.
    """

    def __init__(self, servers: Iterable[str]) -> None:
        self._servers = servers
        self._networks: dict[str, set[str]] = {}

    def check(self, url: str) -> None:
        """Raises a `ClientError` for a URL that is not safe, as far as it says itself where it leads."""
        check_url(url, "safe link")
        host = urlsplit(url).hostname or ""
        address = _literal(host)
        if address is not None:
            self.check_address(host, address)

    def check_address(self, host: str, address: str) -> None:
        """Raises a `ClientError` for an address that must not be connected to. host: its name in the link."""
        network = network_of(address)
        if network and not any(network in self._networks_of(server) for server in tuple(self._servers)):
            raise ClientError(
                f"{host} is not a safe link: {address} is a {network} address, and the session's server is not",
                hint="a link of the platform leads to the internet",
            )

    def _networks_of(self, server: str) -> set[str]:
        """The networks that a server is in."""
        host = urlsplit(server).hostname or ""
        found = self._networks.get(host)
        if found is None:
            literal = _literal(host)
            found = self._networks[host] = {network_of(each) for each in ([literal] if literal else _resolved(host))}
        return found


def _resolved(host: str) -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        return []
