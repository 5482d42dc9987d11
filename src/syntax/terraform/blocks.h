// Blocks: Terraform's bodies as flat attributes, and the settings that blocks and maps hold.
// Dynamic blocks over literals or locals are unrolled; nested blocks add their name with a dot.
#pragma once

#include <string>
#include <vector>

#include "syntax/resources/settings.h"
#include "syntax/terraform/expressions.h"

namespace keyless::terraform {

// A block's keyword, labels (quotes removed) and body; `body` may be null.
struct Block {
  explicit Block(const Node& node);
  std::string keyword;
  std::vector<std::string> labels;
  Node node;
  Node body;
};

// The node of the attribute's value expression, or a null node.
Node attribute_value(const Node& body, std::string_view name);

class Blocks {
 public:
  Blocks(Shapes& shapes, Expressions& expressions, Settings& settings)
      : shapes_(shapes), expressions_(expressions), settings_(settings) {}

  // Appends everything in `body` to `inputs`, names prefixed; `workload` is the address that
  // settings in it belong to.
  void flatten(const Node& body, const std::string& prefix, const std::string& workload,
               const Bindings& bindings, std::vector<Input>& inputs, int depth = 0);

 private:
  void attribute(const Node& node, const std::string& prefix, const Bindings& bindings,
                 std::vector<Input>& inputs);
  void nested(const Block& block, const std::string& prefix, const std::string& workload,
              const Bindings& bindings, std::vector<Input>& inputs, int depth);
  void dynamic(const Block& block, const std::string& prefix, const std::string& workload,
               const Bindings& bindings, std::vector<Input>& inputs, int depth);
  void content(const Node& body, const std::string& name, const std::string& prefix,
               SettingRecord record, const std::string& workload, const Bindings& bindings,
               std::vector<Input>& inputs, int depth);

  Shapes& shapes_;
  Expressions& expressions_;
  Settings& settings_;
  bool too_deep_ = false;
};

}  // namespace keyless::terraform
