"""The settings of a sign-in by an OpenID Connect provider, from environment variables.

| variable | meaning |
|---|---|
| `ENISHI_OIDC_ISSUER` | the provider's address; with it, people can sign in there |
| `ENISHI_OIDC_CLIENT_ID` | the name under which the provider knows this server |
| `ENISHI_OIDC_CLIENT_SECRET` | the secret that goes with it; a public client has none |
| `ENISHI_OIDC_PARTICIPANTS` | who may enter |
| `ENISHI_OIDC_FACILITATORS` | who may enter as a facilitator |
| `ENISHI_OIDC_CLAIM` | the claim whose values may be in these two lists, as `groups` |
| `ENISHI_OIDC_HOSTS` | further hosts that the server may ask, if the provider uses several |
| `ENISHI_OIDC_LABEL` | how the page calls the provider; by default, its host |

A list has entries with spaces or commas between: `ann@school.example` is an address,
`@school.example` all addresses of a domain, `*` everybody whom the provider signs in, and any other
entry a value of the claim.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from enishi.errors import EnishiError
from enishi.identity import FACILITATOR, PARTICIPANT
from enishi.serve.auth.public_url import Address, is_local

_PREFIX = "ENISHI_OIDC_"
CLIENT_SECRET = f"{_PREFIX}CLIENT_SECRET"
ISSUER = f"{_PREFIX}ISSUER"
_EVERYBODY = "*"
_KNOWN = (
    *("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "PARTICIPANTS", "FACILITATORS"),
    *("CLAIM", "HOSTS", "LABEL"),
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?")


class UnknownOidcVariableError(EnishiError):
    """A variable of the provider is misspelt. Facts: `variable`, `known`."""

    sentence = "There is no setting {variable}."
    way_out = "Those of a provider are {known}."


class OidcVariableMissingError(EnishiError):
    """A variable that is needed is missing or empty. Facts: `variable`."""

    sentence = "People are to sign in at a provider, but {variable} is not set."
    way_out = "Set it, or unset all variables that begin with ENISHI_OIDC_."


class IssuerError(EnishiError):
    """The address of the provider is none. Facts: `issuer`."""

    sentence = "“{issuer}” in ENISHI_OIDC_ISSUER cannot be the address of a provider."
    way_out = (
        "Expected is the issuer as the provider writes it, for example https://login.example/realm."
    )


class OidcHostError(EnishiError):
    """A further host of the provider is none. Facts: `host`."""

    sentence = "“{host}” in ENISHI_OIDC_HOSTS is no host."
    way_out = "Expected are names with commas between, for example keys.login.example."


class OidcAddressError(EnishiError):
    """People would come back from the provider without encryption. Facts: `address`."""

    sentence = "People cannot sign in at a provider and come back to {address} without encryption."
    way_out = "Give --address an address that begins with https."


class NobodyAllowedError(EnishiError):
    """No list says who may enter."""

    sentence = "A provider is named, but nobody who may enter."
    way_out = "ENISHI_OIDC_PARTICIPANTS lists addresses or domains, as @school.example, or is *."


class ClaimMissingError(EnishiError):
    """A list has an entry that is no address, and no claim is named. Facts: `entry`."""

    sentence = "“{entry}” is no address, and no claim is named in which it could be."
    way_out = "Write an address or a domain with @, or set ENISHI_OIDC_CLAIM, as to groups."


class OidcSettings(NamedTuple):
    """Which provider signs people in, and who of them may enter.

    Attributes:
        issuer: the provider's own name, an address.
        secret: empty for a public client.
        hosts: the hosts, with their ports, that this server may ask.
        claim: the claim with further values, its parts separated by dots; empty for none.
        participants: addresses and domains in lower case, and values of the claim as they are.
        facilitators: the same.
    """

    issuer: str
    client_id: str
    secret: str
    hosts: frozenset[str]
    label: str
    claim: str
    participants: frozenset[str]
    facilitators: frozenset[str]

    def role_of(self, claims: Mapping[str, Any]) -> str:
        """Return the role of a person with these claims; empty if they may not enter.

        An address counts only if the provider has verified it.
        """
        marks = {_EVERYBODY, *self.values_of(claims)}
        if is_verified(claims):
            address = str(claims["email"]).lower()
            marks |= {address, "@" + address.rpartition("@")[2]}
        if marks & self.facilitators:
            return FACILITATOR
        return PARTICIPANT if marks & self.participants else ""

    def values_of(self, claims: Mapping[str, Any]) -> set[str]:
        """Return the values of the named claim, without any that read like an address.

        An address in a claim that people can fill in themselves must not open what is for another.
        """
        found: Any = claims
        for part in self.claim.split(".") if self.claim else ():
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is claims:
            return set()
        values = found if isinstance(found, list) else [found]
        return {each for each in values if isinstance(each, str) and "@" not in each} - {_EVERYBODY}


def is_verified(claims: Mapping[str, Any]) -> bool:
    """Return whether the claims have an address that the provider has verified."""
    address = claims.get("email")
    return isinstance(address, str) and "@" in address and claims.get("email_verified") is True


def take_oidc_settings(
    environment: MutableMapping[str, str], public: Address
) -> OidcSettings | None:
    """Return the settings of the provider, and remove its secret from `environment`.

    Returns:
        None where no variable of a provider is set.

    Raises:
        EnishiError: one is missing or wrong; see the errors above.
    """
    found = {
        name.removeprefix(_PREFIX): value.strip()
        for name, value in environment.items()
        if name.startswith(_PREFIX) and value.strip()
    }
    environment.pop(CLIENT_SECRET, None)
    for name in found:
        if name not in _KNOWN:
            known = ", ".join(_PREFIX + each for each in _KNOWN)
            raise UnknownOidcVariableError(variable=_PREFIX + name, known=known)
    if not found:
        return None
    for name in ("ISSUER", "CLIENT_ID"):
        if name not in found:
            raise OidcVariableMissingError(variable=_PREFIX + name)
    if public.is_open:
        raise OidcAddressError(address=str(public))
    issuer = found["ISSUER"]
    host = _host_of(issuer)
    further = _entries(found.get("HOSTS", "").lower())
    for each in further:
        if not _HOST.fullmatch(each):
            raise OidcHostError(host=each)
    claim = found.get("CLAIM", "")
    lists = {
        name: frozenset(_allowed(entry, claim) for entry in _entries(found.get(name, "")))
        for name in ("PARTICIPANTS", "FACILITATORS")
    }
    if not any(lists.values()):
        raise NobodyAllowedError()
    return OidcSettings(
        issuer=issuer,
        client_id=found["CLIENT_ID"],
        secret=found.get("CLIENT_SECRET", ""),
        hosts=frozenset({host, *further}),
        label=found.get("LABEL", host),
        claim=claim,
        participants=lists["PARTICIPANTS"],
        facilitators=lists["FACILITATORS"],
    )


def _host_of(issuer: str) -> str:
    """Return the host of the provider, with its port.

    Raises:
        IssuerError: it is no address, or a connection to it would not be encrypted.
    """
    try:
        parts = urlsplit(issuer)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise IssuerError(issuer=issuer) from error
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_local(host))
    more = parts.query or parts.fragment or "@" in parts.netloc
    if more or not is_safe or not _HOST.fullmatch(parts.netloc.lower()):
        raise IssuerError(issuer=issuer)
    return parts.netloc.lower()


def _entries(text: str) -> list[str]:
    """Return the entries of a list."""
    return [each for each in re.split(r"[\s,]+", text) if each]


def _allowed(entry: str, claim: str) -> str:
    """Return an entry of a list as it is compared.

    Raises:
        ClaimMissingError: it can only be a value of a claim, and none is named.
    """
    if "@" in entry:
        return entry.lower()
    if entry != _EVERYBODY and not claim:
        raise ClaimMissingError(entry=entry)
    return entry
