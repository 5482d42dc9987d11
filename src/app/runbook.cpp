#include "app/runbook.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "app/consumers.h"
#include "base/redacted.h"
#include "base/text.h"
#include "match/carrier.h"
#include "output/place.h"
#include "output/report_index.h"

namespace keyless {

namespace {

constexpr std::string_view default_scope = "https://cognitiveservices.azure.com/.default";

// What Azure allows in names of accounts, groups and workloads, as far as all of them agree: a text
// that cannot be a name is left for people to fill in.
bool is_azure_name(std::string_view text) {
  constexpr std::string_view signs = "-_.";
  constexpr size_t longest = 90;
  return !text.empty() && text.size() <= longest && is_alnum(text[0]) &&
         std::ranges::all_of(text,
                             [&](char c) { return is_alnum(c) || signs.find(c) != signs.npos; }) &&
         !looks_like_key(text);
}

bool presents_key(Category category) {
  return category == Category::client_key || category == Category::http_key ||
         category == Category::gateway_key || category == Category::script_key;
}

// A resource of a scanned file.
struct Declared {
  const ProjectFile* file = nullptr;
  const Element* element = nullptr;
};

class RunbookMaker {
 public:
  RunbookMaker(const Run& run, const RunbookTemplates& templates)
      : run_(run), report_(run.report), templates_(templates), index_(run.report) {}

  Runbook make(Consumers consumers) {
    Runbook runbook;
    runbook.version = std::move(consumers.version);
    runbook.roots = std::move(consumers.roots);
    Elsewhere elsewhere;
    for (ConsumerAccount& row : consumers.accounts) {
      RunbookAccount account = account_of(std::move(row));
      if (account.callers.known)
        runbook.accounts.push_back(std::move(account));
      else
        merge(elsewhere, std::move(account));
    }
    for (auto& [key, account] : elsewhere) {
      account.callers.label = "accounts that are declared elsewhere";
      if (!key.first.empty()) account.callers.label += " (" + key.first + ")";
      if (key.second) account.callers.label += ", callers that cannot migrate";
      account.addresses = addresses();
      runbook.accounts.push_back(std::move(account));
    }
    return runbook;
  }

 private:
  // Keys whose account is not in sight have one roll-out for each service; what cannot migrate holds
  // up nobody else.
  using Elsewhere = std::map<std::pair<std::string, bool>, RunbookAccount>;

  static void merge(Elsewhere& elsewhere, RunbookAccount account) {
    RunbookAccount& all = elsewhere[{account.callers.service, account.cannot_migrate}];
    if (all.role.id.empty()) {
      all = std::move(account);
      all.callers.place.clear();
      return;
    }
    for (AccountConsumer& consumer : account.callers.consumers)
      all.callers.consumers.push_back(std::move(consumer));
    const auto order = [](const AccountConsumer& c) {
      return std::tie(c.state, c.name, c.line, c.what);
    };
    std::ranges::sort(all.callers.consumers, {}, order);
    for (RunbookWorkload& workload : account.workloads)
      add_workload(all.workloads, std::move(workload));
    all.reasons.insert(all.reasons.end(), account.reasons.begin(), account.reasons.end());
    if (account.role_lists_keys) {
      all.role = account.role;
      all.role_lists_keys = true;
    }
  }

  static void add_workload(std::vector<RunbookWorkload>& all, RunbookWorkload workload) {
    const auto order = [](const RunbookWorkload& w) { return std::tie(w.place, w.address); };
    const auto at = std::ranges::lower_bound(all, order(workload), {}, order);
    if (at == all.end() || order(*at) != order(workload)) all.insert(at, std::move(workload));
  }

  // Hosts of accounts that parsed files spell out, sorted; some of them where there are many.
  [[nodiscard]] std::string addresses() const {
    constexpr size_t most = 12;
    std::set<std::string> hosts;
    for (const ScannedRoot& root : run_.scanned)
      for (const ProjectFile& file : root.project->files()) {
        if (file.test_code || file.generated || file.vendored) continue;
        for (const Value& v : file.document.values)
          if (v.kind == ValueKind::literal && hosts.size() < most) add_host(v.text, hosts);
      }
    return join({hosts.begin(), hosts.end()}, ", ");
  }

