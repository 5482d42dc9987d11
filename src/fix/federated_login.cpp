#include "fix/federated_login.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

// "jobs.api.steps[3].env.X" -> job "api", step 3 (-1 for a setting of the job itself).
struct Position {
  std::string job;
  int step = -1;
};

Position position_of(std::string_view path) {
  Position position;
  const auto parts = split(path, '.');
  if (parts.size() < 3 || parts[0] != "jobs") return position;
  position.job = parts[1];
  if (!parts[2].starts_with("steps[")) return position;
  position.step = 0;
  for (const char c : parts[2].substr(6))
    if (is_digit(c)) position.step = position.step * 10 + (c - '0');
  return position;
}

class LoginPlanner {
 public:
  LoginPlanner(const Document& workflow, std::string_view text) : d_(workflow), text_(text) {}

  LoginPlan run(const std::vector<Span>& lost) {
    std::map<std::string, int> jobs;  // job -> the first step that lost a key
    for (const Element& e : d_.elements) {
      if (e.kind != ElementKind::entry || std::find(lost.begin(), lost.end(), e.span) == lost.end())
        continue;
      const Position p = position_of(e.name);
      if (p.job.empty()) continue;
      const auto [it, fresh] = jobs.emplace(p.job, p.step);
      if (!fresh) it->second = std::min(it->second, p.step);
    }
    for (const auto& [job, step] : jobs) add(job, step);
    return std::move(plan_);
  }

  LoginPlan run(const std::string& job, uint32_t line) {
    if (!signs_in(job)) log_in(job, line);
    return std::move(plan_);
  }

 private:
  [[nodiscard]] const Element* entry(const std::string& name) const {
    for (const Element& e : d_.elements)
      if (e.kind == ElementKind::entry && e.name == name) return &e;
    return nullptr;
  }
  // The first thing written in a job or step.
  [[nodiscard]] const Element* first_below(const std::string& prefix) const {
    const Element* first = nullptr;
    for (const Element& e : d_.elements) {
      const bool step = e.kind == ElementKind::entry && e.name.starts_with(prefix);
      if (step && (first == nullptr || e.span.begin < first->span.begin)) first = &e;
    }
    return first;
  }
  [[nodiscard]] std::string step_name(const std::string& job, int step) const {
    return "jobs." + job + ".steps[" + std::to_string(step) + "].";
  }

  [[nodiscard]] bool signs_in(const std::string& job) const {
    for (const Element& e : d_.elements) {
      if (e.kind != ElementKind::entry || !e.name.starts_with("jobs." + job + ".steps[") ||
          !e.name.ends_with(".uses") || e.value == none)
        continue;
      const std::string used = to_lower(d_.values[e.value].text);
      if (used.starts_with("azure/login@")) return true;
    }
    return false;
  }

  void no_step(const std::string& job) {
    plan_.refused.push_back("job " + job + ": add azure/login before the step that calls Azure");
  }

  void add(const std::string& job, int step) {
    if (signs_in(job)) return allow(job);
    if (step < 0) step = first_run(job);
    // A run of several lines is no entry: the step's own dash is found from what stands in it.
    const Element* first = first_below(step_name(job, step));
    if (first == nullptr) return no_step(job);
    uint32_t line = line_begin(text_, first->span.begin);
    while (line > 0 && !trim(text_.substr(line, line_after(text_, line) - line)).starts_with("-"))
      line = line_begin(text_, line - 1);
    if (!trim(text_.substr(line, line_after(text_, line) - line)).starts_with("-"))
      return no_step(job);
    log_in(job, line);
  }

  // `line`: where the step begins that needs it.
  void log_in(const std::string& job, uint32_t line) {
    const std::string in(indentation_at(text_, line));
    const std::string end(line_end_of(text_));
    plan_.edits.push_back({{line, line},
                           in + "- uses: azure/login@v3" + end + in + "  with:" + end + in +
                               "    client-id: ${{ vars.AZURE_CLIENT_ID }}" + end + in +
                               "    tenant-id: ${{ vars.AZURE_TENANT_ID }}" + end + in +
                               "    subscription-id: ${{ vars.AZURE_SUBSCRIPTION_ID }}" + end});
    plan_.what.push_back("job " + job + " signs in with azure/login");
    if (plan_.prerequisites.empty())
      plan_.prerequisites.emplace_back(
          "an application or identity with a federated credential for this repository and the role "
          "on the account; its ids as variables "
          "AZURE_CLIENT_ID, AZURE_TENANT_ID, AZURE_SUBSCRIPTION_ID");
    allow(job);
  }

  [[nodiscard]] int first_run(const std::string& job) const {
    int step = 0;
    for (const Element& e : d_.elements) {
      const Position p = e.kind == ElementKind::entry ? position_of(e.name) : Position{};
      if (p.job != job || p.step < 0 || !e.name.ends_with(".uses") || e.value == none) continue;
      if (d_.values[e.value].text.starts_with("actions/checkout"))
        step = std::max(step, p.step + 1);
    }
    return step;
  }

  // id-token: write, in the block that decides for the job; a new block keeps reading contents.
  void allow(const std::string& job) {
    const std::string own = "jobs." + job + ".permissions";
    for (const std::string& block : {own, std::string("permissions")}) {
      if (const Element* all = entry(block)) {
        const std::string word = all->value == none ? "" : d_.values[all->value].text;
        if (word != "write-all")
          plan_.refused.push_back("job " + job + ": permissions need id-token: write beside " +
                                  word);
        return;
      }
      const Element* first = first_below(block + ".");
      if (first == nullptr) continue;
      if (entry(block + ".id-token") != nullptr || !allowed_.insert(block).second) return;
      const uint32_t line = line_begin(text_, first->span.begin);
      if (trim(text_.substr(line, first->span.begin - line)).find('{') != std::string_view::npos)
        return plan_.refused.push_back("job " + job + ": permissions need id-token: write");
      plan_.edits.push_back({{line, line},
                             std::string(indentation_at(text_, line)) + "id-token: write" +
                                 std::string(line_end_of(text_))});
      return;
    }
    if (!allowed_.insert(own).second) return;
    const Element* first = first_below("jobs." + job + ".");
    if (first == nullptr) return;
    const uint32_t line = line_begin(text_, first->span.begin);
    const std::string in(indentation_at(text_, line));
    const std::string end(line_end_of(text_));
    plan_.edits.push_back({{line, line},
                           in + "permissions:" + end + in + "  contents: read" + end + in +
                               "  id-token: write" + end});
    plan_.prerequisites.push_back("job " + job +
                                  ": naming permissions drops the defaults; contents: read is "
                                  "kept, add what else its steps use");
  }

  const Document& d_;
  std::string_view text_;
  LoginPlan plan_;
  std::set<std::string> allowed_;
};

}  // namespace

LoginPlan plan_login(const Document& workflow, std::string_view text,
                     const std::vector<Span>& lost) {
  return LoginPlanner(workflow, text).run(lost);
}

LoginPlan plan_login_of_job(const Document& workflow, std::string_view text, const std::string& job,
                            uint32_t line) {
  return LoginPlanner(workflow, text).run(job, line);
}

}  // namespace keyless
