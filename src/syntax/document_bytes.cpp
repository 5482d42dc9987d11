#include "syntax/document_bytes.h"

#include <algorithm>
#include <type_traits>

namespace keyless {
namespace {

// Numbers as groups of seven bits, the lowest first.
class Writer {
 public:
  template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void operator()(T value) {
    auto rest = static_cast<uint64_t>(static_cast<int64_t>(value));
    while (rest >= 0x80U) {
      bytes_.push_back(static_cast<char>(rest | 0x80U));
      rest >>= 7U;
    }
    bytes_.push_back(static_cast<char>(rest));
  }
  void operator()(const std::string& text) {
    (*this)(text.size());
    bytes_ += text;
  }
  template <class T>
  void operator()(const std::vector<T>& list);
  template <class T>
  void operator()(const std::optional<T>& value);
  template <class T>
    requires std::is_class_v<T>
  void operator()(const T& value);

  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
  void operator()(T& value) {
    value = static_cast<T>(static_cast<int64_t>(number()));
  }
  void operator()(std::string& text) {
    const size_t size = length();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  template <class T>
  void operator()(std::vector<T>& list);
  template <class T>
  void operator()(std::optional<T>& value);
  template <class T>
    requires std::is_class_v<T>
  void operator()(T& value);

  [[nodiscard]] bool done() const { return good_ && rest_.empty(); }

 private:
  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64U; shift += 7U) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    good_ = false;
    rest_ = {};
    return 0;
  }
  // Whatever has a length takes at least a byte for each.
  size_t length() {
    const uint64_t wanted = number();
    if (wanted <= rest_.size()) return wanted;
    good_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool good_ = true;
};

// table: the members of each part of a document; both directions are made of it
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Span>
void members(Io& io, T& t) {
  io(t.begin), io(t.end);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Extent>
void members(Io& io, T& t) {
  io(t.span), io(t.parent);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Scope>
void members(Io& io, T& t) {
  io(t.kind), io(t.name), io(t.parent), io(t.span), io(t.async);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Input>
void members(Io& io, T& t) {
  io(t.name), io(t.position), io(t.value), io(t.via), io(t.span), io(t.extent);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Element>
void members(Io& io, T& t) {
  io(t.kind), io(t.container), io(t.flag), io(t.scope), io(t.span), io(t.extent), io(t.name_span);
  io(t.name), io(t.module), io(t.member), io(t.type), io(t.value), io(t.group), io(t.position);
  io(t.inputs);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Value>
void members(Io& io, T& t) {
  io(t.kind), io(t.span), io(t.text), io(t.member), io(t.type), io(t.parts), io(t.element);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Diagnostic>
void members(Io& io, T& t) {
  io(t.problem), io(t.path), io(t.line), io(t.message), io(t.mend);
}
template <class Io, class T>
  requires std::is_same_v<std::remove_const_t<T>, Document>
void members(Io& io, T& t) {
  io(t.path), io(t.language), io(t.scopes), io(t.elements), io(t.values), io(t.broken);
  io(t.diagnostics);
}

template <class T>
void Writer::operator()(const std::vector<T>& list) {
  (*this)(list.size());
  for (const T& item : list) (*this)(item);
}
template <class T>
void Writer::operator()(const std::optional<T>& value) {
  (*this)(value.has_value());
  if (value) (*this)(*value);
}
template <class T>
  requires std::is_class_v<T>
void Writer::operator()(const T& value) {
  members(*this, value);
}

template <class T>
void Reader::operator()(std::vector<T>& list) {
  list.clear();
  list.resize(length());
  for (T& item : list) (*this)(item);
}
template <class T>
void Reader::operator()(std::optional<T>& value) {
  bool there = false;
  (*this)(there);
  if (there) (*this)(value.emplace());
}
template <class T>
  requires std::is_class_v<T>
void Reader::operator()(T& value) {
  members(*this, value);
}

// Whether every id names something that is there: linking follows them without asking.
bool holds_together(const Document& d) {
  const auto value = [&](ValueId id) { return id == none || id < d.values.size(); };
  const auto element = [&](ElementId id) { return id == none || id < d.elements.size(); };
  const auto scope = [&](ScopeId id) { return id < d.scopes.size(); };
  for (size_t i = 0; i < d.scopes.size(); ++i)
    if (d.scopes[i].parent != none && d.scopes[i].parent >= i) return false;
  const auto whole = [&](const Element& e) {
    return scope(e.scope) && value(e.value) &&
           std::all_of(e.inputs.begin(), e.inputs.end(),
                       [&](const Input& input) { return value(input.value); });
  };
  return !d.scopes.empty() && std::all_of(d.elements.begin(), d.elements.end(), whole) &&
         std::all_of(d.values.begin(), d.values.end(), [&](const Value& v) {
           return element(v.element) && std::all_of(v.parts.begin(), v.parts.end(), value);
         });
}

}  // namespace

std::optional<std::string> document_bytes(const Document& document) {
  const bool whole = std::none_of(
      document.diagnostics.begin(), document.diagnostics.end(),
      [](const Diagnostic& diagnostic) { return diagnostic.problem == Problem::lost_file; });
  const bool secret = std::any_of(document.values.begin(), document.values.end(),
                                  [](const Value& v) { return v.secret.has_value(); });
  if (!whole || secret) return std::nullopt;
  Writer writer;
  writer(document);
  return writer.take();
}

std::optional<Document> document_from(std::string_view bytes) {
  Reader reader(bytes);
  Document document;
  reader(document);
  if (!reader.done() || !holds_together(document)) return std::nullopt;
  return document;
}

}  // namespace keyless
