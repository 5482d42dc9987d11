"""Judges a run by the emulator's log; each function returns the reason for a no, or an empty text."""
from cases import Case
from runs import Outcome

KEYS = {"api-key", "key-as-bearer", "key-as-authorization"}
AUDIENCES = {"https://cognitiveservices.azure.com", "https://ai.azure.com"}


def finished(case: Case, outcome: Outcome) -> str:
    if outcome.code:
        return f"ended with {outcome.code}: {last_error(outcome)}"
    if outcome.printed != case.prints:
        return f"printed '{outcome.printed}'"
    if len(outcome.data) < case.calls:
        return f"{len(outcome.data)} calls, expected {case.calls}"
    return ""


def only_key(case: Case, outcome: Outcome) -> str:
    for line in outcome.data:
        if line["status"] != 200 or not line.get("credentials") or not set(line["credentials"]) <= KEYS:
            return told(line)
    if any(line["plane"] in ("identity", "entra") for line in outcome.log):
        return "asked for a token"
    return finished(case, outcome)


def only_tokens(case: Case, outcome: Outcome) -> str:
    for line in outcome.data:
        if line["status"] != 200 or line.get("credentials") != ["bearer-token"] or line["audience"] not in AUDIENCES:
            return told(line)
    return finished(case, outcome)


def by_means(case: Case, outcome: Outcome) -> str:
    """The tokens came the way that the environment offers."""
    used = {line["means"] for line in outcome.log if line["plane"] in ("identity", "entra") and line["status"] == 200}
    return "" if used == {case.identity} else f"tokens came by {', '.join(sorted(used)) or 'no way'}"


def fresh_tokens(case: Case, outcome: Outcome) -> str:
    """The emulator refuses a token after its first call; that all calls passed, with several tokens, is the proof."""
    tokens = {line["token"] for line in outcome.data if line.get("token")}
    return only_tokens(case, outcome) or ("" if len(tokens) > 1 else "no second token was fetched")


def refused(case: Case, outcome: Outcome) -> str:
    """The service said 401 PermissionDenied, to a token alone, and the program did not hide it."""
    if not outcome.data:
        return f"no call: {last_error(outcome)}"
    for line in outcome.data:
        if line["status"] != 401 or line.get("code") != "PermissionDenied" or line["credentials"] != ["bearer-token"]:
            return told(line)
    if outcome.code == 0:
        return f"ended well all the same, printed '{outcome.printed}'"
    if "lacks the required data action" not in outcome.errors + outcome.printed:
        return f"the error does not reach the user: {last_error(outcome)}"
    return ""


def logged(case: Case, outcome: Outcome) -> str:
    """Without an identity there is no call, and what the fixed program wrote says why."""
    if outcome.data:
        return told(outcome.data[0])
    if "No token for Azure AI" not in outcome.errors + outcome.printed:
        return f"nothing was logged: {last_error(outcome)}"
    return "" if outcome.code else "ended well all the same"


def told(line: dict) -> str:
    code = f" {line['code']}" if line.get("code") else ""
    seen = "+".join(line.get("credentials", [])) or "nothing"
    audience = f" for {line['audience']}" if line.get("audience") else ""
    problem = f" ({line['problem']})" if line.get("problem") else ""
    return f"{line['path']}: {line['status']}{code}, carried {seen}{audience}{problem}"


def last_error(outcome: Outcome) -> str:
    lines = [line.strip() for line in outcome.errors.splitlines() if line.strip() and not line.startswith(" ")]
    return (lines[-1] if lines else "no message")[:300]
