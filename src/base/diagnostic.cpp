#include "base/diagnostic.h"

namespace keyless {

std::string to_text(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.path.empty()) {
    text += diagnostic.path;
    if (diagnostic.line > 0) text += ":" + std::to_string(diagnostic.line);
    text += ": ";
  }
  text += diagnostic.message;
  if (!diagnostic.mend.empty()) text += " (" + diagnostic.mend + ")";
  return text;
}

}  // namespace keyless
