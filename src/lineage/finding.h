// Finding: one place where a key is, judged; Lineage: all places of one key, root first.
// Immutable once judge has written them. Paths are root-relative, spans are original bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "rule/category.h"

namespace keyless {

enum class EdgeKind : uint8_t { reference, binding, convention, guess };
std::string_view to_string(EdgeKind kind);

enum class Verdict : uint8_t {
  finding,
  mixed,           // an Azure key also feeds another vendor, or the legs disagree
  cannot_migrate,  // a key is used where the product accepts only keys
  lead,            // no leg could be decided: listed on demand, never blocks
};
std::string_view to_string(Verdict verdict);

// One step from the root of a lineage towards the place; `edge` is how the step before led here.
struct TraceStep {
  std::string path;
  Span span;
  EdgeKind edge = EdgeKind::reference;
  std::string node;   // "space:scope:name"
  uint32_t root = 0;  // index into Report::roots
};

struct Finding {
  std::string id;  // 16 hex, without line numbers or values: survives edits elsewhere
  std::string rule;
  Category category = Category::client_key;
  Severity severity = Severity::high;
  Confidence confidence = Confidence::high;
  Verdict verdict = Verdict::finding;
  std::string message;
  std::string reason;  // why it was judged so, in words; for cannot_migrate also the code
  uint32_t root = 0;   // index into Report::roots
  std::string path;
  Span span;
  Extent extent;
  std::string definition;             // enclosing definitions, "Settings.load"
  std::string symbol;                 // callee.argument or key path, normalised
  std::string lineage;                // id of the nearest root; "" when it has none
  std::vector<std::string> lineages;  // all, sorted
  std::vector<TraceStep> trace;       // root first, this place last
  bool tracked = true;
  bool test_code = false;
  bool generated = false;
  bool vendored = false;
};

struct Lineage {
  std::string id;       // first 16 hex of BLAKE2b over space, scope and name of the root
  std::string root;     // "space:scope:name"
  std::string service;  // "openai", "document-intelligence", ...; "" when unknown
  std::string account;  // node of the account when the root is one
  std::string path;     // where the root stands
  Span span;
  uint32_t root_index = 0;             // index into Report::roots
  Severity severity = Severity::low;   // highest of its findings
  std::vector<std::string> findings;   // ids, in path and span order
  std::vector<std::string> open_ends;  // names searched and not found: the value lives outside
};

struct GraphNode {
  std::string name;   // "space:scope:name", as `lineage` prints it and .keyless.yaml writes it
  std::string label;  // for people: "app setting AZURE_OPENAI_API_KEY"
  std::string path;
  Span span;
  uint32_t root = 0;  // index into Report::roots
};

struct GraphEdge {
  uint32_t from = 0;  // index into the nodes
  uint32_t to = 0;
  EdgeKind kind = EdgeKind::reference;
  uint32_t root = 0;
  std::string path;  // where the edge is written
  Span span;
  std::string why;  // "argument 0 of make_client", "app setting", ...
};

// The part of the graph that touches findings and leads: live lineages only.
struct LineageGraph {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

}  // namespace keyless
