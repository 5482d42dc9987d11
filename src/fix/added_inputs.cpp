#include "fix/added_inputs.h"

#include <algorithm>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

class AddedInputs {
 public:
  AddedInputs(const CodeFile& file, const Element& call, RecipeResult& result)
      : file_(file), call_(call), result_(result) {}

  // Behind the last named input, in the file's manner.
  void add(const std::vector<std::string>& texts, std::string_view position) {
    const Input* last = nullptr;
    for (const Input& input : call_.inputs) {
      const bool fits = python() ? input.via != Via::property : input.via == Via::property;
      const bool within = call_.span.contains(input.span);
      if (fits && within && (last == nullptr || input.span.end > last->span.end)) last = &input;
    }
    const std::string text = join(texts, ", ");
    if (last == nullptr && !position.empty() && add_options(position, text)) return;
    if (last == nullptr) {
      const uint32_t end = call_.span.end;
      if (end == 0 || file_.text[end - 1] != ')')
        return static_cast<void>(result_.refusal = "the call has no argument list");
      const bool empty_list = end >= 2 && file_.text[end - 2] == '(';
      const bool empty_object = file_.text.substr(0, end).ends_with("({})");
      if (empty_object) {
        result_.edits.push_back({{end - 3, end - 1}, "{ " + text + " }"});
      } else if (empty_list) {
        result_.edits.push_back({{end - 1, end - 1}, python() ? text : "{ " + text + " }"});
      } else {
        result_.refusal = "the options of the call are not written here";
      }
      return;
    }
    insert_behind(*last, texts);
  }

 private:
  [[nodiscard]] bool python() const { return file_.document.language == "python"; }

  // Behind an input, each on a line of its own when the input has one; what is said beside the
  // input stays beside it.
  void insert_behind(const Input& last, const std::vector<std::string>& texts) {
    const uint32_t line = line_begin(file_.text, last.span.begin);
    const std::string_view before = file_.text.substr(line, last.span.begin - line);
    const bool own_line = trim(before).empty();
    const std::string gap =
        own_line ? std::string(line_end_of(file_.text)) + std::string(before) : std::string(" ");
    const std::string added = gap + join(texts, "," + gap);
    const uint32_t end = last.span.end;
    const auto line_end =
        static_cast<uint32_t>(std::min(file_.text.find_first_of("\r\n", end), file_.text.size()));
    std::string_view rest = trim(file_.text.substr(end, line_end - end));
    const bool comma = rest.starts_with(',');
    if (comma) rest = trim(rest.substr(1));
    if (!own_line || !rest.starts_with(python() ? "#" : "//"))
      return static_cast<void>(result_.edits.push_back({{end, end}, "," + added}));
    if (!comma) result_.edits.push_back({{end, end}, ","});
    result_.edits.push_back({{line_end, line_end}, added + (comma ? "," : "")});
  }

  // An object of options as the last argument, at the place where the callee expects it.
  bool add_options(std::string_view position, const std::string& text) {
    const Input* before = nullptr;
    size_t count = 0;
    for (const Input& input : call_.inputs) {
      if (input.via != Via::positional) continue;
      ++count;
      if (before == nullptr || input.position > before->position) before = &input;
    }
    if (before == nullptr || std::to_string(count) != position) return false;
    insert_behind(*before, {"{ " + text + " }"});
    return true;
  }

  const CodeFile& file_;
  const Element& call_;
  RecipeResult& result_;
};

}  // namespace

void add_to_call(const CodeFile& file, const Element& call, const std::vector<std::string>& texts,
                 std::string_view position, RecipeResult& result) {
  AddedInputs(file, call, result).add(texts, position);
}

}  // namespace keyless
