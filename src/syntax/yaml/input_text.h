// Inputs of an action that hold more than one value: scripts, `NAME=value` lists, JSON lists.
// Each name inside becomes a setting of its own; the input as a whole is lowered elsewhere.
#pragma once

#include <string_view>

#include "syntax/builder.h"
#include "syntax/shell/mapped_text.h"

namespace keyless {

// `name`: of the input; `type`: the action, as Element::type of the settings.
void lower_input_text(Builder& builder, const MappedText& text, std::string_view name,
                      std::string_view type);

// A setting for each `${{ secrets.X }}` in text of a language that is not read here.
void lower_leaks(Builder& builder, const MappedText& text, Container container,
                 std::string_view type);

}  // namespace keyless
