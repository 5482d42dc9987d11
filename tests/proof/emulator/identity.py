"""Managed identity: the endpoint of App Service, Functions and Container Apps, and the one of virtual machines (IMDS)."""
import hmac

from aiohttp import web

from .journal import Journal
from .tokens import Tokens


class ManagedIdentity:
    """`client` is the id of the one user-assigned identity; without a client id the system-assigned one answers."""

    def __init__(self, tokens: Tokens, journal: Journal, header: str, client: str) -> None:
        self._tokens = tokens
        self._journal = journal
        self._header = header
        self._client = client

    def routes(self) -> list:
        imds = "/metadata/identity/oauth2/token"
        # The library for Node.js asks with a slash at the end.
        return [web.get("/msi/token", self._app_service), web.get(imds, self._imds), web.get(f"{imds}/", self._imds)]

    async def _app_service(self, request: web.Request) -> web.Response:
        given = request.headers.get("X-IDENTITY-HEADER", "")
        if not hmac.compare_digest(given.encode(), self._header.encode()):
            return self._refuse(request, 401, "app-service", "X-IDENTITY-HEADER is missing or wrong")
        return self._issue(request, "app-service")

    async def _imds(self, request: web.Request) -> web.Response:
        if request.headers.get("Metadata", "").lower() != "true":
            # The libraries ask once without the header, to learn whether anybody answers here.
            return self._refuse(request, 400, "imds", "Required metadata header not specified")
        return self._issue(request, "imds")

    def _issue(self, request: web.Request, means: str) -> web.Response:
        resource = request.query.get("resource", "")
        client = request.query.get("client_id", "")
        if not resource:
            return self._refuse(request, 400, means, "resource is missing")
        if client not in ("", self._client):
            return self._refuse(request, 400, means, "Identity not found")
        token, expires = self._tokens.issue(resource, client or "system-assigned")
        self._journal.note("identity", request, 200, means=means, audience=resource, client=client)
        answer = {"access_token": token, "expires_on": str(expires), "resource": resource, "token_type": "Bearer"}
        if means == "imds":
            answer |= {"expires_in": str(self._tokens.lifetime), "not_before": "0", "client_id": client or self._client}
        else:
            answer["client_id"] = client or self._client
        return web.json_response(answer)

    def _refuse(self, request: web.Request, status: int, means: str, text: str) -> web.Response:
        self._journal.note("identity", request, status, means=means)
        return web.json_response({"error": "invalid_request", "error_description": text}, status=status)
