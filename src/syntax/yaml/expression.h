// read_expression: what stands between `${{` and `}}` in a workflow, as a Value.
// `a || b` and `c && a || b` are alternatives without the condition; format() is a composite.
#pragma once

#include "syntax/builder.h"
#include "syntax/shell/mapped_text.h"

namespace keyless {

// Lowers text[begin, end): secrets.X, vars.X, inputs.X, env.X, steps.s.outputs.o,
// needs.j.outputs.o. What it cannot read is unknown; nested at most 20 deep.
ValueId read_expression(Builder& builder, const MappedText& text, size_t begin, size_t end);

}  // namespace keyless
