// What the user asked for: one command with its options, each already checked.
// Parsing fails with one line that names the option and the mend; nothing is read from disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/progress.h"
#include "app/view.h"
#include "base/blob_hash.h"
#include "base/result.h"
#include "fix/options.h"
#include "output/sarif_profile.h"
#include "rule/category.h"
#include "source/root.h"

namespace keyless {

class Cache;
struct ScannedRoot;

// What app/pipeline needs of them.
struct ScanOptions {
  std::vector<Root> roots;
  std::vector<View> views;       // by root; empty: what is on disk
  unsigned threads = 0;          // 0: as many as the machine has
  bool prefilter = true;         // false: parse every file
  Progress* progress = nullptr;  // not owned; may be null
  Cache* cache = nullptr;        // likewise
  // Each file is named and marked, for a comparison with another scan.
  std::optional<BlobHash> compare;
  // Another scan of the same roots with the same rules, which parsed files are taken from; by root,
  // not owned, may be null.
  std::vector<ScannedRoot>* earlier = nullptr;
};

enum class ColorChoice : uint8_t { automatic, always, never };

struct Options {
  std::string command;             // "scan", "rules list", ...
  std::vector<std::string> paths;  // PATH..., RULE or DIR; never empty where the command needs one
  std::string format = "text";
  std::string output;     // "" is stdout
  std::string config;     // "" is each root's own `.keyless.yaml`
  std::string baseline;   // "" is each root's own `.keyless-baseline.json`
  std::string cache;      // a folder; "" is none
  std::string diff_base;  // revision, or "auto"; "" is no comparison
  bool staged = false;    // the index against HEAD
  SarifProfile sarif_profile = SarifProfile::full;
  std::string rule_pack;  // a folder in place of the rules in the binary; only tests name one
  std::string root_id;    // "" is the folder's name
  std::optional<Severity> fail_on = Severity::medium;  // nothing: never
  unsigned threads = 0;
  double min_coverage = 0;  // percent
  bool leads = false;
  bool no_prefilter = false;
  bool quiet = false;
  bool verbose = false;
  bool no_progress = false;
  bool anchors = false;
  bool config_schema = false;
  ColorChoice color = ColorChoice::automatic;
  std::string why_path;   // --why FILE:LINE
  uint32_t why_line = 0;  // 0: not asked
  FixOptions fix;
  bool write = false;
  bool allow_dirty = false;
  std::string patch_dir;           // "" is none
  std::string undo_dir;            // "" is the usual place
  std::string evidence;            // file that `consumers` writes; "" is none
  bool check = false;              // of `consumers` and of `runbook --logs`
  std::vector<std::string> trend;  // files, the oldest first
  std::vector<std::string> logs;   // files, of `runbook`
  std::string evidence_dir;        // of `report`; "" is none
  std::string verify_dir;          // likewise
  std::string date;                // YYYY-MM-DD; "" is today, and not shown
};

// A text to print instead of running a command: help or version.
struct Answer {
  std::string text;
};

// `arguments` without the program's name.
Result<std::variant<Options, Answer>> parse_options(const std::vector<std::string>& arguments);

}  // namespace keyless
