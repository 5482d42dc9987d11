// Names met in public repositories, each with what a reader would say about it.
// The lists are written by hand and know nothing of the words in rules/_names.yaml.
#include "rule/names.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "rule/tables.h"

namespace keyless {
namespace {

// table: keys of Azure AI by their name alone
constexpr std::string_view strong[] = {
    "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY", "AZURE_API_KEY", "AZURE_KEY", "AZUREOPENAI_API_KEY",
    "AZUREOPENAI__APIKEY", "AZURE_OPEN_AI__API_KEY", "Azure_OPENAI_API_KEY", "azure_openai_api_key",
    "AZURE_OPENAI_SERVICE_KEY", "AZURE_OPENAI_SERVICE_1_KEY", "AZURE_OPENAI_CHAT_API_KEY",
    "AZURE_CHAT_API_KEY", "AZURE_OPENAI_EMBEDDING_API_KEY", "AZURE_OPENAI_EMBEDDINGS_API_KEY",
    "AZURE_OPENAI_CLASSIFIER_API_KEY", "AZURE_OPENAI_AUDIO_KEY", "AZURE_OPENAI_AUDIO_API_KEY",
    "AZURE_OPENAI_GPT4_API_KEY", "AZURE_OPENAI_API_KEY_GPT4V", "GPT4_AZURE_OPENAI_KEY",
    "DALLE3_AZURE_OPENAI_KEY", "AZURE_OPENAI_BACKUP_KEY", "AZURE_OPENAI_LLM_API_KEY",
    "LLM_AZURE_OPENAI_API_KEY", "EMBEDDING_AZURE_OPENAI_API_KEY", "AZURE_EMBEDDER_OPENAI_API_KEY",
    "AOAI_API_KEY", "AOAI_KEY", "AOAI_RESOURCE_API_KEY", "AOAI_CHATGPT_API_KEY", "AOAI_GPT_4V_KEY",
    "AZURE_OAI_KEY", "AZURE_AI_INFERENCE_API_KEY", "AZURE_INFERENCE_CREDENTIAL",
    "AZURE_INFERENCE_KEY", "AZURE_AI_INFERENCE_CREDENTIAL", "AZURE_AI_CHAT_KEY", "AZURE_AI_API_KEY",
    "AZURE_AI_KEY", "AZURE_AI_SERVICES_KEY", "AZURE_AISERVICES_CHAT_KEY", "AZUREAI_CHAT_KEY",
    "FOUNDRY_MODELS_API_KEY", "MICROSOFT_FOUNDRY_API_KEY", "ANTHROPIC_FOUNDRY_API_KEY",
    "AZURE_VOICELIVE_API_KEY", "AZURE_COGNITIVE_SERVICES_KEY", "COGNITIVE_SERVICES_KEY",
    "FORM_RECOGNIZER_KEY", "AZURE_FORM_RECOGNIZER_KEY", "AZURE_DOCUMENT_INTELLIGENCE_KEY",
    "AZURE_DOCUMENT_INTELLIGENCE_API_KEY", "AZURE_DOCUMENT_INTELLIGENCE_ADMIN_KEY",
    "DOCUMENT_INTELLIGENCE_KEY", "AZURE_DI_KEY", "AZURE_DI_CREDENTIAL", "DI_KEY", "SPEECH_KEY",
    "AZURE_SPEECH_KEY", "AZURE_SPEECH_SERVICE_KEY", "AZURE_AI_SPEECH_API_SUBSCRIPTION_KEY",
    "VISION_KEY", "VISION_API_KEY", "VISION_TRAINING_KEY", "VISION_PREDICTION_KEY",
    "AZURE_COMPUTER_VISION_KEY", "COMPUTER_VISION_SUBSCRIPTION_KEY", "LANGUAGE_KEY",
    "AZURE_LANGUAGE_KEY", "AZURE_LANGUAGE_SERVICE_KEY", "LANGUAGEAI_KEY", "CONTENT_SAFETY_KEY",
    "AZURE_CONTENT_SAFETY_KEY", "AZURE_CONTENT_UNDERSTANDING_KEY",
    "AZURE_CONTENT_UNDERSTANDING_API_KEY", "AZURE_CONTENTUNDERSTANDING_API_KEY", "FACE_API_KEY",
    "FACE_APIKEY", "TRANSLATOR_KEY",
    // other spellings: nested settings, vault secrets, parameters, identifiers
    "AzureOpenAI:ApiKey", "AzureOpenAI__Key", "Values.AzureOpenAI__ApiKey", "azureOpenAiApiKey",
    "KernelMemory__Services__AzureOpenAIText__APIKey", "azure-openai-api-key", "aoai-key",
    "azureopenaikey", "spring.ai.azure.openai.api-key", "TF_VAR_doc_intelligence_key",
    "REACT_APP_AZURE_OPENAI_KEY", "VITE_AZURE_OPENAI_API_KEY", "openai-azure-key",
    "AZURE_OPENAI_API_KEY_2", "AZURE_OPENAI_PRIMARY_KEY", "langchain4j.azure-open-ai.chat.api-key",
    "FORM_RECOGNISER_KEY", "text-analytics-key"};

// table: keys, but of whom the name does not say
constexpr std::string_view weak[] = {"OPENAI_API_KEY",
                                     "OPENAI_KEY",
                                     "OPENAI_RESOURCE_KEY",
                                     "API_KEY",
                                     "api_key",
                                     "apiKey",
                                     "OPEN_AI_KEY",
                                     "OPEN_AI_API_KEY",
                                     "GRAPHRAG_API_KEY",
                                     "EMBEDDINGS_OPENAI_API_KEY",
                                     "KEY",
                                     "openai_api_key",
                                     "openAiApiKey",
                                     "LLM_API_KEY",
                                     "TRANSLATE_KEY",
                                     "OPENAI__APIKEY"};

// table: never a key of Azure AI, although a word of it may be there
constexpr std::string_view neither[] = {"AZURE_CREDENTIALS",
                                        "AZURE_CLIENT_SECRET",
                                        "AZURE_SEARCH_KEY",
                                        "AZURE_SEARCH_ADMIN_KEY",
                                        "AZURE_AI_SEARCH_API_KEY",
                                        "AZURE_SEARCH_QUERY_KEY",
                                        "COSMOS_KEY",
                                        "AZURE_COSMOS_KEY",
                                        "AZURE_COSMOSDB_PRIMARY_KEY",
                                        "AZURE_STORAGE_KEY",
                                        "AZURE_STORAGE_ACCOUNT_KEY",
                                        "AZURE_BLOB_KEY",
                                        "AZURE_FEDERATED_TOKEN_FILE",
                                        "APPINSIGHTS_INSTRUMENTATIONKEY",
                                        "BING_SEARCH_KEY",
                                        "AZURE_MAPS_KEY",
                                        "AZURE_FUNCTION_KEY",
                                        "AZURE_REDIS_KEY",
                                        "AZURE_SERVICEBUS_KEY",
                                        "AZURE_EVENTHUB_KEY",
                                        "AZURE_IOT_KEY",
                                        "SPEECHMATICS_API_KEY",
                                        "AZURE_OPENAI_KEY_VAULT_NAME",
                                        "AZURE_KEY_VAULT_NAME",
                                        "AZURE_KEY_VAULT_URI",
                                        "AZURE_OPENAI_ENDPOINT",
                                        "AZURE_OPENAI_DEPLOYMENT",
                                        "AZURE_OPENAI_API_VERSION",
                                        "AZURE_OPENAI_AD_TOKEN",
                                        "AZURE_TOKEN",
                                        "AZURE_OPENAI_KEY_NAME",
                                        "azureOpenAiKeySecretName",
                                        "AZURE_OPENAI_API_KEY_ENABLED",
                                        "keyVaultUri",
                                        "PartitionKey",
                                        "keyName",
                                        "MONKEY",
                                        "AZURE_OPENAI_MODEL",
                                        "TOKEN_KEYBOARD",
                                        "AZURE_SUBSCRIPTION_ID",
                                        "AZURE_AI_PROJECT_ENDPOINT",
                                        "AZURE_COGNITIVE_SEARCH_KEY",
                                        "COGNITIVE_SEARCH_API_KEY",
                                        "AZURE_CLIENT_ID"};

Names names() {
  auto loaded = Names::load(rule_table("_names.yaml"), "_names.yaml");
  REQUIRE(loaded);
  return std::move(*loaded);
}

TEST_CASE("names: Azure AI by the name alone", "[rule]") {
  const Names table = names();
  for (const std::string_view name : strong) {
    CAPTURE(name);
    CHECK(table.is(NameClass::key_strong, name));
    CHECK(table.is(NameClass::key_any, name));
    CHECK_FALSE(table.is(NameClass::key_weak, name));
  }
}

TEST_CASE("names: a key of somebody", "[rule]") {
  const Names table = names();
  for (const std::string_view name : weak) {
    CAPTURE(name);
    CHECK(table.is(NameClass::key_weak, name));
    CHECK_FALSE(table.is(NameClass::key_strong, name));
  }
}

TEST_CASE("names: no key of Azure AI", "[rule]") {
  const Names table = names();
  for (const std::string_view name : neither) {
    CAPTURE(name);
    CHECK_FALSE(table.is(NameClass::key_any, name));
  }
}

TEST_CASE("names: endpoints, modes and services", "[rule]") {
  const Names table = names();
  for (const std::string_view name :
       {"AZURE_OPENAI_ENDPOINT", "AzureOpenAI:Endpoint", "AZURE_OPENAI_RESOURCE",
        "AZURE_OPENAI_BASE_URL", "AOAI_ENDPOINT", "AZURE_OPENAI_API_INSTANCE_NAME"}) {
    CAPTURE(name);
    CHECK(table.is(NameClass::endpoint_azure, name));
  }
  for (const std::string_view name :
       {"AZURE_SEARCH_ENDPOINT", "OPENAI_API_BASE", "AZURE_OPENAI_MODEL"}) {
    CAPTURE(name);
    CHECK_FALSE(table.is(NameClass::endpoint_azure, name));
  }
  CHECK(table.is(NameClass::key_mode, "KernelMemory:Services:AzureOpenAIText:Auth"));
  CHECK_FALSE(table.is(NameClass::key_mode, "KernelMemory:Services:AzureAISearch:Auth"));
  CHECK_FALSE(table.is(NameClass::key_mode, "KernelMemory:Services:Qdrant:Auth"));
  for (const auto& [name, service] : {std::pair{"AZURE_OPENAI_API_KEY", "openai"},
                                      {"SPEECH_KEY", "speech"},
                                      {"FORM_RECOGNIZER_KEY", "document-intelligence"},
                                      {"AZURE_AI_SERVICES_KEY", "ai-services"},
                                      {"CONTENT_SAFETY_KEY", "content-safety"},
                                      {"OPENAI_API_KEY", ""}}) {
    CAPTURE(name);
    CHECK(table.service_of(name) == service);
  }
}

TEST_CASE("names: every strong name holds a word that the search for files looks for", "[rule]") {
  const Names table = names();
  const auto anchors = table.anchors();
  for (const std::string_view name : strong) {
    CAPTURE(name);
    CHECK(std::any_of(anchors.begin(), anchors.end(), [&](const std::string& anchor) {
      return contains_ignoring_case(name, anchor);
    }));
  }
}

}  // namespace
}  // namespace keyless
