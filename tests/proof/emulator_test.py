"""The emulator answers and writes down what its README says, and the judge of the proof says no where it must."""
import asyncio
import io
import json
import os
import pathlib
import ssl
import sys
import tempfile
import unittest

try:
    import aiohttp
except ImportError:
    # scripts/proof keeps an environment that has it; without that the test is skipped.
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    python = cache / "keyless-proof/runner/bin/python"
    if not python.exists() or str(python) == sys.executable:
        print("skipped: aiohttp is not installed")
        sys.exit(77)
    os.execv(python, [str(python), *sys.argv])

from cases import CASES
from emulator import certificates
from emulator.journal import Journal
from emulator.server import CLIENT, TENANT, Emulator
from emulator.tokens import Tokens
import judge
from runs import Outcome

SCOPE = "https://cognitiveservices.azure.com"
DATED = "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"
HELLO = {"messages": [{"role": "user", "content": "hello there"}]}
ENTRA = f"/{TENANT}/oauth2/v2.0/token"
FOLDER = tempfile.TemporaryDirectory()
AUTHORITY, SERVED = certificates.make(pathlib.Path(FOLDER.name))


class Answer:
    def __init__(self, status: int, body: str) -> None:
        self.status = status
        self.text = body
        error = json.loads(body).get("error") if status >= 400 else None
        self.code = error.get("code") if isinstance(error, dict) else error


class EmulatorCase(unittest.IsolatedAsyncioTestCase):
    async def start(self, tokens: Tokens | None = None, **options) -> Emulator:
        self.log = io.StringIO()
        emulator = Emulator(Journal(self.log), tokens or Tokens(), **options)
        self.emulator = emulator
        https, http = await emulator.start(str(SERVED), 0, 0)
        self.addAsyncCleanup(emulator.stop)
        trust = aiohttp.TCPConnector(ssl=ssl.create_default_context(cafile=AUTHORITY))
        self.session = aiohttp.ClientSession(connector=trust)
        self.addAsyncCleanup(self.session.close)
        self.secure, self.plain = f"https://localhost:{https}", f"http://127.0.0.1:{http}"
        return emulator

    async def post(self, path: str, headers: dict, body: dict | None = None) -> Answer:
        async with self.session.post(self.secure + path, headers=headers, json=body or HELLO) as answer:
            return Answer(answer.status, await answer.text())

    async def form(self, **fields) -> Answer:
        fields = {"grant_type": "client_credentials", "client_id": CLIENT, "scope": f"{SCOPE}/.default"} | fields
        async with self.session.post(self.secure + ENTRA, data=fields) as answer:
            return Answer(answer.status, await answer.text())

    def bearer(self, audience: str = SCOPE, lifetime: int | None = None) -> dict:
        return {"Authorization": "Bearer " + self.emulator.tokens.issue(audience, "somebody", lifetime)[0]}

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


class Keys(EmulatorCase):
    async def test_keys_on_accepts_the_key_in_each_place(self):
        emulator = await self.start()
        for headers in ({"api-key": emulator.key}, {"Authorization": f"Bearer {emulator.key}"}):
            answer = await self.post(DATED, headers)
            self.assertEqual(answer.status, 200)
            self.assertIn("gpt-4o heard: hello there", answer.text)
        self.assertEqual([line["credentials"] for line in self.lines()], [["api-key"], ["key-as-bearer"]])

    async def test_a_wrong_key_and_no_key_are_401(self):
        await self.start()
        self.assertEqual((await self.post(DATED, {"api-key": "0" * 84})).status, 401)
        self.assertEqual((await self.post(DATED, {})).status, 401)

    async def test_keys_off_refuses_a_key_also_beside_a_good_token(self):
        emulator = await self.start(keys_on=False)
        for headers in ({"api-key": emulator.key}, {"api-key": "0" * 84}, {"api-key": emulator.key} | self.bearer()):
            answer = await self.post(DATED, headers)
            self.assertEqual((answer.status, answer.code), (403, "AuthenticationTypeDisabled"))
        self.assertEqual(self.lines()[-1]["credentials"], ["api-key", "bearer-token"])

    async def test_the_log_never_has_a_key_or_a_token(self):
        emulator = await self.start()
        token = self.bearer()
        await self.post(DATED, {"api-key": emulator.key} | token)
        await self.post("/no/such/path", {"api-key": emulator.key})
        self.assertEqual(self.lines()[-1]["credentials"], ["api-key"])
        self.assertNotIn(emulator.key, self.log.getvalue())
        self.assertNotIn(token["Authorization"].split(".")[1], self.log.getvalue())


