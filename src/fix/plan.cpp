#include "fix/plan.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fix/access.h"
#include "fix/carriers.h"
#include "fix/code.h"
#include "fix/dependencies.h"
#include "fix/docs.h"
#include "fix/federated_login.h"
#include "fix/lines.h"
#include "fix/lock.h"
#include "fix/parsed_draft.h"
#include "fix/placeholders.h"
#include "fix/scope.h"
#include "fix/smoke_test.h"
#include "fix/subdomain.h"
#include "fix/transition.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

constexpr std::array<std::string_view, 4> prose{".md", ".rst", ".txt", ".adoc"};
// Languages without a reader in which programs read settings.
constexpr std::array<std::string_view, 9> programs{".cs",  ".java", ".kt", ".go", ".rs",
                                                   ".php", ".rb",   ".fs", ".vb"};

class Planner {
 public:
  Planner(Repository& repository, const RuleSet& rules, const FixOptions& options, uint32_t root)
      : repository_(repository), rules_(rules), options_(options), root_(root) {}

  FixPlan run() {
    const auto held = repository_.scan();
    ScanOfDrafts& scan = *held;
    of_keys_ = carriers_of_keys(repository_.project(), scan);
    for (const Node& n : scan.linked.graph->nodes())
      if (n.space == "env") variables_.insert(n.name);
    prepare(scan);
    if (options_.through >= Stage::callers) callers();
    if (options_.through >= Stage::cleanup) cleanup();
    finish(scan);
    std::stable_sort(plan_.refused.begin(), plan_.refused.end(),
                     [](const Refusal& a, const Refusal& b) {
                       return std::tie(a.root, a.path, a.span, a.rule) <
                              std::tie(b.root, b.path, b.span, b.rule);
                     });
    return std::move(plan_);
  }

 private:
  [[nodiscard]] bool on(Safeguard safeguard) const { return options_.safeguards.on(safeguard); }

  void prepare(ScanOfDrafts& scan) {
    if (options_.most < Safety::review) return;
    SubdomainPlan subdomains = plan_subdomains(repository_, rules_, root_);
    AccessPlan access = plan_access(repository_, scan, rules_, of_keys_, root_);
    StageChange stage;
    stage.stage = Stage::prepare;
    stage.safety = Safety::review;
    for (auto& [path, edits] : subdomains.edits)
      for (Edit& e : edits) access.edits[path].push_back(std::move(e));
    access.what.insert(access.what.end(), subdomains.what.begin(), subdomains.what.end());
    access.refused.insert(access.refused.end(), subdomains.refused.begin(),
                          subdomains.refused.end());
    if (!subdomains.refused.empty()) without_subdomain_ = subdomains.refused.front().path;
    take(stage, access);
    if (!stage.what.empty())
      stage.prerequisites.emplace_back(
          "the deploying identity may write role assignments "
          "(Microsoft.Authorization/roleAssignments/write)");
    stage.verify.emplace_back(
        "a new role takes 5 to 15 minutes to act: deploy this before the callers");
    close(std::move(stage));
  }

  [[nodiscard]] std::string reason_to_stay(const Finding& f) const {
    if (f.verdict == Verdict::cannot_migrate) return f.reason;
    const auto rule = std::find_if(rules_.rules.begin(), rules_.rules.end(),
                                   [&](const Rule& r) { return r.id == f.rule; });
    const bool sink = f.category == Category::client_key || f.category == Category::http_key ||
                      f.category == Category::gateway_key;
    if (sink && rule != rules_.rules.end() && !rule->fix)
      return "reported only: `keyless explain " + f.rule + "` says what to do";
    return "stays: something that passes it on or uses it was not rewritten";
  }

  // A place that is found before and after, and of which nothing was said yet.
  void tell_rest(const ScanOfDrafts& before, const ScanOfDrafts& after) {
    std::set<std::string> left;
    for (const Finding& f : after.judged.findings) left.insert(f.id);
    std::set<std::pair<std::string, Span>> told;
    for (const Refusal& r : plan_.refused) told.emplace(r.path, r.span);
    for (const Finding& f : before.judged.findings) {
      const bool locks = f.category == Category::local_auth;
      if (locks || f.test_code || f.generated || f.vendored || !left.contains(f.id)) continue;
      if (!told.emplace(f.path, f.span).second) continue;
      plan_.refused.push_back({root_, f.path, f.span, f.rule, Safety::manual, reason_to_stay(f)});
    }
  }

