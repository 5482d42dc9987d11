#include "base/glob.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t longest_pattern = 1000;
constexpr int deepest_braces = 16;

}  // namespace

// Builds the states back to front: each construct is told the state that follows it.
class GlobCompiler {
 public:
  GlobCompiler(Glob& glob, std::string_view pattern) : glob_(glob), pattern_(pattern) {}

  // False if the pattern is malformed.
  bool compile() {
    const uint16_t accept = add({});
    const auto start = sequence(pattern_, accept, 0);
    if (!start) return false;
    glob_.start_ = *start;
    return true;
  }

 private:
  using State = Glob::State;
  using Op = Glob::Op;

  struct Piece {
    enum class Kind : uint8_t { byte, any_in_name, any_byte_star, name_star, folders, set, braces };
    Kind kind = Kind::byte;
    unsigned char byte = 0;
    uint16_t set = 0;
    std::string_view inside;  // of braces
  };

  uint16_t add(const State& state) {
    glob_.states_.push_back(state);
    return static_cast<uint16_t>(glob_.states_.size() - 1);
  }

  std::optional<uint16_t> sequence(std::string_view text, uint16_t after, int depth) {
    if (depth > deepest_braces) return std::nullopt;
    std::vector<Piece> pieces;
    for (size_t at = 0; at < text.size();) {
      const size_t used = take(text, at, pieces);
      if (used == 0) return std::nullopt;
      at += used;
    }
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
      const auto start = emit(*piece, after, depth);
      if (!start) return std::nullopt;
      after = *start;
    }
    return after;
  }

  // Reads one piece at `at`; the number of characters used, 0 if malformed.
  size_t take(std::string_view text, size_t at, std::vector<Piece>& pieces) {
    const std::string_view rest = text.substr(at);
    const bool name_begins = at == 0 || text[at - 1] == '/';
    if (rest.starts_with("**/") && name_begins) {
      pieces.push_back({Piece::Kind::folders, 0, 0, {}});
      return 3;
    }
    if (rest == "**" && name_begins) {
      pieces.push_back({Piece::Kind::any_byte_star, 0, 0, {}});
      return 2;
    }
    switch (rest.front()) {
      case '*': {
        pieces.push_back({Piece::Kind::name_star, 0, 0, {}});
        const size_t stars = rest.find_first_not_of('*');
        return stars == std::string_view::npos ? rest.size() : stars;
      }
      case '?':
        pieces.push_back({Piece::Kind::any_in_name, 0, 0, {}});
        return 1;
      case '[':
        return take_set(rest, pieces);
      case '{':
        return take_braces(rest, pieces);
      case '\\':
        if (rest.size() < 2) return 0;
        pieces.push_back({Piece::Kind::byte, static_cast<unsigned char>(rest[1]), 0, {}});
        return 2;
      default:
        pieces.push_back({Piece::Kind::byte, static_cast<unsigned char>(rest.front()), 0, {}});
        return 1;
    }
  }

  size_t take_set(std::string_view rest, std::vector<Piece>& pieces) {
    Glob::ByteSet set;
    size_t at = 1;
    const bool inverted = rest.size() > 1 && (rest[1] == '!' || rest[1] == '^');
    if (inverted) ++at;
    for (bool first = true; at < rest.size() && (first || rest[at] != ']'); first = false) {
      if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
      const auto low = static_cast<unsigned char>(rest[at++]);
      auto high = low;
      if (at + 1 < rest.size() && rest[at] == '-' && rest[at + 1] != ']') {
        high = static_cast<unsigned char>(rest[at + 1]);
        at += 2;
      }
      for (unsigned byte = low; byte <= high; ++byte) set.set(byte);
    }
    if (at >= rest.size()) return 0;
    if (inverted) set.flip();
    set.reset('/');
    glob_.sets_.push_back(set);
    pieces.push_back({Piece::Kind::set, 0, static_cast<uint16_t>(glob_.sets_.size() - 1), {}});
    return at + 1;
  }

  static size_t take_braces(std::string_view rest, std::vector<Piece>& pieces) {
    int depth = 0;
    for (size_t at = 0; at < rest.size(); ++at) {
      if (rest[at] == '\\')
        ++at;
      else if (rest[at] == '{')
        ++depth;
      else if (rest[at] == '}' && --depth == 0) {
        pieces.push_back({Piece::Kind::braces, 0, 0, rest.substr(1, at - 1)});
        return at + 1;
      }
    }
    return 0;
  }

  std::optional<uint16_t> emit(const Piece& piece, uint16_t after, int depth) {
    switch (piece.kind) {
      case Piece::Kind::byte:
        return add({Op::byte, piece.byte, 0, after, 0});
      case Piece::Kind::any_in_name:
        return add({Op::any_in_name, 0, 0, after, 0});
      case Piece::Kind::set:
        return add({Op::set, 0, piece.set, after, 0});
      case Piece::Kind::name_star:
        return loop(Op::any_in_name, after);
      case Piece::Kind::any_byte_star:
        return loop(Op::any, after);
      case Piece::Kind::folders: {
        // Nothing, or any text that ends with '/'.
        const uint16_t slash = add({Op::byte, '/', 0, after, 0});
        return add({Op::split, 0, 0, loop(Op::any, slash), after});
      }
      case Piece::Kind::braces:
        return alternatives(piece.inside, after, depth);
    }
    return std::nullopt;
  }

  uint16_t loop(Op op, uint16_t after) {
    const uint16_t split = add({Op::split, 0, 0, 0, after});
    const uint16_t body = add({op, 0, 0, split, 0});
    glob_.states_[split].next = body;
    return split;
  }

  std::optional<uint16_t> alternatives(std::string_view inside, uint16_t after, int depth) {
    std::optional<uint16_t> joined;
    int nested = 0;
    size_t begin = 0;
    for (size_t at = 0; at <= inside.size(); ++at) {
      const char c = at < inside.size() ? inside[at] : ',';
      if (at < inside.size() && c == '\\')
        ++at;
      else if (c == '{')
        ++nested;
      else if (c == '}')
        --nested;
      else if (c == ',' && nested == 0) {
        const auto start = sequence(inside.substr(begin, at - begin), after, depth + 1);
        if (!start) return std::nullopt;
        joined = joined ? add({Op::split, 0, 0, *start, *joined}) : *start;
        begin = at + 1;
      }
    }
    return joined;
  }

  Glob& glob_;
  std::string_view pattern_;
};