class TokensAreJudged(EmulatorCase):
    async def test_a_good_token_passes_with_keys_off(self):
        await self.start(keys_on=False)
        self.assertEqual((await self.post(DATED, self.bearer())).status, 200)
        line = self.lines()[0]
        self.assertEqual((line["audience"], line["credentials"]), (SCOPE, ["bearer-token"]))

    async def test_the_audience_must_be_right(self):
        await self.start()
        foundry = "https://ai.azure.com"
        self.assertEqual((await self.post(DATED, self.bearer("https://ml.azure.com"))).code, "Unauthorized")
        self.assertEqual((await self.post(DATED, self.bearer(foundry))).status, 401)
        self.assertEqual((await self.post("/models/chat/completions", self.bearer(foundry))).status, 200)

    async def test_expired_forged_and_misplaced_tokens_are_401(self):
        await self.start()
        self.assertEqual((await self.post(DATED, self.bearer(lifetime=-1))).status, 401)
        self.assertEqual(self.lines()[-1]["problem"], "expired")
        forged = self.bearer()["Authorization"][:-2] + "xx"
        self.assertEqual((await self.post(DATED, {"Authorization": forged})).status, 401)
        self.assertEqual(self.lines()[-1]["credentials"], ["unknown-bearer"])
        text = self.bearer()["Authorization"].removeprefix("Bearer ")
        self.assertEqual((await self.post(DATED, {"api-key": text})).status, 401)
        self.assertEqual(self.lines()[-1]["credentials"], ["token-in-api-key"])

    async def test_without_the_role_it_is_permission_denied(self):
        await self.start(role=False)
        answer = await self.post(DATED, self.bearer())
        self.assertEqual((answer.status, answer.code), (401, "PermissionDenied"))
        self.assertIn("lacks the required data action", answer.text)

    async def test_a_token_for_one_call_fails_at_the_next(self):
        await self.start(Tokens(lifetime=1, leeway=60, single_use=True))
        token = self.bearer()
        self.assertEqual([(await self.post(DATED, token)).status for _ in range(2)], [200, 401])
        together = self.bearer()
        both = await asyncio.gather(self.post(DATED, together), self.post(DATED, together))
        self.assertEqual([answer.status for answer in both], [200, 200])


class DataPlane(EmulatorCase):
    async def test_paths(self):
        await self.start()
        for path, status in (
            (DATED.partition("?")[0], 404),
            ("/openai/v1/chat/completions", 200),
            ("/openai/v1/deployments/gpt-4o/chat/completions", 404),
            ("/openai/v1/responses", 200),
            ("/openai/responses?api-version=2025-03-01-preview", 200),
            ("/models/chat/completions", 200),
        ):
            self.assertEqual((await self.post(path, self.bearer(), HELLO | {"input": "x"})).status, status, path)

    async def test_a_stream_says_the_same_as_the_whole(self):
        await self.start()
        for path, field in (("/openai/v1/chat/completions", "content"), ("/openai/v1/responses", "delta")):
            body = HELLO | {"model": "m", "input": "hello there", "stream": True}
            text = (await self.post(path, self.bearer(), body)).text
            parts = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
            if field == "content":
                parts = [part["choices"][0]["delta"] for part in parts]
                self.assertTrue(text.rstrip().endswith("data: [DONE]"))
            self.assertEqual("".join(part.get(field, "") for part in parts), "m heard: hello there")

    async def test_embeddings_have_length_one(self):
        await self.start()
        answer = await self.post("/openai/v1/embeddings", self.bearer(), {"model": "e", "input": ["a", "b"]})
        data = json.loads(answer.text)["data"]
        self.assertEqual([round(sum(value * value for value in item["embedding"]), 6) for item in data], [1, 1])
        self.assertNotEqual(data[0]["embedding"], data[1]["embedding"])


