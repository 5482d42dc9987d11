// Resources: what infrastructure types mean (rules/_resources.yaml): accounts and their key
// attributes, secret stores, registry modules; and functions that hand a key through unchanged.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "syntax/container.h"

namespace keyless {

// A resource type or module whose listed members are keys of an account.
struct AccountRow {
  std::vector<std::string> types;      // globs: resource types, or module sources
  std::vector<std::string> keys;       // globs on the member read: "primary_access_key"
  std::vector<std::string> endpoints;  // globs on the member read
  std::string kind;                    // attribute that holds the kind
  bool module = false;
};

// A resource that stores a secret under a name.
struct StoreRow {
  std::vector<std::string> types;
  std::string name;                 // attribute
  std::vector<std::string> values;  // attributes
  std::vector<std::string> reads;   // members that read it back: "value", "id"
  std::vector<std::string> vaults;  // attributes that say which vault: "key_vault_id", "parent"
  Container container = Container::vault_secret;
};

// A resource that acts on an account and gives out its keys.
struct ActionRow {
  std::vector<std::string> types;
  std::vector<std::pair<std::string, std::string>> has;  // attribute, glob on its literal
  std::vector<std::string> keys;                         // globs on the member read
  std::string on;                                        // attribute that names the account
};

enum class CommandGives : uint8_t { nothing, account_key, vault_secret, input };

// A command line that prints a key or a secret, stores one under a name, or hands its input on.
struct CommandRow {
  std::vector<std::string> run;  // words in order
  CommandGives gives = CommandGives::nothing;
  std::vector<std::string> name;    // options with the name of the account or secret
  std::vector<std::string> stores;  // options with the value that is stored under the name
  std::string query;                // glob that the option --query must fit, when it is a literal
};

// Vaults: how code and infrastructure say which one.
struct VaultTable {
  std::vector<std::string> types;    // globs on resource types
  std::string name;                  // attribute
  std::vector<std::string> hosts;    // ".vault.azure.net": the label before it is the name
  std::vector<std::string> clients;  // globs on constructors of clients
  std::vector<std::string> inputs;   // their inputs that hold the address, by name or position
};

class Resources {
 public:
  static Result<Resources> load(const YamlNode& file, std::string_view path);

  // The account row whose types fit `type`; nullptr when it is no account of ours.
  [[nodiscard]] const AccountRow* account(std::string_view type, bool module = false) const;
  [[nodiscard]] const StoreRow* store(std::string_view type) const;
  [[nodiscard]] const std::vector<ActionRow>& actions() const { return actions_; }
  [[nodiscard]] const std::vector<CommandRow>& commands() const { return commands_; }
  [[nodiscard]] const VaultTable& vaults() const { return vaults_; }
  [[nodiscard]] bool is_vault(std::string_view type) const;
  // One of the symbols constructs a client of a vault; the input of one that holds the address.
  [[nodiscard]] bool is_vault_client(const std::vector<std::string>& symbols) const;
  [[nodiscard]] bool is_vault_address(std::string_view name, int32_t position) const;
  [[nodiscard]] bool is_key(const AccountRow& row, std::string_view member) const;
  [[nodiscard]] bool is_endpoint(const AccountRow& row, std::string_view member) const;
  // "openai" for kind OpenAI; "" when unknown.
  [[nodiscard]] std::string service_of_kind(std::string_view kind) const;
  // True when a call of this symbol (as written or resolved) returns its argument's key.
  [[nodiscard]] bool passes(std::string_view symbol) const;
  // True when a value of this symbol is a token or provides tokens.
  [[nodiscard]] bool is_token(std::string_view symbol) const;
  [[nodiscard]] std::vector<std::string> anchors() const;

 private:
  std::vector<AccountRow> accounts_;
  std::vector<StoreRow> stores_;
  std::vector<ActionRow> actions_;
  VaultTable vaults_;
  std::vector<CommandRow> commands_;
  std::vector<std::pair<std::string, std::string>> kinds_;
  std::vector<std::string> passes_;
  std::vector<std::string> tokens_;
};

}  // namespace keyless
