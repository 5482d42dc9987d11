// Configuration: what one root's `.keyless.yaml` says, as plain data, every key checked.
// Each error names file, line and the mend; rule ids are checked apart, when all rules are known.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "rule/category.h"
#include "rule/hosts.h"

namespace keyless {

// Which argument of a wrapper: by name, or by 0-based position when `position` is not negative.
struct WrapperInput {
  std::string name;
  int position = -1;
  [[nodiscard]] bool empty() const { return name.empty() && position < 0; }
};

// A company's own function that takes a key and hands it to the service.
struct Wrapper {
  std::string call;  // symbol glob: "acme.llm.client"
  WrapperInput credential;
  WrapperInput endpoint;  // may be empty
  uint32_t line = 0;
};

// Two nodes, "space:scope:name", whose join is cut or forced.
struct NodePair {
  std::string first, second;
  uint32_t line = 0;
};

// A finding that may stay for a while. All members are given.
struct Exception {
  std::string rule;
  std::string path;   // glob, root-relative
  std::string until;  // YYYY-MM-DD, the last day it holds
  std::string owner, ticket, reason;
  uint32_t line = 0;
};

// A known consumer of an account that this scan cannot see.
struct Consumer {
  std::string account, name, owner, reason, until;
  uint32_t line = 0;
};

struct Configuration {
  std::string path;  // as the user knows it; "" when the root has none
  bool root = false;
  std::vector<std::string> exclude;          // globs
  std::vector<std::string> rules_off;        // ids
  std::map<std::string, Severity> severity;  // by rule id
  std::vector<std::string> rule_folders;     // root-relative
  std::vector<std::string> key_names, endpoint_names;
  std::vector<Wrapper> wrappers;
  std::vector<HostRow> hosts;
  std::vector<NodePair> separate, same;
  std::vector<Exception> exceptions;
  std::vector<Consumer> consumers;
  std::vector<std::pair<std::string, uint32_t>> rule_ids;  // every id named, with its line
};

inline constexpr std::string_view configuration_file = ".keyless.yaml";

// `path` is for errors only.
Result<Configuration> parse_configuration(std::string_view text, const std::string& path);

// From `file`, or from `.keyless.yaml` of a root, which may be absent: then all is default.
Result<Configuration> load_configuration(const FileSystem& root);
Result<Configuration> load_configuration_file(const std::string& file);

// Fails on the first id in the configuration that no rule has.
Result<void> check_rule_ids(const Configuration& configuration,
                            const std::set<std::string, std::less<>>& known);

}  // namespace keyless
