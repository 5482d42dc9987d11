// vocabulary: the one list of names that a rule file may use, each with a line of documentation.
// Loader, JSON schema and rule pages read these tables; upper rooms have one function per row.
#pragma once

#include <span>
#include <string_view>

#include "rule/rule.h"

namespace keyless {

enum class FieldKind : uint8_t { text, texts, integers, pairs, number, yes_no, choice, containers };

struct FieldRow {
  std::string_view name;
  FieldKind kind;
  std::string_view doc;  // for `choice`: the words, separated by blanks
};

struct MatcherRow {
  std::string_view name;
  MatchKind kind;
  std::string_view doc;
  std::span<const FieldRow> fields;
};

struct ConstraintRow {
  std::string_view name;  // the key that says which constraint it is
  ConstraintKind kind;
  std::string_view subject;  // the key that holds the subject; "" when there is none
  std::string_view values;   // the key that holds the values
  std::string_view doc;
};

std::span<const MatcherRow> matchers();
std::span<const ConstraintRow> constraints();

}  // namespace keyless
