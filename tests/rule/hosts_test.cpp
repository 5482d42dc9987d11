// Addresses as they stand in code and settings, each with its owner.
// Written from the services' documentation, not from rules/_hosts.yaml.
#include "rule/hosts.h"

#include <string_view>
#include <utility>

#include "rule/tables.h"

namespace keyless {
namespace {

Hosts hosts() {
  auto loaded = Hosts::load(rule_table("_hosts.yaml"), "_hosts.yaml");
  REQUIRE(loaded);
  return std::move(*loaded);
}

TEST_CASE("hosts: addresses of Azure AI that take tokens", "[rule]") {
  const Hosts table = hosts();
  for (const auto& [text, service] :
       {std::pair{"https://contoso.openai.azure.com/", "openai"},
        {"https://contoso.openai.azure.com/openai/v1/", "openai"},
        {"wss://contoso.openai.azure.com/openai/realtime", "openai"},
        {"CONTOSO.OPENAI.AZURE.COM", "openai"},
        {".openai.azure.com", "openai"},
        {"https://contoso.openai.azure.us", "openai"},
        {"https://contoso.services.ai.azure.com/models", "ai-services"},
        {"https://contoso.cognitiveservices.azure.com/", "ai-services"},
        {"Endpoint=https://contoso.openai.azure.com/;Deployment=d", "openai"}}) {
    CAPTURE(text);
    const HostRow* row = table.find(text);
    REQUIRE(row != nullptr);
    CHECK(row->azure);
    CHECK(row->service == service);
    CHECK(row->entra == Entra::yes);
    CHECK(row->scope.ends_with("/.default"));
  }
}

TEST_CASE("hosts: regional addresses need a custom sub-domain first", "[rule]") {
  const Hosts table = hosts();
  for (const std::string_view text :
       {"https://westeurope.api.cognitive.microsoft.com/",
        "https://eastus.stt.speech.microsoft.com",
        "https://eastus.tts.speech.microsoft.com/cognitiveservices/v1",
        "https://api.cognitive.microsofttranslator.com",
        "https://api-eur.cognitive.microsofttranslator.com"}) {
    CAPTURE(text);
    const HostRow* row = table.find(text);
    REQUIRE(row != nullptr);
    CHECK(row->azure);
    CHECK(row->entra == Entra::subdomain);
    CHECK_FALSE(row->reason.empty());
  }
}

TEST_CASE("hosts: addresses that are not Azure AI", "[rule]") {
  const Hosts table = hosts();
  for (const std::string_view text :
       {"https://api.openai.com/v1", "https://models.inference.ai.azure.com",
        "https://models.github.ai/inference", "https://contoso.search.windows.net",
        "https://contoso.azure-api.net/openai", "https://openrouter.ai/api/v1",
        "http://localhost:8080/v1", "http://127.0.0.1:11434", "https://api.groq.com/openai/v1",
        "https://api.bing.microsoft.com/v7.0/search", "https://atlas.microsoft.com/search"}) {
    CAPTURE(text);
    const HostRow* row = table.find(text);
    REQUIRE(row != nullptr);
    CHECK_FALSE(row->azure);
  }
}

TEST_CASE("hosts: look-alikes belong to nobody", "[rule]") {
  const Hosts table = hosts();
  for (const std::string_view text :
       {"https://example.com", "https://contoso.openai.azure.com.example.org/",
        "https://contoso.vault.azure.net", "openai.azure", "docs/openai.md",
        "https://notapi.openai.com.example.org", ""}) {
    CAPTURE(text);
    CHECK(table.find(text) == nullptr);
  }
}

}  // namespace
}  // namespace keyless
