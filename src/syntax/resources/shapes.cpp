#include "syntax/resources/shapes.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

constexpr int max_steps = 8;            // definitions and choices followed from one value
constexpr int max_visits = 4000;        // values looked at by one walk
constexpr size_t max_items = 1000;      // elements of one collection
constexpr int max_rounds = 4000;        // repetitions of loop bodies in one file
constexpr size_t max_values = 1000000;  // values of one file after which no loop is unrolled
constexpr uint32_t max_comment = 400;   // bytes of a comment after an entry on its line

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// The entry is the only thing on its lines, but for a comma and a comment behind it.
bool stands_alone(std::string_view text, Span entry, std::string_view comment) {
  size_t at = entry.begin;
  while (at > 0 && blank(text[at - 1])) --at;
  if (at > 0 && text[at - 1] != '\n') return false;
  at = entry.end;
  while (at < text.size() && (blank(text[at]) || text[at] == ',')) ++at;
  if (at >= text.size() || text[at] == '\n') return true;
  const size_t end = text.substr(at, max_comment).find('\n');
  return end != std::string_view::npos &&
         (text.substr(at).starts_with(comment) || text.substr(at).starts_with("//"));
}

}  // namespace

ValueId Bindings::find(std::string_view name) const {
  for (const Bindings* scope = this; scope != nullptr; scope = scope->outer_)
    for (auto it = scope->names_.rbegin(); it != scope->names_.rend(); ++it)
      if (it->first == name) return it->second;
  return none;
}

ValueId Shapes::map(Span span, std::vector<MapEntry> entries, bool written) {
  const ValueId id = builder_.named(ValueKind::map, span, {});
  if (written) {
    for (const MapEntry& entry : entries) {
      Element pair;
      pair.kind = ElementKind::pair;
      pair.span = entry.span;
      pair.name_span = entry.name_span;
      pair.extent = entry.extent;
      pair.name = entry.name;
      pair.value = entry.value;
      pair.group = id;
      builder_.add(std::move(pair));
    }
  }
  maps_.emplace(id, std::move(entries));
  return id;
}

ValueId Shapes::list(Span span, std::vector<ValueId> parts) {
  Value v;
  v.kind = ValueKind::list;
  v.span = span;
  v.parts = std::move(parts);
  return builder_.add(std::move(v));
}

ValueId Shapes::attribute(Span span, std::string address, std::string member, std::string type) {
  Value v;
  v.kind = ValueKind::attribute;
  v.span = span;
  v.text = std::move(address);
  v.member = std::move(member);
  v.type = std::move(type);
  return builder_.add(std::move(v));
}

ValueId Shapes::member(ValueId value, std::string_view name, Span span, int depth) {
  if (value == none || depth > max_steps) return builder_.unknown(span);
  if (const auto found = maps_.find(value); found != maps_.end()) {
    // Names are compared without case: ARM and Bicep ignore it, and Terraform maps do not clash.
    for (const MapEntry& entry : found->second)
      if (entry.name.size() == name.size() && contains_ignoring_case(entry.name, name))
        return entry.value;
    // A loop over what is not known wrote one entry for all names.
    if (found->second.size() == 1 && found->second[0].name == "*") return found->second[0].value;
    return builder_.unknown(span);
  }
  Value v = builder_.value(value);
  v.span = span;
  switch (v.kind) {
    case ValueKind::attribute:
    case ValueKind::call:
      v.member += v.member.empty() ? std::string(name) : "." + std::string(name);
      return builder_.add(std::move(v));
    case ValueKind::symbol:
      v.text += "." + std::string(name);
      return builder_.add(std::move(v));
    case ValueKind::alternative:
    case ValueKind::list: {
      if (v.parts.size() > max_items) return builder_.unknown(span);
      std::vector<ValueId> parts;
      parts.reserve(v.parts.size());
      for (const ValueId part : v.parts) parts.push_back(member(part, name, span, depth + 1));
      return parts.empty() ? builder_.unknown(span) : builder_.alternative(span, std::move(parts));
    }
    default:
      return builder_.unknown(span);
  }
}

