"""Plays Entra ID, managed identity and the Azure OpenAI data plane on loopback, and notes how each call authenticated."""