class Identities(EmulatorCase):
    async def get(self, path: str, headers: dict) -> Answer:
        async with self.session.get(self.plain + path, headers=headers) as answer:
            return Answer(answer.status, await answer.text())

    async def test_managed_identity(self):
        emulator = await self.start(keys_on=False)
        service, machine = f"/msi/token?resource={SCOPE}", f"/metadata/identity/oauth2/token?resource={SCOPE}"
        self.assertEqual((await self.get(service, {})).status, 401)
        self.assertEqual((await self.get(machine, {})).status, 400)
        self.assertEqual((await self.get(f"{machine}&client_id=other", {"Metadata": "true"})).status, 400)
        for path, headers in ((service, {"X-IDENTITY-HEADER": emulator.identity_header}), (machine, {"Metadata": "true"})):
            token = json.loads((await self.get(path, headers)).text)["access_token"]
            self.assertEqual((await self.post(DATED, {"Authorization": f"Bearer {token}"})).status, 200)

    async def test_client_secret(self):
        emulator = await self.start(keys_on=False)
        self.assertEqual((await self.form(client_secret="no")).status, 401)
        without_default = await self.form(client_secret=emulator.client_secret, scope=SCOPE)
        self.assertIn("AADSTS1002012", without_default.text)
        token = json.loads((await self.form(client_secret=emulator.client_secret)).text)["access_token"]
        self.assertEqual((await self.post(DATED, {"Authorization": f"Bearer {token}"})).status, 200)
        self.assertEqual(self.lines()[-2]["means"], "client-secret")

    async def test_workload_identity(self):
        emulator = await self.start(keys_on=False)
        file = pathlib.Path(FOLDER.name) / "assertion"
        found = emulator.environment("workload-identity", 443, 80, str(file))
        self.assertNotIn("AZURE_AUTHORITY_HOST", found)
        kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        good = await self.form(client_assertion_type=kind, client_assertion=file.read_text())
        self.assertEqual(good.status, 200)
        bad = self.bearer()["Authorization"].removeprefix("Bearer ")
        self.assertEqual((await self.form(client_assertion_type=kind, client_assertion=bad)).status, 401)


class Judge(unittest.TestCase):
    """Hand-made logs: each of these runs must be refused, and the good one not."""

    def outcome(self, *lines: dict, code: int = 0, **more) -> Outcome:
        good = {"plane": "data", "path": "/p", "status": 200, "credentials": ["bearer-token"], "audience": SCOPE}
        log = [good | {"token": str(number)} | line for number, line in enumerate(lines)]
        return Outcome(code, more.get("printed", CASES[0].prints), more.get("errors", ""), log)

    def test_only_tokens(self):
        case = CASES[0]
        self.assertEqual(judge.only_tokens(case, self.outcome({}, {})), "")
        for bad in (
            self.outcome({}, {"credentials": ["api-key", "bearer-token"]}),
            self.outcome({}, {"credentials": []}),
            self.outcome({}, {"audience": "https://ml.azure.com"}),
            self.outcome({}, {}, {"plane": "unknown", "status": 404, "credentials": ["api-key"]}),
            self.outcome({}, {"status": 403, "code": "AuthenticationTypeDisabled"}),
            self.outcome({}),
            self.outcome({}, {}, code=1),
            self.outcome({}, {}, printed="something else"),
        ):
            self.assertNotEqual(judge.only_tokens(case, bad), "", bad)

    def test_a_token_that_is_kept_is_seen(self):
        self.assertEqual(judge.fresh_tokens(CASES[0], self.outcome({}, {})), "")
        self.assertNotEqual(judge.fresh_tokens(CASES[0], self.outcome({"token": "a"}, {"token": "a"})), "")

    def test_only_key(self):
        key = {"credentials": ["api-key"]}
        self.assertEqual(judge.only_key(CASES[0], self.outcome(key, key)), "")
        self.assertNotEqual(judge.only_key(CASES[0], self.outcome(key, {})), "")
        self.assertNotEqual(judge.only_key(CASES[0], self.outcome(key, key, {"plane": "entra"})), "")

    def test_the_way_of_the_token(self):
        log = {"plane": "identity", "means": "app-service"}
        self.assertEqual(judge.by_means(CASES[0], self.outcome(log)), "")
        self.assertNotEqual(judge.by_means(CASES[0], self.outcome(log | {"plane": "entra", "means": "client-secret"})), "")

    def test_refused(self):
        denied = {"status": 401, "code": "PermissionDenied"}
        words = "it lacks the required data action x"
        self.assertEqual(judge.refused(CASES[0], self.outcome(denied, code=1, errors=words)), "")
        for bad in (
            self.outcome(denied, errors=words),
            self.outcome(denied, code=1, errors="something went wrong"),
            self.outcome(denied | {"credentials": ["api-key"]}, code=1, errors=words),
            self.outcome({}, code=1, errors=words),
            self.outcome(code=1, errors=words),
        ):
            self.assertNotEqual(judge.refused(CASES[0], bad), "", bad)


if __name__ == "__main__":
    unittest.main()