  // What follows once nothing but the lock is left to change: one look at the drafts serves both.
  void finish(const ScanOfDrafts& before) {
    const bool locks = options_.through >= Stage::lock && options_.most >= Safety::review;
    const bool tells =
        options_.through >= Stage::cleanup && options_.strategy != "gated" && options_.only.empty();
    if (!locks && !tells) return;
    const auto held = repository_.scan();
    if (locks) lock(*held);
    if (tells) tell_rest(before, *held);
  }

  void lock(const ScanOfDrafts& scan) {
    LockPlan locked = plan_lock(repository_, scan, options_, root_);
    StageChange stage;
    stage.stage = Stage::lock;
    stage.safety = Safety::review;
    stage.blocked = locked.blocked;
    if (!stage.blocked.empty() && !open_readers_.empty())
      stage.blocked += "; " + *open_readers_.rbegin();
    if (stage.blocked.empty() && !without_subdomain_.empty() && options_.lock_anyway.empty())
      stage.blocked = "no token is taken without a sub-domain, and an account of " +
                      without_subdomain_ + " has none yet";
    take(stage, locked);
    for (const Refusal& r : plan_.refused)
      if (r.reason.starts_with("role on ") ||
          r.reason.find("its role by hand") != std::string::npos)
        stage.prerequisites.push_back(r.path + ": " + r.reason);
    close(std::move(stage));
  }

  template <class Planned>
  void take(StageChange& stage, Planned& planned) {
    for (auto& [path, edits] : planned.edits) write(path, std::move(edits));
    stage.what = std::move(planned.what);
    plan_.refused.insert(plan_.refused.end(), planned.refused.begin(), planned.refused.end());
  }

  void callers() {
    const std::string credential = credential_for();
    CodeRewrite code = rewrite_code(repository_, rules_, options_, credential, root_);
    StageChange stage;
    stage.stage = Stage::callers;
    stage.safety = code.safety;
    for (const std::string& path : code.changed) units_.insert(repository_.project().unit_of(path));
    for (const auto& [path, rules] : code.rules)
      for (const std::string& rule : rules) stage.what.push_back(path + ": " + rule);
    plan_.refused.insert(plan_.refused.end(), code.refused.begin(), code.refused.end());
    declare(stage, code);
    for (const std::string& path : code.open_files) {
      stage.safety = std::max(stage.safety, Safety::review);
      stage.prerequisites.push_back(path +
                                    ": an async credential is not closed in the file: close it "
                                    "(await credential.close()) where the program ends, unless it "
                                    "runs in several event loops");
    }
    std::set<std::string> authorities;
    for (const auto& [path, authority] : code.authorities) authorities.insert(authority);
    for (const std::string& authority : authorities)
      stage.prerequisites.push_back("AZURE_AUTHORITY_HOST=https://" + authority +
                                    " is set wherever the code runs without a managed identity");
    remove_carriers(stage, true);
    gone_.insert(code.settings.begin(), code.settings.end());
    if (options_.docs) tidy_docs(stage);
    begin_transition(stage, code);
    ask_for_subdomains(stage, code);
    if (options_.with_smoke_test && options_.most >= Safety::review) add_smoke_tests(stage);
    close(std::move(stage));
  }

  // Unless something that stays still sets a variable which the packages read by themselves.
  void drop_placeholders(StageChange& stage) {
    if (options_.strategy == "gated" || options_.most < Safety::review || !options_.only.empty())
      return;
    std::set<std::string> names;
    for (const Rule& rule : rules_.rules) {
      names.insert(rule.match.reads.begin(), rule.match.reads.end());
      if (rule.fix) names.insert(rule.fix->leftover_names.begin(), rule.fix->leftover_names.end());
    }
    for (const std::string& name : needed_)
      if (names.contains(name)) return;
    for (const ProjectFile& file : repository_.project().files()) {
      for (const Value& v : file.document.values)
        if (v.kind == ValueKind::env && names.contains(v.text)) return;
      for (const Carrier& carrier : file.carriers)
        if (names.contains(carrier.name)) return;
    }
    for (auto& [path, text] : without_placeholders(repository_, rules_)) {
      const auto final = finals_.find(path);
      if (final != finals_.end()) continue;  // its transition ends by itself
      repository_.draft(path, text);
      stage.safety = std::max(stage.safety, Safety::review);
      stage.what.push_back(path + ": nothing sets the variable that the placeholder keeps out");
      if (stage.prerequisites.empty())
        stage.prerequisites.emplace_back(
            "no environment outside this repository sets the key's variable any more");
    }
  }

