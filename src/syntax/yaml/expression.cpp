#include "syntax/yaml/expression.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace keyless {
namespace {

constexpr int deepest = 20;

struct Path {
  std::vector<std::string> names;
  ValueId dynamic = none;  // `secrets[format(...)]`
  size_t begin = 0;
  size_t end = 0;
};

class ExpressionReader {
 public:
  ExpressionReader(Builder& builder, const MappedText& text, size_t begin, size_t end)
      : b_(builder), t_(text), at_(begin), end_(std::min(end, text.size())) {}

  ValueId either(int depth) {
    const size_t begin = skip_blanks();
    std::vector<ValueId> parts{both(depth)};
    while (take("||")) parts.push_back(both(depth));
    return b_.alternative(t_.span(begin, last_), std::move(parts));
  }

 private:
  // Of `a && b` the value is b; what stands before decides only.
  ValueId both(int depth) {
    ValueId value = compared(depth);
    while (take("&&")) value = compared(depth);
    return value;
  }

  ValueId compared(int depth) {
    const size_t begin = skip_blanks();
    const ValueId value = unary(depth);
    bool compares = false;
    while (take("==") || take("!=") || take("<=") || take(">=") || take("<") || take(">")) {
      unary(depth);
      compares = true;
    }
    return compares ? b_.unknown(t_.span(begin, last_)) : value;
  }

  ValueId unary(int depth) {
    const size_t begin = skip_blanks();
    if (depth > deepest) {
      at_ = end_;
      return b_.unknown(t_.span(begin, end_));
    }
    if (t_.view(at_, end_).starts_with('!')) {
      take("!");
      unary(depth + 1);
      return b_.unknown(t_.span(begin, last_));
    }
    if (take("(")) {
      const ValueId value = either(depth + 1);
      take(")");
      return value;
    }
    return primary(depth);
  }

  ValueId primary(int depth) {
    const size_t begin = skip_blanks();
    const char c = begin < end_ ? t_.text[begin] : '\0';
    if (c == '\'') return b_.literal({}, string());
    if (is_digit(c) || c == '-' || c == '.') {
      while (at_ < end_ && (is_alnum(t_.text[at_]) || t_.text[at_] == '.' || t_.text[at_] == '-'))
        ++at_;
      last_ = at_;
      return b_.literal(t_.span(begin, at_), t_.view(begin, at_));
    }
    if (!is_name_byte(c)) {
      at_ = end_;
      return b_.unknown(t_.span(begin, end_));
    }
    return named(depth);
  }

  ValueId named(int depth) {
    Path path;
    path.begin = at_;
    path.names.push_back(name());
    if (take("(")) return function(path, depth);
    for (;;) {
      if (take(".")) {
        skip_blanks();
        path.names.push_back(take("*") ? "*" : name());
      } else if (take("[")) {
        index(path, depth);
      } else {
        break;
      }
    }
    path.end = last_;
    return value_of(path);
  }

  void index(Path& path, int depth) {
    const ValueId value = take("*") ? none : either(depth + 1);
    take("]");
    if (value != none && b_.value(value).kind == ValueKind::literal)
      path.names.push_back(b_.value(value).text);
    else if (value != none)
      path.dynamic = value;
  }

  ValueId function(const Path& path, int depth) {
    std::vector<ValueId> arguments;
    while (at_ < end_ && !take(")")) {
      arguments.push_back(either(depth + 1));
      if (!take(",") && !t_.view(skip_blanks(), end_).starts_with(')')) at_ = end_;
    }
    while (take(".")) name();  // `fromJSON(x).key`
    const std::string called = to_lower(path.names.front());
    const Span whole = t_.span(path.begin, last_);
    if (arguments.empty()) return b_.unknown(whole);
    if (called == "format") return format(whole, arguments);
    if (called == "fromjson" || called == "tojson" || called == "join") return arguments.front();
    return b_.unknown(whole);
  }

  // `{0}` in the first argument stands for the second.
  ValueId format(Span whole, const std::vector<ValueId>& arguments) {
    const std::string text = b_.value(arguments.front()).text;
    std::vector<ValueId> parts;
    std::string run;
    for (size_t i = 0; i < text.size(); ++i) {
      const bool place =
          text[i] == '{' && i + 2 < text.size() && is_digit(text[i + 1]) && text[i + 2] == '}';
      const size_t number = place ? static_cast<size_t>(text[i + 1] - '0') + 1 : 0;
      if (!place || number >= arguments.size()) {
        run += text[i];
        continue;
      }
      if (!run.empty()) parts.push_back(b_.literal(whole, std::exchange(run, {})));
      parts.push_back(arguments[number]);
      i += 2;
    }
    if (!run.empty()) parts.push_back(b_.literal(whole, run));
    if (parts.empty()) return b_.literal(whole, {});
    return parts.size() == 1 ? parts.front() : b_.composite(whole, std::move(parts));
  }

  ValueId value_of(const Path& path) {
    const Span span = t_.span(path.begin, path.end);
    const std::string root = to_lower(path.names.front());
    if (path.names.size() == 1 && path.dynamic == none) {
      if (root == "true" || root == "false") return b_.literal(span, root);
      if (root == "null") return b_.literal(span, {});
    }
    const std::string second = path.names.size() > 1 ? path.names[1] : std::string();
    Value value;
    value.span = span;
    if (path.dynamic != none) value.parts.push_back(path.dynamic);
    if (root == "secrets") {
      value.kind = ValueKind::pipeline_secret;
      // All secrets at once (`toJSON(secrets)`) are written as a star.
      value.text = second.empty() && path.dynamic == none ? "*" : second;
    } else if (root == "env") {
      value.kind = ValueKind::env;
      value.text = second;
    } else {
      value.kind = ValueKind::pipeline_value;
      value.text = canonical(path.names);
    }
    value.text = mask_keys(value.text);
    return b_.add(std::move(value));
  }

  // `github.event.inputs.x` is the older spelling of `inputs.x`.
  static std::string canonical(const std::vector<std::string>& names) {
    const std::string whole = join(names, ".");
    constexpr std::string_view older = "github.event.inputs.";
    return whole.starts_with(older) ? whole.substr(std::string_view("github.event.").size())
                                    : whole;
  }

  static bool is_name_byte(char c) { return is_alnum(c) || c == '_' || c == '-'; }

  std::string name() {
    const size_t begin = skip_blanks();
    while (at_ < end_ && is_name_byte(t_.text[at_])) ++at_;
    if (at_ > begin) last_ = at_;
    return t_.text.substr(begin, at_ - begin);
  }

  std::string string() {
    std::string text;
    for (++at_; at_ < end_; ++at_) {
      const bool quote = t_.text[at_] == '\'';
      if (quote && (at_ + 1 >= end_ || t_.text[at_ + 1] != '\'')) break;
      if (quote) ++at_;
      text += t_.text[at_];
    }
    at_ = last_ = std::min(at_ + 1, end_);
    return text;
  }

  size_t skip_blanks() {
    while (at_ < end_ && is_space(t_.text[at_])) ++at_;
    return at_;
  }

  bool take(std::string_view sign) {
    skip_blanks();
    if (!t_.view(at_, end_).starts_with(sign)) return false;
    at_ += sign.size();
    last_ = at_;
    return true;
  }

  Builder& b_;
  const MappedText& t_;
  size_t at_;
  size_t end_;
  size_t last_ = 0;  // behind the last token
};

}  // namespace

ValueId read_expression(Builder& builder, const MappedText& text, size_t begin, size_t end) {
  return ExpressionReader(builder, text, begin, end).either(0);
}

}  // namespace keyless
