#include "syntax/outline.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/builder.h"
#include "syntax/grammars.h"
#include "syntax/questions.h"
#include "syntax/tree.h"

namespace keyless {
namespace {

bool is_one_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Node kinds of both grammar families; a name of one never means another thing in the other.
bool is_block(std::string_view kind) {
  return is_one_of(kind, {"module", "block", "program", "statement_block", "class_body",
                          "interface_body", "object_type"});
}
bool is_identifier(std::string_view kind) {
  return is_one_of(kind, {"identifier", "property_identifier", "shorthand_property_identifier",
                          "shorthand_property_identifier_pattern", "type_identifier",
                          "private_property_identifier"});
}
bool is_text(std::string_view kind) {
  return kind == "string";
}

class OutlineWalk {
 public:
  OutlineWalk(std::string_view text, Outline& outline) : text_(text), outline_(outline) {}

  void run(const Node& root) {
    outline_.broken = root.has_error();
    walk_block(root, none, 0);
    // A file that needs nothing from others says by its exports what it is.
    if (!imports_ && text_.find("module.exports") != std::string_view::npos &&
        text_.find("\nexport ") == std::string_view::npos)
      outline_.required = true;
    outline_.quote = single_ > double_ ? '\'' : '"';
    outline_.semicolons = ended_ * 2 >= statements_seen_;
  }

 private:
  void walk_block(const Node& block, uint32_t parent, int depth) {
    uint32_t count = 0;
    block.each_named_child([&](const Node& child) { count += child.is("comment") ? 0 : 1; });
    const Below below(above_, block);
    block.each_named_child([&](const Node& child) {
      if (!child.is("comment")) add_statement(child, block, parent, count, depth);
    });
  }

  void add_statement(const Node& node, const Node& block, uint32_t parent, uint32_t siblings,
                     int depth) {
    Statement s;
    s.span = node.span();
    s.block = block.span();
    s.parent = parent;
    s.siblings = siblings;
    const std::string_view kind = node.kind();
    s.imports =
        is_one_of(kind, {"import_statement", "import_from_statement", "future_import_statement"});
    const Node exported =
        node.is("export_statement") && node.field("declaration") ? node.field("declaration") : node;
    s.declares = is_one_of(exported.kind(),
                           {"function_definition", "class_definition", "decorated_definition",
                            "function_declaration", "class_declaration", "method_definition",
                            "abstract_class_declaration", "generator_function_declaration"});
    s.around_function = s.declares || is_function_value(exported);
    s.field = block.is("class_body") || block.is("interface_body") || block.is("object_type") ||
              (block.is("block") && block.parent().is("class_definition"));
    const auto index = static_cast<uint32_t>(outline_.statements.size());
    outline_.statements.push_back(s);
    // Only these may end with a semicolon; members of classes and types have rules of their own.
    if (is_one_of(kind, {"expression_statement", "lexical_declaration", "variable_declaration",
                         "return_statement", "throw_statement", "import_statement"})) {
      ++statements_seen_;
      if (node.text().ends_with(';')) ++ended_;
    }
    if (s.imports) add_import(node, index);
    if (is_one_of(kind, {"if_statement", "assert_statement"})) add_guard(node, index);
    if (kind == "if_statement") add_choice(node, index);
    if (kind == "expression_statement") add_assertion(node, index);
    walk(node, index, depth + 1);
  }

  // `const f = () => ...`, `module.exports = function ...`, `export default wrap(async () => ...)`,
  // `app.get("/", async () => ...)`: in all but its form a function.
  static bool is_function_value(const Node& node) {
    Node value = node;
    for (int depth = 0; depth < 6 && value; ++depth) {
      if (is_one_of(value.kind(), {"arrow_function", "function_expression", "function"}))
        return true;
      if (is_one_of(value.kind(), {"lexical_declaration", "variable_declaration",
                                   "expression_statement", "await_expression"}))
        value = value.named_count() == 1 ? value.named_child(0) : Node();
      else if (is_one_of(value.kind(), {"variable_declarator", "export_statement"}))
        value = value.field("value");
      else if (value.is("assignment_expression"))
        value = value.field("right");
      else if (value.is("call_expression"))
        value = last_child(value.field("arguments"));
      else
        return false;
    }
    return false;
  }
  static Node last_child(const Node& node) {
    Node last;
    node.each_named_child([&](const Node& child) {
      if (!child.is("comment")) last = child;
    });
    return last;
  }