  // Documentation of settings that nothing reads any more; a name of one word may mean anything.
  void tidy_docs(StageChange& stage) {
    if (options_.strategy == "gated" || options_.most < Safety::review) return;
    std::set<std::string> names;
    for (const std::string& name : gone_)
      if (name.size() > 5 && name.find('_') != std::string::npos && !needed_.contains(name))
        names.insert(name);
    for (const ProjectFile& file : repository_.project().files())
      for (const Value& v : file.document.values)
        if (v.kind == ValueKind::env) names.erase(v.text);
    DocEdits docs = plan_docs(repository_, names);
    for (auto& [path, text] : docs.drafts) {
      stage.what.push_back(path + ": settings that nothing reads any more");
      repository_.draft(path, std::move(text));
      stage.safety = std::max(stage.safety, Safety::review);
    }
    for (std::string& mention : docs.mentions)
      if (told_.insert(mention).second) stage.what.push_back(std::move(mention));
  }

  // Wherever the root has to do with an account at all.
  void add_smoke_tests(StageChange& stage) {
    const auto held = repository_.scan();
    const Graph& graph = *held->linked.graph;
    const bool any = std::any_of(graph.nodes().begin(), graph.nodes().end(), [](const Node& n) {
      return n.azure_host || n.space == "account";
    });
    if (!any) return;
    const HostRow* account = account_host(repository_, rules_, graph, none);
    std::string scope = options_.scope;
    if (scope.empty() && account != nullptr) scope = account->scope;
    SmokeTests tests = plan_smoke_tests(repository_, rules_, scope, root_);
    for (auto& [path, text] : tests.drafts) repository_.draft(path, std::move(text));
    if (!tests.drafts.empty()) stage.safety = std::max(stage.safety, Safety::review);
    stage.what.insert(stage.what.end(), tests.what.begin(), tests.what.end());
    stage.prerequisites.insert(stage.prerequisites.end(), tests.prerequisites.begin(),
                               tests.prerequisites.end());
    plan_.refused.insert(plan_.refused.end(), tests.refused.begin(), tests.refused.end());
  }

  // Settings that changed code reads and that hold an address which takes no tokens as it is.
  void ask_for_subdomains(StageChange& stage, const CodeRewrite& code) {
    std::set<std::string> told;
    for (const ProjectFile& file : repository_.project().files())
      for (const Carrier& c : file.carriers) {
        if (c.value == none || c.name.size() < 4) continue;
        const std::string host = host_without_tokens(file.document, c.value);
        if (host.empty()) continue;
        const bool read =
            std::any_of(code.changed.begin(), code.changed.end(), [&](const std::string& path) {
              return path != file.document.path &&
                     repository_.text(path).find(c.name) != std::string::npos;
            });
        if (read && told.insert(file.document.path + c.name).second)
          stage.prerequisites.push_back(file.document.path + ": " + c.name + " is at " + host +
                                        ", which takes no tokens: give the account a sub-domain "
                                        "and set its address");
      }
  }

  [[nodiscard]] std::string host_without_tokens(const Document& d, ValueId id,
                                                int depth = 0) const {
    const Value& v = d.values[id];
    if (depth > 3) return {};
    for (const ValueId part : v.parts)
      if (std::string host = host_without_tokens(d, part, depth + 1); !host.empty()) return host;
    if (v.kind != ValueKind::literal || v.text.find('.') == std::string::npos) return {};
    const HostRow* row = rules_.hosts.find(v.text.starts_with('.') ? "x" + v.text : v.text);
    return row != nullptr && row->azure && row->entra != Entra::yes ? row->host : std::string{};
  }

