// The audit report as one page. Rows are written here, each text through html_text; layout, style and
// script stand in src/output/html. The policy names the hashes of those two, so nothing else can act.
#include <fmt/format.h>

#include <array>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "output/audit.h"
#include "output/audit_svg.h"
#include "output/embedded_page.h"
#include "output/html_text.h"
#include "output/lineage_view.h"

namespace keyless {

namespace {

std::string_view page_part(std::string_view name) {
  for (const EmbeddedFile& file : embedded_page())
    if (file.path == name) return file.text;
  return {};
}

// 'sha256-...' as a policy writes it: the digest in base64.
std::string policy_hash(std::string_view text) {
  constexpr std::string_view signs =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256_hex(text);
  const auto digit = [&](size_t at) -> uint32_t {
    if (at >= hex.size()) return 0;
    return static_cast<uint32_t>(is_digit(hex[at]) ? hex[at] - '0' : hex[at] - 'a' + 10);
  };
  // Three hex digits are twelve bits, two signs; the last of 64 digits needs one sign of padding.
  std::string out;
  for (size_t at = 0; at < hex.size(); at += 3) {
    const uint32_t bits = digit(at) << 8U | digit(at + 1) << 4U | digit(at + 2);
    out += signs[bits >> 6U];
    if (at + 2 < hex.size() || (bits & 63U) != 0) out += signs[bits & 63U];
  }
  while (out.size() % 4 != 0) out += '=';
  return "'sha256-" + out + "'";
}

std::string code(std::string_view text) {
  return text.empty() ? "" : "<code>" + html_text(text) + "</code>";
}

std::string badge(std::string_view word) {
  return fmt::format("<span class=\"badge {0}\">{0}</span>", word);
}

std::string counted_cells(const StateCounts& counts) {
  std::string cells;
  for (size_t at = 0; at < audit_states.size(); ++at)
    cells +=
        fmt::format("<td class=\"number{}\" data-label=\"{}\">{}</td>",
                    counts.by_state[at] == 0 ? " zero" : "", audit_states[at], counts.by_state[at]);
  return cells;
}

class Page {
 public:
  explicit Page(const Audit& audit) : audit_(audit) {
    for (size_t at = 0; at < audit.findings.size(); ++at)
      anchors_.emplace(audit.findings[at].finding, at);
  }

  std::string write() {
    const std::string_view style = page_part("page.css"), script = page_part("page.js");
    const std::array<std::pair<std::string_view, std::string>, 18> parts{{
        {"policy", "default-src 'none'; style-src " + policy_hash(style) + "; script-src " +
                       policy_hash(script) +
                       "; img-src data:; base-uri 'none'; form-action 'none'"},
        {"title", html_text("Keys of Azure AI accounts: " + root_names())},
        {"style", std::string(style)},
        {"script", std::string(script)},
        {"facts", facts()},
        {"tiles", tiles()},
        {"trend", trend()},
        {"state_heads", state_heads()},
        {"accounts", accounts()},
        {"controls", controls()},
        {"state_options", state_options()},
        {"account_options", account_options()},
        {"control_options", control_options()},
        {"count", std::to_string(audit_.findings.size())},
        {"findings", findings()},
        {"lineages", lineages()},
        {"coverage", coverage()},
        {"footer", footer()},
    }};
    // One pass from left to right: what is put in is not searched again.
    std::string_view rest = page_part("page.html");
    std::string out;
    for (size_t at = rest.find("{{"); at != std::string_view::npos; at = rest.find("{{")) {
      const size_t end = rest.find("}}", at);
      const std::string_view name = rest.substr(at + 2, end - at - 2);
      out += rest.substr(0, at);
      for (const auto& [key, text] : parts)
        if (key == name) out += text;
      rest.remove_prefix(end + 2);
    }
    return out + std::string(rest);
  }

 private:
  std::string root_names() {
    std::vector<std::string> names;
    for (const ReportRoot& root : audit_.report->roots) names.push_back(root.id);
    return join(names, ", ");
  }

  std::string facts() {
    std::string out;
    const auto fact = [&](std::string_view name, const std::string& html) {
      out += fmt::format("<dt>{}</dt><dd>{}</dd>", name, html);
    };
    if (!audit_.date.empty()) fact("Date", html_text(audit_.date));
    for (const ReportRoot& root : audit_.report->roots)
      fact("Repository",
           html_text(root.id) +
               (root.commit.empty() ? ", not under Git" : " at commit " + code(root.commit)));
    fact("Tool", html_text("keyless " + audit_.report->version));
    fact("Rules", code(audit_.rules_digest));
    return out;
  }

