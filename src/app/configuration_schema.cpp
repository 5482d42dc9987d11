// The JSON schema of `.keyless.yaml`, for editors; derived from the table of its keys.
#include "app/configuration_shape.h"
#include "base/json_text.h"
#include "base/text.h"

namespace keyless {

namespace {

void write_field(JsonText& json, const ShapeField& field);

void write_object(JsonText& json, std::span<const ShapeField> fields) {
  json.member("type", "object");
  json.member("additionalProperties", false);
  std::vector<std::string> needed;
  for (const ShapeField& field : fields)
    if (field.required) needed.emplace_back(field.name);
  if (!needed.empty()) json.member("required", needed);
  json.key("properties");
  json.begin_object();
  for (const ShapeField& field : fields) {
    json.key(field.name);
    write_field(json, field);
  }
  json.end_object();
}

// A number or a boolean is a text too, as long as nobody quotes it.
void write_text(JsonText& json) {
  json.member("type", std::vector<std::string>{"string", "number", "boolean"});
  json.member("pattern", "\\S");
}

void write_choice(JsonText& json, std::string_view words) {
  std::vector<std::string> all;
  for (const std::string_view word : split(words, ' ')) all.emplace_back(word);
  json.member("enum", all);
}

template <class WriteItem>
void write_list(JsonText& json, const WriteItem& write_item) {
  json.member("type", "array");
  json.key("items");
  json.begin_object();
  write_item();
  json.end_object();
}

void write_input(JsonText& json) {
  json.key("oneOf");
  json.begin_array();
  json.compact_next();
  json.begin_object();
  json.member("type", "integer");
  json.member("minimum", 0);
  json.end_object();
  json.compact_next();
  json.begin_object();
  json.member("type", "string");
  json.member("pattern", "\\S");
  json.end_object();
  json.end_array();
}

// The depth of the recursion is the depth of the table.
void write_field(JsonText& json, const ShapeField& field) {
  json.begin_object();
  json.member("description", field.doc);
  switch (field.kind) {
    case ShapeKind::version:
      json.member("const", 1);
      break;
    case ShapeKind::boolean:
      json.member("type", "boolean");
      break;
    case ShapeKind::text:
      write_text(json);
      break;
    case ShapeKind::date:
      json.member("type", "string");
      json.member("pattern", "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
      json.member("format", "date");
      break;
    case ShapeKind::choice:
      write_choice(json, field.words);
      break;
    case ShapeKind::input:
      write_input(json);
      break;
    case ShapeKind::texts:
      write_list(json, [&] { write_text(json); });
      break;
    case ShapeKind::choices:
      json.member("type", "object");
      json.key("additionalProperties");
      json.begin_object();
      write_choice(json, field.words);
      json.end_object();
      break;
    case ShapeKind::pairs:
      write_list(json, [&] {
        json.member("type", "array");
        json.member("minItems", 2);
        json.member("maxItems", 2);
        json.key("items");
        json.begin_object();
        json.member("type", "string");
        json.member("pattern", "^[^:]*:[^:]*:");
        json.end_object();
      });
      break;
    case ShapeKind::object:
      write_object(json, field.fields);
      break;
    case ShapeKind::objects:
      write_list(json, [&] { write_object(json, field.fields); });
      break;
  }
  json.end_object();
}

}  // namespace

std::string configuration_json_schema() {
  JsonText json;
  json.begin_object();
  json.member("$schema", "http://json-schema.org/draft-07/schema#");
  json.member("title", ".keyless.yaml");
  write_object(json, configuration_fields());
  json.end_object();
  return json.take();
}

}  // namespace keyless
