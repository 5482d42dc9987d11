#include "fix/smoke_test.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "fix/edit.h"
#include "fix/federated_login.h"
#include "fix/lines.h"
#include "source/source_file.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

bool is_workflow(std::string_view path) {
  return path.starts_with(".github/workflows/") &&
         (path.ends_with(".yml") || path.ends_with(".yaml"));
}

// "- uses: x" and "uses: x" are the same field of a step.
std::string_view field_of(std::string_view line) {
  line = trim(line);
  return line.starts_with("- ") ? trim(line.substr(2)) : line;
}

bool is_word_end(std::string_view line, size_t at) {
  return at >= line.size() || !(is_alnum(line[at]) || line[at] == '-' || line[at] == '_');
}

bool has_phrase(std::string_view line, std::string_view phrase) {
  for (size_t at = line.find(phrase); at != std::string_view::npos; at = line.find(phrase, at + 1))
    if ((at == 0 || is_word_end(line, at - 1)) && is_word_end(line, at + phrase.size()))
      return true;
  return false;
}

// One workflow as it reads now.
class Workflow {
 public:
  Workflow(std::string path, std::string text, const RuleSet& rules)
      : path_(std::move(path)), rules_(rules) {
    read(std::move(text));
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const Document& document() const { return document_; }
  [[nodiscard]] const SmokeTestTemplate& data() const { return rules_.infrastructure.smoke_test(); }

  void read(std::string text) {
    text_ = std::move(text);
    document_ = parse(make_source_file(path_, text_), *language_of(path_));
  }

  [[nodiscard]] std::vector<std::string> jobs() const {
    std::vector<std::string> names;
    for (const Element& e : document_.elements) {
      if (e.kind != ElementKind::entry || !e.name.starts_with("jobs.")) continue;
      const std::string name(split(e.name, '.')[1]);
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
  }

  // The lines of each step, blank lines behind it left out.
  [[nodiscard]] std::vector<Span> steps(const std::string& job) const {
    std::vector<Span> found;
    uint32_t at = steps_begin(job);
    if (at == none) return found;
    size_t lead = SIZE_MAX;
    while (at < text_.size()) {
      const uint32_t next = line_after(text_, at);
      const std::string_view line = trim(std::string_view(text_).substr(at, next - at));
      const size_t in = indentation_at(text_, at).size();
      const bool dash = line.starts_with("- ");
      if (!line.empty() && lead == SIZE_MAX) {
        if (!dash) return found;
        lead = in;
      }
      if (!line.empty() && (in < lead || (in == lead && !dash))) {
        if (!line.starts_with("#")) break;
      } else if (dash && in == lead) {
        found.push_back({at, next});
      } else if (!line.empty() && !found.empty()) {
        found.back().end = next;
      }
      at = next;
    }
    return found;
  }

  [[nodiscard]] bool deploys(Span step) const {
    bool found = false;
    for (const std::string_view raw : split(slice(step), '\n')) {
      const std::string_view line = field_of(raw);
      if (line.starts_with("#")) continue;
      if (line.starts_with("uses:")) {
        std::string used = to_lower(trim(line.substr(5)));
        std::erase_if(used, [](char c) { return c == '"' || c == '\''; });
        used = used.substr(0, used.find('@'));
        found |=
            std::find(data().actions.begin(), data().actions.end(), used) != data().actions.end();
      }
      found |= std::any_of(data().commands.begin(), data().commands.end(),
                           [&](const std::string& phrase) { return has_phrase(line, phrase); });
    }
    return found;
  }

  [[nodiscard]] bool has_smoke_test(Span step) const {
    return slice(step).find(data().name) != std::string_view::npos;
  }

  // The step's own `if:`, as written; "" when it has none.
  [[nodiscard]] std::string condition(Span step) const {
    const size_t lead = indentation_at(text_, step.begin).size();
    for (const std::string_view line : split(slice(step), '\n')) {
      const size_t in = std::min(line.find_first_not_of(' '), line.size());
      const bool own = in == lead || in == lead + 2;
      if (own && field_of(line).starts_with("if:")) return std::string(field_of(line));
    }
    return {};
  }

  // What says the endpoint in this job already; "" when nothing does.
  [[nodiscard]] std::string endpoint(const std::string& job) const {
    std::string best;
    for (const Element& e : document_.elements) {
      if (e.kind != ElementKind::entry || e.value == none) continue;
      const bool own = e.name.starts_with("jobs." + job + ".");
      if (!own && !e.name.starts_with("env.")) continue;
      const std::string_view name = after_last(e.name, '.');
      if (e.name.find("env.") == std::string::npos ||
          !rules_.names.is(NameClass::endpoint_azure, name))
        continue;
      const Span span = document_.values[e.value].span;
      const std::string value(trim(slice(span)));
      const bool here = value.find("vars.") != std::string::npos ||
                        value.find("secrets.") != std::string::npos ||
                        value.find("://") != std::string::npos;
      if (!here || value.find('\n') != std::string::npos) continue;
      if (best.empty() || to_lower(name).find("openai") != std::string::npos) best = value;
    }
    return best;
  }

 private:
  [[nodiscard]] std::string_view slice(Span span) const {
    return std::string_view(text_).substr(span.begin, span.size());
  }

  // Behind the line `steps:` of the job.
  [[nodiscard]] uint32_t steps_begin(const std::string& job) const {
    const std::string own = "jobs." + job + ".";
    uint32_t begin = none;
    uint32_t end = 0;
    for (const Element& e : document_.elements) {
      if (e.kind != ElementKind::entry || !e.name.starts_with(own)) continue;
      begin = std::min(begin, e.span.begin);
      end = std::max(end, e.span.end);
    }
    if (begin == none) return none;
    for (uint32_t at = line_begin(text_, begin); at < std::max(end, begin + 1);
         at = line_after(text_, at)) {
      const uint32_t next = line_after(text_, at);
      if (trim(slice({at, next})) == "steps:") return next;
    }
    // A job whose steps are all scripts has no entry behind `steps:`.
    const size_t found = text_.find("steps:", end);
    const bool near = found != std::string::npos &&
                      trim(std::string_view(text_).substr(end, found - end)).empty();
    return near ? line_after(text_, static_cast<uint32_t>(found)) : none;
  }

  std::string path_;
  const RuleSet& rules_;
  std::string text_;
  Document document_;
};

class SmokeTester {
 public:
  SmokeTester(const Repository& repository, const RuleSet& rules, std::string scope, uint32_t root)
      : repository_(repository), rules_(rules), scope_(std::move(scope)), root_(root) {}

  SmokeTests run() {
    if (rules_.infrastructure.smoke_test().step.empty()) return {};
    for (const std::string_view path : repository_.project().root(0).paths())
      if (is_workflow(path)) look_at(std::string(path));
    return std::move(result_);
  }

 private:
  void look_at(const std::string& path) {
    Workflow workflow(path, repository_.text(path), rules_);
    const std::string before = workflow.text();
    for (const std::string& job : workflow.jobs()) add(workflow, path, job);
    if (workflow.text() != before) result_.drafts[path] = workflow.text();
  }

  // The last step that deploys; nothing when none does or the step is there already.
  static std::optional<size_t> place(const Workflow& workflow, const std::string& job) {
    const std::vector<Span> steps = workflow.steps(job);
    std::optional<size_t> last;
    for (size_t i = 0; i < steps.size(); ++i) {
      if (workflow.has_smoke_test(steps[i])) return std::nullopt;
      if (workflow.deploys(steps[i])) last = i;
    }
    return last;
  }

  void add(Workflow& workflow, const std::string& path, const std::string& job) {
    std::optional<size_t> step = place(workflow, job);
    if (!step) return;
    const std::string before = workflow.text();
    LoginPlan login =
        plan_login_of_job(workflow.document(), before, job, workflow.steps(job)[*step].begin);
    if (!login.refused.empty()) return refuse(path, login.refused.front());
    const size_t broken = workflow.document().broken.size();
    workflow.read(compose(before, std::move(login.edits)).text);
    step = place(workflow, job);
    if (!step) return workflow.read(before);
    const Span behind = workflow.steps(job)[*step];
    const std::string name = insert(workflow, job, behind);
    if (workflow.document().broken.size() > broken || place(workflow, job)) {
      workflow.read(before);
      return refuse(path, "job " + job + ": add a smoke test behind the deployment by hand");
    }
    for (const std::string& what : login.what) result_.what.push_back(path + ": " + what);
    for (const std::string& needed : login.prerequisites)
      result_.prerequisites.push_back(path + ": " + needed);
    result_.what.push_back(path + ": job " + job + " calls the account with a token after it");
    result_.prerequisites.push_back(path + ": the identity of job " + job + " has the role " +
                                    rules_.infrastructure.role_for("openai").name +
                                    " on the account" + name);
  }

  // Returns what else has to be set up.
  std::string insert(Workflow& workflow, const std::string& job, Span behind) {
    const SmokeTestTemplate& data = workflow.data();
    std::string endpoint = workflow.endpoint(job);
    std::string needed;
    if (endpoint.empty()) {
      endpoint = "${{ vars." + data.endpoint + " }}";
      needed = "; the variable " + data.endpoint + " of the repository holds its endpoint";
    }
    const std::string condition = workflow.condition(behind);
    std::string step = replaced(data.step, "$name", data.name);
    step = replaced(std::move(step), "$condition\n",
                    condition.empty() ? std::string() : "  " + condition + "\n");
    step = replaced(std::move(step), "$endpoint_value", endpoint);
    step = replaced(std::move(step), "$scope", scope_);
    const std::string in(indentation_at(workflow.text(), behind.begin));
    const std::string end(line_end_of(workflow.text()));
    std::string lines;
    for (const std::string_view line : split(trim(step), '\n'))
      lines += in + std::string(line) + end;
    const bool closed = behind.end > 0 && workflow.text()[behind.end - 1] == '\n';
    workflow.read(compose(workflow.text(),
                          {{{behind.end, behind.end}, (closed ? std::string() : end) + lines}})
                      .text);
    return needed;
  }

  void refuse(const std::string& path, std::string reason) {
    result_.refused.push_back({root_, path, {}, "", Safety::manual, std::move(reason)});
  }

  const Repository& repository_;
  const RuleSet& rules_;
  std::string scope_;
  uint32_t root_;
  SmokeTests result_;
};

}  // namespace

SmokeTests plan_smoke_tests(const Repository& repository, const RuleSet& rules,
                            const std::string& scope, uint32_t root) {
  return SmokeTester(repository, rules, scope, root).run();
}

}  // namespace keyless
