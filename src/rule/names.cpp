#include "rule/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t long_enough = 8;  // a product this long is unmistakable without word boundaries
constexpr std::array separators{"", "_", "-", ".", ":", " ", "__"};

// table: class names as rules spell them
constexpr std::array<std::pair<std::string_view, NameClass>, 8> class_names{{
    {"key-strong", NameClass::key_strong},
    {"key-weak", NameClass::key_weak},
    {"key-any", NameClass::key_any},
    {"other-service", NameClass::other_service},
    {"key-mode", NameClass::key_mode},
    {"key-openai", NameClass::key_openai},
    {"endpoint-azure", NameClass::endpoint_azure},
    {"any", NameClass::any},
}};

// "open ai" -> openai, open_ai, open-ai, ...: the spellings that a search must look for.
std::vector<std::string> spellings(std::string_view sequence) {
  const auto words = split(sequence, ' ');
  if (words.size() == 1) return {std::string(words[0])};
  // The first two words are in every spelling; more would only multiply literals.
  std::vector<std::string> result;
  result.reserve(separators.size());
  for (const std::string_view separator : separators)
    result.push_back(std::string(words[0]) + std::string(separator) + std::string(words[1]));
  return result;
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::optional<NameClass> name_class_from(std::string_view text) {
  for (const auto& [name, value] : class_names)
    if (name == text) return value;
  return std::nullopt;
}

struct Names::Split {
  std::string squashed;
  std::vector<bool> starts;  // [i]: a word starts at i; one more for the end
  std::vector<std::string> words;

  explicit Split(std::string_view name) {
    std::string word;
    const auto finish = [&] {
      if (word.empty()) return;
      starts.resize(squashed.size() + 1, false);
      starts[squashed.size()] = true;
      squashed += word;
      words.push_back(word);
      word.clear();
    };
    for (size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      if (!is_alnum(c)) {
        finish();
        continue;
      }
      const char before = i > 0 ? name[i - 1] : '\0';
      const char after = i + 1 < name.size() ? name[i + 1] : '\0';
      const bool camel = is_upper(c) && is_lower(before);
      const bool acronym_ends = is_upper(c) && is_upper(before) && is_lower(after);
      const bool number = is_digit(c) != is_digit(before) && is_alnum(before);
      if (camel || acronym_ends || number) finish();
      word += lower(c);
    }
    finish();
    starts.resize(squashed.size() + 1, false);
    starts[squashed.size()] = true;
  }

  [[nodiscard]] bool bounded(size_t begin, size_t end) const {
    return starts[begin] && starts[end];
  }

  // First place where `needle` stands as whole words (or anywhere when it is long).
  [[nodiscard]] size_t find(std::string_view needle, bool whole_words = true) const {
    for (size_t at = squashed.find(needle); at != std::string::npos;
         at = squashed.find(needle, at + 1))
      if (!whole_words || needle.size() >= long_enough || bounded(at, at + needle.size()))
        return at;
    return std::string::npos;
  }

  // Whether find would find one of `sorted`; every name of a tree is asked for hundreds of words.
  [[nodiscard]] bool has_any(const std::vector<std::string>& sorted) const {
    for (size_t at = 0; at < squashed.size(); ++at) {
      const std::string_view rest = std::string_view(squashed).substr(at);
      const auto alike = std::ranges::equal_range(sorted, rest.front(), {}, first_letter);
      for (const std::string& word : alike)
        if (rest.starts_with(word) && (word.size() >= long_enough || bounded(at, at + word.size())))
          return true;
    }
    return false;
  }

  static char first_letter(const std::string& word) { return word.front(); }
};

const Names::Product* Names::product_of(const Split& split) const {
  const Product* best = nullptr;
  for (const Product& product : products_)
    if (split.find(product.squashed) != std::string::npos &&
        (best == nullptr || product.squashed.size() > best->squashed.size()))
      best = &product;
  return best;
}

// A name that ends with a full name, numbers apart: OLD_SPEECH_KEY_2 for "speech key".
const Names::Product* Names::full_name_of(const Split& split) const {
  size_t end = split.squashed.size();
  for (auto it = split.words.rbegin(); it != split.words.rend() && is_digits(*it); ++it)
    end -= it->size();
  const std::string_view body = std::string_view(split.squashed).substr(0, end);
  for (const Product& name : full_names_)
    if (body.ends_with(name.squashed) && split.starts[end - name.squashed.size()]) return &name;
  return nullptr;
}

// A key word that ends the name (numbers may follow), or stands anywhere in it; no word behind it
// may turn the name into something else ("key vault", "key name").
bool Names::has_key_word(const Split& split, bool anywhere) const {
  const auto turned = [&](size_t from) {
    size_t at = 0;
    for (const std::string& word : split.words) {
      const bool behind = at >= from;
      at += word.size();
      if (!behind || is_digits(word)) continue;
      if (!anywhere) return true;
      if (std::find(not_after_.begin(), not_after_.end(), word) != not_after_.end()) return true;
    }
    return false;
  };
  const std::string_view name = split.squashed;
  for (const std::string& word : key_words_)
    for (size_t at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
      const size_t end = at + word.size();
      const bool last = end == name.size();
      // Words without boundaries ("azureopenaikey") count only at the very end.
      const bool whole = split.bounded(at, end) || (last && (anywhere || word.size() >= 6));
      if (whole && !turned(end)) return true;
    }
  return false;
}

bool Names::is_other(std::string_view name, bool hard_only) const {
  const Split split(name);
  return split.has_any(other_hard_) || (!hard_only && split.has_any(other_soft_));
}

bool Names::is_strong(std::string_view name) const {
  for (const std::string& own : own_keys_)
    if (squash(own) == squash(name)) return true;
  const Split split(name);
  if (is_other(name, true)) return false;
  const Product* product = full_name_of(split);
  if (product == nullptr) {
    product = product_of(split);
    if (product == nullptr || !has_key_word(split, true)) return false;
  }
  return std::any_of(product->anchors.begin(), product->anchors.end(),
                     [&](const std::string& a) { return contains_ignoring_case(name, a); });
}

bool Names::is_weak(std::string_view name) const {
  const Split split(name);
  return has_key_word(split, false) && !is_strong(name) && !is_other(name, false);
}

bool Names::is_endpoint(std::string_view name) const {
  for (const std::string& own : own_endpoints_)
    if (squash(own) == squash(name)) return true;
  const Split split(name);
  if (product_of(split) == nullptr || is_other(name, true)) return false;
  return std::any_of(endpoint_words_.begin(), endpoint_words_.end(), [&](const std::string& word) {
    return split.find(word) != std::string::npos || split.squashed.ends_with(word);
  });
}

bool Names::is_mode(std::string_view name) const {
  const Split split(name);
  if (product_of(split) == nullptr || is_other(name, true) || split.words.empty()) return false;
  return std::find(mode_words_.begin(), mode_words_.end(), split.words.back()) != mode_words_.end();
}

bool Names::is(NameClass name_class, std::string_view name) const {
  switch (name_class) {
    case NameClass::key_strong:
      return is_strong(name);
    case NameClass::key_weak:
      return is_weak(name);
    case NameClass::key_any:
      return is_strong(name) || is_weak(name);
    case NameClass::other_service:
      return is_other(name, false);
    case NameClass::key_mode:
      return is_mode(name);
    case NameClass::key_openai:
      return Split(name).find("openai") != std::string::npos && is_weak(name);
    case NameClass::endpoint_azure:
      return is_endpoint(name);
    case NameClass::any:
      return true;
  }
  return false;
}

std::string Names::service_of(std::string_view name) const {
  const Split split(name);
  const Product* product = product_of(split);
  if (product == nullptr) product = full_name_of(split);
  return product == nullptr ? std::string{} : product->service;
}

std::vector<std::string> Names::anchors() const {
  std::vector<std::string> all;
  for (const auto* list : {&products_, &full_names_})
    for (const Product& product : *list)
      all.insert(all.end(), product.anchors.begin(), product.anchors.end());
  for (const std::string& own : own_keys_) all.push_back(to_lower(own));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Result<Names> Names::load(const YamlNode& file, std::string_view path) {
  Names names;
  const auto words_of = [&](std::string_view key, std::vector<std::string>& into) {
    if (const YamlNode* list = file.find(key))
      for (const YamlNode& item : list->items)
        if (std::string word = squash(item.scalar); !word.empty()) into.push_back(std::move(word));
    return !into.empty();
  };
  const YamlNode* products = file.find("products");
  const YamlNode* full_names = file.find("full_names");
  const bool complete =
      words_of("key_words", names.key_words_) && words_of("not_after", names.not_after_) &&
      words_of("other_hard", names.other_hard_) && words_of("other_soft", names.other_soft_) &&
      words_of("endpoint_words", names.endpoint_words_) &&
      words_of("mode_words", names.mode_words_);
  if (!complete || products == nullptr || full_names == nullptr)
    return fail(Diagnostic{
        Problem::bad_input, std::string(path), file.line, "a word list is missing or empty",
        "needed: products, full_names, key_words, not_after, other_hard, other_soft, "
        "endpoint_words, mode_words"});
  const auto read = [](const YamlNode& services, std::vector<Product>& into) {
    for (const auto& [service, sequences] : services.fields)
      for (const YamlNode& sequence : sequences.items)
        into.push_back({squash(sequence.scalar), spellings(sequence.scalar), service});
  };
  std::sort(names.other_hard_.begin(), names.other_hard_.end());
  std::sort(names.other_soft_.begin(), names.other_soft_.end());
  read(*products, names.products_);
  read(*full_names, names.full_names_);
  return names;
}

}  // namespace keyless
