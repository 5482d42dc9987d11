#include "syntax/shell/json_pairs.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/shell/setting_lines.h"

namespace keyless {
namespace {

struct Member {
  std::string key;
  size_t key_begin = 0;
  size_t value_begin = 0;  // inside the quotes
  size_t value_end = 0;
};

class PairReader {
 public:
  PairReader(Builder& builder, const MappedText& text, const ScriptOptions& options)
      : b_(builder), t_(text), options_(options), settings_(builder, text, options, {}) {}

  void run() {
    while (at_ < t_.size()) {
      const char c = t_.text[at_];
      if (c == '"')
        string();
      else if (c == '}' || c == '{')
        flush(), ++at_;
      else
        ++at_;
    }
    flush();
  }

 private:
  void string() {
    const size_t begin = at_ + 1;
    const size_t end = string_end(at_);
    at_ = std::min(end + 1, t_.size());
    size_t sign = at_;
    while (sign < t_.size() && is_space(t_.text[sign])) ++sign;
    if (sign >= t_.size() || t_.text[sign] != ':') return;
    ++sign;
    while (sign < t_.size() && is_space(t_.text[sign])) ++sign;
    if (sign >= t_.size() || t_.text[sign] == '{' || t_.text[sign] == '[') {
      at_ = sign;
      return;
    }
    Member member{std::string(t_.view(begin, end)), begin - 1, sign, sign};
    if (t_.text[sign] == '"') {
      member.value_begin = sign + 1;
      member.value_end = string_end(sign);
      at_ = std::min(member.value_end + 1, t_.size());
    } else {
      at_ = bare_end(sign);
      member.value_end = at_;
    }
    members_.push_back(std::move(member));
  }

  // Index of the closing quote; an expression may hold quotes of its own.
  [[nodiscard]] size_t string_end(size_t at) const {
    for (size_t i = at + 1; i < t_.size(); ++i) {
      if (t_.text[i] == '\\') {
        ++i;
      } else if (t_.view(i, std::min(i + 3, t_.size())) == "${{") {
        const size_t close = t_.text.find("}}", i);
        if (close == std::string::npos) return t_.size();
        i = close + 1;
      } else if (t_.text[i] == '"') {
        return i;
      }
    }
    return t_.size();
  }

  [[nodiscard]] size_t bare_end(size_t at) const {
    if (t_.view(at, std::min(at + 3, t_.size())) == "${{") {
      const size_t close = t_.text.find("}}", at);
      return close == std::string::npos ? t_.size() : close + 2;
    }
    while (at < t_.size() && t_.text[at] != ',' && t_.text[at] != '}' && t_.text[at] != '\n') ++at;
    return at;
  }

  void flush() {
    const Member* name = nullptr;
    const Member* value = nullptr;
    for (const Member& m : members_) {
      if (to_lower(m.key) == "name") name = &m;
      if (to_lower(m.key) == "value") value = &m;
    }
    if (name != nullptr && value != nullptr) {
      setting(std::string(t_.view(name->value_begin, name->value_end)),
              std::min(name->key_begin, value->key_begin), *value);
    } else {
      for (const Member& m : members_) setting(m.key, m.key_begin, m);
    }
    members_.clear();
  }

  void setting(const std::string& name, size_t begin, const Member& m) {
    const Atoms atoms =
        read_word(b_, t_, {m.value_begin, m.value_end}, options_.dialect, Quoting::frozen);
    const ValueId value = value_of(b_, t_, atoms, 0, atoms.size());
    const bool quoted = m.value_end < t_.size() && t_.text[m.value_end] == '"';
    const Span span = t_.span(begin, m.value_end + (quoted ? 1U : 0U));
    settings_.add(mask_keys(name), t_.span(m.key_begin, m.key_begin + m.key.size() + 2), span,
                  value, {span, {}});
  }

  Builder& b_;
  const MappedText& t_;
  const ScriptOptions& options_;
  SettingLines settings_;
  size_t at_ = 0;
  std::vector<Member> members_;
};

}  // namespace

void lower_json_pairs(Builder& builder, const MappedText& text, const ScriptOptions& options) {
  PairReader(builder, text, options).run();
}

}  // namespace keyless
