import os

import openai

TIMEOUT_SECONDS = 30


def client_options():
    options = {
        "azure_endpoint": os.environ["AZURE_OPENAI_ENDPOINT"],
        "api_key": os.environ["AZURE_OPENAI_API_KEY"],
        "api_version": os.environ.get("OPENAI_API_VERSION", "2024-10-21"),
        "timeout": TIMEOUT_SECONDS,
    }
    if os.environ.get("AZURE_OPENAI_DEPLOYMENT"):
        options["azure_deployment"] = os.environ["AZURE_OPENAI_DEPLOYMENT"]
    return options


def get_client():
    return openai.AzureOpenAI(**client_options())
