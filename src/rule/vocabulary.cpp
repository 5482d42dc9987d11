#include "rule/vocabulary.h"

#include <array>

namespace keyless {
namespace {

using enum FieldKind;

// table: fields of each matcher
constexpr std::array call_fields{
    FieldRow{"to", texts, "symbol globs of the callee; `*` matches dots"},
    FieldRow{"member", text, "method name, for receivers whose type is unknown; needs `import`"},
    FieldRow{"import", texts, "module globs of which the file imports one"},
    FieldRow{"input", texts, "name of the input that carries the key, alternatives in order"},
    FieldRow{"position", integers, "0-based positions, tried when no name is there"},
    FieldRow{"with", texts, "inputs that must be there"},
    FieldRow{"without", texts, "inputs that must not be there"},
    FieldRow{"inputs", pairs, "input: glob on its literal text, all must fit"}};
constexpr std::array implicit_fields{
    FieldRow{"to", texts, "symbol globs of the constructor"},
    FieldRow{"unless", texts, "inputs that replace the implicit read"},
    FieldRow{"reads", texts, "environment names that the SDK reads, in its order"},
    FieldRow{"with", texts, "inputs that must be there"},
    FieldRow{"inputs", pairs, "input: glob on its literal text, all must fit"}};
constexpr std::array assign_fields{FieldRow{"to", texts, "resolved targets: openai.api_key"}};
constexpr std::array map_fields{
    FieldRow{"keys", texts, "entry names that carry the key"},
    FieldRow{"has", pairs, "sibling entries: name, glob on the literal; all must fit"}};
constexpr std::array header_fields{FieldRow{"name", texts, "header names in lower case"}};
constexpr std::array read_fields{FieldRow{"space", choice, "env config secret any"},
                                 FieldRow{"key", text, "name class"}};
constexpr std::array setting_fields{FieldRow{"in", containers, "containers of syntax/container.h"},
                                    FieldRow{"key", text, "name class"},
                                    FieldRow{"value", text, "RE2 on the literal value"}};
constexpr std::array resource_fields{
    FieldRow{"type", texts, "type globs, version stripped"},
    FieldRow{"attribute", text, "dotted attribute"},
    FieldRow{"secure", text, "literal that makes it secure"},
    FieldRow{"absent_is", choice, "secure insecure"},
    FieldRow{"existing", yes_no, "data sources and references count too"},
    FieldRow{"has", pairs, "attribute: globs on its literal, split by `|`; all must fit"}};
constexpr std::array module_fields{
    FieldRow{"source", texts, "source globs"},
    FieldRow{"input", texts, "argument"},
    FieldRow{"attribute", text, "dotted argument"},
    FieldRow{"secure", text, "literal that makes it secure"},
    FieldRow{"absent_is", choice, "secure insecure"},
    FieldRow{"has", pairs,
             "argument, `*` for any name: globs on its literal, split by `|`; "
             "each that fits is a place"}};
constexpr std::array command_fields{FieldRow{"run", texts, "words in order"}};
constexpr std::array text_fields{
    FieldRow{"re2", text, "pattern; group 1 is the secret"},
    FieldRow{"near", text, "name class that must stand within `within` bytes before"},
    FieldRow{"within", number, "bytes"}, FieldRow{"decode", choice, "base64"},
    FieldRow{"check", choice, "azure-key-checksum"}};
constexpr std::array change_fields{
    FieldRow{"of", FieldKind::choice,
             "baseline-grew exception-added exclude-widened severity-lowered rule-off "
             "configuration-weakened workflow-weakened version-lowered file-hidden file-unparsable "
             "coverage-fell exception-invalid exception-refused exception-expired "
             "exception-unused"},
    FieldRow{"severity", FieldKind::choice, "high medium low"}};

// table: matchers
constexpr std::array matcher_rows{
    MatcherRow{"call", MatchKind::call, "a call or construction that takes a key", call_fields},
    MatcherRow{"implicit", MatchKind::implicit,
               "a construction that reads a key from the environment by itself", implicit_fields},
    MatcherRow{"assign", MatchKind::assign, "an assignment to a known attribute", assign_fields},
    MatcherRow{"map", MatchKind::map, "an entry of a literal map handed to a framework",
               map_fields},
    MatcherRow{"header", MatchKind::header, "a string-keyed pair used as an HTTP header",
               header_fields},
    MatcherRow{"read", MatchKind::read, "code reads a name from a space", read_fields},
    MatcherRow{"setting", MatchKind::setting, "a container names a setting", setting_fields},
    MatcherRow{"resource", MatchKind::resource, "an infrastructure resource", resource_fields},
    MatcherRow{"module", MatchKind::module, "a registry module", module_fields},
    MatcherRow{"command", MatchKind::command, "a command line in a script or pipeline",
               command_fields},
    MatcherRow{"text", MatchKind::text, "a pattern in the text of any file", text_fields},
    MatcherRow{"change", MatchKind::change, "a change or an exception that weakens the check",
               change_fields}};

// table: constraints, for `where` and for the gates of `evidence`
constexpr std::array constraint_rows{
    ConstraintRow{
        "origin_not", ConstraintKind::origin_not, "capture", "origin_not",
        "no origin of the capture is one of these symbols, value kinds or 'quoted texts'"},
    ConstraintRow{"name", ConstraintKind::origin_name, "origin", "name",
                  "an origin of the capture has a name of this class"},
    ConstraintRow{
        "origin", ConstraintKind::origin, "capture", "origin",
        "an origin of the capture is one of these symbols, value kinds or 'quoted texts'"},
    ConstraintRow{"is", ConstraintKind::input_is, "input", "is",
                  "an origin of the input is an azure-endpoint or a not-azure-endpoint"},
    ConstraintRow{"has_input", ConstraintKind::has_input, "", "has_input", "the input is there"},
    ConstraintRow{"input_absent", ConstraintKind::input_absent, "", "input_absent",
                  "the input is not there"},
    ConstraintRow{
        "passed_to", ConstraintKind::passed_to, "", "passed_to",
        "the result, or the map around the entry, reaches an input of one of these symbols "
        "in the file, or the entry is written to one"},
    ConstraintRow{
        "assigned", ConstraintKind::assigned, "assigned", "to",
        "the file assigns one of these literals, anything (*) or an azure-endpoint to the "
        "target; \"only NAME\": and nothing that is decided at run time"},
    ConstraintRow{"sibling", ConstraintKind::sibling, "", "sibling",
                  "the same settings group has an endpoint-azure name or an Azure host; NAME=glob "
                  "a setting with such a value, NAME=@azure one with an Azure host"},
    ConstraintRow{"sibling_header", ConstraintKind::sibling_header, "", "sibling_header",
                  "the same map has this header"},
    ConstraintRow{"scope", ConstraintKind::scope_is, "scope", "is",
                  "within function, class or file a host of the class is spelled: azure-host or "
                  "not-azure-host"},
    ConstraintRow{"one_of", ConstraintKind::attribute_one_of, "attribute", "one_of",
                  "a value that the attribute, input or capture can take fits one of these globs"},
    ConstraintRow{"none_of", ConstraintKind::attribute_none_of, "attribute", "none_of",
                  "every value of the resource's attribute is known and fits none of these globs"},
    ConstraintRow{"imports", ConstraintKind::imports, "", "imports",
                  "the file imports one of these modules"}};

}  // namespace

std::span<const MatcherRow> matchers() {
  return matcher_rows;
}
std::span<const ConstraintRow> constraints() {
  return constraint_rows;
}

}  // namespace keyless
