#include "syntax/resources/settings.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/resources/text_value.h"

namespace keyless {
namespace {

enum class Fit : uint8_t { whole, ending };

struct NameRow {
  std::string_view name;  // squashed
  Fit fit;
  Container container;
};

// table: attribute, block or argument -> what its entries are
constexpr std::array<NameRow, 18> name_rows{{
    {"appsettings", Fit::ending, Container::app_settings},
    {"appsettingskeyvaluepairs", Fit::whole, Container::app_settings},
    {"connectionstring", Fit::whole, Container::app_settings},
    {"connectionstrings", Fit::whole, Container::app_settings},
    {"secureenvironmentvariables", Fit::whole, Container::container_env},
    {"environmentvariables", Fit::ending, Container::container_env},
    {"envvars", Fit::ending, Container::container_env},
    {"envvariables", Fit::ending, Container::container_env},
    {"env", Fit::ending, Container::container_env},
    {"envs", Fit::whole, Container::container_env},
    {"containersettings", Fit::whole, Container::container_env},
    {"set", Fit::whole, Container::container_env},
    {"setsensitive", Fit::whole, Container::container_secret},
    {"setwo", Fit::whole, Container::container_secret},
    {"secret", Fit::whole, Container::container_secret},
    {"secrets", Fit::ending, Container::container_secret},
    {"securelist", Fit::whole, Container::container_secret},
    {"secretlist", Fit::whole, Container::container_secret},
}};

enum class Holds : uint8_t { name, value, secret_name, vault };

struct FieldRow {
  std::string_view name;  // squashed
  Holds holds;
};

// table: field of a record -> what it says
constexpr std::array<FieldRow, 14> field_rows{{
    {"name", Holds::name},
    {"value", Holds::value},
    {"valuewo", Holds::value},
    {"securevalue", Holds::value},
    {"plaintextvalue", Holds::value},
    {"secretvalue", Holds::value},
    {"connectionstring", Holds::value},
    {"valuefrom", Holds::value},
    {"secretref", Holds::secret_name},
    {"secretname", Holds::secret_name},
    {"keyvaulturl", Holds::vault},
    {"keyvaulturi", Holds::vault},
    {"keyvaultsecretid", Holds::vault},
    {"keyvaultsecreturi", Holds::vault},
}};

const MapEntry* field(const std::vector<MapEntry>& fields, Holds holds) {
  for (const FieldRow& row : field_rows) {
    if (row.holds != holds) continue;
    for (const MapEntry& entry : fields)
      if (squash(entry.name) == row.name) return &entry;
  }
  return nullptr;
}

bool holds_value(const std::vector<MapEntry>& fields) {
  return field(fields, Holds::value) != nullptr || field(fields, Holds::secret_name) != nullptr ||
         field(fields, Holds::vault) != nullptr;
}

// The fields of a value that is a literal record (also behind a choice or a definition).
std::vector<MapEntry> fields_of(Shapes& shapes, ValueId value) {
  std::vector<MapEntry> fields;
  for (const Item& item : shapes.each(value))
    if (item.entry != nullptr) fields.push_back(*item.entry);
  return fields;
}

// AZURE_OPENAI_ENDPOINT: upper case, with at least one underscore inside.
bool is_variable_name(std::string_view name) {
  const bool inner = name.size() > 2 && name.find('_', 1) < name.size() - 1;
  return inner && is_upper(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
           return is_upper(c) || is_digit(c) || c == '_';
         });
}

}  // namespace

Container settings_container(std::string_view attribute) {
  const std::string name = squash(attribute);
  for (const NameRow& row : name_rows)
    if (row.fit == Fit::whole ? name == row.name : name.ends_with(row.name)) return row.container;
  return Container{};
}

void Settings::read(std::string_view name, ValueId value, const std::string& workload) {
  const Container container = settings_container(name);
  if (container != Container{}) read(container, value, workload);
}

