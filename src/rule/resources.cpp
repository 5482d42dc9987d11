#include "rule/resources.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

bool any_fits(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(),
                     [text](const std::string& glob) { return wildcard_matches(glob, text); });
}

std::vector<std::string> texts(const YamlNode* node) {
  std::vector<std::string> all;
  if (node == nullptr) return all;
  if (node->kind == YamlNode::Kind::scalar) all.push_back(node->scalar);
  for (const YamlNode& item : node->items) all.push_back(item.scalar);
  return all;
}

std::string text_of(const YamlNode& node, std::string_view key) {
  const YamlNode* field = node.find(key);
  return field == nullptr ? std::string{} : field->scalar;
}

// table: what a command prints
constexpr std::array gives_names{std::pair{"account-key", CommandGives::account_key},
                                 std::pair{"vault-secret", CommandGives::vault_secret},
                                 std::pair{"input", CommandGives::input}};

CommandRow command_row(const YamlNode& item) {
  CommandRow row{texts(item.find("run")), CommandGives::nothing, texts(item.find("name")),
                 texts(item.find("stores")), text_of(item, "query")};
  for (const auto& [name, gives] : gives_names)
    if (text_of(item, "gives") == name) row.gives = gives;
  return row;
}

}  // namespace

Result<Resources> Resources::load(const YamlNode& file, std::string_view path) {
  Resources all;
  const auto rows = [&](std::string_view key, const auto& read) {
    if (const YamlNode* list = file.find(key))
      for (const YamlNode& item : list->items) read(item);
  };
  const auto account = [&](bool module) {
    return [&all, module](const YamlNode& item) {
      all.accounts_.push_back({texts(item.find("types")), texts(item.find("keys")),
                               texts(item.find("endpoints")), text_of(item, "kind"), module});
    };
  };
  rows("accounts", account(false));
  rows("modules", account(true));
  rows("stores", [&](const YamlNode& item) {
    StoreRow row{texts(item.find("types")), text_of(item, "name"),     texts(item.find("values")),
                 texts(item.find("reads")), texts(item.find("vault")), Container::vault_secret};
    row.container = container_from(text_of(item, "container")).value_or(Container::vault_secret);
    all.stores_.push_back(std::move(row));
  });
  rows("actions", [&](const YamlNode& item) {
    ActionRow row{texts(item.find("types")), {}, texts(item.find("keys")), text_of(item, "on")};
    if (const YamlNode* has = item.find("has"))
      for (const auto& [name, glob] : has->fields) row.has.emplace_back(name, glob.scalar);
    all.actions_.push_back(std::move(row));
  });
  rows("commands", [&](const YamlNode& item) { all.commands_.push_back(command_row(item)); });
  if (const YamlNode* vaults = file.find("vaults"))
    all.vaults_ = {texts(vaults->find("types")), text_of(*vaults, "name"),
                   texts(vaults->find("hosts")), texts(vaults->find("clients")),
                   texts(vaults->find("inputs"))};
  if (const YamlNode* kinds = file.find("kinds"))
    for (const auto& [kind, service] : kinds->fields) all.kinds_.emplace_back(kind, service.scalar);
  all.passes_ = texts(file.find("passes"));
  all.tokens_ = texts(file.find("tokens"));
  const bool complete = !all.accounts_.empty() && !all.stores_.empty() && !all.passes_.empty();
  if (!complete)
    return fail(Diagnostic{Problem::bad_input, std::string(path), file.line,
                           "a table is missing or empty",
                           "needed: accounts, modules, stores, kinds, passes"});
  return all;
}

const AccountRow* Resources::account(std::string_view type, bool module) const {
  for (const AccountRow& row : accounts_)
    if (row.module == module && any_fits(row.types, type)) return &row;
  return nullptr;
}

const StoreRow* Resources::store(std::string_view type) const {
  for (const StoreRow& row : stores_)
    if (any_fits(row.types, type)) return &row;
  return nullptr;
}

bool Resources::is_vault(std::string_view type) const {
  return any_fits(vaults_.types, type);
}

bool Resources::is_vault_client(const std::vector<std::string>& symbols) const {
  return std::any_of(symbols.begin(), symbols.end(),
                     [&](const std::string& symbol) { return any_fits(vaults_.clients, symbol); });
}

bool Resources::is_vault_address(std::string_view name, int32_t position) const {
  const std::string wanted = name.empty() ? std::to_string(position) : std::string(name);
  return std::find(vaults_.inputs.begin(), vaults_.inputs.end(), wanted) != vaults_.inputs.end();
}

bool Resources::is_key(const AccountRow& row, std::string_view member) const {
  // ARM does not mind the case of functions and properties.
  return any_fits(row.keys, member) || any_fits(row.keys, to_lower(member));
}

bool Resources::is_endpoint(const AccountRow& row, std::string_view member) const {
  return any_fits(row.endpoints, member);
}

std::string Resources::service_of_kind(std::string_view kind) const {
  for (const auto& [name, service] : kinds_)
    if (to_lower(name) == to_lower(kind)) return service;
  return {};
}

bool Resources::passes(std::string_view symbol) const {
  return any_fits(passes_, symbol);
}

bool Resources::is_token(std::string_view symbol) const {
  return any_fits(tokens_, symbol);
}

std::vector<std::string> Resources::anchors() const {
  std::vector<std::string> all;
  for (const AccountRow& row : accounts_)
    for (const std::string& type : row.types)
      for (const std::string_view part : split(type, '*'))
        if (part.size() >= 8) all.push_back(to_lower(part));
  return all;
}

}  // namespace keyless
