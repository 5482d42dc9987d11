#include "syntax/shell/mapped_text.h"

namespace keyless {

MappedText as_written(std::string_view file, Span span) {
  MappedText mapped;
  mapped.text = file.substr(span.begin, span.size());
  mapped.at.reserve(span.size());
  for (uint32_t at = span.begin; at < span.end; ++at) mapped.at.push_back(at);
  mapped.end = span.end;
  return mapped;
}

}  // namespace keyless
