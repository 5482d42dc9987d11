"""Access tokens: issued, read back and judged.

They have the shape of a JWT, so that SDKs which look inside find what they expect, and are signed with a secret
that lives as long as the emulator: nothing but this process takes them for genuine.
"""
import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field

WORKLOAD_AUDIENCE = "api://AzureADTokenExchange"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Verdict:
    """What a bearer text is. `problem` is empty for a good token, else: not-a-token, forged, expired, audience."""

    problem: str = ""
    token: str = ""
    audience: str = ""
    identity: str = ""
    expires: int = 0


@dataclass
class Tokens:
    """lifetime and leeway in seconds; a token is refused when leeway has passed after the expiry it was given.

    single_use: a token is good for one call to the data plane, which is answered when the token has expired by the
    clock too; calls that run at the same time may share it. That makes "was it fetched again after expiry" a
    question with one answer, whatever the client's margin.
    """

    lifetime: int = 3600
    leeway: int = 0
    single_use: bool = False
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _used: set = field(default_factory=set)

    def issue(self, audience: str, identity: str, lifetime: int | None = None) -> tuple[str, int]:
        """Returns the token and the second at which it expires."""
        now = int(time.time())
        expires = now + (self.lifetime if lifetime is None else lifetime)
        claims = {
            "aud": audience,
            "iss": "https://sts.windows.net/00000000-0000-0000-0000-000000000001/",
            "iat": now,
            "nbf": now,
            "exp": expires,
            "oid": identity,
            "sub": identity,
            "tid": "00000000-0000-0000-0000-000000000001",
            "uti": secrets.token_hex(6),
        }
        body = _encode(b'{"typ":"JWT","alg":"HS256"}') + "." + _encode(json.dumps(claims).encode())
        return f"{body}.{self._signature(body)}", expires

    def judge(self, text: str, audiences: set[str], now: float | None = None) -> Verdict:
        body, dot, signature = text.rpartition(".")
        if not dot or body.count(".") != 1:
            return Verdict("not-a-token")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return Verdict("forged")
        claims = json.loads(_decode(body.split(".")[1]))
        verdict = Verdict("", claims["uti"], claims["aud"].rstrip("/"), claims["sub"], claims["exp"])
        if claims["exp"] + self.leeway < (time.time() if now is None else now) or verdict.token in self._used:
            verdict.problem = "expired"
        elif verdict.audience not in audiences:
            verdict.problem = "audience"
        return verdict

    def spend(self, token: str) -> None:
        """From now on the token with this id counts as expired."""
        self._used.add(token)

    def _signature(self, body: str) -> str:
        return _encode(hmac.new(self._secret, body.encode(), hashlib.sha256).digest())