ValueId Shapes::any_of(ValueId collection, Span span) {
  const Value& v = builder_.value(collection);
  const bool instances = v.kind == ValueKind::attribute && v.member.empty() &&
                         (!v.type.empty() || v.text.starts_with("module."));
  return instances ? collection : member(collection, "*", span);
}

ValueId Shapes::resolve(ValueId value, int depth) {
  if (value == none || depth > max_steps) return value;
  const Value& v = builder_.value(value);
  if (v.kind != ValueKind::attribute) return value;
  const std::string path = v.member;
  const Span span = v.span;
  ValueId found = lookup_(std::string(v.text));
  if (found == none || found == value) return value;
  if (!path.empty())
    for (const std::string_view name : split(path, '.'))
      found = member(resolve(found, depth + 1), name, span, depth + 1);
  if (builder_.value(found).kind == ValueKind::unknown) return value;
  return resolve(found, depth + 1);
}

std::vector<Item> Shapes::each(ValueId value) {
  std::vector<Item> items;
  int budget = max_visits;
  collect(value, items, 0, budget);
  return items;
}

void Shapes::collect(ValueId value, std::vector<Item>& items, int depth, int& budget) {
  if (depth > max_steps || --budget < 0) return;
  value = resolve(value);
  if (value == none) return;
  if (const auto found = maps_.find(value); found != maps_.end()) {
    for (const MapEntry& entry : found->second) {
      if (items.size() >= max_items) return;
      items.push_back({builder_.literal(entry.name_span, entry.name), entry.value, &entry});
    }
    return;
  }
  const ValueKind kind = builder_.value(value).kind;
  const std::vector<ValueId> parts = builder_.value(value).parts;
  if (kind == ValueKind::alternative)
    for (const ValueId part : parts) collect(part, items, depth + 1, budget);
  if (kind == ValueKind::list)
    for (const ValueId part : parts)
      if (items.size() < max_items) items.push_back({none, part, nullptr});
}

void Shapes::place_at(ValueId record, const Item& item) {
  if (!is_map(record) || record == item.value) return;
  if (item.entry != nullptr)
    builder_.value(record).span = item.entry->span;
  else if (is_map(item.value))
    builder_.value(record).span = builder_.value(item.value).span;
}

bool Shapes::another_round() {
  return ++rounds_ <= max_rounds && builder_.document().values.size() < max_values;
}

std::string Shapes::text_of(ValueId value, int depth) {
  if (value == none || depth > max_steps) return {};
  value = resolve(value);
  const Value v = builder_.value(value);
  switch (v.kind) {
    case ValueKind::literal:
      return v.text;
    case ValueKind::symbol:
      return "${" + v.text + "}";
    case ValueKind::attribute:
      return "${" + v.text + (v.member.empty() ? "" : "." + v.member) + "}";
    case ValueKind::alternative: {
      std::string text;
      for (size_t i = 0; i < v.parts.size() && text.empty(); ++i)
        text = text_of(v.parts[i], depth + 1);
      return text;
    }
    case ValueKind::composite: {
      std::string text;
      for (const ValueId part : v.parts) text += text_of(part, depth + 1);
      return text;
    }
    default:
      return {};
  }
}

Extent entry_extent(const Builder& builder, Span entry, std::string_view key,
                    std::string_view comment) {
  const std::string_view text = builder.text();
  if (stands_alone(text, entry, comment)) return builder.line_extent(entry, key, comment);
  return separated_extent(text, entry, {0, static_cast<uint32_t>(text.size())});
}

Span first_line(const Builder& builder, Span span) {
  const std::string_view text = builder.text(span);
  size_t end = std::min(text.find('\n'), text.size());
  while (end > 0 && is_space(text[end - 1])) --end;
  return {span.begin, span.begin + static_cast<uint32_t>(end)};
}

}  // namespace keyless
