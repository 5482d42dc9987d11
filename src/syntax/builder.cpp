#include "syntax/builder.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {

Builder::Builder(const SourceFile& file, std::string_view language) : text_(file.text) {
  document_.path = file.path;
  document_.language = language;
  document_.scopes[0].span = {0, static_cast<uint32_t>(text_.size())};
}

ValueId Builder::add(Value value) {
  document_.values.push_back(std::move(value));
  return static_cast<ValueId>(document_.values.size() - 1);
}

ElementId Builder::add(Element element) {
  if (element.scope == 0) element.scope = scope_;
  if (element.extent.span.empty()) element.extent.span = element.span;
  document_.elements.push_back(std::move(element));
  return static_cast<ElementId>(document_.elements.size() - 1);
}

ValueId Builder::literal(Span span, std::string_view decoded) {
  Value v;
  v.kind = decoded.empty() ? ValueKind::empty : ValueKind::literal;
  v.span = span;
  if (looks_like_key(decoded)) {
    v.secret = Redacted(decoded);
    v.text = mask_keys(decoded);
  } else {
    v.text = decoded;
  }
  return add(std::move(v));
}

ValueId Builder::unknown(Span span) {
  return named(ValueKind::unknown, span, {});
}

ValueId Builder::symbol(Span span, std::string_view dotted) {
  return named(ValueKind::symbol, span, dotted);
}

ValueId Builder::named(ValueKind kind, Span span, std::string_view name) {
  Value v;
  v.kind = kind;
  v.span = span;
  v.text = name;
  return add(std::move(v));
}

ValueId Builder::alternative(Span span, std::vector<ValueId> parts) {
  if (parts.size() == 1) return parts.front();
  Value v;
  v.kind = ValueKind::alternative;
  v.span = span;
  v.parts = std::move(parts);
  return add(std::move(v));
}

ValueId Builder::composite(Span span, std::vector<ValueId> parts) {
  const bool folds = std::all_of(parts.begin(), parts.end(), [this](ValueId id) {
    const Value& v = value(id);
    return (v.kind == ValueKind::literal || v.kind == ValueKind::empty);
  });
  Value v;
  v.span = span;
  if (folds) {
    v.kind = ValueKind::literal;
    Redacted whole;
    for (const ValueId id : parts) {
      v.text += value(id).text;
      whole = value(id).secret ? whole.followed_by(*value(id).secret)
                               : whole.followed_by(Redacted(value(id).text));
    }
    // Two halves of a key are harmless apart and a key together.
    if (whole.looks_like_key()) {
      v.text = std::string(v.text.size(), '*');
      v.secret = std::move(whole);
    }
    if (v.text.empty()) v.kind = ValueKind::empty;
    return add(std::move(v));
  }
  v.kind = ValueKind::composite;
  v.parts = std::move(parts);
  return add(std::move(v));
}

ScopeId Builder::open_scope(ScopeKind kind, std::string_view name, Span span, bool async) {
  document_.scopes.push_back({kind, std::string(name), scope_, span, async});
  scope_ = static_cast<ScopeId>(document_.scopes.size() - 1);
  return scope_;
}

void Builder::close_scope() {
  if (scope_ != 0) scope_ = document_.scopes[scope_].parent;
}

void Builder::incomplete(std::string message) {
  document_.diagnostics.push_back({Problem::incomplete, document_.path, 0, std::move(message), {}});
}

void Builder::lost(Diagnostic diagnostic) {
  diagnostic.path = document_.path;
  document_.diagnostics.push_back(std::move(diagnostic));
}

Extent Builder::line_extent(Span span, std::string_view key, std::string_view comment) const {
  const auto line_start = [this](size_t at) {
    const size_t end = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return end == std::string_view::npos ? size_t{0} : end + 1;
  };
  // One line may hold thousands of entries: it is measured once.
  Span lines = line_;
  if (span.begin < line_.begin || span.end >= line_.end) {
    const size_t found = text_.find('\n', span.end);
    lines = {static_cast<uint32_t>(line_start(span.begin)),
             static_cast<uint32_t>(found == std::string_view::npos ? text_.size() : found + 1)};
    if (text_.find('\n', span.begin) == found) line_ = lines;
  }
  size_t begin = lines.begin;
  const size_t end = lines.end;
  const std::string name = squash(key);
  while (begin > 0 && !name.empty()) {
    const size_t above = line_start(begin - 1);
    const std::string_view line = trim(text_.substr(above, begin - above));
    if (!line.starts_with(comment) || squash(line).find(name) == std::string::npos) break;
    begin = above;
  }
  return {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, std::nullopt};
}

Document Builder::take() {
  // Elements stay in creation order: ids are stored in values. Order of creation is source order
  // up to nesting, and writers sort by span.
  text_ = {};
  return std::move(document_);
}

Extent separated_extent(std::string_view text, Span entry, Span whole, char separator) {
  size_t after = entry.end;
  while (after < whole.end && is_space(text[after])) ++after;
  if (after < whole.end && text[after] == separator) {
    ++after;
    while (after < whole.end && (text[after] == ' ' || text[after] == '\t')) ++after;
    if (after < whole.end && (text[after] == '\n' || text[after] == '\r')) {
      // The entry ends its line: take the line end and the indentation before the entry.
      size_t begin = entry.begin;
      while (begin > whole.begin && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
      const bool alone = begin > whole.begin && text[begin - 1] == '\n';
      if (!alone) return {{entry.begin, static_cast<uint32_t>(after)}, std::nullopt};
      if (text[after] == '\r') ++after;
      if (after < whole.end && text[after] == '\n') ++after;
      return {{static_cast<uint32_t>(begin), static_cast<uint32_t>(after)}, std::nullopt};
    }
    return {{entry.begin, static_cast<uint32_t>(after)}, std::nullopt};
  }
  size_t before = entry.begin;
  while (before > whole.begin && is_space(text[before - 1])) --before;
  if (before > whole.begin && text[before - 1] == separator)
    return {{static_cast<uint32_t>(before - 1), entry.end}, std::nullopt};
  return {entry, std::nullopt};
}

}  // namespace keyless
