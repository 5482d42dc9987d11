"""The data plane: dated deployment paths, `/openai/v1/`, and the inference paths under `/models`.

Who may call is decided before anything else, by what the request carries:
api-key (a key in `api-key` or `Ocp-Apim-Subscription-Key`), key-as-bearer, key-as-authorization (no scheme),
token-in-api-key, bearer-token, unknown-bearer; none of them is an empty list.
"""
import asyncio
import hmac
import json
import time
from dataclasses import dataclass

from aiohttp import web

from . import replies
from .journal import Journal
from .tokens import Tokens

KEY_HEADERS = ("api-key", "Ocp-Apim-Subscription-Key")
OPENAI_AUDIENCES = {"https://cognitiveservices.azure.com"}
FOUNDRY_AUDIENCES = OPENAI_AUDIENCES | {"https://ai.azure.com"}

DISABLED = (403, "AuthenticationTypeDisabled", "Key based authentication is disabled for this resource.")
WRONG_KEY = (
    401,
    "401",
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an "
    "active subscription and use a correct regional API endpoint for your resource.",
)
WRONG_TOKEN = (
    401,
    "Unauthorized",
    "Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.",
)


def no_role(identity: str, path: str) -> tuple[int, str, str]:
    action = "chat/completions" if "chat" in path else path.rsplit("/", 1)[-1]
    return (
        401,
        "PermissionDenied",
        f"The principal `{identity}` lacks the required data action "
        f"`Microsoft.CognitiveServices/accounts/OpenAI/deployments/{action}/action` to perform "
        f"`POST /openai/deployments/{{deployment-id}}/{action}` operation.",
    )


@dataclass
class Account:
    """What is switched on the emulated resource. `key` stays in memory and is compared, nothing else."""

    key: str
    keys_on: bool = True
    role: bool = True


class Inference:
    def __init__(self, account: Account, tokens: Tokens, journal: Journal) -> None:
        self._account = account
        self._tokens = tokens
        self._journal = journal

    def routes(self) -> list:
        dated, v1, models = "/openai/deployments/{model}", "/openai/v1", "/models"
        found = [web.post(f"{base}/chat/completions", self._chat) for base in (dated, v1, models)]
        found += [web.post(f"{base}/embeddings", self._embeddings) for base in (dated, v1, models)]
        found += [web.post(f"{base}/responses", self._responses) for base in ("/openai", v1)]
        found += [web.get(f"{base}/models", self._models) for base in ("/openai", v1)]
        return [*found, web.get("/models/info", self._info)]

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, replies.chat_completion, replies.chat_chunks, done=True)

    async def _responses(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, replies.response, replies.response_events, done=False)

    async def _embeddings(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, replies.embeddings, None, done=False)

    async def _info(self, request: web.Request) -> web.StreamResponse:
        refused = await self._refusal(request)
        return refused or web.json_response({"model_name": "emulated", "model_type": "chat-completion"})

    async def _models(self, request: web.Request) -> web.StreamResponse:
        refused = await self._refusal(request)
        return refused or web.json_response({"object": "list", "data": [{"id": "emulated", "object": "model"}]})

    async def _answer(self, request: web.Request, whole, parts, done: bool) -> web.StreamResponse:
        body = await request.json()
        refused = await self._refusal(request)
        if refused is not None:
            return refused
        model = request.match_info.get("model") or body.get("model") or "no-model"
        if not body.get("stream") or parts is None:
            return web.json_response(whole(model, body))
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await stream.prepare(request)
        for part in parts(model, body):
            name = f"event: {part['type']}\n" if "type" in part else ""
            await stream.write(f"{name}data: {json.dumps(part)}\n\n".encode())
        if done:
            await stream.write(b"data: [DONE]\n\n")
        await stream.write_eof()
        return stream

    async def _refusal(self, request: web.Request) -> web.Response | None:
        """Notes how the request authenticated; the error answer, or nothing when it may pass."""
        kinds, seen = self.credentials(request)
        path = request.path
        error = None
        if path.startswith("/openai/") and not path.startswith("/openai/v1/") and "api-version" not in request.query:
            error = (404, "404", "Resource not found")
        elif not self._account.keys_on and any("key" in kind for kind in kinds):
            error = DISABLED
        elif "wrong-key" in kinds or "token-in-api-key" in kinds:
            error = WRONG_KEY
        elif "bearer-token" in kinds:
            if seen.problem:
                error = WRONG_TOKEN
            elif not self._account.role:
                error = no_role(seen.identity, path)
        elif not {"api-key", "key-as-bearer"} & set(kinds):
            error = WRONG_TOKEN
        status, code, message = error or (200, "", "")
        token = seen.token if seen else ""
        audience = seen.audience if seen else ""
        problem = seen.problem if seen else ""
        self._journal.note(
            "data", request, status, code=code, credentials=kinds, audience=audience, token=token, problem=problem,
            identity=seen.identity if seen else "",
        )
        if error is None:
            # Where tokens are good for one call, the next call comes after the expiry that the client was told.
            if seen and self._tokens.single_use:
                await asyncio.sleep(max(0.0, seen.expires - time.time()) + 0.05)
                self._tokens.spend(seen.token)
            return None
        return web.json_response({"error": {"code": code, "message": message}}, status=status)

    def credentials(self, request: web.Request):
        """The kinds of credential that the request carries, and what its bearer token is, if it has one of ours."""
        kinds, verdict = [], None
        audiences = FOUNDRY_AUDIENCES if request.path.startswith("/models") else OPENAI_AUDIENCES
        for name in KEY_HEADERS:
            if name in request.headers:
                value = request.headers[name]
                token = self._tokens.judge(value, set()).problem not in ("not-a-token", "forged")
                kinds.append("api-key" if self._is_key(value) else "token-in-api-key" if token else "wrong-key")
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme and not value:
            kinds.append("key-as-authorization" if self._is_key(scheme) else "unknown-authorization")
        elif scheme.lower() == "bearer" and self._is_key(value):
            kinds.append("key-as-bearer")
        elif scheme.lower() == "bearer":
            verdict = self._tokens.judge(value, audiences)
            known = verdict.problem not in ("not-a-token", "forged")
            kinds.append("bearer-token" if known else "unknown-bearer")
            verdict = verdict if known else None
        return kinds, verdict

    def _is_key(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self._account.key.encode())
