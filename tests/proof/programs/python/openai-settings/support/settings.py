from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    azure_openai_endpoint: str = Field(..., description="https://<resource>.openai.azure.com")
    azure_openai_key: str = Field(..., min_length=1, description="Key 1 or key 2 of the resource")
    azure_openai_chat_deployment: str = "gpt-4o-mini"
    azure_openai_embedding_deployment: str = "text-embedding-3-small"
    log_level: str = "INFO"


@lru_cache
def get_settings() -> Settings:
    return Settings()
