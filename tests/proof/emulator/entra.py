"""The token endpoint of Entra ID, and the discovery documents that the identity libraries read before they use it."""
from aiohttp import web

from .journal import Journal
from .tokens import WORKLOAD_AUDIENCE, Tokens

AUTHORITY = "login.microsoftonline.com"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Entra:
    def __init__(self, tokens: Tokens, journal: Journal, client: str, client_secret: str) -> None:
        self._tokens = tokens
        self._journal = journal
        self._client = client
        self._client_secret = client_secret

    def routes(self) -> list:
        return [
            web.get("/common/discovery/instance", self._instances),
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self._configuration),
            web.get("/{tenant}/discovery/v2.0/keys", self._keys),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
        ]

    async def _instances(self, request: web.Request) -> web.Response:
        base = f"https://{request.host}"
        names = sorted({AUTHORITY, "login.windows.net", request.host})
        metadata = {"preferred_network": request.host, "preferred_cache": request.host, "aliases": names}
        tenant = f"{base}/organizations/v2.0/.well-known/openid-configuration"
        return web.json_response({"tenant_discovery_endpoint": tenant, "api-version": "1.1", "metadata": [metadata]})

    async def _configuration(self, request: web.Request) -> web.Response:
        base = f"https://{request.host}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
                "jwks_uri": f"{base}/discovery/v2.0/keys",
                "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
                "scopes_supported": ["openid", "profile", "email", "offline_access"],
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response({"keys": []})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        means, error = self._client_proof(form)
        scope = str(form.get("scope", "")).split()
        resource = [name for name in scope if name.endswith("/.default")]
        if error is None and not resource:
            error = ("invalid_scope", f"AADSTS1002012: The provided value for scope {' '.join(scope)} is not valid.", 400)
        if error is not None:
            name, text, status = error
            self._journal.note("entra", request, status, means=means, code=name)
            return web.json_response({"error": name, "error_description": text, "error_codes": []}, status=status)
        audience = resource[0].removesuffix("/.default")
        token, _ = self._tokens.issue(audience, self._client)
        self._journal.note("entra", request, 200, means=means, audience=audience)
        lifetime = self._tokens.lifetime
        answer = {"token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime, "access_token": token}
        return web.json_response(answer)

    def _client_proof(self, form):
        """Which proof the client gave, and what is wrong with it."""
        if form.get("grant_type") != "client_credentials":
            return "", ("unsupported_grant_type", "AADSTS70003: only client_credentials is emulated.", 400)
        if form.get("client_id") != self._client:
            return "", ("unauthorized_client", "AADSTS700016: Application was not found in the directory.", 400)
        if "client_assertion" in form:
            good = form.get("client_assertion_type") == ASSERTION_TYPE
            verdict = self._tokens.judge(str(form["client_assertion"]), {WORKLOAD_AUDIENCE})
            wrong = ("invalid_client", "AADSTS700211: No matching federated identity record found.", 401)
            if good and not verdict.problem:
                return "workload-identity", None
            return "workload-identity", wrong
        if form.get("client_secret") == self._client_secret:
            return "client-secret", None
        return "client-secret", ("invalid_client", "AADSTS7000215: Invalid client secret provided.", 401)