void Settings::read_free(std::string_view name, ValueId value, const std::string& workload) {
  Container container = settings_container(name);
  if (container == Container{} && name != "tags" && name != "for_each") {
    size_t variables = 0;
    size_t others = 0;
    for (const Item& item : shapes_.each(value))
      if (item.entry != nullptr) ++(is_variable_name(item.entry->name) ? variables : others);
    if (variables > 0 && variables >= others) container = Container::app_settings;
  }
  if (container != Container{}) read(container, value, workload);
}

void Settings::read(Container container, ValueId value, const std::string& workload) {
  for (const Item& item : shapes_.each(value)) {
    const std::vector<MapEntry> fields = fields_of(shapes_, item.value);
    if (holds_value(fields)) {
      const Span span =
          item.entry == nullptr ? shapes_.builder().value(item.value).span : item.entry->span;
      const Extent extent = item.entry == nullptr ? entry_extent(shapes_.builder(), span, {}, "#")
                                                  : item.entry->extent;
      record(container, {fields, span, extent, value}, item.entry, workload);
    } else if (item.entry != nullptr) {
      say(container, item.entry->name, item.value, *item.entry, value, workload);
    }
  }
}

void Settings::read_unclaimed(std::string_view name, ValueId value, const std::string& address) {
  unclaimed_only_ = true;
  read_free(name, value, address);
  unclaimed_only_ = false;
}

bool Settings::record(Container container, const SettingRecord& record, const MapEntry* fallback,
                      const std::string& workload) {
  if (!holds_value(record.fields)) return false;
  const MapEntry* name = field(record.fields, Holds::name);
  if (name == nullptr && fallback == nullptr) return false;
  MapEntry where;
  where.span = record.span;
  where.extent = record.extent;
  where.name_span =
      name != nullptr ? shapes_.builder().value(name->value).span : fallback->name_span;
  say(container, name != nullptr ? shapes_.text_of(name->value) : fallback->name,
      value_of(record.fields, workload), where, record.group, workload);
  return true;
}

uint32_t Settings::group_of(const std::string& key) {
  // A fresh value id is an id that no map or list of this file has.
  const auto [at, fresh] = groups_.try_emplace(key, none);
  if (fresh) at->second = shapes_.builder().unknown({});
  return at->second;
}

ValueId Settings::value_of(const std::vector<MapEntry>& fields, const std::string& workload) {
  Builder& builder = shapes_.builder();
  std::vector<ValueId> values;
  for (const MapEntry& entry : fields) {
    const std::string name = squash(entry.name);
    for (const FieldRow& row : field_rows) {
      if (row.name != name || row.holds == Holds::name) continue;
      ValueId value = entry.value;
      const Span span = builder.value(value).span;
      // `value = null` beside a secret's name says nothing.
      if (builder.value(value).kind == ValueKind::empty && fields.size() > 2) continue;
      if (row.holds == Holds::secret_name) {
        value = shapes_.attribute(span, workload, "secret:" + shapes_.text_of(value), {});
      }
      if (row.holds == Holds::vault) value = vault_secret(builder, value).value_or(value);
      values.push_back(value);
    }
  }
  const Span span = fields.front().span;
  return values.empty() ? builder.unknown(span) : builder.alternative(span, std::move(values));
}

void Settings::say(Container container, std::string name, ValueId value, const MapEntry& where,
                   uint32_t group, const std::string& workload) {
  const std::string place = name + "|" + std::to_string(where.span.begin);
  if (unclaimed_only_ && claimed_.contains(place)) return;
  claimed_.insert(place);
  if (!said_.insert(workload + "|" + place + "|" + std::to_string(value)).second) return;
  Element setting;
  setting.kind = ElementKind::setting;
  setting.container = container;
  setting.span = where.span;
  setting.name_span = where.name_span;
  setting.extent = where.extent;
  setting.name = std::move(name);
  setting.value = value;
  setting.group = group;
  setting.type = workload;
  shapes_.builder().add(std::move(setting));
}

}  // namespace keyless
