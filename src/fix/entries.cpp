#include "fix/entries.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

const Element* pair_of(const Document& d, const Candidate& candidate) {
  const auto it = std::find_if(d.elements.begin(), d.elements.end(), [&](const Element& e) {
    return e.kind == ElementKind::pair && e.span == candidate.span;
  });
  return it == d.elements.end() ? nullptr : &*it;
}

// Where values that are the map stand: itself, names that hold it, results of functions that
// return it.
class Follower {
 public:
  Follower(const CodeFile& file, KeyMap& map)
      : d_(file.document), outline_(file.outline), map_(map) {}

  void run() {
    if (map_.map != none) same_.insert(map_.map);
    if (!map_.holder.empty()) hold(map_.holder, {0, UINT32_MAX});
    for (int round = 0; round < most_rounds; ++round) {
      const size_t known = same_.size() + holders_.size();
      for (const Element& e : d_.elements) follow(e);
      if (same_.size() + holders_.size() == known) break;
    }
    for (const Element& e : d_.elements)
      if (e.kind == ElementKind::call)
        for (const Input& input : e.inputs)
          if (same_.contains(input.value)) map_.uses.push_back({&e, &input});
    if (!map_.holder.empty()) map_.followed = map_.followed && all_followed();
  }

 private:
  static constexpr int most_rounds = 4;

  void follow(const Element& e) {
    if (e.value == none || !same_.contains(e.value)) return;
    if (e.kind == ElementKind::assign) {
      const bool inner =
          e.name.starts_with("self.") || d_.scopes[e.scope].kind != ScopeKind::function;
      if (map_.holder.empty()) map_.holder = e.name;
      map_.kept = map_.kept || inner;
      const Span all{0, UINT32_MAX};
      hold(e.name, inner || e.scope == 0 ? all : d_.scopes[e.scope].span);
    } else if (e.kind == ElementKind::result) {
      const ScopeId function = enclosing(d_, e.scope, ScopeKind::function);
      if (function == none || d_.scopes[function].name.empty()) return;
      const std::string& name = d_.scopes[function].name;
      for (ValueId id = 0; id < d_.values.size(); ++id) {
        const Value& v = d_.values[id];
        if (v.kind != ValueKind::call || v.element == none) continue;
        const std::string& callee = d_.elements[v.element].name;
        if (callee == name || callee == "self." + name) same_.insert(id);
      }
    }
  }

  void hold(const std::string& name, Span within) {
    if (!holders_.insert(name).second) return;
    for (ValueId id = 0; id < d_.values.size(); ++id) {
      const Value& v = d_.values[id];
      if (v.kind == ValueKind::symbol && v.text == name && within.contains(v.span))
        same_.insert(id);
    }
  }

  // Each reading of the holder stands in an argument that is the map.
  [[nodiscard]] bool all_followed() const {
    const std::string_view last = after_last(map_.holder, '.');
    const bool dotted = map_.holder.find('.') != std::string::npos;
    return std::all_of(outline_.mentions.begin(), outline_.mentions.end(), [&](const Mention& m) {
      if (m.name != last) return true;
      if (m.role != (dotted ? Mention::Role::member : Mention::Role::use)) return true;
      return std::any_of(map_.uses.begin(), map_.uses.end(),
                         [&](const MapUse& use) { return use.input->span.contains(m.span); });
    });
  }

  const Document& d_;
  const Outline& outline_;
  KeyMap& map_;
  std::set<ValueId> same_;
  std::set<std::string> holders_;
};

Span removal_of(const Extent& extent, Span span) {
  return extent.span.empty() ? span : extent.span;
}

// An argument list of one call, as far as it is edited here.
void add_argument(const CodeFile& file, const Element& call, Span behind, const std::string& text,
                  RecipeResult& result) {
  const uint32_t line = line_begin(file.text, behind.begin);
  const std::string_view before = file.text.substr(line, behind.begin - line);
  const std::string gap = trim(before).empty()
                              ? std::string(line_end_of(file.text)) + std::string(before)
                              : std::string(" ");
  if (!call.span.contains(behind))
    return static_cast<void>(result.refusal = "the call is not here");
  result.edits.push_back({{behind.end, behind.end}, "," + gap + text});
}

}  // namespace

KeyMap key_map_of(const CodeFile& file, const Candidate& candidate) {
  KeyMap map;
  const Element* pair = pair_of(file.document, candidate);
  if (pair == nullptr) return map;
  map.map = pair->group;
  if (pair->group == none) map.holder = pair->type;
  for (const Element& e : file.document.elements)
    map.entries += e.kind == ElementKind::pair && e.group == map.map && map.map != none ? 1U : 0U;
  if (map.map != none) {
    const std::string_view text = file.text_of(file.document.values[map.map].span);
    if (text.find("**") != std::string_view::npos) ++map.entries;
  }
  Follower(file, map).run();
  return map;
}

std::vector<std::vector<std::string>> receivers_of(const CodeFile& file, const KeyMap& map,
                                                   const Candidate& candidate) {
  std::vector<std::vector<std::string>> all;
  for (const MapUse& use : map.uses) all.push_back(file.imports.symbols(use.call->name));
  if (const Element* pair = pair_of(file.document, candidate); pair != nullptr) {
    if (pair->group == none && pair->type.find('.') != std::string::npos)
      all.push_back(file.imports.symbols(pair->type));
    for (const Element& e : file.document.elements)
      if (e.kind == ElementKind::pair && e.value == pair->group && pair->group != none)
        all.push_back({"entry." + e.name});
  }
  return all;
}

