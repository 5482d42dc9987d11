// Report: the whole result of one run; every writer sees one const Report and adds nothing.
// Filled by app/pipeline; holds no secret and no absolute path.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/line_index.h"
#include "lineage/finding.h"
#include "rule/rule.h"

namespace keyless {

struct ReportRoot {
  std::string id;
  std::string commit;  // "" outside Git
};

// A file that a finding or trace names: for line numbers and for the quoted line.
struct ReportFile {
  LineIndex lines;
  std::string text;                      // key-like runs masked, same length as the original
  std::vector<std::string> line_hashes;  // GitHub primaryLocationLineHash, by 0-based line
};

struct CoverageRow {
  std::string language;
  uint64_t considered = 0;  // files with a reader, or text files
  uint64_t parsed = 0;
  uint64_t text_only = 0;  // searched, not parsed: no anchor in them
  uint64_t lost = 0;
};

struct Coverage {
  std::vector<CoverageRow> languages;        // sorted by name
  std::map<std::string, uint64_t> not_read;  // reason in words -> files
  std::vector<std::string> open_frontier;    // names first found in the last wave
  uint64_t bytes_read = 0;
  std::vector<uint64_t> bytes_parsed_by_wave;
};

// What the gate decided, per `gate_key`.
struct Gate {
  std::map<std::string, bool> blocking;
  std::map<std::string, bool> is_new;           // against the baseline; all true without one
  std::map<std::string, std::string> excepted;  // who, until when, why
  uint64_t old_findings = 0;
  uint64_t fixed_findings = 0;
  bool has_baseline = false;  // or a comparison
  std::string compared_with;  // what a comparison is made with; "" without one
};

struct Report {
  std::string version;
  std::vector<ReportRoot> roots;
  std::vector<const Rule*> rules;  // those that produced a finding or lead
  std::vector<Lineage> lineages;   // sorted by severity, then root
  std::vector<Finding> findings;   // sorted by root, path, span, rule
  std::vector<Finding> leads;
  LineageGraph graph;
  std::vector<std::map<std::string, ReportFile>> files;  // per root, by path
  Coverage coverage;
  Gate gate;
  std::vector<Diagnostic> diagnostics;
};

// Two roots may hold findings of one id: the id, and the root where it is not the first.
std::string gate_key(const Finding& finding);

}  // namespace keyless
