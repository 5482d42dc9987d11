// Comments of a text: where each begins, whatever the language of the file.
// Promises that a comment mark inside a string is none; a string left open ends at its line's end.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless {

struct Comment {
  Span words;          // without the marks and blanks around; text offsets
  bool alone = false;  // nothing but blanks stands before it on its line
};

// In source order; a block comment is one. `language`: a name of syntax/languages; of others only
// comments that begin a line are known.
std::vector<Comment> comments_of(std::string_view text, std::string_view language);

}  // namespace keyless