  std::string tiles() {
    std::string out;
    const auto tile = [&](std::string_view name, std::string_view word, const std::string& number) {
      out += fmt::format("<div class=\"tile {}{}\"><b>{}</b><span>{}</span></div>", name,
                         number == "0" ? " none" : "", number, word);
    };
    constexpr std::array<std::string_view, audit_states.size()> words{
        "block the build", "open, not at the gate", "accepted as old", "excepted",
        "cannot migrate"};
    tile("all", "findings", std::to_string(audit_.counts.all()));
    tile("keys", "accounts and keys", std::to_string(audit_.accounts.size()));
    for (size_t at = 0; at < audit_states.size(); ++at)
      tile(audit_states[at], words[at], std::to_string(audit_.counts.by_state[at]));
    tile("read", "of the files read",
         fmt::format("{:.1f} %", totals(audit_.report->coverage).percent()));
    return out;
  }

  std::string trend() {
    if (audit_.trend.empty()) return {};
    std::string out = "<section id=\"trend\"><h2>Trend</h2>" + draw_trend(audit_.trend);
    out += "<p class=\"legend\">";
    for (const std::string_view word : {"high", "medium", "low"})
      out += fmt::format(
          "<span><svg width=\"11\" height=\"11\"><rect class=\"bar-{0}\" width=\"11\" "
          "height=\"11\"/></svg>{0}</span>",
          word);
    out +=
        "</p><table class=\"wide\"><thead><tr><th>Run</th><th class=\"number\">Findings</th><th "
        "class=\"number\">Blocking</th><th class=\"number\">Keys</th><th class=\"number\">"
        "Appeared</th><th class=\"number\">Gone</th></tr></thead><tbody>";
    for (const AuditTrend& point : audit_.trend) {
      out += fmt::format("<tr><th>{}</th>", html_text(point.label));
      const std::array<std::pair<std::string_view, uint64_t>, 5> cells{{
          {"findings", point.all()},
          {"blocking", point.blocking},
          {"keys", point.lineages},
          {"appeared", point.appeared},
          {"gone", point.gone},
      }};
      for (const auto& [name, number] : cells)
        out += fmt::format("<td class=\"number\" data-label=\"{}\">{}</td>", name, number);
      out += "</tr>";
    }
    return out + "</tbody></table></section>";
  }

  static std::string state_heads() {
    std::string out;
    for (const std::string_view state : audit_states)
      out += fmt::format("<th class=\"number\">{}</th>", state);
    return out;
  }

  std::string accounts() {
    std::string out;
    for (size_t at = 0; at < audit_.accounts.size(); ++at) {
      const AuditAccount& row = audit_.accounts[at];
      out += fmt::format(
          "<tr><th><a href=\"#k{}\">{}</a><small class=\"place\">{}</small></th><td "
          "data-label=\"service\">{}</td><td data-label=\"severity\">{}</td>{}",
          at, html_text(row.label), html_text(row.place),
          html_text(row.lineage->service.empty() ? "unknown" : row.lineage->service),
          badge(to_string(row.lineage->severity)), counted_cells(row.counts));
      const std::string ends = join(row.lineage->open_ends, ", ");
      out += ends.empty() ? "<td></td></tr>\n"
                          : fmt::format("<td data-label=\"open ends\">{}</td></tr>\n", code(ends));
    }
    return out.empty() ? "<tr><td>No key was found.</td></tr>" : out;
  }

  std::string controls() {
    std::string out;
    const Framework* last = nullptr;
    for (const AuditControl& row : audit_.controls_hit) {
      if (row.framework != last) {
        if (last != nullptr) out += "</tbody>";
        out +=
            fmt::format("<tbody><tr class=\"group\"><th colspan=\"8\">{} <span>{}</span></th></tr>",
                        html_text(row.framework->name), html_text(row.framework->edition));
        last = row.framework;
      }
      out += fmt::format(
          "<tr><th>{}<small>{}</small></th><td>{}</td><td class=\"number\" "
          "data-label=\"findings\">{}</td>{}</tr>\n",
          html_text(row.control->id), html_text(row.control->title), html_text(row.control->why),
          row.counts.all(), counted_cells(row.counts));
    }
    return out + "</tbody>";
  }

  static std::string state_options() {
    std::string out;
    for (const std::string_view state : audit_states)
      out += fmt::format("<option>{}</option>", state);
    return out;
  }

  std::string account_options() {
    std::string out;
    for (size_t at = 0; at < audit_.accounts.size(); ++at)
      out += fmt::format("<option value=\"{}\">{}</option>", at,
                         html_text(shortened(audit_.accounts[at].label, 60)));
    return out;
  }

  std::string control_options() {
    std::string out;
    for (const AuditControl& row : audit_.controls_hit) {
      std::vector<std::string> categories;
      for (const Category category : row.control->categories)
        categories.emplace_back(to_string(category));
      out += fmt::format("<option value=\"{}\">{}</option>", join(categories, " "),
                         html_text(row.framework->name + ": " + row.control->id));
    }
    return out;
  }

