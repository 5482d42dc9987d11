#include "fix/code.h"

#include <algorithm>

#include "base/text.h"
#include "fix/dead_code.h"
#include "fix/dependencies.h"
#include "fix/entries.h"
#include "fix/gate.h"
#include "fix/parameters.h"
#include "fix/parsed_draft.h"
#include "fix/recipe.h"
#include "fix/scope.h"
#include "fix/unfit.h"
#include "fix/unneeded.h"
#include "fix/usage.h"
#include "syntax/outline.h"

namespace keyless {
namespace {

constexpr int most_rounds = 8;

bool is_caller(Category category) {
  return category == Category::client_key || category == Category::http_key ||
         category == Category::token_misuse;
}

bool wanted(const FixOptions& options, const Finding& f) {
  if (options.only.empty()) return true;
  return std::any_of(options.only.begin(), options.only.end(), [&](const std::string& only) {
    return only == f.rule || only == f.lineage || only == f.path ||
           f.path.starts_with(only.ends_with('/') ? only : only + "/");
  });
}

class CodeRewriter {
 public:
  CodeRewriter(Repository& repository, const RuleSet& rules, const FixOptions& options,
               const std::string& credential, uint32_t root)
      : repository_(repository),
        manifests_(repository),
        rules_(rules),
        options_(options),
        credential_(credential),
        root_(root) {}

