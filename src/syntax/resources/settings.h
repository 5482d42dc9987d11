// Settings: the settings of workloads that infrastructure code writes, in every shape: maps,
// lists of {name, value}, blocks. The one table of attribute names that hold settings is here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/resources/shapes.h"

namespace keyless {

// One setting written as a record: `env { name = "X" value = y }`, `{name: 'X', secretRef: 's'}`.
struct SettingRecord {
  std::vector<MapEntry> fields;
  Span span;
  Extent extent;
  uint32_t group = none;  // shared by the records of one list
};

// The container that an attribute or block of this name holds; `Container{}` when it holds none.
Container settings_container(std::string_view attribute);

class Settings {
 public:
  explicit Settings(Shapes& shapes) : shapes_(shapes) {}

  // All settings of an attribute called `name`; nothing when the name holds none.
  // `workload` is the address of the resource or module ("azurerm_linux_web_app.app").
  void read(std::string_view name, ValueId value, const std::string& workload);
  // The same for an argument of a module or a definition, whose names are free: a map of upper-case
  // names such as AZURE_OPENAI_ENDPOINT is one of environment variables whatever it is called.
  void read_free(std::string_view name, ValueId value, const std::string& workload);
  // All settings of a map or list, whatever its attribute is called.
  void read(Container container, ValueId value, const std::string& workload);
  // Settings of a definition (local, variable, parameter value) that no workload of this file was
  // seen to use; their workload is the address of the definition. Call it last.
  void read_unclaimed(std::string_view name, ValueId value, const std::string& address);
  // One record; `fallback` names it when it has no `name` field. False when it holds no value.
  bool record(Container container, const SettingRecord& record, const MapEntry* fallback,
              const std::string& workload);
  // The group of settings written as separate blocks: the same for the same key.
  uint32_t group_of(const std::string& key);

 private:
  void say(Container container, std::string name, ValueId value, const MapEntry& where,
           uint32_t group, const std::string& workload);
  ValueId value_of(const std::vector<MapEntry>& fields, const std::string& workload);

  Shapes& shapes_;
  std::set<std::string> claimed_;  // name and place
  std::map<std::string, uint32_t> groups_;
  bool unclaimed_only_ = false;
  std::set<std::string> said_;  // workload, name and place: a merge may lead here twice
};

}  // namespace keyless