  std::string finding_row(size_t at) {
    const AuditFinding& row = audit_.findings[at];
    const Finding& finding = *row.finding;
    const std::string_view severity = to_string(finding.severity);
    const bool known = row.account != SIZE_MAX;
    std::string account = "none";
    if (known)
      account = fmt::format("<a href=\"#k{}\">{}</a>", row.account,
                            html_text(audit_.accounts[row.account].label));
    std::string why = html_text(finding.message);
    if (!finding.reason.empty()) why += "<small>" + html_text(finding.reason) + "</small>";
    if (!row.exception.empty()) why += "<small>" + html_text(row.exception) + "</small>";
    return fmt::format(
        "<tr id=\"f{}\" data-severity=\"{}\" data-state=\"{}\" data-category=\"{}\" "
        "data-account=\"{}\"><td data-label=\"severity\" data-sort=\"{}\">{}</td>"
        "<td class=\"place\">{}:{}</td><td data-label=\"rule\">{}<small>{}</small></td>"
        "<td data-label=\"key\">{}</td><td data-label=\"state\" data-sort=\"{}\">{}</td>"
        "<td>{}</td></tr>\n",
        at, severity, to_string(row.state), to_string(finding.category),
        known ? std::to_string(row.account) : "", 2 - static_cast<int>(finding.severity),
        badge(severity), html_text(row.place.path), row.place.start.line, html_text(finding.rule),
        to_string(finding.category), account, static_cast<int>(row.state),
        badge(to_string(row.state)), why);
  }

  std::string findings() {
    std::string out;
    for (size_t at = 0; at < audit_.findings.size(); ++at) out += finding_row(at);
    return out;
  }

  std::string lineages() {
    std::unordered_map<const Lineage*, size_t> numbers;
    for (size_t at = 0; at < audit_.accounts.size(); ++at)
      numbers.emplace(audit_.accounts[at].lineage, at);
    std::string out;
    for (const LineageView& view : lineage_views(*audit_.report, audit_.index, false)) {
      const auto number = numbers.find(view.lineage);
      if (number == numbers.end()) continue;
      const AuditAccount& account = audit_.accounts[number->second];
      out += fmt::format("<details id=\"k{}\"{}><summary>{} {} {}</summary>\n", number->second,
                         number->second == 0 ? " open" : "", html_text(account.label),
                         badge(to_string(view.lineage->severity)), code(view.lineage->id));
      out += draw_lineage(*audit_.report, view, anchors_);
      out += apart(view) + "</details>\n";
    }
    return out.empty() ? "<p>No key was found.</p>" : out;
  }

  // Places that belong by name, and names that were searched and not found.
  std::string apart(const LineageView& view) {
    std::string out;
    if (!view.apart.empty()) {
      out += "<p class=\"note\">Also of this key, without a step to draw:";
      for (const Finding* finding : view.apart)
        if (const auto anchor = anchors_.find(finding); anchor != anchors_.end())
          out += fmt::format(
              " <a href=\"#f{}\">{}</a>", anchor->second,
              code(short_place(*audit_.report, finding->root, finding->path, finding->span)));
      out += "</p>";
    }
    if (!view.lineage->open_ends.empty())
      out += "<p class=\"note\">Searched and not found, so the value lives elsewhere: " +
             code(join(view.lineage->open_ends, ", ")) + "</p>";
    return out;
  }

  std::string coverage() {
    const Coverage& coverage = audit_.report->coverage;
    std::string out = fmt::format(
        "<p>{:.1f} % of the files that count were analysed or searched.</p><table "
        "class=\"wide\"><thead><tr><th>Language</th><th class=\"number\">Files</th><th "
        "class=\"number\">Parsed</th><th class=\"number\">Searched only</th><th "
        "class=\"number\">Lost</th></tr></thead><tbody>",
        totals(coverage).percent());
    for (const CoverageRow& row : coverage.languages)
      out += fmt::format(
          "<tr><th>{}</th><td class=\"number\" data-label=\"files\">{}</td><td class=\"number\" "
          "data-label=\"parsed\">{}</td><td class=\"number\" data-label=\"searched only\">{}</td>"
          "<td class=\"number\" data-label=\"lost\">{}</td></tr>",
          html_text(row.language), row.considered, row.parsed, row.text_only, row.lost);
    out += "</tbody></table>";
    std::string items;
    for (const auto& [reason, files] : coverage.not_read)
      items += fmt::format("<li>not read, {}: {}</li>", html_text(reason), files);
    for (const std::string& name : coverage.open_frontier)
      items += "<li>not searched any more: " + code(name) + "</li>";
    for (const Diagnostic& diagnostic : audit_.report->diagnostics)
      items += "<li>" + html_text(to_text(diagnostic)) + "</li>";
    return items.empty() ? out : out + "<ul>" + items + "</ul>";
  }

  std::string footer() {
    return html_text("Written by keyless " + audit_.report->version +
                     ". The same repositories, rules and options give the same bytes.");
  }

  const Audit& audit_;
  std::unordered_map<const Finding*, size_t> anchors_;
};

}  // namespace

std::string write_audit_html(const Audit& audit) {
  return Page(audit).write();
}

}  // namespace keyless
