// Builder: how a lowering writes a Document; owns masking of secrets and the scope stack.
// Every lowering uses it, so no literal can enter a Document without the key check.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "syntax/document.h"

namespace keyless {

class Builder {
 public:
  Builder(const SourceFile& file, std::string_view language);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Span span) const {
    return text_.substr(span.begin, span.size());
  }

  ValueId add(Value value);
  ElementId add(Element element);  // scope is set to the current one when left at 0
  Value& value(ValueId id) { return document_.values[id]; }
  Element& element(ElementId id) { return document_.elements[id]; }

  // A literal of decoded text; kind `empty` for "". Key-like text becomes a Redacted, masked.
  ValueId literal(Span span, std::string_view decoded);
  ValueId unknown(Span span);
  ValueId symbol(Span span, std::string_view dotted);
  ValueId alternative(Span span, std::vector<ValueId> parts);  // one part: that part itself
  ValueId composite(Span span, std::vector<ValueId> parts);    // literal parts only: one literal
  ValueId named(ValueKind kind, Span span, std::string_view name);

  ScopeId open_scope(ScopeKind kind, std::string_view name, Span span, bool async = false);
  void close_scope();
  [[nodiscard]] ScopeId scope() const { return scope_; }
  [[nodiscard]] const Document& document() const { return document_; }

  void broken(Span span) { document_.broken.push_back(span); }
  void incomplete(std::string message);
  void lost(Diagnostic diagnostic);  // the file could not be parsed at all

  // The whole line of `span` with its line end: the extent of a line-like entry. Comment lines
  // directly above that name `key` (squashed) belong to it. `comment`: "#", "//".
  [[nodiscard]] Extent line_extent(Span span, std::string_view key, std::string_view comment) const;

  // The document, elements sorted by source order; the builder is empty afterwards.
  Document take();

 private:
  Document document_;
  std::string_view text_;
  ScopeId scope_ = 0;
  mutable Span line_;  // the line that line_extent measured last
};

// `inputs` separated by commas inside `whole`: the extent of one entry takes the following
// separator with the blanks after it, else the preceding one.
Extent separated_extent(std::string_view text, Span entry, Span whole, char separator = ',');

}  // namespace keyless