  void walk(const Node& node, uint32_t statement, int depth) {
    if (depth > max_depth) return;
    const std::string_view kind = node.kind();
    if (is_block(kind)) return walk_block(node, statement, depth);
    if (is_identifier(kind)) return add_mention(node);
    if (is_text(kind)) count_quote(node);
    if (is_one_of(kind, {"list", "array", "tuple", "set"})) add_list(node);
    if (is_one_of(kind, {"assignment", "variable_declarator", "public_field_definition",
                         "field_definition"}))
      take_value(node, statement);
    if (is_one_of(kind, {"call_expression"})) take_require(node, statement);
    if (is_one_of(kind, {"boolean_operator", "binary_expression"})) take_conjunction(node);
    if (kind == "ternary_expression")
      outline_.choices.push_back(
          {none, node.span(), without_parentheses(node.field("condition")).span(),
           node.field("consequence").span(), node.field("alternative").span()});
    if (kind == "spread_element") take_optional(node);
    if (kind == "if_statement" && node.parent().is("else_clause") && statement != none)
      add_script_choice(node, statement, true);
    if (kind == "conditional_expression" && node.named_count() == 3)
      outline_.choices.push_back({none, node.span(), node.named_child(1).span(),
                                  node.named_child(0).span(), node.named_child(2).span()});
    const Below below(above_, node);
    node.each_named_child([&](const Node& child) { walk(child, statement, depth + 1); });
  }

  // While it lives, its node is the innermost of `above`.
  class Below {
   public:
    Below(std::vector<Node>& above, const Node& node) : above_(above) { above_.push_back(node); }
    Below(const Below&) = delete;
    Below& operator=(const Below&) = delete;
    ~Below() { above_.pop_back(); }

   private:
    std::vector<Node>& above_;
  };

  // What the node in hand stands in, `up` levels above it. tree-sitter finds a parent only by a walk
  // from the root, which cost a tenth of a fix.
  [[nodiscard]] Node above(size_t up = 0) const {
    return up < above_.size() ? above_[above_.size() - 1 - up] : Node();
  }

  void count_quote(const Node& node) {
    const char first = node.text().empty() ? '\0' : node.text().front();
    if (first == '\'') ++single_;
    if (first == '"') ++double_;
  }

  void take_value(const Node& node, uint32_t statement) {
    if (statement == none) return;
    const Node value = node.field(node.is("assignment") ? "right" : "value");
    Statement& s = outline_.statements[statement];
    if (!value || s.has_value) return;
    s.has_value = true;
    s.value = value.span();
  }

  Mention::Role role_of(const Node& node) const {
    const Node parent = above();
    const std::string_view up = parent.kind();
    const auto is_field = [&](std::string_view name) {
      return parent.field(name).span() == node.span();
    };
    if ((up == "attribute" && is_field("attribute")) ||
        (up == "member_expression" && is_field("property"))) {
      const Node outer = above(1);
      const bool assigned = is_one_of(outer.kind(), {"assignment", "assignment_expression"}) &&
                            outer.field("left").span() == parent.span();
      return assigned ? Mention::Role::member_target : Mention::Role::member;
    }
    if (is_one_of(up, {"public_field_definition", "field_definition", "property_signature"}))
      return is_field("name") || is_field("property") ? Mention::Role::member_target
                                                      : Mention::Role::use;
    if (up == "keyword_argument" && is_field("name")) return Mention::Role::label;
    if (up == "pair" && is_field("key")) return Mention::Role::label;
    if (up == "pair_pattern" && is_field("key")) return Mention::Role::taken;
    if (is_one_of(up, {"import_specifier", "aliased_import", "dotted_name", "import_clause",
                       "namespace_import"}))
      return Mention::Role::label;
    if ((is_one_of(up, {"assignment", "assignment_expression", "augmented_assignment"}) &&
         is_field("left")) ||
        (up == "variable_declarator" && is_field("name")))
      return up == "augmented_assignment" ? Mention::Role::use
             : in_class_body(parent)      ? Mention::Role::member_target
                                          : Mention::Role::target;
    if (is_one_of(up, {"parameters", "typed_parameter", "formal_parameters"}))
      return Mention::Role::target;
    if (is_one_of(up, {"default_parameter", "typed_default_parameter"}) && is_field("name"))
      return Mention::Role::target;
    if (is_one_of(up, {"required_parameter", "optional_parameter"}) && is_field("pattern"))
      return Mention::Role::target;
    if (node.is("shorthand_property_identifier_pattern")) return Mention::Role::target;
    return Mention::Role::use;
  }

