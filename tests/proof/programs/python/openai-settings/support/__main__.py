import logging

from .assistant import SupportAssistant
from .settings import get_settings

ARTICLES = ["How to return a parcel", "Opening hours", "Paying by invoice"]


def main() -> None:
    settings = get_settings()
    logging.basicConfig(level=settings.log_level)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("openai").setLevel(logging.WARNING)
    assistant = SupportAssistant(settings)
    print(assistant.answer("When do you open?", ARTICLES))


if __name__ == "__main__":
    main()
