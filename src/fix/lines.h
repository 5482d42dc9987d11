// lines: whole lines around a span, and what a removal leaves behind: blank lines, an empty block.
// Offsets into the text; a line includes its line end.
#pragma once

#include <string>
#include <string_view>

#include "base/span.h"

namespace keyless {

// "\r\n" when most lines of the text end so, else "\n".
std::string_view line_end_of(std::string_view text);

uint32_t line_begin(std::string_view text, uint32_t offset);
// Behind the line end of the line that `offset` lies in.
uint32_t line_after(std::string_view text, uint32_t offset);

// The blanks that the line at `offset` starts with.
std::string_view indentation_at(std::string_view text, uint32_t offset);

// What a line is indented by more than the one it stands in: "    ", "  ", a tab; `usual` when no
// line of the text is indented.
std::string indentation_unit(std::string_view text, std::string_view usual);

// True when only blanks stand between the begin of the line and a `#` or `//` before `offset`.
bool in_comment_line(std::string_view text, uint32_t offset);

// True when nothing but blanks (and a comment behind) shares the lines of `span`.
bool owns_lines(std::string_view text, Span span, std::string_view comment);

// The lines of `span` when it owns them, else `span` itself.
Span whole_lines(std::string_view text, Span span, std::string_view comment);

// `lines`, widened by comment lines directly above that name `name` and by blank lines of which
// one gap would be left twice.
Span with_gap(std::string_view text, Span lines, std::string_view name, std::string_view comment);

// `span`, widened to all that stands in `{ }` when nothing but blanks would be left there.
Span without_blanks_in_braces(std::string_view text, Span span);

// Lines that hold only blanks directly above, or from, `offset` (a line's begin).
uint32_t blank_lines_above(std::string_view text, uint32_t offset);
uint32_t blank_lines_from(std::string_view text, uint32_t offset);

}  // namespace keyless
