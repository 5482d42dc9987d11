#include "fix/wrapped_call.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {

std::string wrap_call(const EditSpec& edit, const Element& call, const CodeFile& file,
                      Bindings& bindings, std::vector<Edit>& edits) {
  if (edit.with.empty() || file.gated || file.document.language != "python")
    return "the inputs cannot be handed on here";
  const std::vector<std::string_view> known = split(edit.target, ' ');
  for (const Input& input : call.inputs)
    if (input.via != Via::keyword || !call.span.contains(input.span) ||
        std::find(known.begin(), known.end(), input.name) == known.end())
      return "the call has inputs that its client does not take";
  const std::string_view text = file.text_of(call.span);
  const size_t open = text.find('(', call.name.size());
  if (open == std::string_view::npos || !text.ends_with(')'))
    return "the call has no argument list";
  const std::string& symbol = edit.with.front().second;
  const std::string callee = bindings.imported(std::string(before_last(symbol, '.')),
                                               std::string(after_last(symbol, '.')));
  const auto inside = static_cast<uint32_t>(call.span.begin + open + 1);
  edits.push_back({{inside, inside}, edit.with.front().first + "=" + callee + "("});
  edits.push_back({{call.span.end - 1, call.span.end - 1}, ")"});
  return {};
}

}  // namespace keyless