  // Stage `callers` works with the old variable set and unset; what that takes goes in `cleanup`.
  void begin_transition(StageChange& stage, const CodeRewrite& code) {
    Transition transition = transition_of(repository_, variables_, rules_, code.rules);
    stage.prerequisites.insert(stage.prerequisites.end(), transition.prerequisites.begin(),
                               transition.prerequisites.end());
    for (auto& [path, edits] : transition.edits) {
      const std::string text = repository_.text(path);
      finals_[path] = text;
      until_[path] = transition.until[path];
      repository_.draft(path, compose(text, std::move(edits)).text);
      stage.what.push_back(path + ": works beside a variable that is still set");
    }
  }

  // Takes back what is not needed any more, also what an earlier run wrote, unless something that
  // stays sets the variable or still speaks of it.
  void end_transition(StageChange& stage, const CarrierReview& review) {
    const std::string what = ": nothing sets the variable any more";
    for (const auto& [path, names] : until_) {
      if (still_there(names, review)) continue;
      repository_.draft(path, finals_[path]);
      stage.what.push_back(path + what);
    }
    for (auto& [path, leftover] : leftovers_of(repository_, rules_)) {
      if (until_.contains(path) || still_there(leftover.names, review)) continue;
      write(path, std::move(leftover.edits));
      stage.what.push_back(path + what);
    }
  }

  [[nodiscard]] bool still_there(const std::set<std::string>& names,
                                 const CarrierReview& review) const {
    const auto sets = [&](const CarrierReview::Place& place) {
      return names.contains(place.carrier->name);
    };
    if (std::any_of(review.kept.begin(), review.kept.end(), sets)) return true;
    for (const ProjectFile& file : repository_.project().files()) {
      // What settings and infrastructure say of it is a carrier.
      if (rules_.templates.of(file.document.language) == nullptr) continue;
      for (const Value& v : file.document.values) {
        const bool named = v.kind == ValueKind::env || v.kind == ValueKind::symbol;
        if (named && names.contains(std::string(after_last(v.text, '.')))) return true;
      }
    }
    const auto hits = repository_.find({names.begin(), names.end()});
    return std::any_of(hits.begin(), hits.end(), [](const NameHit& hit) {
      return !is_prose(hit.path) && language_of(hit.path) == nullptr;
    });
  }

  // What the code signs in with, when nobody says: the managed identity where the root describes
  // an Azure workload, else whatever the machine offers.
  std::string credential_for() {
    std::string chosen = options_.credential;
    std::string why = "as asked";
    if (chosen.empty()) {
      const std::string workload = known_workload();
      chosen = workload.empty() ? "default" : "environment";
      why = workload.empty() ? "no Azure workload is described here"
                             : workload + " runs on Azure; elsewhere the developer's sign-in";
    }
    plan_.credential.push_back("credential " + chosen + ": " + why);
    return chosen;
  }

  [[nodiscard]] std::string known_workload() const {
    for (const ProjectFile& file : repository_.project().files()) {
      const InfrastructureTemplates* t = rules_.infrastructure.of(file.document.language);
      if (t == nullptr) continue;
      for (const Element& e : file.document.elements)
        if (e.kind == ElementKind::resource && t->is_workload(e.type)) return e.name;
    }
    return {};
  }

  // What the rewritten code needs to be installed, where its client is declared.
  void declare(StageChange& stage, const CodeRewrite& code) {
    Dependencies needed = dependencies_of(repository_, rules_, code, root_, options_.most);
    if (needed.review) stage.safety = std::max(stage.safety, Safety::review);
    for (auto& [path, text] : needed.drafts) repository_.draft(path, std::move(text));
    const auto append = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(stage.what, needed.what);
    append(stage.prerequisites, needed.prerequisites);
    append(plan_.refused, needed.refused);
  }

  void cleanup() {
    StageChange stage;
    stage.stage = Stage::cleanup;
    remove_carriers(stage, false);
    drop_placeholders(stage);
    if (options_.docs) tidy_docs(stage);
    close(std::move(stage));
  }

