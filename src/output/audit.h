// Audit: one report as an auditor reads it: accounts, controls, findings with their states, trend.
// Holds pointers into report and controls, which must outlive it; no time, no absolute path, no key.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "output/place.h"
#include "output/report.h"
#include "output/report_index.h"
#include "output/summary.h"
#include "rule/controls.h"

namespace keyless {

// Why a finding stands, the worst first; each has exactly one.
enum class AuditState : uint8_t {
  blocking,        // the gate stops it
  open,            // known, but not at the gate: severity, test code, not tracked
  baseline,        // accepted as old
  excepted,        // somebody answers for it, until a day
  cannot_migrate,  // the product accepts only keys
};
inline constexpr std::array<std::string_view, 5> audit_states{"blocking", "open", "baseline",
                                                              "excepted", "cannot-migrate"};
std::string_view to_string(AuditState state);

// Numbers of findings by state.
struct StateCounts {
  std::array<uint64_t, audit_states.size()> by_state{};

  void add(AuditState state) { ++by_state[static_cast<size_t>(state)]; }
  [[nodiscard]] uint64_t all() const;
  [[nodiscard]] uint64_t of(AuditState state) const { return by_state[static_cast<size_t>(state)]; }
};

struct AuditFinding {
  const Finding* finding = nullptr;
  AuditState state = AuditState::open;
  Place place;
  std::string exception;      // who, until when, why; "" without one
  size_t account = SIZE_MAX;  // index into Audit::accounts; SIZE_MAX without a lineage
};

// A lineage with a finding: an account, or a key whose account is not in sight.
struct AuditAccount {
  const Lineage* lineage = nullptr;
  std::string label;
  std::string place;  // "path:line"
  StateCounts counts;
  std::vector<size_t> findings;  // indexes into Audit::findings
};

struct AuditControl {
  const Control* control = nullptr;
  const Framework* framework = nullptr;
  StateCounts counts;
  std::vector<size_t> findings;
};

// An earlier result, as --trend reads it.
struct EarlierRun {
  std::string label;                         // the file's name
  std::map<std::string, Severity> findings;  // by id
  uint64_t blocking = 0;
  uint64_t lineages = 0;
};

struct AuditTrend {
  std::string label;  // "this run" is the last
  std::array<uint64_t, 3> by_severity{};
  uint64_t blocking = 0;
  uint64_t lineages = 0;
  uint64_t appeared = 0;  // against the run before
  uint64_t gone = 0;
  [[nodiscard]] uint64_t all() const { return by_severity[0] + by_severity[1] + by_severity[2]; }
};

struct AuditInput {
  const Report* report = nullptr;
  const Controls* controls = nullptr;
  std::vector<EarlierRun> earlier;  // the oldest first
  std::string date;                 // as given; "" shows none
  std::string rules_digest;         // SHA-256 of the rules in the binary
};

struct Audit {
  explicit Audit(const AuditInput& input);

  const Report* report;
  const Controls* controls;
  std::string date, rules_digest;
  ReportIndex index;
  StateCounts counts;
  std::vector<AuditFinding> findings;      // in the report's order
  std::vector<AuditAccount> accounts;      // in the report's order
  std::vector<AuditControl> controls_hit;  // all controls, in the table's order
  std::vector<AuditTrend> trend;           // empty without an earlier run
};

std::string write_audit_json(const Audit& audit);
std::string write_audit_markdown(const Audit& audit);
// One page that needs nothing else and may load nothing: its policy allows its own style and script.
std::string write_audit_html(const Audit& audit);

}  // namespace keyless
