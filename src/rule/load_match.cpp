#include "rule/load_match.h"

#include <re2/re2.h>

#include "base/text.h"
#include "rule/fields.h"
#include "rule/names.h"
#include "rule/vocabulary.h"

namespace keyless {
namespace {

std::string known_names() {
  std::string all;
  for (const MatcherRow& row : matchers()) all += (all.empty() ? "" : ", ") + std::string(row.name);
  return all;
}

bool is_word_of(std::string_view words, std::string_view text) {
  for (const std::string_view word : split(words, ' '))
    if (word == text) return true;
  return false;
}

void check_choices(const MatcherRow& row, const YamlNode& body, Fields& fields) {
  for (const FieldRow& field : row.fields) {
    const YamlNode* node = body.find(field.name);
    if (node == nullptr || field.kind != FieldKind::choice) continue;
    if (!is_word_of(field.doc, node->scalar))
      fields.bad(node->line,
                 "'" + std::string(field.name) + "' must be one of: " + std::string(field.doc));
  }
}

void check_class(Fields& fields, uint32_t line, const std::string& name) {
  if (!name.empty() && !name_class_from(name))
    fields.bad(line, "'" + name + "' is no name class",
               "classes: key-strong, key-weak, key-any, key-mode, key-openai, other-service, "
               "endpoint-azure, any");
}

void check_pattern(Fields& fields, uint32_t line, const std::string& pattern) {
  if (pattern.empty()) return;
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 compiled(pattern, options);
  if (!compiled.ok()) fields.bad(line, "not a pattern of RE2: " + compiled.error());
}

std::vector<Container> containers_of(Fields& fields, uint32_t line) {
  std::vector<Container> all;
  for (const std::string& name : fields.texts("in")) {
    const auto container = container_from(name);
    if (container)
      all.push_back(*container);
    else
      fields.bad(line, "'" + name + "' is no container of settings");
  }
  return all;
}

// Which of the shared slots of Match a field of this matcher fills.
void read_fields(Match& match, Fields& f, uint32_t line) {
  using enum MatchKind;
  const bool by_type = match.kind == resource || match.kind == MatchKind::module;
  match.to = f.texts(match.kind == resource ? "type" : by_type ? "source" : "to");
  match.input = f.texts("input");
  match.with = f.texts("with");
  match.inputs = f.pairs("inputs");
  if (match.kind == call) {
    match.member = f.text("member");
    match.import = f.texts("import");
    match.positions = f.integers("position");
    match.without = f.texts("without");
  }
  if (match.kind == implicit) {
    match.without = f.texts("unless");
    match.reads = f.texts("reads");
  }
  if (match.kind == map) match.keys = f.texts("keys");
  if (match.kind == header) match.keys = f.texts("name");
  if (match.kind == map || by_type) match.has = f.pairs("has");
  if (match.kind == read) match.space = f.text("space");
  if (match.kind == read || match.kind == setting) match.key = f.text("key");
  if (match.kind == setting) {
    match.in = containers_of(f, line);
    match.value = f.text("value");
  }
  if (by_type) {
    match.attribute = f.text("attribute");
    match.secure = f.text("secure");
    match.absent_is_insecure = f.text("absent_is") == "insecure";
    match.existing = match.kind == resource && f.text("existing") == "true";
  }
  if (match.kind == command) match.run = f.texts("run");
  if (match.kind == change) {
    match.change = f.text("of");
    match.severity = f.text("severity");
  }
  if (match.kind == text) {
    match.re2 = f.text("re2");
    match.near = f.text("near");
    match.within = f.number("within").value_or(0);
    match.decode_base64 = f.text("decode") == "base64";
    match.check = f.text("check");
  }
}

// A matcher must be able to say where it looks.
void check_complete(const Match& m, Fields& f, uint32_t line) {
  using enum MatchKind;
  const bool named = m.kind == call || m.kind == implicit || m.kind == assign ||
                     m.kind == resource || m.kind == MatchKind::module;
  if (named && m.to.empty() && (m.kind != call || m.member.empty() || m.import.empty()))
    f.bad(line, "the matcher names nothing", "give 'to', or 'member' with 'import'");
  if ((m.kind == map || m.kind == header) && m.keys.empty())
    f.bad(line, "the matcher names no entry");
  if (m.kind == setting && (m.in.empty() || m.key.empty())) f.bad(line, "needs 'in' and 'key'");
  if (m.kind == read && m.key.empty()) f.bad(line, "needs 'key'");
  if (m.kind == implicit && m.reads.empty()) f.bad(line, "needs 'reads'");
  if (m.kind == text && m.re2.empty()) f.bad(line, "needs 're2'");
  if (m.kind == command && m.run.empty()) f.bad(line, "needs 'run'");
  if (m.kind == change && (m.change.empty() || m.severity.empty()))
    f.bad(line, "needs 'of' and 'severity'");
}

Result<Constraint> load_constraint(const YamlNode& node, std::string_view path) {
  Fields fields(node, path, "a constraint");
  for (const ConstraintRow& row : constraints()) {
    const bool has_subject = row.subject.empty() || node.find(row.subject) != nullptr;
    if (node.find(row.values) == nullptr || !has_subject) continue;
    Constraint constraint{row.kind, {}, fields.texts(row.values)};
    if (!row.subject.empty()) {
      // A subject may list alternatives: the first that is there counts.
      constraint.subject = join(fields.texts(row.subject), "|");
    }
    if (auto problem = fields.finish()) return fail(*problem);
    return constraint;
  }
  std::string all;
  for (const ConstraintRow& row : constraints())
    all += (all.empty() ? "" : ", ") + std::string(row.name);
  return fail(Diagnostic{Problem::bad_input, std::string(path), node.line,
                         "no constraint is known with these keys", "constraints: " + all});
}

}  // namespace

Result<Match> load_match(const YamlNode& node, std::string_view path, bool compile_patterns) {
  const auto bad = [&](std::string message) {
    return fail(Diagnostic{Problem::bad_input, std::string(path), node.line, std::move(message),
                           "one matcher of: " + known_names()});
  };
  if (node.fields.size() != 1) return bad("'match' must hold exactly one matcher");
  const auto& [name, body] = node.fields.front();
  for (const MatcherRow& row : matchers()) {
    if (row.name != name) continue;
    Fields fields(body, path, "matcher '" + name + "'");
    Match match;
    match.kind = row.kind;
    read_fields(match, fields, body.line);
    check_choices(row, body, fields);
    check_class(fields, body.line, match.key);
    check_class(fields, body.line, match.near);
    if (compile_patterns) {
      check_pattern(fields, body.line, match.value);
      check_pattern(fields, body.line, match.re2);
    }
    check_complete(match, fields, body.line);
    if (auto problem = fields.finish()) return fail(*problem);
    return match;
  }
  return bad("unknown matcher '" + name + "'");
}

Result<std::vector<Constraint>> load_constraints(const YamlNode& list, std::string_view path) {
  std::vector<Constraint> all;
  for (const YamlNode& item : list.items) {
    auto constraint = load_constraint(item, path);
    if (!constraint) return fail(constraint.error());
    all.push_back(std::move(*constraint));
  }
  return all;
}

Result<Evidence> load_evidence(const YamlNode& node, std::string_view path) {
  Fields fields(node, path, "'evidence'");
  Evidence evidence;
  for (const auto& [key, into] : {std::pair{"unless", &evidence.unless}, {"any", &evidence.any}}) {
    const YamlNode* list = fields.node(key);
    if (list == nullptr) continue;
    auto loaded = load_constraints(*list, path);
    if (!loaded) return fail(loaded.error());
    *into = std::move(*loaded);
  }
  const std::string otherwise = fields.text("otherwise");
  if (otherwise == "drop")
    evidence.otherwise = Otherwise::drop;
  else if (otherwise == "lead")
    evidence.otherwise = Otherwise::lead;
  else if (!otherwise.empty() && otherwise != "lineage")
    fields.bad(node.line, "'otherwise' must be lineage, drop or lead");
  if (auto problem = fields.finish()) return fail(*problem);
  return evidence;
}

}  // namespace keyless
