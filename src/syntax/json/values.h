// Values: JSON nodes as Values; strings may name environment variables or hold ARM expressions.
// Objects become literal maps whose properties carry their extent, one comma included.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "syntax/json/reader.h"
#include "syntax/resources/shapes.h"

namespace keyless::json {

class Values {
 public:
  // `expression` lowers the inside of "[...]" (its span), or gives `none` when it is no expression;
  // empty where such text is plain.
  using Expression = std::function<ValueId(Span inside)>;
  Values(Shapes& shapes, const JsonTree& tree, Expression expression = {})
      : shapes_(shapes), tree_(tree), expression_(std::move(expression)) {}

  ValueId lower(NodeId node);
  // The property of an object as an entry of a map.
  MapEntry entry(NodeId property, ValueId value);

 private:
  ValueId string(NodeId node);
  ValueId object(NodeId node);
  void add_copies(NodeId copies, std::vector<MapEntry>& entries);

  Builder& builder() { return shapes_.builder(); }

  Shapes& shapes_;
  const JsonTree& tree_;
  Expression expression_;
};

// A string of a settings or parameter file: `${NAME}`, `${NAME=default}`, `${env:NAME}`, `%NAME%`
// and `@appsetting('NAME')` are environment variables.
ValueId settings_text(Builder& builder, Span span, const std::string& text);

}  // namespace keyless::json