  CodeRewrite run() {
    {
      const auto held = repository_.scan();
      ScanOfDrafts& scan = *held;
      for (const Finding& f : scan.judged.findings) before_.insert(f.id);
      collect(scan);
      for (auto& [path, places] : places_) rewrite_file(path, places, scan);
      std::vector<FixedPlace> fixed;
      for (const auto& [path, findings] : fixed_)
        for (const Finding& f : findings) fixed.push_back({path, f.span, rule_of(f.rule)});
      fixed.insert(fixed.end(), behind_gates_.begin(), behind_gates_.end());
      settings_ = unneeded_settings(repository_.project(), scan.linked, rules_, fixed, still_read_);
    }
    accept();
    if (options_.strategy != "gated") suspect_readers();
    gate_declarations();
    open_gates();
    settle();
    if (options_.strategy != "gated" && lose_last_reader()) {
      suspect_readers();
      settle();
    }
    forget_refusals();
    for (const auto& [name, fixes] : settings_) result_.settings.insert(name);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool on(Safeguard safeguard) const { return options_.safeguards.on(safeguard); }

  struct PlaceToFix {
    const Finding* finding = nullptr;
    Candidate candidate;
  };

  void refuse(const Finding& f, Safety safety, std::string reason) {
    refused_ids_[result_.refused.size()] = f.id;
    result_.refused.push_back({root_, f.path, f.span, f.rule, safety, std::move(reason)});
  }

  const Rule* rule_of(const std::string& id) const {
    const auto it = std::find_if(rules_.rules.begin(), rules_.rules.end(),
                                 [&](const Rule& r) { return r.id == id; });
    return it == rules_.rules.end() ? nullptr : &*it;
  }

  void collect(const ScanOfDrafts& scan) {
    std::map<std::tuple<std::string, Span, std::string>, const Placed*> placed;
    for (const Placed& p : scan.linked.placed)
      placed[{repository_.project().files()[p.file].document.path, p.candidate->span,
              p.candidate->rule->id}] = &p;
    for (const Finding& f : scan.judged.findings) {
      if (!is_caller(f.category) || !wanted(options_, f)) continue;
      const Rule* rule = rule_of(f.rule);
      const auto place = placed.find({f.path, f.span, f.rule});
      if (rule == nullptr || place == placed.end()) continue;
      if (f.category == Category::http_key && stands_in_client(f, *place->second, scan)) {
        headers_[f.path].push_back({&f, *place->second->candidate});
        continue;
      }
      if ((f.generated || f.vendored) && on(Safeguard::own_source))
        refuse(f, Safety::manual, "the file is generated or vendored: change its source");
      else if (f.verdict == Verdict::cannot_migrate)
        refuse(f, Safety::manual, "cannot migrate: " + f.reason);
      else if (f.verdict == Verdict::mixed && on(Safeguard::own_key))
        refuse(f, Safety::manual, "shared-key-name: the key also feeds another service");
      else if (!rule->fix)
        refuse(f, Safety::manual, "no rewrite is known for this API; " + rule->message);
      else if (rule->fix->safety == Safety::manual)
        refuse(f, Safety::manual, rule->fix->reason);
      else if (f.test_code && on(Safeguard::not_test_code))
        refuse(f, Safety::review, "test code is changed by hand");
      else if (rule->fix->safety > options_.most)
        refuse(f, rule->fix->safety,
               "needs review: " + (rule->fix->reason.empty() ? rule->title : rule->fix->reason));
      else
        places_[f.path].push_back({&f, *place->second->candidate});
    }
  }

  // A header with the key among the options of a client that gets a token: the client sends its own.
  [[nodiscard]] bool stands_in_client(const Finding& header, const Placed& at,
                                      const ScanOfDrafts& scan) const {
    if (header.generated || header.vendored || header.test_code) return false;
    return std::any_of(scan.linked.placed.begin(), scan.linked.placed.end(), [&](const Placed& p) {
      const Candidate& c = *p.candidate;
      if (p.file != at.file || c.element == none || c.rule->category != Category::client_key ||
          !c.rule->fix || c.rule->fix->safety > options_.most)
        return false;
      const Document& d = repository_.project().files()[p.file].document;
      return d.elements[c.element].kind == ElementKind::call &&
             d.elements[c.element].span.contains(header.span);
    });
  }

  // Such headers go with the key of their client, or not at all.
  void drop_headers(const std::string& path, const Document& d,
                    const std::vector<PlaceToFix>& places, std::vector<Edit>& edits,
                    std::vector<Span>& removed) {
    for (const PlaceToFix& header : headers_[path]) {
      if (!stands_in(header, places, d)) {
        refuse(*header.finding, Safety::manual, "it goes with the key of its client");
        continue;
      }
      edits.push_back({header_extent(d, header.candidate), {}});
      removed.push_back(header.candidate.span);
      fixed_[path].push_back(*header.finding);
    }
  }

  void keep_behind_gate(const std::string& path, const CodeFile& code,
                        const std::vector<PlaceToFix>& places, const std::vector<Span>& removed,
                        Bindings& bindings, std::vector<Edit>& edits) {
    for (Edit& e : gate_reads(code, removed, bindings)) edits.push_back(std::move(e));
    for (const PlaceToFix& header : headers_[path])
      if (stands_in(header, places, code.document))
        if (auto edit = gate_header(code, header.candidate, bindings))
          edits.push_back(std::move(*edit));
  }
  // The call of one of the places holds the header.
  static bool stands_in(const PlaceToFix& header, const std::vector<PlaceToFix>& places,
                        const Document& d) {
    return std::any_of(places.begin(), places.end(), [&](const PlaceToFix& p) {
      return p.candidate.element != none &&
             d.elements[p.candidate.element].span.contains(header.candidate.span);
    });
  }

  void rewrite_file(const std::string& path, const std::vector<PlaceToFix>& places,
                    ScanOfDrafts& scan) {
    const uint32_t index = repository_.project().index_of(path);
    if (index == none) return;
    const ProjectFile& file = repository_.project().files()[index];
    const LanguageTemplates* templates = rules_.templates.of(file.document.language);
    const std::string text = repository_.text(path);
    const auto outline = outline_of(text, file.document.language);
    if (templates == nullptr || !outline) {
      for (const PlaceToFix& p : places)
        refuse(*p.finding, Safety::manual, "code of this language is not rewritten");
      return;
    }
    if (const std::string reason = unfit(*templates, path, text);
        !reason.empty() && on(Safeguard::fit_for_tokens)) {
      for (const PlaceToFix& p : places) refuse(*p.finding, Safety::manual, reason);
      return;
    }
    const HostRow* account = options_.scope.empty()
                                 ? account_host(repository_, rules_, *scan.linked.graph, index)
                                 : host_of_scope(rules_, options_.scope);
    const std::string scope =
        options_.scope.empty() && account != nullptr ? account->scope : options_.scope;
    CodeFile code{text, file.document, *file.imports, *outline, {}, {}};
    for (const PlaceToFix& p : places) code.sinks.push_back(p.candidate.span);
    const std::string symbol = places.front().candidate.symbol;
    const std::string package = symbol.substr(0, symbol.find_first_of(". "));
    code.package = package;
    code.gated = options_.strategy == "gated";
    code.version = [&](const std::string& name) {
      return manifests_.version_at(path, file.document.language, name);
    };
    code.elsewhere = [&](const std::string& wanted) { return stands_elsewhere(path, wanted); };
    Bindings bindings(code, *templates, credential_,
                      options_.with_logging
                          ? choose_logging(repository_.project(), index, *templates)
                          : LogChoice{});
    std::vector<Edit> edits;
    std::vector<Span> removed;
    for (const PlaceToFix& p : places) {
      const Rule& rule = *rule_of(p.finding->rule);
      if (const std::string host = host_without_tokens(file.document, p.candidate, rules_.hosts);
          rule.category == Category::http_key && !host.empty() && on(Safeguard::takes_tokens)) {
        refuse(*p.finding, Safety::manual,
               host + " takes no tokens as it is: use the sub-domain of the resource");
        continue;
      }
      if (!code.gated && file.document.language != "python" &&
          behind_gate(code, p.candidate.span)) {
        behind_gates_.push_back({path, p.finding->span, &rule});
        continue;
      }
      if (const std::string reason = no_room(path, file.document.language, rule); !reason.empty()) {
        refuse(*p.finding, Safety::manual, reason);
        continue;
      }
      RecipeResult done = apply_recipe(*rule.fix, p.candidate, code, bindings,
                                       scope_at(rule, p.candidate, file.document, scope));
      if (!done.refusal.empty()) {
        refuse(*p.finding, Safety::manual, done.refusal);
        continue;
      }
      edits.insert(edits.end(), done.edits.begin(), done.edits.end());
      removed.insert(removed.end(), done.removed.begin(), done.removed.end());
      result_.safety = std::max(result_.safety, rule.fix->safety);
      fixed_[path].push_back(*p.finding);
      result_.rules[path].insert(rule.id);
    }
    if (edits.empty()) return;
    if (code.gated)
      keep_behind_gate(path, code, places, removed, bindings, edits);
    else
      drop_headers(path, file.document, places, edits, removed);
    for (Edit& e : bindings.edits()) edits.push_back(std::move(e));
    if (code.gated)
      follow(index, removed, *scan.linked.symbols);
    else
      forget(index, code, removed, scan);
    Composed composed = compose(text, std::move(edits));
    if (!composed.dropped.empty() && on(Safeguard::edits_apart))
      return give_up(path, "edits of two fixes touch each other");
    original_[path] = text;
    pending_[path] = std::move(composed.text);
    if (bindings.made_async()) result_.async_files.insert(path);
    if (bindings.left_open()) result_.open_files.insert(path);
    if (bindings.made_any()) result_.provider_files.insert(path);
    if (bindings.made_any() && account != nullptr && !account->authority.empty())
      result_.authorities[path] = account->authority;
  }

  // The keyless form of the rule needs a version that the manifest of the file leaves no room for.
  std::string no_room(const std::string& path, const std::string& language, const Rule& rule) {
    const std::string folder(before_last(path, '/'));
    const auto [known, is_new] = no_room_.try_emplace({folder, rule.id});
    if (is_new) known->second = manifests_.no_room_for(path, language, *rule.fix);
    return known->second;
  }

  // What the removed text names may be unused now, here and in other files.
  void forget(uint32_t index, const CodeFile& code, const std::vector<Span>& removed,
              const ScanOfDrafts& scan) {
    const std::string& path = code.document.path;
    add_suspects(code, removed, suspects_[path]);
    parameters_[path].merge(parameters_read_in(code.document, removed));
    follow(index, removed, *scan.linked.symbols);
  }

  // The variables, fields and functions of other files that the removed text names.
  void follow(uint32_t file, const std::vector<Span>& removed, const Symbols& symbols) {
    const Document& d = repository_.project().files()[file].document;
    for (const Value& v : d.values) {
      const bool inside = std::any_of(removed.begin(), removed.end(),
                                      [&](const Span& s) { return s.contains(v.span); });
      if (!inside || v.kind != ValueKind::symbol) continue;
      ScopeId scope = 0;
      for (ScopeId s = 0; s < d.scopes.size(); ++s)
        if (s != 0 && d.scopes[s].span.contains(v.span)) scope = s;
      const Ref ref = symbols.resolve(file, scope, v.text);
      if (ref.kind != Ref::Kind::variable || ref.file == none) continue;
      const std::string& path = repository_.project().files()[ref.file].document.path;
      if (options_.strategy != "gated")
        suspects_[path].names.emplace(after_last(ref.name, '.'));
      else if (ref.file != file)
        gated_[d.path].emplace(path, std::string(after_last(ref.name, '.')));
    }
  }

  // With the switch on a key need not be there: what declares it for another file must not ask for it.
  void gate_declarations() {
    std::map<std::string, std::map<std::string, Finding>> wanted;  // path -> name -> who reads it
    for (const auto& [source, places] : gated_)
      if (fixed_.contains(source))
        for (const auto& [path, name] : places) wanted[path].emplace(name, fixed_[source].front());
    for (const auto& [path, names] : wanted) {
      const uint32_t index = repository_.project().index_of(path);
      if (index == none) continue;
      const ProjectFile& file = repository_.project().files()[index];
      const LanguageTemplates* templates = rules_.templates.of(file.document.language);
      const std::string text = repository_.text(path);
      const auto outline = outline_of(text, file.document.language);
      if (templates == nullptr || !outline || file.document.language != "python") continue;
      const CodeFile code{text, file.document, *file.imports, *outline, {}, {}};
      Bindings bindings(code, *templates, credential_);
      std::vector<Edit> edits;
      for (const auto& [name, finding] : names) {
        const std::string reason = gate_declaration(code, name, bindings, edits);
        if (!reason.empty()) refuse(finding, Safety::review, path + ": " + reason);
      }
      if (edits.empty()) continue;
      for (Edit& e : bindings.edits()) edits.push_back(std::move(e));
      if (!draft_if_parsed(repository_, path, compose(text, std::move(edits)).text)) continue;
      result_.changed.insert(path);
      result_.safety = std::max(result_.safety, Safety::review);
    }
  }

  // Fields and variables that read a setting which nobody needs any more.
  void suspect_readers() {
    for (const ProjectFile& file : repository_.project().files()) {
      const Document& d = file.document;
      for (const Element& e : d.elements) {
        if (e.kind == ElementKind::pair && d.language == "python" && settings_.contains(e.name))
          suspects_[d.path];  // looked at for what it hands on
        const bool declares = e.kind == ElementKind::field || e.kind == ElementKind::assign;
        if (!declares || e.value == none || d.values[e.value].kind != ValueKind::env) continue;
        if (settings_.contains(d.values[e.value].text))
          suspects_[d.path].names.emplace(after_last(e.name, '.'));
      }
    }
  }

  void give_up(const std::string& path, const std::string& reason) {
    std::erase_if(settings_, [&](const auto& s) { return s.second.contains(path); });
    for (const Finding& f : fixed_[path]) refuse(f, Safety::manual, reason);
    fixed_.erase(path);
    pending_.erase(path);
    result_.rules.erase(path);
    suspects_.erase(path);
    result_.async_files.erase(path);
    result_.open_files.erase(path);
    result_.provider_files.erase(path);
    result_.authorities.erase(path);
    result_.changed.erase(path);
  }

  // Drafts what was planned; a file that parses worse or still has its finding goes back.
  void accept() {
    for (auto& [path, text] : pending_) {
      result_.changed.insert(path);
      if (!draft_if_parsed(repository_, path, text, options_.safeguards))
        give_up_later_[path] = "the result would not parse";
    }
    for (const auto& [path, reason] : give_up_later_) give_up(path, reason);
    give_up_later_.clear();
    const auto held = repository_.scan();
    const ScanOfDrafts& scan = *held;
    for (const Finding& now : scan.judged.findings) {
      const auto fixed = fixed_.find(now.path);
      if (fixed == fixed_.end()) continue;
      const bool still =
          std::any_of(fixed->second.begin(), fixed->second.end(), [&](const Finding& f) {
            return f.id == now.id && f.symbol == now.symbol && f.rule == now.rule;
          });
      // Behind the switch the key is still read.
      const bool kept = still || now.category == Category::key_read;
      if (kept && options_.strategy == "gated") continue;
      if (!on(still ? Safeguard::finding_gone : Safeguard::nothing_new)) continue;
      if (still || !before_.contains(now.id))
        give_up_later_[now.path] = still ? "the finding would still be there (" + now.rule + ")"
                                         : "the result would have a new finding (" + now.rule + ")";
    }
    for (const auto& [path, reason] : give_up_later_) {
      repository_.draft(path, original_[path]);
      give_up(path, reason);
    }
  }

  // A clean run takes the switch of an earlier gated one away.
  void open_gates() {
    if (options_.strategy == "gated" || !options_.only.empty()) return;
    for (const ProjectFile& file : repository_.project().files()) {
      if (file.generated || file.vendored) continue;
      const std::string text = repository_.text(file.document.path);
      if (text.find(gate_variable) == std::string::npos) continue;
      const auto outline = outline_of(text, file.document.language);
      if (!outline) continue;
      const CodeFile code{text, file.document, *file.imports, *outline, {}, {}};
      if (const std::string gate = gate_of(code); !gate.empty()) {
        suspects_[file.document.path].names.insert(gate);
        result_.safety = std::max(result_.safety, Safety::review);
      }
    }
  }

  // Rounds of removal until nothing is unused any more.
  void settle() {
    for (int round = 0; round < most_rounds; ++round) {
      bool changed = suspect_importers();
      const Symbols symbols(repository_.project());
      std::map<std::string, std::string> drafts;
      for (auto& [path, suspects] : std::map(suspects_))
        changed |= settle_file(path, symbols, drafts);
      for (auto& [path, text] : drafts) draft_settled(path, text);
      if (!changed && !settle_parameters()) return;
    }
  }

  // A reader that was refused may have gone with the parameter that it filled.
  bool lose_last_reader() {
    if (still_read_.empty()) return false;
    const auto held = repository_.scan();
    const std::set<std::string> unread = settings_without_use(held->linked, still_read_);
    for (const std::string& name : unread) settings_[name];
    return !unread.empty();
  }

  // So may places that no rule could rewrite.
  void forget_refusals() {
    if (refused_ids_.empty()) return;
    const auto held = repository_.scan();
    std::set<std::string> left;
    for (const Finding& f : held->judged.findings) left.insert(f.id);
    std::vector<Refusal> refused;
    for (size_t i = 0; i < result_.refused.size(); ++i) {
      const auto id = refused_ids_.find(i);
      if (id == refused_ids_.end() || left.contains(id->second))
        refused.push_back(std::move(result_.refused[i]));
    }
    result_.refused = std::move(refused);
  }

  // Other files may ask for what is going to go, or tell of it: `if not CONFIG.key: ...`.
  bool suspect_importers() {
    std::map<std::string, std::set<std::string>> names;
    size_t known = 0;
    for (const auto& [path, suspects] : suspects_) {
      known += suspects.names.size();
      const uint32_t index = repository_.project().index_of(path);
      if (index == none) continue;
      for (const Element& e : repository_.project().files()[index].document.elements)
        if (e.kind == ElementKind::field || e.kind == ElementKind::assign)
          if (const std::string name(after_last(e.name, '.')); suspects.names.contains(name))
            names[path].insert(name);
    }
    if (known == suspects_asked_) return false;
    bool grown = false;
    for (auto& [reader, name] : importers_reading(repository_, names))
      grown |= suspects_[reader].names.insert(std::move(name)).second;
    suspects_asked_ = 0;
    for (const auto& [path, suspects] : suspects_) suspects_asked_ += suspects.names.size();
    return grown;
  }

  // In another file of code.
  bool stands_elsewhere(const std::string& path, const std::string& wanted) const {
    const auto& files = repository_.project().files();
    return std::any_of(files.begin(), files.end(), [&](const ProjectFile& other) {
      return other.document.path != path &&
             rules_.templates.of(other.document.language) != nullptr &&
             repository_.text(other.document.path).find(wanted) != std::string::npos;
    });
  }

  // What is unused stays where the file would parse worse without it.
  void draft_settled(const std::string& path, const std::string& text) {
    if (draft_if_parsed(repository_, path, text)) return;
    suspects_[path] = {};
    given_up_.insert(path);
    result_.refused.push_back({root_,
                               path,
                               {},
                               "",
                               Safety::manual,
                               "what only fed the key stays: the file would not parse without it"});
  }

  // When nothing else is left to remove: parameters that only handed the key on.
  bool settle_parameters() {
    if (options_.most < Safety::review) return false;
    bool changed = false;
    for (auto& [path, names] : std::map(parameters_)) {
      const uint32_t index = repository_.project().index_of(path);
      if (index == none || names.empty()) continue;
      parameters_[path].clear();
      const Symbols symbols(repository_.project());
      ParameterRemoval found = remove_parameters(repository_, index, names);
      std::map<std::string, std::string> drafts;
      for (auto& [target, edits] : found.edits) {
        const uint32_t file = repository_.project().index_of(target);
        const ProjectFile& other = repository_.project().files()[file];
        const std::string text = repository_.text(target);
        const auto outline = outline_of(text, other.document.language);
        const CodeFile code{text, other.document, *other.imports, *outline, {}, {}};
        add_suspects(code, found.removed[target], suspects_[target]);
        parameters_[target].merge(parameters_read_in(other.document, found.removed[target]));
        follow(file, found.removed[target], symbols);
        drafts[target] = compose(text, std::move(edits)).text;
        result_.changed.insert(target);
        result_.safety = std::max(result_.safety, Safety::review);
        changed = true;
      }
      for (auto& [target, text] : drafts) draft_settled(target, text);
    }
    return changed;
  }

  bool settle_file(const std::string& path, const Symbols& symbols,
                   std::map<std::string, std::string>& drafts) {
    const uint32_t index = repository_.project().index_of(path);
    if (index == none || given_up_.contains(path)) return false;
    const ProjectFile& file = repository_.project().files()[index];
    if (file.generated || file.vendored || file.test_code) return false;
    const std::string text = repository_.text(path);
    const auto outline = outline_of(text, file.document.language);
    if (!outline) return false;
    CodeFile code{text, file.document, *file.imports, *outline, {}, {}};
    code.elsewhere = [&](const std::string& wanted) { return stands_elsewhere(path, wanted); };
    Suspects& suspects = suspects_[path];
    for (const auto& [name, paths] : settings_) suspects.settings.insert(name);
    const size_t known = suspects.names.size();
    DeadCode dead = remove_dead(code, suspects, [&](const Element& declaration) {
      return used_elsewhere(repository_, rules_.names, index, declaration);
    });
    bool released = false;
    for (const auto& [module, member] : dead.released) {
      const std::string target =
          repository_.project().resolve_module(file.document.language, path, module);
      if (!target.empty() && !member.empty())
        released |= suspects_[target].names.insert(member).second;
    }
    std::vector<Span> removed = std::move(dead.removed);
    for (const Edit& e : dead.edits)
      if (e.text.empty() || e.text == "pass") removed.push_back(e.span);
    follow(index, removed, symbols);
    parameters_[path].merge(parameters_read_in(file.document, removed));
    if (dead.edits.empty()) return released || suspects.names.size() > known;
    Composed composed = compose(text, std::move(dead.edits));
    result_.changed.insert(path);
    drafts[path] = std::move(composed.text);
    return true;
  }

  Repository& repository_;
  Manifests manifests_;
  const RuleSet& rules_;
  const FixOptions& options_;
  std::string credential_;
  uint32_t root_;
  std::set<std::string> before_;
  std::map<std::string, std::vector<PlaceToFix>> places_;
  std::map<std::string, std::vector<PlaceToFix>> headers_;  // in options of clients
  std::map<std::string, std::vector<Finding>> fixed_;
  std::map<std::string, std::string> original_;
  std::map<std::string, std::string> pending_;
  std::map<std::string, std::string> give_up_later_;
  std::map<std::string, Suspects> suspects_;
  std::map<std::pair<std::string, std::string>, std::string> no_room_;  // folder, rule -> reason
  std::vector<FixedPlace> behind_gates_;  // they go with the switch of an earlier run
  std::set<std::string> given_up_;        // files whose unused code stays
  std::map<std::string, std::set<std::string>> parameters_;  // by path, that lost a use
  // Of the gated strategy: source -> what it reads there (path, name).
  std::map<std::string, std::set<std::pair<std::string, std::string>>> gated_;
  std::map<size_t, std::string> refused_ids_;  // of the finding, by its place among the refusals
  std::set<std::string> still_read_;           // settings of keys that more than the fixes read
  size_t suspects_asked_ = 0;                  // names whose importers are known
  std::map<std::string, std::set<std::string>> settings_;  // unneeded: name -> fixes
  CodeRewrite result_;
};

}  // namespace

CodeRewrite rewrite_code(Repository& repository, const RuleSet& rules, const FixOptions& options,
                         const std::string& credential, uint32_t root) {
  return CodeRewriter(repository, rules, options, credential, root).run();
}

}  // namespace keyless
