#include "output/writers.h"

#include <algorithm>
#include <array>

namespace keyless {

namespace {

// table: formats of `scan`
constexpr std::array<Writer, 5> for_scan{{
    {"text", "for people: grouped by lineage, each place with its line", write_text},
    {"json", "keyless/1, for programs", write_json},
    {"sarif", "SARIF 2.1.0, for code scanning", write_sarif},
    {"markdown", "the summary of a pipeline's job", write_markdown},
    {"code-quality", "GitLab's Code Quality report", write_code_quality},
}};

// table: formats of `lineage`
constexpr std::array<Writer, 3> for_lineage{{
    {"text", "a tree for each lineage", write_lineage_text},
    {"json", "nodes and edges of each lineage", write_lineage_json},
    {"mermaid", "a flowchart that Markdown pages can show", write_lineage_mermaid},
}};

}  // namespace

std::span<const Writer> scan_writers() {
  return for_scan;
}
std::span<const Writer> lineage_writers() {
  return for_lineage;
}

const Writer* find_writer(std::span<const Writer> writers, std::string_view name) {
  const auto found = std::ranges::find(writers, name, &Writer::name);
  return found == writers.end() ? nullptr : &*found;
}

}  // namespace keyless
