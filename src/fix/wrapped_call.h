// A call whose inputs another call takes in its place, and hands the first one a client.
// Refuses in words where an input is not one of those that the inner call takes.
#pragma once

#include <string>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"
#include "rule/fix_spec.h"

namespace keyless {

// `Provider(endpoint=e, token=t)` -> `Provider(client=Client(endpoint=e, token=t))`. The edit's target
// lists the inputs that the inner call takes. "" when the edits were added, else the reason.
std::string wrap_call(const EditSpec& edit, const Element& call, const CodeFile& file,
                      Bindings& bindings, std::vector<Edit>& edits);

}  // namespace keyless
