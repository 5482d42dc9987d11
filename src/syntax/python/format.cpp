#include <map>

#include "base/text.h"
#include "syntax/python/names.h"
#include "syntax/python/strings.h"

namespace keyless::python {
namespace {

// A format string cut at its placeholders: text, field name, text, ...
struct Piece {
  std::string text;
  bool is_field = false;
};

std::vector<Piece> format_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  std::string run;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at++];
    const bool doubled = at < text.size() && text[at] == c;
    if ((c == '{' || c == '}') && doubled) {
      run += c;
      ++at;
      continue;
    }
    const size_t end = c == '{' ? text.find('}', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      run += c;
      continue;
    }
    pieces.push_back({run, false});
    run.clear();
    const std::string_view field = text.substr(at, end - at);
    pieces.push_back({std::string(field.substr(0, field.find_first_of(":!.["))), true});
    at = end + 1;
  }
  pieces.push_back({run, false});
  return pieces;
}

std::vector<Piece> percent_pieces(std::string_view text) {
  std::vector<Piece> pieces;
  std::string run;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c != '%' || at >= text.size()) {
      run += c;
      continue;
    }
    if (text[at] == '%') {
      run += c;
      ++at;
      continue;
    }
    std::string name;
    if (text[at] == '(') {
      const size_t end = text.find(')', at);
      if (end == std::string_view::npos) break;
      name = text.substr(at + 1, end - at - 1);
      at = end + 1;
    }
    while (at < text.size() && !is_alpha(text[at])) ++at;
    ++at;
    pieces.push_back({run, false});
    run.clear();
    pieces.push_back({name, true});
  }
  pieces.push_back({run, false});
  return pieces;
}

struct Arguments {
  std::vector<ValueId> positional;
  std::map<std::string, ValueId, std::less<>> named;
  size_t next = 0;

  ValueId find(const std::string& field) {
    if (field.empty()) return next < positional.size() ? positional[next++] : none;
    if (const auto found = named.find(field); found != named.end()) return found->second;
    if (!is_digit(field.front()) || field.size() > 4) return none;
    const size_t at = std::stoul(field);
    return at < positional.size() ? positional[at] : none;
  }
};

ValueId compose(State& state, Span span, Span text_span, const std::vector<Piece>& pieces,
                Arguments& arguments) {
  std::vector<ValueId> parts;
  for (const Piece& piece : pieces) {
    if (!piece.is_field) {
      if (!piece.text.empty()) parts.push_back(state.out.literal(text_span, piece.text));
      continue;
    }
    const ValueId value = arguments.find(piece.text);
    parts.push_back(value == none ? state.out.unknown(text_span) : value);
  }
  if (parts.empty()) return state.out.literal(span, "");
  return parts.size() == 1 ? parts.front() : state.out.composite(span, std::move(parts));
}

}  // namespace

ValueId lower_format(State& state, const Node& call, const Node& receiver, int depth) {
  const auto text = literal_text(receiver);
  if (!text) return none;
  Arguments arguments;
  for (const Node& argument : positional(call))
    arguments.positional.push_back(value_of(state, argument, depth + 1));
  each_item(call.field("arguments"), [&](const Node& child) {
    if (child.is("keyword_argument"))
      arguments.named[std::string(child.field("name").text())] =
          value_of(state, child.field("value"), depth + 1);
  });
  return compose(state, call.span(), receiver.span(), format_pieces(*text), arguments);
}

ValueId lower_percent(State& state, const Node& node, const Node& left, const Node& right,
                      int depth) {
  const auto text = literal_text(left);
  if (!text) return none;
  Arguments arguments;
  const Node given = inner(right);
  if (given.is("tuple")) {
    each_item(given, [&](const Node& child) {
      arguments.positional.push_back(value_of(state, child, depth + 1));
    });
  } else if (given.is("dictionary")) {
    each_item(given, [&](const Node& child) {
      if (!child.is("pair")) return;
      const auto key = key_text(state, child.field("key"));
      const ValueId value = value_of(state, child.field("value"), depth + 1);
      if (key) arguments.named[*key] = value;
    });
  } else {
    arguments.positional.push_back(value_of(state, given, depth + 1));
  }
  return compose(state, node.span(), left.span(), percent_pieces(*text), arguments);
}

}  // namespace keyless::python
