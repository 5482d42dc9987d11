// Modules: where infrastructure stands: the workload of a setting, the module that account and
// workload have in common, and text edits that fit a resource. Reads drafts, changes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/edit.h"
#include "fix/repository.h"
#include "rule/infrastructure.h"

namespace keyless {

// An element of a file of the project; `element` is `none` when there is none.
struct Place {
  uint32_t file = 0;
  ElementId element = none;
};

// `module "name"` in a folder, seen from the module that it calls.
struct ModuleCall {
  std::string name;
  std::string caller_folder;
  std::string caller_path;
};

// The lowest module that holds or calls both; the calls lead there, innermost first.
struct Meeting {
  bool found = false;
  std::string folder;
  std::string path;  // file of the module to write to
  std::vector<ModuleCall> from_account;
  std::vector<ModuleCall> from_workload;
};

class Modules {
 public:
  Modules(const Repository& repository, const Flow& flow) : repository_(repository), flow_(flow) {}

  [[nodiscard]] Place workload_of(uint32_t file, const Carrier& setting,
                                  const Infrastructure& rows) const;
  [[nodiscard]] std::vector<const Carrier*> settings_of(const Place& workload) const;
  [[nodiscard]] bool same_module(const ProjectFile& a, const Document& b) const;
  [[nodiscard]] Meeting meet(const Place& account, const Place& workload) const;
  // True when a call of the workload's module hands its identity out to that resource.
  [[nodiscard]] bool passes_principal(uint32_t file, const Element& resource,
                                      const Place& workload) const;
  // Name of an output of the module whose value is that expression; "" when there is none.
  [[nodiscard]] std::string output_of(std::string_view folder, std::string_view expression) const;
  [[nodiscard]] std::string main_file(const std::string& folder) const;

  // The block as the last part of a resource, indented as its attributes are.
  [[nodiscard]] Edit block_at_end(const Place& resource, const std::string& block) const;
  // A copy of a setting under another name and with another value, behind it.
  [[nodiscard]] std::optional<Edit> cloned_setting(uint32_t file, const Carrier& model,
                                                   const std::string& name,
                                                   const std::string& value) const;
  // The block as it goes to the end of the file, with a blank line above.
  [[nodiscard]] std::string separated(const std::string& path, bool first,
                                      const std::string& block) const;
  [[nodiscard]] uint32_t size_of(const std::string& path) const;

 private:
  [[nodiscard]] const Document& document(uint32_t file) const {
    return repository_.project().files()[file].document;
  }
  [[nodiscard]] std::optional<ModuleCall> only_call_of(const std::string& folder) const;

  const Repository& repository_;
  const Flow& flow_;
};

}  // namespace keyless
