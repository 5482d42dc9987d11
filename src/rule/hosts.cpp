#include "rule/hosts.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

bool is_host_character(char c) {
  return is_alnum(c) || c == '-' || c == '.' || c == '_';
}

// The glob's fixed part; `*.` in front stands for one or more labels, `*` inside for one.
bool host_fits(std::string_view glob, std::string_view host) {
  const size_t star = glob.find('*');
  if (star == std::string_view::npos) return host == glob;
  const std::string_view head = glob.substr(0, star);
  const std::string_view tail = glob.substr(star + 1);
  if (!host.starts_with(head)) return false;
  host.remove_prefix(head.size());
  if (tail.find('*') == std::string_view::npos)
    return host.size() >= tail.size() && host.ends_with(tail);
  for (size_t at = 0; at <= host.size(); ++at)
    if (host_fits(tail, host.substr(at))) return true;
  return false;
}

}  // namespace

const HostRow* Hosts::find(std::string_view text) const {
  const std::string lowered = to_lower(text);
  for (size_t begin = 0; begin < lowered.size();) {
    if (!is_host_character(lowered[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end < lowered.size() && is_host_character(lowered[end])) ++end;
    const std::string_view host = std::string_view(lowered).substr(begin, end - begin);
    const bool address = host.find('.') != std::string_view::npos || host == "localhost";
    if (address)
      for (const HostRow& row : rows_) {
        // A leading hole leaves ".openai.azure.com": the row's star may be empty.
        if (host_fits(row.host, host)) return &row;
      }
    begin = end;
  }
  return nullptr;
}

std::vector<std::string> Hosts::anchors() const {
  std::vector<std::string> all;
  for (const HostRow& row : rows_) {
    if (!row.azure) continue;
    std::string_view fixed = row.host;
    if (const size_t star = fixed.rfind('*'); star != std::string_view::npos)
      fixed.remove_prefix(star + 1);
    while (!fixed.empty() && fixed.front() == '.') fixed.remove_prefix(1);
    all.emplace_back(fixed);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Result<HostRow> load_host(const YamlNode& node, std::string_view path) {
  const auto bad = [&](uint32_t line, std::string message, std::string mend = {}) {
    return fail(Diagnostic{Problem::bad_input, std::string(path), line, std::move(message),
                           std::move(mend)});
  };
  HostRow row;
  for (const auto& [key, value] : node.fields) {
    const std::string& text = value.scalar;
    if (key == "host")
      row.host = to_lower(text);
    else if (key == "service" || key == "vendor")
      row.service = text;
    else if (key == "cloud")
      row.cloud = text;
    else if (key == "scope")
      row.scope = text;
    else if (key == "authority")
      row.authority = text;
    else if (key == "reason")
      row.reason = text;
    else if (key == "azure" && (text == "yes" || text == "no"))
      row.azure = text == "yes";
    else if (key == "entra" && text == "yes")
      row.entra = Entra::yes;
    else if (key == "entra" && text == "subdomain")
      row.entra = Entra::subdomain;
    else if (key == "entra" && text == "no")
      row.entra = Entra::no;
    else
      return bad(value.line,
                 std::string("unknown key or value '").append(key).append(": ").append(text) +
                     "' in a host row",
                 "keys: host, service, cloud, azure: yes|no, scope, authority, entra: "
                 "yes|subdomain|no, reason");
  }
  if (row.host.empty()) return bad(node.line, "a host row needs 'host'");
  return row;
}

Result<Hosts> Hosts::load(const YamlNode& file, std::string_view path) {
  Hosts hosts;
  for (const YamlNode& item : file.items) {
    auto row = load_host(item, path);
    if (!row) return fail(row.error());
    hosts.rows_.push_back(std::move(*row));
  }
  if (hosts.rows_.empty())
    return fail(Diagnostic{Problem::bad_input, std::string(path), file.line,
                           "the host table is empty", "a list of rows"});
  return hosts;
}

}  // namespace keyless
