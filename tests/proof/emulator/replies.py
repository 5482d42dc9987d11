"""The content of answers: determined by the request alone, so that a program prints the same with a key and with a token."""
import base64
import hashlib
import json
import math
import struct

CREATED = 1700000000
DIMENSIONS = 8


def text_of(content) -> str:
    """The text of a message's content: a string, or a list of parts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content or [] if isinstance(part, dict))


def chat_text(model: str, body: dict) -> str:
    asked = [text_of(message.get("content")) for message in body.get("messages", []) if message.get("role") == "user"]
    return f"{model} heard: {asked[-1] if asked else ''}"


def responses_text(model: str, body: dict) -> str:
    asked = body.get("input", "")
    if isinstance(asked, list):
        asked = [text_of(item.get("content")) for item in asked if item.get("role") == "user"]
        asked = asked[-1] if asked else ""
    return f"{model} heard: {asked}"


def pieces(text: str) -> list[str]:
    """The text in the pieces in which a stream sends it: words with the space before them."""
    words = text.split(" ")
    return [words[0], *(f" {word}" for word in words[1:])]


def chat_completion(model: str, body: dict) -> dict:
    text = chat_text(model, body)
    choice = {"index": 0, "finish_reason": "stop", "logprobs": None}
    choice["message"] = {"role": "assistant", "content": text, "refusal": None}
    answer = {"id": "chatcmpl-1", "object": "chat.completion", "created": CREATED, "model": model}
    return answer | {"choices": [choice], "usage": usage(text)}


def chat_chunks(model: str, body: dict):
    """Yields the objects of a streamed chat completion."""
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": CREATED, "model": model}

    def chunk(delta: dict, reason: str | None = None) -> dict:
        return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}]}

    text = chat_text(model, body)
    yield chunk({"role": "assistant", "content": ""})
    for piece in pieces(text):
        yield chunk({"content": piece})
    yield chunk({}, "stop")
    if (body.get("stream_options") or {}).get("include_usage"):
        yield head | {"choices": [], "usage": usage(text)}


def usage(text: str) -> dict:
    count = len(text.split())
    return {"prompt_tokens": count, "completion_tokens": count, "total_tokens": 2 * count}


def embeddings(model: str, body: dict) -> dict:
    """Unit vectors of 8 numbers; base64 of little-endian floats where the client asks for that."""
    asked = body.get("input", [])
    if isinstance(asked, str) or (asked and isinstance(asked[0], int)):
        asked = [asked]
    data = []
    for index, item in enumerate(asked):
        vector = vector_of(item if isinstance(item, str) else json.dumps(item))
        if body.get("encoding_format") == "base64":
            vector = base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
        data.append({"object": "embedding", "index": index, "embedding": vector})
    count = {"prompt_tokens": len(data), "total_tokens": len(data)}
    return {"id": "emb-1", "object": "list", "model": model, "data": data, "usage": count}


def vector_of(text: str) -> list[float]:
    raw = [byte - 127.5 for byte in hashlib.sha256(text.encode()).digest()[:DIMENSIONS]]
    length = math.sqrt(sum(value * value for value in raw))
    return [value / length for value in raw]


def response(model: str, body: dict, status: str = "completed") -> dict:
    text = responses_text(model, body)
    answer = {"id": "resp_1", "object": "response", "created_at": CREATED, "status": status, "model": model}
    answer |= {"error": None, "incomplete_details": None, "instructions": None, "metadata": {}, "tools": []}
    answer |= {"parallel_tool_calls": True, "temperature": 1.0, "top_p": 1.0, "tool_choice": "auto"}
    answer["output"] = [_message(text)] if status == "completed" else []
    count = len(text.split())
    details = {"input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
    answer["usage"] = {"input_tokens": count, "output_tokens": count, "total_tokens": 2 * count} | details
    return answer


def response_events(model: str, body: dict):
    """Yields the typed events of a streamed response."""
    text = responses_text(model, body)
    place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    part = {"type": "output_text", "text": "", "annotations": []}
    events = [{"type": "response.created", "response": response(model, body, "in_progress")}]
    events.append({"type": "response.output_item.added", "output_index": 0, "item": _message("", "in_progress")})
    events.append({"type": "response.content_part.added", "part": part} | place)
    events += [{"type": "response.output_text.delta", "delta": piece, "logprobs": []} | place for piece in pieces(text)]
    events.append({"type": "response.output_text.done", "text": text, "logprobs": []} | place)
    events.append({"type": "response.content_part.done", "part": part | {"text": text}} | place)
    events.append({"type": "response.output_item.done", "output_index": 0, "item": _message(text)})
    events.append({"type": "response.completed", "response": response(model, body)})
    for number, event in enumerate(events):
        yield event | {"sequence_number": number}


def _message(text: str, status: str = "completed") -> dict:
    content = [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}] if text else []
    return {"type": "message", "id": "msg_1", "role": "assistant", "status": status, "content": content}
