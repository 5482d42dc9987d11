#include "rule/runbook.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "rule/embedded.h"
#include "rule/fields.h"

namespace keyless {

namespace {

// table: kinds of parts, in order
constexpr std::array<std::string_view, 6> kind_names{"text",    "shell",   "kusto",
                                                     "callers", "reasons", "grants"};

bool fits_any(const std::vector<std::string>& globs, std::string_view text) {
  return std::ranges::any_of(globs,
                             [&](const std::string& glob) { return wildcard_matches(glob, text); });
}

// Reads one file; the first problem is kept, and what follows it is of no account.
class Reader {
 public:
  Reader(const YamlNode& file, std::string_view path)
      : path_(path), file_(file, path, "the runbook") {}

  Result<RunbookTemplates> read() {
    attributes();
    log();
    each("clouds", "a cloud", [&](Fields& f) {
      out_.clouds.push_back({f.text("name"), f.texts("locations"), f.text("login")});
    });
    each("probes", "a probe", [&](Fields& f) {
      out_.probes.push_back({f.texts("services"), f.text("path"), f.text("header")});
    });
    each("workloads", "a workload",
         [&](Fields& f) { out_.workloads.push_back({f.texts("types"), f.text("shell")}); });
    each("steps", "a step", [&](Fields& f) { out_.steps.push_back(step(f)); });
    each("queries", "a query", [&](Fields& f) {
      out_.queries.push_back({f.text("id"), f.text("title"), f.text("kusto")});
    });
    each("alerts", "an alert", [&](Fields& f) {
      out_.alerts.push_back({f.text("id"), f.text("name"), f.text("about"), f.text("kusto")});
    });
    out_.no_accounts = file_.texts("no_accounts");
    out_.user_identity = file_.text("user_identity");
    out_.unknown_workload = file_.text("unknown_workload");
    out_.grant = file_.text("grant");
    out_.monitoring = file_.text("monitoring");
    out_.policy = file_.text("policy");
    out_.policy_shell = file_.text("policy_shell");
    out_.terraform = snippet("terraform");
    out_.bicep = snippet("bicep");
    if (out_.steps.empty() || out_.probes.empty() || out_.grant.empty())
      file_.bad(1, "needs 'steps', 'probes' and 'grant'");
    keep(file_);
    if (problem_) return fail(*problem_);
    return std::move(out_);
  }

 private:
  void keep(Fields& fields) {
    const auto problem = fields.finish();
    if (!problem_) problem_ = problem;
  }

  template <class Take>
  void each(std::string_view key, std::string_view what, const Take& take) {
    const YamlNode* rows = file_.node(key);
    if (rows == nullptr) return;
    for (const YamlNode& item : rows->items) {
      Fields row(item, path_, what);
      take(row);
      keep(row);
    }
  }

  void attributes() {
    const YamlNode* node = file_.node("attributes");
    if (node == nullptr) return;
    Fields f(*node, path_, "the attributes");
    out_.name = f.texts("name");
    out_.group = f.texts("group");
    out_.subdomain = f.texts("subdomain");
    out_.location = f.texts("location");
    out_.identity = f.texts("identity");
    keep(f);
  }

  void log() {
    const YamlNode* node = file_.node("log");
    if (node == nullptr) return;
    Fields f(*node, path_, "the words of logs");
    LogWords& words = out_.log;
    words.time = f.texts("time");
    words.account = f.texts("account");
    words.category = f.texts("category");
    words.operation = f.texts("operation");
    words.status = f.texts("status");
    words.address = f.texts("address");
    words.properties = f.texts("properties");
    words.identity = f.text("identity");
    words.deployment = f.text("deployment");
    words.calls = f.texts("calls");
    words.audits = f.texts("audits");
    words.key_reads = f.texts("key_reads");
    words.refused = f.texts("refused");
    keep(f);
  }

  RunbookStepTemplate step(Fields& f) {
    RunbookStepTemplate step{f.text("id"), f.text("title"), f.text("when"), {}};
    if (const YamlNode* parts = f.node("parts"))
      for (const YamlNode& item : parts->items) {
        Fields row(item, path_, "a part");
        step.parts.push_back(part(row, item));
        keep(row);
      }
    if (step.id.empty() || step.title.empty() || step.parts.empty())
      f.bad(0, "needs 'id', 'title' and 'parts'");
    return step;
  }

  static RunbookPartTemplate part(Fields& row, const YamlNode& item) {
    RunbookPartTemplate part;
    part.when = row.text("when");
    int kinds = 0;
    for (size_t i = 0; i < kind_names.size(); ++i) {
      if (row.node(kind_names[i]) == nullptr) continue;
      ++kinds;
      part.kind = static_cast<RunbookPartKind>(i);
      if (part.kind <= RunbookPartKind::kusto) part.text = row.text(kind_names[i]);
    }
    if (kinds != 1 || (part.kind <= RunbookPartKind::kusto && part.text.empty()))
      row.bad(item.line, "is one of text, shell, kusto, callers, reasons, grants");
    return part;
  }

  RunbookSnippet snippet(std::string_view key) {
    const YamlNode* node = file_.node(key);
    if (node == nullptr) return {};
    Fields f(*node, path_, "a snippet");
    RunbookSnippet snippet{f.text("head"), f.text("alert")};
    keep(f);
    return snippet;
  }

  std::string_view path_;
  Fields file_;
  RunbookTemplates out_;
  std::optional<Diagnostic> problem_;
};

}  // namespace

std::string_view to_string(RunbookPartKind kind) {
  return kind_names[static_cast<size_t>(kind)];
}

Result<RunbookTemplates> RunbookTemplates::load(const YamlNode& file, std::string_view path) {
  return Reader(file, path).read();
}

Result<RunbookTemplates> RunbookTemplates::load_embedded() {
  const std::string name = "_runbook.yaml";
  const auto tree = embedded_table(name);
  if (!tree) return fail(tree.error());
  return load(*tree, "rules/" + name);
}

const RunbookWorkloadRow* RunbookTemplates::workload(std::string_view type) const {
  const auto row = std::ranges::find_if(
      workloads, [&](const RunbookWorkloadRow& each) { return fits_any(each.types, type); });
  return row == workloads.end() ? nullptr : &*row;
}

const RunbookProbe& RunbookTemplates::probe(std::string_view service) const {
  const auto row = std::ranges::find_if(
      probes, [&](const RunbookProbe& each) { return fits_any(each.services, service); });
  return row == probes.end() ? probes.back() : *row;
}

const RunbookCloud* RunbookTemplates::cloud_at(std::string_view place) const {
  const auto row = std::ranges::find_if(
      clouds, [&](const RunbookCloud& each) { return fits_any(each.locations, to_lower(place)); });
  return row == clouds.end() ? nullptr : &*row;
}

}  // namespace keyless
