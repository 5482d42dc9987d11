// Place: the neighbour of a new entry, and the line a neighbour stands on.
// A list in order stays in order; in any other the entry goes right behind the one it belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/manifest/declarations.h"

namespace keyless::manifest {

struct Place {
  size_t neighbour = 0;  // index into the group's items
  bool before = false;
};

// Nothing when the list has no entry of its own.
std::optional<Place> place_in(std::string_view text, const Group& group, std::string_view name,
                              std::optional<size_t> beside);

// The end of the line at `at`, without its line end.
size_t end_of_line(std::string_view text, size_t at);
// The begin of the next line; the text's size when there is none.
size_t begin_of_next(std::string_view text, size_t at);
size_t begin_of_line(std::string_view text, size_t at);
// The blanks between the begin of the line and `at`; nothing when something else stands there.
std::optional<std::string> indent_of(std::string_view text, size_t at);
// The line end of the line at `at`, else of its neighbour, else "\n".
std::string_view eol_near(std::string_view text, size_t at);

}  // namespace keyless::manifest
