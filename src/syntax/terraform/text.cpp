// Strings, templates and heredocs of Terraform.
#include "base/text.h"
#include "syntax/terraform/expressions.h"

namespace keyless::terraform {
namespace {

void append_utf8(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | ((code >> 12) & 0x0F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// The four digits of `\uXXXX`; nothing when they are not there.
bool hex4(std::string_view text, uint32_t& code) {
  if (text.size() < 4) return false;
  code = 0;
  for (const char c : text.substr(0, 4)) {
    const char l = lower(c);
    if (!is_digit(c) && (l < 'a' || l > 'f')) return false;
    code = code * 16 + static_cast<uint32_t>(is_digit(c) ? c - '0' : l - 'a' + 10);
  }
  return true;
}

}  // namespace

std::string unescape(std::string_view raw, bool heredoc) {
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    const std::string_view rest = raw.substr(i);
    uint32_t code = 0;
    if (rest.starts_with("$${") || rest.starts_with("%%{")) {
      out += rest[0];
      ++i;
    } else if (heredoc || raw[i] != '\\' || i + 1 >= raw.size()) {
      out += raw[i];
    } else if (raw[i + 1] == 'u' && hex4(rest.substr(2), code)) {
      append_utf8(out, code);
      i += 5;
    } else {
      const char c = raw[++i];
      out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    }
  }
  return out;
}

ValueId Expressions::literal(const Node& node) {
  const Node inner = node.named_child(0);
  if (inner.is("null_lit")) return builder().named(ValueKind::empty, node.span(), {});
  if (!inner.is("string_lit")) return builder().literal(node.span(), inner.text());
  std::string_view raw = inner.text();
  if (raw.size() >= 2) raw = raw.substr(1, raw.size() - 2);
  return text_value(builder(), node.span(), {{unescape(raw, false), node.span(), none}});
}

ValueId Expressions::text(const Node& node, const Bindings& bindings, int depth) {
  const Node inner = node.named_child(0);
  const bool heredoc = inner.is("heredoc_template");
  // The text lies between the opening and the closing mark; a heredoc's begins on the next line.
  Span body{inner.span().begin + 1, inner.span().end};
  inner.each_named_child([&](const Node& child) {
    if (child.is("quoted_template_end")) body.end = child.span().begin;
    if (!child.is("heredoc_identifier")) return;
    if (child.span().begin > body.begin + 3) body.end = child.span().begin;
    if (body.begin == inner.span().begin + 1) body.begin = child.span().end;
  });
  if (heredoc && body.begin < body.end && builder().text()[body.begin] == '\n') ++body.begin;
  std::vector<TextPart> parts;
  text_parts(inner, body, heredoc, parts, bindings, depth + 1);
  return text_value(builder(), node.span(), parts);
}

// Both branches of `%{ if }` and the body of `%{ for }` belong to the text. Literal text is what
// lies between the other nodes: the grammar leaves blanks out of its own nodes for it.
void Expressions::text_parts(const Node& node, Span body, bool heredoc,
                             std::vector<TextPart>& parts, const Bindings& bindings, int depth) {
  if (too_deep(depth)) return;
  uint32_t at = body.begin;
  const auto literal_until = [&](uint32_t end) {
    if (end > at && end <= builder().text().size())
      parts.push_back({unescape(builder().text({at, end}), heredoc), {at, end}, none});
  };
  node.each_named_child([&](const Node& child) {
    const Span span = child.span();
    if (child.is("template_interpolation")) {
      literal_until(span.begin);
      at = span.end;
      child.each_named_child([&](const Node& part) {
        if (part.is("expression"))
          parts.push_back({{}, part.span(), lower(part, bindings, depth + 1)});
      });
    } else if (child.is("template_directive") || child.is("template_if") ||
               child.is("template_for")) {
      literal_until(span.begin);
      at = span.end;
      text_parts(child, {span.begin, span.begin}, heredoc, parts, bindings, depth + 1);
    } else if (child.is("template_if_intro") || child.is("template_else_intro") ||
               child.is("template_if_end") || child.is("template_for_start") ||
               child.is("template_for_end")) {
      literal_until(span.begin);
      at = span.end;
    }
  });
  literal_until(body.end);
}

}  // namespace keyless::terraform
