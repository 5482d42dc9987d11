#include "app/wrapper_rules.h"

namespace keyless {

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
  rule.source = std::string(configuration_file);
  return rule;
}

}  // namespace keyless
