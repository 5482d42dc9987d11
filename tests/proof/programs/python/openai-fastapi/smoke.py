"""Starts the application in this process and asks it two questions."""
from fastapi.testclient import TestClient

from main import app

with TestClient(app) as browser:
    answers = [browser.post("/ask", json={"text": text}).json()["answer"] for text in ("one", "two")]
print(" | ".join(answers))
