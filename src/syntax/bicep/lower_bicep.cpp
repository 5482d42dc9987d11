#include "syntax/builder.h"
#include "syntax/lowering.h"
namespace keyless {
Document lower_bicep(const SourceFile& file) {
  return Builder(file, "bicep").take();
}
Document lower_bicepparam(const SourceFile& file) {
  return Builder(file, "bicepparam").take();
}
}  // namespace keyless