  // "contoso.openai.azure.com" of an address that holds it; nothing for one with a hole or a
  // placeholder in place of the name.
  void add_host(std::string_view text, std::set<std::string>& hosts) const {
    const HostRow* row = run_.rules.hosts.find(text);
    if (row == nullptr || !row->azure || row->entra != Entra::yes || !row->host.starts_with("*."))
      return;
    const std::string lower = to_lower(text);
    const size_t end = lower.find(row->host.substr(1));
    if (end == std::string::npos) return;
    size_t begin = end;
    while (begin > 0 && (is_alnum(lower[begin - 1]) || lower[begin - 1] == '-')) --begin;
    const std::string name = lower.substr(begin, end - begin);
    const bool whole =
        (begin == 0 || lower[begin - 1] == '/') &&
        std::ranges::find(templates_.no_accounts, name) == templates_.no_accounts.end();
    if (whole && is_azure_name(name) && !is_placeholder(name))
      hosts.insert(name + row->host.substr(1));
  }

  [[nodiscard]] const Lineage* lineage_of(const ConsumerAccount& row) const {
    for (const Lineage& lineage : report_.lineages) {
      const std::string& id = lineage.account.empty() ? lineage.root : lineage.account;
      if (id != row.id) continue;
      const std::string place = lineage.path.empty() ? std::string()
                                                     : short_place(report_, lineage.root_index,
                                                                   lineage.path, lineage.span);
      if (place == row.place) return &lineage;
    }
    return nullptr;
  }

  RunbookAccount account_of(ConsumerAccount row) {
    RunbookAccount account;
    account.callers = std::move(row);
    const std::string& service = account.callers.service;
    bool openai_only = service.empty() || service == "openai";
    std::string cloud = "public";
    if (const Lineage* lineage = lineage_of(account.callers)) {
      take_declared(account, *lineage, cloud);
      openai_only = openai_only || calls_openai_only(*lineage);
      for (const Finding* finding : index_.findings_of(*lineage)) {
        take_reason(account, *finding);
        if (auto workload = workload_of(*finding))
          add_workload(account.workloads, std::move(*workload));
      }
    }
    account.cannot_migrate =
        std::ranges::any_of(account.callers.consumers, [](const AccountConsumer& consumer) {
          return consumer.state == ConsumerState::cannot_migrate;
        });
    account.role = run_.rules.infrastructure.role_for(openai_only ? "openai" : service);
    account.role_lists_keys = account.role.use != "openai";
    account.scope = scope_of(service, cloud);
    return account;
  }

  // An account of many services may have callers of OpenAI only, who need less.
  [[nodiscard]] bool calls_openai_only(const Lineage& lineage) const {
    bool any = false;
    for (const Finding* finding : index_.findings_of(lineage)) {
      if (finding->test_code || !presents_key(finding->category)) continue;
      const Rule* rule = index_.rule(finding->rule);
      if (rule == nullptr || rule->service != "openai") return false;
      any = true;
    }
    return any;
  }

  void take_reason(RunbookAccount& account, const Finding& finding) const {
    if (finding.verdict != Verdict::cannot_migrate || finding.test_code) return;
    const Rule* rule = index_.rule(finding.rule);
    const std::string code = rule == nullptr ? finding.rule : rule->cannot_migrate;
    account.reasons.push_back(short_place(report_, finding.root, finding.path, finding.span) +
                              ": " + code + ": " + finding.message);
  }

  [[nodiscard]] std::string scope_of(const std::string& service, const std::string& cloud) const {
    const std::vector<HostRow>& rows = run_.rules.hosts.rows();
    for (const std::string_view wanted : {std::string_view(service), std::string_view()})
      for (const HostRow& row : rows)
        if (row.azure && !row.scope.empty() && row.cloud == cloud &&
            (wanted.empty() || row.service == wanted))
          return row.scope;
    return std::string(default_scope);
  }

  // The file at `path`, when it was parsed.
  [[nodiscard]] const ProjectFile* file_at(uint32_t root, const std::string& path) const {
    const Project& project = *run_.scanned[root].project;
    const uint32_t file = project.index_of(path);
    return file == none ? nullptr : &project.files()[file];
  }

  void take_declared(RunbookAccount& account, const Lineage& lineage, std::string& cloud) const {
    if (lineage.account.empty()) return;
    const ProjectFile* file = file_at(lineage.root_index, lineage.path);
    if (file == nullptr) return;
    for (const Element& e : file->document.elements) {
      if (e.kind != ElementKind::resource && e.kind != ElementKind::module) continue;
      if (e.span != lineage.span) continue;
      const Declared declared{file, &e};
      account.declared = true;
      account.name = name_in(lineage.root_index, declared, templates_.name);
      account.group = name_in(lineage.root_index, declared, templates_.group);
      account.subdomain = name_in(lineage.root_index, declared, templates_.subdomain);
      const std::string location = text_in(lineage.root_index, declared, templates_.location);
      if (const RunbookCloud* row = templates_.cloud_at(location)) {
        account.cloud_login = row->login;
        cloud = row->name;
      }
      return;
    }
  }