Result<Glob> Glob::parse(std::string_view pattern) {
  Glob glob;
  glob.pattern_ = pattern;
  std::string_view body = pattern;
  glob.folders_only_ = body.size() > 1 && body.ends_with('/');
  if (glob.folders_only_) body.remove_suffix(1);
  glob.name_only_ = body.find('/') == std::string_view::npos;
  if (body.starts_with('/')) body.remove_prefix(1);
  if (body.empty() || body.size() > longest_pattern || !GlobCompiler(glob, body).compile()) {
    return fail("the glob '" + std::string(pattern.substr(0, 80)) + "' cannot be read",
                "close every { and [, and keep it under 1,000 characters");
  }
  return glob;
}

bool Glob::step(const State& state, unsigned char byte) const {
  switch (state.op) {
    case Op::byte:
      return state.byte == byte;
    case Op::any_in_name:
      return byte != '/';
    case Op::any:
      return true;
    case Op::set:
      return sets_[state.set].test(byte);
    case Op::split:
    case Op::accept:
      break;
  }
  return false;
}

bool Glob::run(std::string_view text) const {
  // All states that the text so far can be in; each enters a list once per byte.
  std::vector<uint16_t> now;
  std::vector<uint16_t> next;
  std::vector<size_t> entered(states_.size(), 0);
  std::vector<uint16_t> pending;
  const auto enter = [&](uint16_t state, size_t round, std::vector<uint16_t>& list) {
    pending.push_back(state);
    while (!pending.empty()) {
      const uint16_t at = pending.back();
      pending.pop_back();
      if (entered[at] == round) continue;
      entered[at] = round;
      if (states_[at].op == Op::split) {
        pending.push_back(states_[at].other);
        pending.push_back(states_[at].next);
      } else {
        list.push_back(at);
      }
    }
  };
  enter(start_, 1, now);
  for (size_t i = 0; i < text.size() && !now.empty(); ++i) {
    next.clear();
    for (const uint16_t state : now) {
      if (step(states_[state], static_cast<unsigned char>(text[i])))
        enter(states_[state].next, i + 2, next);
    }
    now.swap(next);
  }
  return std::any_of(now.begin(), now.end(),
                     [this](uint16_t state) { return states_[state].op == Op::accept; });
}

bool Glob::matches(std::string_view path, bool is_folder) const {
  if (folders_only_ && !is_folder) return false;
  return run(name_only_ ? after_last(path, '/') : path);
}

bool Glob::covers(std::string_view path) const {
  for (size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    if (matches(path.substr(0, slash), true)) return true;
  }
  return matches(path, false);
}

Result<GlobSet> GlobSet::parse(const std::vector<std::string>& patterns) {
  GlobSet set;
  for (const std::string& pattern : patterns) {
    auto glob = Glob::parse(pattern);
    if (!glob) return fail(glob.error());
    set.globs_.push_back(std::move(*glob));
  }
  return set;
}

bool GlobSet::covers(std::string_view path) const {
  return std::any_of(globs_.begin(), globs_.end(),
                     [&](const Glob& glob) { return glob.covers(path); });
}

bool GlobSet::matches(std::string_view path, bool is_folder) const {
  return std::any_of(globs_.begin(), globs_.end(),
                     [&](const Glob& glob) { return glob.matches(path, is_folder); });
}

}  // namespace keyless
