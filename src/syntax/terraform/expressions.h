// Expressions: Terraform expressions as Values; references keep the address they are written with.
// Functions that hand a value through are transparent; loops over literals are unrolled.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "syntax/resources/shapes.h"
#include "syntax/resources/text_value.h"
#include "syntax/tree.h"

namespace keyless::terraform {

// What only the arguments of an azapi resource say: its type, and that it lists the keys.
struct ArmType {
  std::string type;
  bool lists_keys = false;
};
using Types = std::unordered_map<std::string, ArmType>;  // by address

class Expressions {
 public:
  Expressions(Shapes& shapes, const Types& types) : shapes_(shapes), types_(types) {}

  ValueId lower(const Node& expression, const Bindings& bindings, int depth = 0);

 private:
  using Nodes = std::vector<Node>;
  // What follows a name: ".a", `["k"]`, and "[0]" or "[*]", which have no name.
  struct Step {
    std::string name;
    bool index = false;
  };
  using Steps = std::vector<Step>;

  ValueId terms(const Nodes& nodes, Span span, const Bindings& bindings, int depth);
  ValueId primary(const Node& node, const Bindings& bindings, int depth);
  ValueId reference(std::string_view root, const Steps& steps, Span span, const Bindings& bindings);
  void add_step(const Node& node, Steps& steps, const Bindings& bindings, int depth);
  ValueId literal(const Node& node);
  ValueId text(const Node& node, const Bindings& bindings, int depth);
  void text_parts(const Node& node, Span body, bool heredoc, std::vector<TextPart>& parts,
                  const Bindings& bindings, int depth);
  ValueId object(const Node& node, const Bindings& bindings, int depth);
  ValueId tuple(const Node& node, const Bindings& bindings, int depth);
  ValueId loop(const Node& node, const Bindings& bindings, int depth);
  ValueId call(const Node& node, const Bindings& bindings, int depth);
  ValueId named_call(const std::string& name, const Node& node, const Node& arguments,
                     std::vector<ValueId> values, const Nodes& nodes);
  ValueId call_element(const std::string& name, Span span, Span arguments,
                       const std::vector<ValueId>& values, const Nodes& nodes);
  bool too_deep(int depth);

  Builder& builder() { return shapes_.builder(); }

  Shapes& shapes_;
  const Types& types_;
  bool reported_ = false;
};

// Decoded text of a quoted template's literal part.
std::string unescape(std::string_view raw, bool heredoc);

}  // namespace keyless::terraform