  static bool in_class_body(const Node& assignment) {
    const Node block = assignment.parent().is("expression_statement") ? assignment.parent().parent()
                                                                      : assignment.parent();
    return block.is("block") && block.parent().is("class_definition");
  }

  void add_mention(const Node& node) {
    Mention m;
    m.name = node.text();
    m.span = node.span();
    m.role = role_of(node);
    const bool dotted = m.role == Mention::Role::member || m.role == Mention::Role::member_target;
    m.whole = dotted && is_one_of(above().kind(), {"attribute", "member_expression"})
                  ? above().span()
                  : node.span();
    outline_.mentions.push_back(m);
    // `const { key } = settings` reads the member and declares a variable of its name.
    if (!node.is("shorthand_property_identifier_pattern")) return;
    m.role = Mention::Role::taken;
    outline_.mentions.push_back(m);
  }

  void add_list(const Node& list) {
    std::vector<Span> items;
    bool texts_only = true;
    list.each_named_child([&](const Node& child) {
      if (child.is("comment")) return;
      texts_only = texts_only && is_text(child.kind());
      items.push_back(child.span());
    });
    if (!texts_only) return;
    const Span inside{list.span().begin + 1, list.span().end - 1};
    for (const Span& item : items)
      if (item.size() >= 2)
        outline_.listed.push_back({text_.substr(item.begin + 1, item.size() - 2), item,
                                   separated_extent(text_, item, inside)});
  }

  void add_import(const Node& node, uint32_t statement) {
    if (node.is("import_from_statement")) {
      const std::string_view module = node.field("module_name").text();
      std::vector<Node> names;
      const Span module_span = node.field("module_name").span();
      node.each_named_child([&](const Node& child) {
        if (child.span() != module_span &&
            is_one_of(child.kind(), {"dotted_name", "aliased_import"}))
          names.push_back(child);
      });
      if (names.empty()) return;
      const Span inside{names.front().span().begin, node.span().end};
      for (const Node& name : names) add_name(name, module, statement, inside, names.size());
    } else if (node.is("import_statement") && !node.field("source")) {
      std::vector<Node> names;
      node.each_named_child([&](const Node& child) { names.push_back(child); });
      for (const Node& name : names) {
        const bool alias = name.is("aliased_import");
        ImportedName i;
        i.statement = statement;
        i.module = alias ? name.field("name").text() : name.text();
        i.local = alias ? name.field("alias").text() : i.module.substr(0, i.module.find('.'));
        i.extent =
            separated_extent(text_, name.span(), {names.front().span().begin, node.span().end});
        i.beside = static_cast<uint32_t>(names.size());
        outline_.imports.push_back(i);
      }
    } else {
      add_script_import(node, statement);
    }
  }

  void add_name(const Node& name, std::string_view module, uint32_t statement, Span inside,
                size_t beside) {
    const bool alias = name.is("aliased_import");
    ImportedName i;
    i.statement = statement;
    i.module = module;
    i.member = alias ? name.field("name").text() : name.text();
    i.local = alias ? name.field("alias").text() : i.member;
    i.extent = separated_extent(text_, name.span(), inside);
    i.beside = static_cast<uint32_t>(beside);
    outline_.imports.push_back(i);
  }

  void add_script_import(const Node& node, uint32_t statement) {
    imports_ = true;
    outline_.required = false;
    std::string_view module = node.field("source").text();
    if (module.size() >= 2) module = module.substr(1, module.size() - 2);
    std::vector<ImportedName> found;
    node.each_named_child([&](const Node& clause) {
      if (!clause.is("import_clause")) return;
      clause.each_named_child([&](const Node& part) {
        ImportedName i;
        i.statement = statement;
        i.module = module;
        if (part.is("identifier")) {
          i.local = part.text();
          i.member = "default";
          i.extent = {part.span(), std::nullopt};
          found.push_back(i);
        } else if (part.is("namespace_import")) {
          i.local = part.named_child(0).text();
          i.extent = {part.span(), std::nullopt};
          found.push_back(i);
        } else if (part.is("named_imports")) {
          const Span inside{part.span().begin + 1, part.span().end - 1};
          part.each_named_child([&](const Node& name) {
            if (!name.is("import_specifier")) return;
            i.member = name.field("name").text();
            i.local = name.field("alias") ? name.field("alias").text() : i.member;
            i.extent = separated_extent(text_, name.span(), inside);
            found.push_back(i);
          });
        }
      });
    });
    for (ImportedName& i : found) {
      i.beside = static_cast<uint32_t>(found.size());
      outline_.imports.push_back(i);
    }
  }

