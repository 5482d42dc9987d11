// A company's own functions around an SDK, from `.keyless.yaml`, as rules like any other.
// Promises ids that do not depend on the order in the file.
#pragma once

#include "app/configuration.h"
#include "rule/rule.h"

namespace keyless {

Rule rule_of(const Wrapper& wrapper);

}  // namespace keyless
