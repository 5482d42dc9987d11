// One manifest before and after; shared by the tests of the manifest writers.
// `edited` is the plain way to do edits, from the last to the first.
#pragma once

#include <string>
#include <string_view>

#include "catch.h"
#include "fix/manifest.h"

namespace keyless {

inline std::string edited(std::string text, const std::vector<ManifestEdit>& edits) {
  for (size_t i = edits.size(); i-- > 0;)
    text.replace(edits[i].span.begin, edits[i].span.size(), edits[i].text);
  return text;
}

inline std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

struct ManifestCase {
  std::string_view what;
  std::string_view before;
  std::string_view after;
  bool review = false;
};

// The case as it stands and with CRLF; a second time changes nothing.
inline void check_case(const ManifestCase& row, ManifestKind kind, const Dependency& wanted,
                       std::string_view beside) {
  for (const bool crlf : {false, true}) {
    // A text without a line end has none to keep.
    if (crlf && row.before.find('\n') == std::string_view::npos) continue;
    CAPTURE(row.what, crlf);
    const std::string before = crlf ? with_crlf(row.before) : std::string(row.before);
    const std::string after = crlf ? with_crlf(row.after) : std::string(row.after);
    const ManifestResult result = require(before, kind, wanted, beside);
    CHECK(result.refusal.empty());
    CHECK(result.review == row.review);
    CHECK(result.review == !result.note.empty());
    CHECK(edited(before, result.edits) == after);
    CHECK(require(after, kind, wanted, beside).edits.empty());
  }
}

// A text that is left to a person; `reason` is part of what it is told.
inline void check_refused(std::string_view before, ManifestKind kind, const Dependency& wanted,
                          std::string_view beside, std::string_view reason) {
  CAPTURE(before);
  const ManifestResult result = require(before, kind, wanted, beside);
  CHECK(result.edits.empty());
  CHECK(!result.review);
  INFO(result.refusal);
  CHECK(!result.refusal.empty());
  CHECK(result.refusal.find(reason) != std::string::npos);
}

}  // namespace keyless