  // const { A, B } = require("module")
  void take_require(const Node& call, uint32_t statement) {
    if (call.field("function").text() != "require" || statement == none) return;
    // A call inside a function says nothing of how the file gets its modules.
    outline_.required =
        !imports_ && (outline_.required || outline_.statements[statement].parent == none);
    outline_.statements[statement].imports = true;
    std::string_view module = call.field("arguments").named_child(0).text();
    if (module.size() < 2) return;
    module = module.substr(1, module.size() - 2);
    const Node declarator = call.parent();
    if (!declarator.is("variable_declarator")) return;
    const Node name = declarator.field("name");
    if (name.is("identifier")) {
      outline_.imports.push_back({statement, name.text(), {}, module, {name.span(), {}}, 1});
      return;
    }
    const Span inside{name.span().begin + 1, name.span().end - 1};
    name.each_named_child([&](const Node& part) {
      const bool pair = part.is("pair_pattern");
      const std::string_view member = pair ? part.field("key").text() : part.text();
      const std::string_view local = pair ? part.field("value").text() : member;
      outline_.imports.push_back({statement, local, member, module,
                                  separated_extent(text_, part.span(), inside),
                                  name.named_count()});
    });
  }

  static bool leaves(const Node& body) {
    Node last = body;
    if (is_block(body.kind()))
      body.each_named_child([&](const Node& child) {
        if (!child.is("comment")) last = child;
      });
    if (is_one_of(last.kind(), {"raise_statement", "throw_statement", "return_statement"}))
      return true;
    std::string_view text = last.text();
    text = text.substr(0, text.find('('));
    // `missing.push("KEY")`: what is missing is told later.
    return last.is("expression_statement") &&
           is_one_of(after_last(text, '.'), {"exit", "push", "append"});
  }

  // `...(key && { apiKey: key })`: a choice between the entries and none.
  void take_optional(const Node& spread) {
    const Node both = without_parentheses(spread.named_child(0));
    if (!both.is("binary_expression") || both.field("operator").text() != "&&") return;
    if (!both.field("right").is("object")) return;
    outline_.choices.push_back({none,
                                both.span(),
                                without_parentheses(both.field("left")).span(),
                                both.field("right").span(),
                                {}});
  }

  // assert(key, "..."), invariant(key): goes on only when all that is asked holds.
  void add_assertion(const Node& node, uint32_t statement) {
    const Node call = node.named_child(0);
    if (!call.is("call_expression")) return;
    if (!is_one_of(call.field("function").text(),
                   {"assert", "assert.ok", "console.assert", "invariant", "tinyInvariant"}))
      return;
    const Node test = without_parentheses(call.field("arguments").named_child(0));
    if (!test) return;
    Guard guard;
    guard.statement = statement;
    split_tests(test, "and", guard.tests, 0);
    outline_.guards.push_back(std::move(guard));
  }

  // The test of `if (a && b)` or of `a && b ? c : d`, with what runs when it holds.
  bool take_script_conjunction(const Node& node, Conjunction& found) {
    if (node.field("operator").text() != "&&") return false;
    Node inner = node;
    Node parent = node.parent();
    for (int depth = 0; depth < 8 && parent.is("parenthesized_expression"); ++depth) {
      inner = parent;
      parent = parent.parent();
    }
    if (parent.is("arguments") && parent.named_count() == 1)
      return parent.parent().field("function").text() == "Boolean";
    if (inner.span() != node.span() && parent.is("unary_expression") &&
        parent.field("operator").text() == "!") {
      found.whole = inner.span();
      return true;
    }
    if (!is_one_of(parent.kind(), {"if_statement", "ternary_expression"}) ||
        parent.field("condition").span() != inner.span())
      return false;
    found.branch = parent.field("consequence").span();
    return true;
  }

