// The JSON form keyless/1, member by member. Promises: sorted, no time, no absolute path, no key;
// members are only added under this name, never renamed or removed.
//
//   schema       "keyless/1"                    tool  {name, version}
//   rules        [{id, category, title}]        those that produced a finding or lead
//   roots        [{id, commit}]                 commit is "" outside Git
//   lineages     [{id, root, service, account, severity, state, path, span, findings, open_ends}]
//                root: a node, "space:scope:name", with several roots "space:ID/scope:name" but for
//                the scope "global", which they share; state: blocking | new | old; findings: ids
//   findings     [{id, rule, category, severity, confidence, verdict, message, reason, lineage,
//                lineages, path, span, start, end, definition, symbol, tracked, test, generated,
//                vendored, blocking, baseline, exception, trace}]
//                id: 16 hex, survives edits elsewhere; span: [begin, end) in bytes; start, end:
//                {line, column}, 1-based, columns in UTF-16 units, end exclusive; verdict: finding
//                | mixed | cannot-migrate; baseline: new | old; exception: only where one applies;
//                trace: [{node, path, span, edge}] root first, edge null | reference | binding |
//                convention | guess
//   leads        as findings, verdict lead: could not be decided, never block
//   graph        {nodes: [{name, label, path, span}], edges: [{from, to, kind, path, span, why}]}
//                from and to are indexes into nodes
//   summary      {lineages, blocking_lineages, findings, blocking, new, old, fixed, leads}
//   coverage     {languages: [{language, considered, parsed, text_only, lost}], not_read: {reason:
//                files}, open_frontier: [name], bytes_read, bytes_parsed_by_wave:
//                [one number per wave that searched]}
//   diagnostics  [{problem, path, line, message, mend}]
//
// Paths are relative to their root; with several roots the root's id stands before them.
#pragma once

#include <string_view>

#include "base/json_text.h"
#include "output/report.h"

namespace keyless {

inline constexpr std::string_view json_schema_name = "keyless/1";

std::string_view to_string(Problem problem);

// The `coverage` member alone, as a value.
void write_coverage_json(JsonText& json, const Coverage& coverage);

// The `roots` member alone, with its key.
// The entry "tool": who wrote the document.
void write_tool_json(JsonText& json, std::string_view version);
void write_roots_json(JsonText& json, const Report& report);

// The `graph` member alone, as a value.
void write_graph_json(JsonText& json, const Report& report);

}  // namespace keyless
