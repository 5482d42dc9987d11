// Entries: edits of a header or map entry that holds a key, by who is given the map and how long
// the map lives. A map that is made once gets no token that ends; what cannot be followed is refused.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fix/recipe.h"
#include "rule/hosts.h"

namespace keyless {

// A call that is given the map.
struct MapUse {
  const Element* call = nullptr;
  const Input* input = nullptr;
};

struct KeyMap {
  ValueId map = none;    // the literal; `none` for `m["k"] = v`
  std::string holder;    // what holds it, as written: "headers", "self.headers"; "" nothing does
  bool kept = false;     // the holder outlives a call: of the module, a class or an object
  bool followed = true;  // false when it also goes where nobody follows
  uint32_t entries = 0;  // of the literal
  std::vector<MapUse> uses;  // calls that are given it
};

// The map that the candidate's entry stands in. Only maps of this file are followed.
KeyMap key_map_of(const CodeFile& file, const Candidate& candidate);

// What the map is given to, as symbols: "httpx.Client", "requests.Session().headers",
// "entry.azure_kwargs" for a map in a map. Each use has a list; all empty when nobody is known.
std::vector<std::vector<std::string>> receivers_of(const CodeFile& file, const KeyMap& map,
                                                   const Candidate& candidate);

// A host beside the candidate that takes no tokens as it is; "" when there is none.
std::string host_without_tokens(const Document& document, const Candidate& candidate,
                                const Hosts& hosts);

// Fills in the variables of a rule's code.
using Code = std::function<std::string(const std::string&)>;

// The entry goes; an argument that held nothing else goes with it.
void remove_entry(const CodeFile& file, const Candidate& candidate, RecipeResult& result);

// Python: a header of one request becomes `name: code` there. In a map that is kept it goes, and
// each call that is given the map adds it anew.
void replace_request_header(const CodeFile& file, const Candidate& candidate,
                            const std::string& name, const std::string& code, RecipeResult& result);

// Python: the entry goes, and the client that keeps the map is given `name=code` instead:
// `Client(headers={...})`, `session.headers.update({...})`, `session.headers["k"] = v`.
void move_entry(const CodeFile& file, const Candidate& candidate, const std::string& name,
                const Code& code, const std::string& text, RecipeResult& result);

// The pair of a header, or the whole option when nothing else stands in its map.
Span header_extent(const Document& d, const Candidate& header);

}  // namespace keyless
