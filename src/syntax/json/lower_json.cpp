#include "syntax/builder.h"
#include "syntax/lowering.h"
namespace keyless {
Document lower_json(const SourceFile& file) {
  return Builder(file, "json").take();
}
}  // namespace keyless
