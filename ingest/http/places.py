"""Where a request may go: an address that the operator configured is trusted, one that a site names is not.

In: an address. Out: nothing, or `HttpFault` for what is no web address or leads into the inner network. The
addresses that a name resolves to are checked before going, and again by the transport once it is connected.
"""

import ipaddress
import socket
from urllib.parse import urljoin

from ingest.http.answers import split
from ingest.http.faults import HttpFault, shown


def join(base: str, place: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(base, place)
    except ValueError as fault:
        raise HttpFault("http.redirect_refused", f"来源要求跳转到 {shown(place)}，不是网页地址，已拒绝。") from fault


def check_web(url: str) -> None:
    parts = split(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise HttpFault("http.redirect_refused", f"来源指向 {shown(url)}，不是网页地址，已拒绝。")


def check_public(url: str) -> None:
    """Every address of the name is looked at: one inner address among them is enough to refuse."""
    try:
        found = socket.getaddrinfo(split(url).hostname, None)
    except (OSError, UnicodeError) as fault:
        raise HttpFault("http.unreachable", f"来源指向的地址 {shown(url)} 找不到，请核对。", passing=True) from fault
    if not all(is_public(str(entry[4][0])) for entry in found):
        raise inner(url)


def inner(url: str) -> HttpFault:
    return HttpFault(
        "http.redirect_refused",
        f"来源指向内部网络的地址 {shown(url)}，已拒绝；确是来源自己的地址时，可在 policy 里写 allow_private = true。",
    )


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    real = mapped or ip
    return bool(real.is_global) and not real.is_multicast