  // The workload that a setting of the infrastructure is part of.
  [[nodiscard]] std::optional<RunbookWorkload> workload_of(const Finding& finding) const {
    const ProjectFile* file = file_at(finding.root, finding.path);
    if (file == nullptr) return std::nullopt;
    const Document& d = file->document;
    std::string symbol;  // of the resource that a setting elsewhere in the file says it is for
    for (const Element& e : d.elements)
      if (e.kind == ElementKind::setting && !e.type.empty() && e.extent.span.contains(finding.span))
        symbol = e.type;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::resource || e.flag || templates_.workload(e.type) == nullptr)
        continue;
      if (!e.extent.span.contains(finding.span) && (symbol.empty() || symbol != e.name)) continue;
      const Declared declared{file, &e};
      RunbookWorkload workload;
      workload.address = e.name;
      workload.type = e.type;
      workload.place = short_place(report_, finding.root, finding.path, e.span);
      workload.name = name_in(finding.root, declared, templates_.name);
      workload.group = name_in(finding.root, declared, templates_.group);
      const std::string kind = text_in(finding.root, declared, templates_.identity);
      workload.user_identity =
          !kind.empty() && !contains_ignoring_case(kind, "SystemAssigned") && kind != "None";
      return workload;
    }
    return std::nullopt;
  }

  [[nodiscard]] RunbookName name_in(uint32_t root, const Declared& resource,
                                    const std::vector<std::string>& attributes) const {
    for (const std::string& attribute : attributes) {
      const Input* input = find_input(*resource.element, attribute);
      if (input == nullptr || input->value == none) continue;
      std::string text = literal(root, *resource.file, input->value);
      if (is_azure_name(text)) return {std::move(text), {}};
      return {{}, text.empty() ? code_of(root, *resource.file, input->value) : std::string()};
    }
    return {};
  }

  // An expression as it is written, when it is short and on one line.
  [[nodiscard]] std::string code_of(uint32_t root, const ProjectFile& file, ValueId value) const {
    constexpr size_t longest = 80;
    const Span span = file.document.values[value].span;
    const auto bytes = run_.scanned[root].files->read(file.document.path, ReadLimits{});
    if (!bytes || span.end > bytes->size() || span.size() > longest) return {};
    const std::string text = bytes->substr(span.begin, span.size());
    return text.find('\n') == std::string::npos ? mask_keys(text) : std::string();
  }

  // The first of the attributes that is there, when it is written out.
  [[nodiscard]] std::string text_in(uint32_t root, const Declared& resource,
                                    const std::vector<std::string>& attributes) const {
    for (const std::string& attribute : attributes)
      if (const Input* input = find_input(*resource.element, attribute))
        return literal(root, *resource.file, input->value);
    return {};
  }

  // A literal, or a local that is one. A variable's default may be overruled anywhere: no literal.
  [[nodiscard]] std::string literal(uint32_t root, const ProjectFile& in, ValueId value) const {
    const ProjectFile* file = &in;
    for (int hops = 0; hops < 3 && value != none; ++hops) {
      const Value& v = file->document.values[value];
      if (v.kind == ValueKind::literal) return v.secret ? std::string() : v.text;
      std::tie(file, value) = local_of(root, *file, v);
    }
    return {};
  }

  // The value of the local of the same module that `v` names; `none` when there is none.
  [[nodiscard]] std::pair<const ProjectFile*, ValueId> local_of(uint32_t root,
                                                                const ProjectFile& from,
                                                                const Value& v) const {
    if (v.kind != ValueKind::attribute && v.kind != ValueKind::symbol) return {&from, none};
    const Document& d = from.document;
    for (const ProjectFile& file : run_.scanned[root].project->files()) {
      const bool same_folder = d.language == "terraform" && file.document.language == d.language &&
                               before_last(file.document.path, '/') == before_last(d.path, '/');
      if (&file != &from && !same_folder) continue;
      for (const Element& e : file.document.elements)
        if (e.kind == ElementKind::iac_local && (v.text == e.name || v.text == "local." + e.name ||
                                                 (v.text == "local" && v.member == e.name)))
          return {&file, e.value};
    }
    return {&from, none};
  }

  const Run& run_;
  const Report& report_;
  const RunbookTemplates& templates_;
  ReportIndex index_;
};

}  // namespace

Result<Runbook> make_runbook(const Run& run, const RunbookTemplates& templates,
                             const std::string& today) {
  auto consumers = list_consumers(run, today);
  if (!consumers) return fail(consumers.error());
  return RunbookMaker(run, templates).make(std::move(*consumers));
}

}  // namespace keyless