  // Settings that are deployed with the code go with it; the others after it.
  [[nodiscard]] bool goes_with_code(const CarrierReview::Place& place) const {
    const Container c = place.carrier->container;
    const bool pipeline = c == Container::gha_env || c == Container::gha_with ||
                          c == Container::gha_secret_input || c == Container::gha_run;
    if (pipeline) return !place.feeds_infrastructure && !units_.empty();
    const bool beside =
        c == Container::dotenv || c == Container::json_settings || c == Container::compose;
    const std::string& path = repository_.project().files()[place.file].document.path;
    return beside && units_.contains(repository_.project().unit_of(path));
  }

  [[nodiscard]] bool may_edit(const CarrierReview::Place& place) const {
    return repository_.project().files()[place.file].tracked || options_.local_files;
  }

  void remove_carriers(StageChange& stage, bool with_code) {
    if (options_.strategy == "gated") return;  // the key is still read when the switch is off
    if (options_.most < Safety::review) return;
    const auto held = repository_.scan();
    ScanOfDrafts& scan = *held;
    const CarrierReview review = review_carriers(repository_, scan, of_keys_, other_readers());
    if (!with_code) end_transition(stage, review);
    for (const CarrierReview::Place& place : review.unread) gone_.insert(place.carrier->name);
    for (const CarrierReview::Place& place : review.kept) needed_.insert(place.carrier->name);
    std::map<std::string, std::vector<Edit>> edits;
    std::map<std::string, std::vector<Span>> pipelines;
    for (const CarrierReview::Place& place : review.unread) {
      if (goes_with_code(place) != with_code) continue;
      const std::string& path = repository_.project().files()[place.file].document.path;
      if (!may_edit(place)) {
        if (!with_code) refuse(place, "an ignored local file: --local-files edits it");
        continue;
      }
      if (place.carrier->container == Container::gha_env && !place.feeds_infrastructure)
        pipelines[path].push_back(place.carrier->span);
      if (place.removal.text.empty())
        edits[path].push_back({healed(path, place.removal.span), {}});
      else
        edits[path].push_back(place.removal);
      stage.safety = Safety::review;
      stage.what.push_back(path + ": " + place.carrier->name + " has no reader left");
    }
    if (!with_code)
      for (const CarrierReview::Place& place : review.kept) {
        if (!place.rule.empty()) refuse(place, place.stays + without_login(place));
        if (!place.rule.empty() && place.stays.ends_with(" (not analysed)"))
          open_readers_.insert(place.stays);
      }
    for (auto& [path, list] : edits) {
      const std::string text = repository_.text(path);
      if (const auto lost = pipelines.find(path); lost != pipelines.end())
        log_in(stage, path, text, lost->second, list);
      write(path, std::move(list));
    }
  }

  // Drafts the edits; a file that would parse worse stays as it was.
  void write(const std::string& path, std::vector<Edit> edits) {
    std::string text = compose(repository_.text(path), std::move(edits)).text;
    if (draft_if_parsed(repository_, path, std::move(text), options_.safeguards)) return;
    plan_.refused.push_back({root_, path, {}, "", Safety::manual, "the result would not parse"});
  }

  void log_in(StageChange& stage, const std::string& path, const std::string& text,
              const std::vector<Span>& lost, std::vector<Edit>& edits) {
    const ProjectFile& file = repository_.project().files()[repository_.project().index_of(path)];
    LoginPlan login = plan_login(file.document, text, lost);
    for (Edit& e : login.edits) edits.push_back(std::move(e));
    for (const std::string& what : login.what) stage.what.push_back(path + ": " + what);
    for (const std::string& needed : login.prerequisites)
      stage.prerequisites.push_back(path + ": " + needed);
    for (const std::string& reason : login.refused)
      plan_.refused.push_back({root_, path, lost.front(), "", Safety::manual, reason});
  }

  // Of two gaps around a removed block one stays.
  [[nodiscard]] Span healed(const std::string& path, Span span) const {
    const std::string text = repository_.text(path);
    const std::string& language =
        repository_.project().files()[repository_.project().index_of(path)].document.language;
    const bool blocks = language == "terraform" || language == "bicep" || language == "dotenv";
    return blocks ? with_gap(text, span, {}, "#") : span;
  }

