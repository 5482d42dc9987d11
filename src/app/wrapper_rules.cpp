#include "app/wrapper_rules.h"

namespace keyless {
namespace {

std::string text_of(const WrapperInput& input) {
  return input.position >= 0 ? std::to_string(input.position) : input.name;
}

// The configuration says that the wrapper calls Azure, unless its endpoint says that it does not.
Evidence evidence_of(const Wrapper& wrapper) {
  Evidence evidence;
  evidence.unless.push_back(
      {ConstraintKind::input_is, text_of(wrapper.endpoint), {"not-azure-endpoint"}});
  evidence.any.push_back({ConstraintKind::has_input, {}, {text_of(wrapper.credential)}});
  return evidence;
}

}  // namespace

Rule rule_of(const Wrapper& wrapper) {
  Rule rule;
  rule.id = "wrapper-" + wrapper.call;
  rule.category = Category::client_key;
  rule.title = wrapper.call + " is given a key";
  rule.message = wrapper.call + " is given a key; the configuration says that it calls Azure.";
  rule.help = "Change the wrapper so that it takes a token credential, then its callers.";
  rule.languages = {"any"};
  rule.match.kind = MatchKind::call;
  rule.match.to = {wrapper.call};
  if (wrapper.credential.position >= 0)
    rule.match.positions = {wrapper.credential.position};
  else
    rule.match.input = {wrapper.credential.name};
  if (!wrapper.endpoint.empty()) rule.evidence = evidence_of(wrapper);
  rule.source = std::string(configuration_file);
  return rule;
}

}  // namespace keyless