std::string host_without_tokens(const Document& document, const Candidate& candidate,
                                const Hosts& hosts) {
  const ScopeId function = enclosing(document, candidate.scope, ScopeKind::function);
  const Span within = function == none ? Span{0, UINT32_MAX} : document.scopes[function].span;
  for (const Value& v : document.values) {
    if (v.kind != ValueKind::literal || !within.contains(v.span)) continue;
    // "https://" + region + ".api.cognitive.microsoft.com": any character for the hole.
    const std::string text = v.text.starts_with('.') ? "x" + v.text : v.text;
    if (text.find('.') == std::string::npos) continue;
    const HostRow* row = hosts.find(text);
    if (row != nullptr && row->azure && row->entra != Entra::yes) return row->host;
  }
  return {};
}

void remove_entry(const CodeFile& file, const Candidate& candidate, RecipeResult& result) {
  const KeyMap map = key_map_of(file, candidate);
  result.removed.push_back(candidate.span);
  // `default_headers={"api-key": key}`: the argument goes as a whole.
  if (map.entries == 1 && map.holder.empty() && map.uses.size() == 1 &&
      map.uses.front().input->via == Via::keyword) {
    const Input& input = *map.uses.front().input;
    result.removed.push_back(input.span);
    result.edits.push_back({removal_of(input.extent, input.span), {}});
    return;
  }
  if (map.map == none) {  // m["k"] = v
    result.edits.push_back({whole_lines(file.text, candidate.span, "#"), {}});
    return;
  }
  result.edits.push_back({removal_of(candidate.extent, candidate.span), {}});
}

void replace_request_header(const CodeFile& file, const Candidate& candidate,
                            const std::string& name, const std::string& code,
                            RecipeResult& result) {
  const KeyMap map = key_map_of(file, candidate);
  const char quote = file.outline.quote;
  const std::string header = quote + name + quote + ": " + code;
  result.removed.push_back(candidate.span);
  if (!map.kept) {
    const std::string_view old = file.text_of(candidate.span);
    const size_t bracket = old.find('[');
    const bool assigned = map.map == none && bracket != std::string_view::npos;
    result.edits.push_back({candidate.span, assigned ? std::string(old.substr(0, bracket + 1)) +
                                                           quote + name + quote + "] = " + code
                                                     : header});
    return;
  }
  if (map.map == none || map.uses.empty() || !map.followed)
    return static_cast<void>(
        result.refusal = "the headers are made once and kept, a token in them would expire");
  for (const MapUse& use : map.uses) {
    const Value& value = file.document.values[use.input->value];
    const std::string spread =
        map.entries == 1 ? "{" + header + "}"
                         : "{**" + std::string(file.text_of(value.span)) + ", " + header + "}";
    if (map.entries == 1) result.removed.push_back(value.span);
    result.edits.push_back({value.span, spread});
  }
  if (map.entries > 1) result.edits.push_back({removal_of(candidate.extent, candidate.span), {}});
}

void move_entry(const CodeFile& file, const Candidate& candidate, const std::string& name,
                const Code& code, const std::string& text, RecipeResult& result) {
  const KeyMap map = key_map_of(file, candidate);
  const auto assignment = [&](std::string_view object) {
    return std::string(object) + "." + name + " = " + code(text);
  };
  result.removed.push_back(candidate.span);
  if (map.map == none) {  // session.headers["api-key"] = key
    result.edits.push_back({candidate.span, assignment(before_last(map.holder, '.'))});
    return;
  }
  if (map.uses.size() != 1 || !map.followed)
    return static_cast<void>(result.refusal = "the headers are given to more than one client");
  const Element& call = *map.uses.front().call;
  const Input& input = *map.uses.front().input;
  if (call.name.ends_with(".headers.update")) {
    const std::string_view session = before_last(before_last(call.name, '.'), '.');
    if (map.entries == 1 && map.holder.empty()) {
      result.edits.push_back({call.span, assignment(session)});
      return;
    }
    const uint32_t after = line_after(file.text, call.span.end - 1);
    const std::string line = std::string(indentation_at(file.text, call.span.begin)) +
                             assignment(session) + std::string(line_end_of(file.text));
    result.edits.push_back({removal_of(candidate.extent, candidate.span), {}});
    result.edits.push_back({{after, after}, line});
    return;
  }
  for (const Input& other : call.inputs)
    if (other.name == name)
      return static_cast<void>(result.refusal = "the client has another " + name + " already");
  const std::string argument = name + "=" + code(text);
  if (map.entries == 1 && map.holder.empty()) {
    result.edits.push_back({input.span, argument});
    return;
  }
  result.edits.push_back({removal_of(candidate.extent, candidate.span), {}});
  add_argument(file, call, input.span, argument, result);
}

Span header_extent(const Document& d, const Candidate& header) {
  const Span pair = header.extent.span;
  if (header.element == none) return pair;
  const uint32_t group = d.elements[header.element].group;
  const auto beside = std::count_if(d.elements.begin(), d.elements.end(), [&](const Element& e) {
    return e.kind == ElementKind::pair && e.group == group && group != none;
  });
  if (beside != 1) return pair;
  for (const Element& e : d.elements)
    for (const Input& input : e.inputs)
      if (e.kind == ElementKind::call && input.span != header.span && !input.name.empty() &&
          input.value == group)
        return input.extent.span;
  return pair;
}

}  // namespace keyless