  // A job that keeps the key gets no sign-in with its removal, but runs code that wants tokens now.
  [[nodiscard]] std::string without_login(const CarrierReview::Place& place) const {
    const bool callers = !plan_.stages.empty() && plan_.stages.front().stage <= Stage::callers;
    const std::string& path = repository_.project().files()[place.file].document.path;
    if (place.carrier->container != Container::gha_env || !callers ||
        repository_.text(path).find("azure/login") != std::string::npos)
      return {};
    return "; if its job runs code that takes tokens now, add azure/login there";
  }

  void refuse(const CarrierReview::Place& place, std::string reason) {
    plan_.refused.push_back({root_, repository_.project().files()[place.file].document.path,
                             place.carrier->span, place.rule, Safety::review, std::move(reason)});
  }

  [[nodiscard]] static bool is_prose(std::string_view path) { return ends_with_any(path, prose); }

  // Names of carriers that stand in files without a reader: there nobody knows what they do.
  const OtherReaders& other_readers() {
    const bool first = !asked_;
    asked_ = true;
    others_.units = units_;
    others_.vouched = options_.all_consumers_here;
    // Code changes between the stages; files without a reader do not.
    if (!first && !others_.vouched) return others_;
    std::set<std::string> names;
    for (const auto& [key, known] : of_keys_) names.insert(key.name);
    others_.code.clear();
    others_.data.clear();
    for (const NameHit& hit : repository_.find({names.begin(), names.end()})) {
      const LanguageRow* language = language_of(hit.path);
      if (language != nullptr && rules_.templates.of(language->name) != nullptr)
        others_.code.emplace(hit.name, hit.path);
      else if (language != nullptr)
        others_.data[hit.name].push_back(hit.path);
      if (language == nullptr && first && on(Safeguard::no_reader) && !is_prose(hit.path))
        others_.unanalysed[hit.name].push_back(hit.path);
    }
    for (const std::string_view path : repository_.project().root(0).paths())
      if (first && ends_with_any(path, programs)) others_.foreign.emplace_back(path);
    return others_;
  }

  template <size_t N>
  static bool ends_with_any(std::string_view path, const std::array<std::string_view, N>& ends) {
    return std::any_of(ends.begin(), ends.end(),
                       [&](std::string_view end) { return path.ends_with(end); });
  }

  // What the drafts make of the files since the stage before.
  void close(StageChange stage) {
    for (const std::string& path : repository_.drafted()) {
      const std::string now = repository_.text(path);
      const auto before = texts_.find(path);
      const std::string old = before == texts_.end() ? std::string{} : before->second;
      const std::string old_bytes =
          before == texts_.end() ? repository_.bytes(path) : repository_.encoded(path, old);
      const std::string bytes = repository_.encoded(path, now);
      if (bytes == old_bytes) continue;
      stage.files.push_back({root_, path, old_bytes, bytes});
      texts_[path] = now;
    }
    if (stage.files.empty()) return;
    std::sort(stage.files.begin(), stage.files.end(),
              [](const FileChange& a, const FileChange& b) { return a.path < b.path; });
    plan_.stages.push_back(std::move(stage));
  }

  Repository& repository_;
  const RuleSet& rules_;
  const FixOptions& options_;
  uint32_t root_;
  CarriersOfKeys of_keys_;
  std::set<std::string> units_;  // whose code changed
  OtherReaders others_;
  bool asked_ = false;
  std::map<std::string, std::string> texts_;  // of files that an earlier stage changed
  std::string without_subdomain_;             // a file with such an account
  std::set<std::string> variables_;           // environment names before any edit
  std::map<std::string, std::string>
      finals_;  // path -> text without what only the transition needs
  std::map<std::string, std::set<std::string>> until_;
  std::set<std::string> gone_;          // settings that lost their last reader
  std::set<std::string> needed_;        // settings that something still reads
  std::set<std::string> told_;          // mentions in documentation
  std::set<std::string> open_readers_;  // that nobody analyses, in words
  FixPlan plan_;
};

}  // namespace

FixPlan plan_root(Repository& repository, const RuleSet& rules, const FixOptions& options,
                  uint32_t root) {
  return Planner(repository, rules, options, root).run();
}

}  // namespace keyless