  void take_conjunction(const Node& node) {
    const Node parent = node.parent();
    Conjunction found;
    found.whole = node.span();
    if (node.is("binary_expression")) {
      if (!take_script_conjunction(node, found)) return;
    } else if (const Node branch = branch_behind(node)) {
      found.branch = branch.span();
    } else if (parent.is("parenthesized_expression") && parent.parent().is("not_operator")) {
      found.whole = parent.span();
    } else if (!only_truth_matters(node)) {
      return;
    }
    split_tests(node, "and", found.parts, 0);
    if (found.parts.size() > 1) outline_.conjunctions.push_back(std::move(found));
  }

  // `if (test) yes else no`; a chain of `else if` is none.
  void add_script_choice(const Node& node, uint32_t statement, bool chained = false) {
    Choice choice{statement,
                  node.span(),
                  without_parentheses(node.field("condition")).span(),
                  node.field("consequence").span(),
                  {},
                  chained};
    if (const Node other = node.field("alternative")) {
      Node body;
      other.each_named_child([&](const Node& child) {
        if (!child.is("comment")) body = child;
      });
      if (!body || body.is("if_statement")) return;
      choice.no = body.span();
    }
    outline_.choices.push_back(choice);
  }

  void add_choice(const Node& node, uint32_t statement) {
    if (node.field("condition").is("parenthesized_expression") &&
        !node.field("consequence").is("block"))
      return add_script_choice(node, statement);
    std::vector<Node> others;
    node.each_named_child([&](const Node& child) {
      if (is_one_of(child.kind(), {"elif_clause", "else_clause"})) others.push_back(child);
    });
    Choice choice{statement,
                  node.span(),
                  node.field("condition").span(),
                  node.field("consequence").span(),
                  {}};
    if (others.size() > 1 || (others.size() == 1 && others[0].is("elif_clause"))) return;
    if (others.size() == 1) choice.no = others[0].field("body").span();
    if (others.size() == 1 && choice.no.empty()) return;
    outline_.choices.push_back(choice);
  }

  void add_guard(const Node& node, uint32_t statement) {
    Guard guard;
    guard.statement = statement;
    Node test;
    if (node.is("assert_statement")) {
      test = node.named_child(0);
    } else {
      if (node.field("alternative") || !leaves(node.field("consequence"))) return;
      test = node.field("condition");
      if (test.is("parenthesized_expression")) test = test.named_child(0);
    }
    split_tests(test, node.is("assert_statement") ? "and" : "or", guard.tests, 0);
    if (guard.tests.size() == 1) split_all(test, guard);
    outline_.guards.push_back(std::move(guard));
  }

  // `not all([a, b])`: the items are the tests.
  static void split_all(const Node& test, Guard& guard) {
    if (!test.is("not_operator")) return;
    const Node call = test.field("argument");
    if (!call.is("call") || call.field("function").text() != "all") return;
    const Node list = call.field("arguments").named_child(0);
    if (!is_one_of(list.kind(), {"list", "tuple"})) return;
    guard.tests.clear();
    guard.list = true;
    list.each_named_child([&](const Node& item) { guard.tests.push_back(item.span()); });
  }

  std::string_view text_;
  std::vector<Node> above_;  // the nodes around the one in hand, outermost first
  Outline& outline_;
  bool imports_ = false;  // JavaScript: modules come by import
  int single_ = 0;
  int double_ = 0;
  int statements_seen_ = 0;
  int ended_ = 0;
};

const TSLanguage* grammar_of(std::string_view language) {
  if (language == "python") return tree_sitter_python();
  if (language == "javascript") return tree_sitter_javascript();
  if (language == "typescript") return tree_sitter_typescript();
  if (language == "tsx") return tree_sitter_tsx();
  return nullptr;
}

}  // namespace

uint32_t Outline::statement_at(Span span) const {
  uint32_t best = none;
  for (uint32_t i = 0; i < statements.size(); ++i)
    if (statements[i].span.contains(span) &&
        (best == none || statements[i].span.size() <= statements[best].span.size()))
      best = i;
  return best;
}

uint32_t Outline::top_statement_at(Span span) const {
  for (uint32_t i = 0; i < statements.size(); ++i)
    if (statements[i].parent == none && statements[i].span.contains(span)) return i;
  return none;
}

std::optional<Outline> outline_of(std::string_view text, std::string_view language) {
  const TSLanguage* grammar = grammar_of(language);
  if (grammar == nullptr) return std::nullopt;
  auto tree = Tree::parse(grammar, text);
  if (!tree) return std::nullopt;
  Outline outline;
  OutlineWalk(text, outline).run(tree->root());
  return outline;
}

}  // namespace keyless
