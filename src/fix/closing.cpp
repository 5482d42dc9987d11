#include "fix/closing.h"

#include <algorithm>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

constexpr std::string_view with = "async with";

// The function around the call, or its class when `of_object`; `none` outside all.
ScopeId lifetime(const Document& d, ScopeId scope, bool of_object) {
  const ScopeKind wanted = of_object ? ScopeKind::type : ScopeKind::function;
  for (size_t depth = 0; scope != none && scope != 0 && depth < d.scopes.size(); ++depth) {
    if (d.scopes[scope].kind == wanted) return scope;
    scope = d.scopes[scope].parent;
  }
  return none;
}

bool is_name(std::string_view text) {
  return !text.empty() && !is_digit(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alnum(c) || c == '_' || c == '.'; });
}

// `client`, `self.client: Client`: what an assignment writes to, without its type.
std::string_view target_of(std::string_view left) {
  left = trim(left);
  if (!left.ends_with('=')) return {};
  left = trim(left.substr(0, left.size() - 1));
  left = trim(left.substr(0, left.find(':')));
  return is_name(left) ? left : std::string_view{};
}

// The item of `async with` begins where the call does.
bool begins_item(std::string_view before) {
  before = trim(before);
  return before == with ||
         (before.starts_with(with) && (before.ends_with(',') || before.ends_with('(')));
}

bool own_line(const CodeFile& file, uint32_t offset) {
  const uint32_t line = line_begin(file.text, offset);
  return trim(file.text.substr(line, offset - line)).empty();
}

std::string indented(const CodeFile& file, const std::string& text, uint32_t offset) {
  return replaced(
      text, "\n",
      std::string(line_end_of(file.text)) + std::string(indentation_at(file.text, offset)));
}

// Before the item at `offset`, in its manner.
Edit item_before(const CodeFile& file, uint32_t offset, const std::string& item) {
  const std::string gap =
      own_line(file, offset)
          ? std::string(line_end_of(file.text)) + std::string(indentation_at(file.text, offset))
          : " ";
  return {{offset, offset}, item + "," + gap};
}

}  // namespace

std::optional<ClientEnd> end_of_client(const CodeFile& file, const Element& call) {
  const Document& d = file.document;
  const uint32_t index = file.outline.statement_at(call.span);
  if (d.language != "python" || index == none || lifetime(d, call.scope, false) == none) return {};
  const Statement& s = file.outline.statements[index];
  ClientEnd end;
  const std::string_view before = file.text.substr(s.span.begin, call.span.begin - s.span.begin);
  end.within = d.scopes[lifetime(d, call.scope, false)].span;
  if (begins_item(before)) {
    end.item = true;
    end.made = call.span.begin;
    return end;
  }
  const std::string target(target_of(before));
  if (!s.has_value || s.value != call.span || target.empty() || !own_line(file, s.span.begin))
    return {};
  end.of_object = target.starts_with("self.");
  end.made = s.span.begin;
  const ScopeId around = lifetime(d, call.scope, end.of_object);
  if (around == none) return {};
  end.within = d.scopes[around].span;
  for (const Statement& t : file.outline.statements) {
    if (!end.within.contains(t.span) || t.span == s.span) continue;
    const std::string_view text = file.text_of(t.span);
    if (t.has_value && trim(file.text_of(t.value)) != "None" &&
        target_of(file.text.substr(t.span.begin, t.value.begin - t.span.begin)) == target)
      return {};  // another client may be closed there, without a credential
    if (text == "await " + target + ".close()") {
      if (!own_line(file, t.span.begin)) return {};
      end.closes.push_back(t.span);
    }
    const std::string opened = std::string(with) + " " + target;
    if (text.starts_with(opened) &&
        std::string_view(":, ").find(text.substr(opened.size(), 1)) != std::string_view::npos)
      end.items.push_back(t.span.begin + static_cast<uint32_t>(with.size()) + 1);
  }
  if (end.closes.empty() && end.items.size() != 1) return {};
  return end;
}

std::vector<Edit> close_with(const CodeFile& file, const ClientEnd& end,
                             const std::string& credential) {
  std::vector<Edit> edits;
  if (end.item) edits.push_back(item_before(file, end.made, credential));
  for (const uint32_t item : end.items) edits.push_back(item_before(file, item, credential));
  if (!end.items.empty()) return edits;
  for (const Span& close : end.closes) {
    const auto line_end = static_cast<uint32_t>(
        std::min(file.text.find_first_of("\r\n", close.end), file.text.size()));
    edits.push_back({{line_end, line_end},
                     std::string(line_end_of(file.text)) +
                         std::string(indentation_at(file.text, close.begin)) + "await " +
                         credential + ".close()"});
  }
  return edits;
}

std::vector<Edit> make_and_close(const CodeFile& file, const ClientEnd& end,
                                 const std::string& credential, const std::string& text) {
  const std::string made = indented(file, text, end.made);
  if (end.item) return {item_before(file, end.made, made + " as " + credential)};
  std::vector<Edit> edits = close_with(file, end, credential);
  edits.push_back({{end.made, end.made},
                   credential + " = " + made + std::string(line_end_of(file.text)) +
                       std::string(indentation_at(file.text, end.made))});
  return edits;
}

}  // namespace keyless
