// Shapes: what the literal maps and lists of one infrastructure file hold, looked at through
// merges, choices, loops and local definitions. Every walk is bounded in depth and in values.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "syntax/builder.h"

namespace keyless {

// One entry of a literal map; spans in the file's text.
struct MapEntry {
  std::string name;
  ValueId value = none;
  Span span;
  Span name_span;
  Extent extent;
};

// One element of a collection: `entry` is set when it comes from a map.
struct Item {
  ValueId key = none;  // a literal for map entries, none for list elements
  ValueId value = none;
  const MapEntry* entry = nullptr;
};

// Names that loops bind while their body is lowered ("each.value", "k").
class Bindings {
 public:
  Bindings() = default;
  explicit Bindings(const Bindings* outer) : outer_(outer) {}
  void bind(std::string name, ValueId value) { names_.emplace_back(std::move(name), value); }
  [[nodiscard]] ValueId find(std::string_view name) const;  // `none` when not bound

 private:
  std::vector<std::pair<std::string, ValueId>> names_;
  const Bindings* outer_ = nullptr;
};

class Shapes {
 public:
  // `lookup` gives the value of a definition of this file by its address ("local.x"), or `none`.
  using Lookup = std::function<ValueId(std::string_view address)>;
  Shapes(Builder& builder, Lookup lookup) : builder_(builder), lookup_(std::move(lookup)) {}

  // A literal map; unless it was made up by a loop its entries are said as pairs.
  ValueId map(Span span, std::vector<MapEntry> entries, bool written = true);
  ValueId list(Span span, std::vector<ValueId> parts);
  // A reference; `type` may be empty.
  ValueId attribute(Span span, std::string address, std::string member, std::string type);

  // `value.name`: the entry of a map, a longer member of a reference, each choice's member.
  ValueId member(ValueId value, std::string_view name, Span span, int depth = 0);
  // What stands for any element of a collection that is not known: `local.x.*`, or the resource
  // itself when the collection is all its instances.
  ValueId any_of(ValueId collection, Span span);
  // The definition that a reference stands for, or the value itself.
  ValueId resolve(ValueId value, int depth = 0);
  // All elements of a map, a list, a choice or merge of such; definitions are followed.
  std::vector<Item> each(ValueId value);
  // Literal text of a value; references in it appear as "${address.member}". May be empty.
  std::string text_of(ValueId value, int depth = 0);
  // A record that a loop made of `item` is said where the item is written, if that is a record too.
  void place_at(ValueId record, const Item& item);
  // Counts one more repetition of a loop's body; false when the file has had enough of them.
  bool another_round();
  [[nodiscard]] bool is_map(ValueId value) const { return maps_.contains(value); }

  Builder& builder() { return builder_; }

 private:
  void collect(ValueId value, std::vector<Item>& items, int depth, int& budget);

  Builder& builder_;
  Lookup lookup_;
  int rounds_ = 0;
  std::unordered_map<ValueId, std::vector<MapEntry>> maps_;
};

// The extent of one entry of a map, list or body: its own lines when it stands alone on them,
// else the entry with one separator. `key` finds the comment lines that belong to it.
Extent entry_extent(const Builder& builder, Span entry, std::string_view key,
                    std::string_view comment);

// The first line of a construct without its line end: what stands for a resource.
Span first_line(const Builder& builder, Span span);

}  // namespace keyless
