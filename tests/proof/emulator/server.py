"""Puts the parts together: one HTTPS listener for Entra and the data plane, one plain listener for managed identity."""
import secrets
import ssl
import string
from dataclasses import dataclass, field

from aiohttp import web

from .entra import Entra
from .identity import ManagedIdentity
from .inference import Account, Inference
from .journal import Journal
from .tokens import WORKLOAD_AUDIENCE, Tokens

TENANT = "00000000-0000-0000-0000-000000000001"
CLIENT = "00000000-0000-0000-0000-0000000000c1"
LETTERS = string.ascii_letters + string.digits


def new_key() -> str:
    """A key in the shape of a real one, of 84 characters, that no service has ever issued."""
    start = "".join(secrets.choice(LETTERS) for _ in range(52))
    end = "".join(secrets.choice(LETTERS) for _ in range(4))
    return start + "JQQJ99" + "BK" + "ACYeBjF" + "XJ3w3" + "AAAA" + "ACOG" + end


@dataclass
class Emulator:
    """One emulated tenant with one resource. Call start() once; stop() frees the ports."""

    journal: Journal
    tokens: Tokens
    keys_on: bool = True
    role: bool = True
    key: str = field(default_factory=new_key)
    identity_header: str = field(default_factory=lambda: secrets.token_hex(16))
    client_secret: str = field(default_factory=lambda: secrets.token_urlsafe(30))
    _runners: list = field(default_factory=list)
    _inference: Inference | None = None

    async def start(self, served: str, https_port: int, http_port: int) -> tuple[int, int]:
        """Returns the ports; 0 lets the system choose. `served` is the file with certificate and key."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(served)
        account = Account(self.key, self.keys_on, self.role)
        secure = web.Application(client_max_size=16 * 1024 * 1024)
        # The data plane first: its paths would also fit the tenant's place in Entra's.
        self._inference = Inference(account, self.tokens, self.journal)
        secure.add_routes(self._inference.routes())
        secure.add_routes(Entra(self.tokens, self.journal, CLIENT, self.client_secret).routes())
        plain = web.Application()
        plain.add_routes(ManagedIdentity(self.tokens, self.journal, self.identity_header, CLIENT).routes())
        for application in (secure, plain):
            application.middlewares.append(self._unknown_path)
        return await self._listen(secure, https_port, context), await self._listen(plain, http_port, None)

    async def stop(self) -> None:
        for runner in self._runners:
            await runner.cleanup()

    def environment(self, identity: str, https_port: int, http_port: int, assertion_file: str) -> dict[str, str]:
        """The variables that give a process the identity; the port is left out of addresses where it is 443."""
        if identity == "none":
            return {}
        if identity == "app-service":
            endpoint = f"http://127.0.0.1:{http_port}/msi/token"
            return {"IDENTITY_ENDPOINT": endpoint, "IDENTITY_HEADER": self.identity_header}
        if identity == "imds":
            return {"AZURE_POD_IDENTITY_AUTHORITY_HOST": f"http://127.0.0.1:{http_port}"}
        found = {"AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT}
        if https_port != 443:
            found["AZURE_AUTHORITY_HOST"] = f"https://localhost:{https_port}"
        if identity == "client-secret":
            return found | {"AZURE_CLIENT_SECRET": self.client_secret}
        with open(assertion_file, "w", encoding="ascii") as file:
            file.write(self.tokens.issue(WORKLOAD_AUDIENCE, "system:serviceaccount:default:app", 3600)[0])
        return found | {"AZURE_FEDERATED_TOKEN_FILE": assertion_file}

    async def _listen(self, application: web.Application, port: int, context) -> int:
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        self._runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=context, shutdown_timeout=1.0)
        await site.start()
        return site._server.sockets[0].getsockname()[1]

    @web.middleware
    async def _unknown_path(self, request: web.Request, handler):
        try:
            return await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            # A key that is sent to a path nobody serves has still left the process.
            kinds, _ = self._inference.credentials(request)
            self.journal.note("unknown", request, 404, credentials=kinds)
            error = {"code": "404", "message": "Resource not found"}
            return web.json_response({"error": error}, status=404)
