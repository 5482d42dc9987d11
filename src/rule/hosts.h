// Hosts: which host belongs to which service, and whether it takes Entra tokens
// (rules/_hosts.yaml). Works on text that contains addresses: full URLs, bare hosts, templates with
// holes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace keyless {

enum class Entra : uint8_t { yes, subdomain, no };

struct HostRow {
  std::string host;     // glob in lower case: "*.openai.azure.com"
  std::string service;  // "openai", ...; of `azure: no` rows the vendor
  std::string cloud;
  bool azure = false;
  std::string scope;
  std::string authority;  // host of the sign-in; "" is login.microsoftonline.com
  Entra entra = Entra::no;
  std::string reason;  // code for cannot-migrate
};

class Hosts {
 public:
  static Result<Hosts> load(const YamlNode& file, std::string_view path);
  void add_first(HostRow row) { rows_.insert(rows_.begin(), std::move(row)); }

  // The first row that fits a host spelled in `text`; nullptr when none does. A hole in front
  // ("https://" + name + ".openai.azure.com") is written as any character by the caller.
  [[nodiscard]] const HostRow* find(std::string_view text) const;
  [[nodiscard]] const std::vector<HostRow>& rows() const { return rows_; }
  // Literals of which every text with an Azure host contains one.
  [[nodiscard]] std::vector<std::string> anchors() const;

 private:
  std::vector<HostRow> rows_;  // first match wins
};

// One row as a rule file or configuration writes it.
Result<HostRow> load_host(const YamlNode& node, std::string_view path);

}  // namespace keyless
