#include "fix/manifest/insert.h"

#include <algorithm>

#include "base/text.h"
#include "fix/manifest/place.h"
#include "syntax/json/reader.h"

namespace keyless::manifest {
namespace {

ManifestEdit at(size_t offset, std::string text) {
  const auto place = static_cast<uint32_t>(offset);
  return {{place, place}, std::move(text)};
}

std::string_view slice(std::string_view text, size_t begin, size_t end) {
  return text.substr(begin, end - begin);
}

// A new line before or behind the one of `entry`; the end of the text keeps its form.
ManifestEdit line_beside(std::string_view text, Span entry, bool before, const std::string& line) {
  const std::string eol(eol_near(text, entry.end));
  const std::string indented = indent_of(text, entry.begin).value_or("") + line;
  if (before) return at(begin_of_line(text, entry.begin), indented + eol);
  const size_t next = begin_of_next(text, entry.end);
  if (next == 0 || text[next - 1] != '\n') return at(text.size(), eol + indented);
  return at(next, indented + eol);
}

std::vector<ManifestEdit> last_line(std::string_view text, const std::string& line) {
  const std::string eol(eol_near(text, text.size()));
  const bool ended = text.empty() || text.back() == '\n' || text == "\xEF\xBB\xBF";
  return {at(text.size(), ended ? line + eol : eol + line)};
}

// A requirement as the model is written: `name>=1` or `name >= 1`.
std::string requirement(std::string_view text, const Item* model, std::string_view name,
                        std::string_view range) {
  const bool spaced =
      model && model->range && !model->range->empty() && is_space(text[model->range->begin - 1]);
  return std::string(name) + (spaced ? " " : "") + std::string(range);
}

char quote_of(std::string_view text, const Item* neighbour, const Group& group) {
  if (group.form == Form::array && neighbour) return text[neighbour->entry.begin];
  if (neighbour && neighbour->range && !neighbour->range->empty()) {
    const char c = text[neighbour->range->begin - 1];
    if (c == '"' || c == '\'') return c;
  }
  return '"';
}

std::string quoted(char quote, std::string_view content) {
  return quote + std::string(content) + quote;
}

std::vector<ManifestEdit> array_before(std::string_view text, Span entry,
                                       const std::string& added) {
  const auto indent = indent_of(text, entry.begin);
  const std::string gap = indent ? std::string(eol_near(text, entry.begin)) + *indent : " ";
  return {at(entry.begin, added + "," + gap)};
}

std::vector<ManifestEdit> array_after(std::string_view text, Span entry, const std::string& added) {
  const auto indent = indent_of(text, entry.begin);
  if (!indent) return {at(entry.end, ", " + added)};
  const std::string eol(eol_near(text, entry.begin));
  const size_t end = end_of_line(text, entry.end);
  size_t behind = entry.end;
  while (behind < end && is_space(text[behind])) ++behind;
  const bool comma = behind < end && text[behind] == ',';
  if (comma)
    for (++behind; behind < end && is_space(text[behind]);) ++behind;
  const bool alone = behind == end || text[behind] == '#';
  if (comma && alone) return {at(begin_of_next(text, end), *indent + added + "," + eol)};
  if (comma) return {at(entry.end, ", " + added)};
  if (!alone || end == entry.end) return {at(entry.end, "," + eol + *indent + added)};
  return {at(entry.end, ","), at(end, eol + *indent + added)};
}

std::vector<ManifestEdit> into_empty_array(std::string_view text, Span body,
                                           const std::string& added) {
  const std::string_view inside = slice(text, body.begin + 1, body.end - 1);
  if (!trim(inside).empty()) return {};
  if (inside.find('\n') == std::string_view::npos) return {{{body.begin + 1, body.end - 1}, added}};
  const std::string indent = indent_of(text, body.end - 1).value_or("");
  const std::string eol(eol_near(text, body.begin));
  return {at(begin_of_line(text, body.end - 1), indent + "    " + added + "," + eol)};
}

// Where the `=` of an entry stands, counted from its begin.
size_t equals_at(std::string_view text, const Item& item) {
  const std::string_view entry = slice(text, item.entry.begin, item.entry.end);
  return entry.find('=', item.name.size());
}

// `name = "range"`, the sign below its neighbours' where these are aligned.
std::string pair(std::string_view text, const Group& group, const Item* neighbour,
                 std::string_view name, std::string_view range) {
  const std::string value = quoted(quote_of(text, neighbour, group), range);
  if (!neighbour) return std::string(name) + " = " + value;
  const size_t column = equals_at(text, *neighbour);
  const std::string_view entry = slice(text, neighbour->entry.begin, neighbour->entry.end);
  if (column == std::string_view::npos) return std::string(name) + " = " + value;
  bool aligned = false;
  for (const Item& item : group.items) {
    if (item.apart) continue;
    if (equals_at(text, item) != column) {
      aligned = false;
      break;
    }
    aligned = aligned || item.name.size() != neighbour->name.size();
  }
  const bool spaced = column > 0 && is_space(entry[column - 1]);
  const size_t width = aligned ? column : name.size() + (spaced ? 1 : 0);
  std::string out(name);
  out.resize(std::max(width, name.size() + (spaced ? 1 : 0)), ' ');
  out += "=";
  if (column + 1 < entry.size() && is_space(entry[column + 1])) out += " ";
  return out + value;
}

// The blanks before an entry of an object.
std::string gap_before(std::string_view text, Span entry) {
  size_t begin = entry.begin;
  while (begin > 0 && is_space(text[begin - 1])) --begin;
  return std::string(slice(text, begin, entry.begin));
}

std::string property(std::string_view text, const Item& neighbour, std::string_view name,
                     std::string_view range) {
  std::string colon = ": ";
  const size_t key_end = neighbour.entry.begin + neighbour.name.size() + 2;
  if (neighbour.range && key_end < neighbour.range->begin)
    colon = std::string(slice(text, key_end, neighbour.range->begin - 1));
  return quoted('"', name) + colon + quoted('"', range);
}

// `{ "name": "range" }` on one line, or with lines of their own below `indent`.
std::string object_of(std::string_view name, std::string_view range, std::string_view line_start,
                      std::string_view unit) {
  const std::string entry = quoted('"', name) + ": " + quoted('"', range);
  if (line_start.find('\n') == std::string_view::npos) return "{ " + entry + " }";
  const std::string outer(line_start);
  return "{" + outer + std::string(unit) + entry + outer + "}";
}

// The line end and indentation of the members of the root, and one step of it.
struct Layout {
  std::string line_start;
  std::string unit;
};

Layout layout_of(std::string_view text, const json::JsonTree& tree) {
  Layout layout;
  const json::NodeId first = tree.at(tree.root()).first;
  if (first == json::no_node) return layout;
  const std::string gap = gap_before(text, tree.entry_span(first));
  const size_t line = gap.rfind('\n');
  if (line == std::string::npos) return layout;
  layout.unit = gap.substr(line + 1);
  layout.line_start = (line > 0 && gap[line - 1] == '\r' ? "\r\n" : "\n") + layout.unit;
  return layout;
}

}  // namespace

std::vector<ManifestEdit> insert(std::string_view text, const Group& group, std::string_view name,
                                 std::string_view range, std::optional<size_t> beside) {
  const auto place = place_in(text, group, name, beside);
  const Item* neighbour = place ? &group.items[place->neighbour] : nullptr;
  const bool before = place && place->before;
  const Item* model = beside ? &group.items[*beside] : neighbour;
  if (group.form == Form::lines) {
    const std::string line = requirement(text, model, name, range);
    if (neighbour) return {line_beside(text, neighbour->entry, before, line)};
    // An empty list of setup.cfg has no line to stand beside.
    return group.body.size() == text.size() ? last_line(text, line) : std::vector<ManifestEdit>{};
  }
  if (group.form == Form::table) {
    const std::string line = pair(text, group, neighbour, name, range);
    if (neighbour) return {line_beside(text, neighbour->entry, before, line)};
    if (group.body.empty() || text[group.body.begin] != '[') return {};
    return {line_beside(text, group.body, false, line)};
  }
  if (group.form == Form::array) {
    const std::string added =
        quoted(quote_of(text, neighbour, group), requirement(text, model, name, range));
    if (!neighbour) return into_empty_array(text, group.body, added);
    return before ? array_before(text, neighbour->entry, added)
                  : array_after(text, neighbour->entry, added);
  }
  if (!neighbour) {
    const json::JsonTree tree(text);
    const Layout layout = layout_of(text, tree);
    return {{group.body, object_of(name, range, layout.line_start, layout.unit)}};
  }
  const std::string added = property(text, *neighbour, name, range);
  const Item& typical = group.items[group.items.size() > 1 ? 1 : 0];
  const std::string gap = gap_before(text, typical.entry);
  if (before) return {at(neighbour->entry.begin, added + "," + gap)};
  return {at(neighbour->entry.end, "," + gap + added)};
}

std::vector<ManifestEdit> insert_dependencies(std::string_view text, std::string_view name,
                                              std::string_view range) {
  const json::JsonTree tree(text);
  const Layout layout = layout_of(text, tree);
  const json::NodeId root = tree.root();
  if (!tree.is(root, json::Kind::object) || tree.at(root).first == json::no_node) return {};
  const std::string added =
      "\"dependencies\": " + object_of(name, range, layout.line_start, layout.unit);
  const std::string gap = layout.line_start.empty() ? " " : layout.line_start;
  const json::NodeId development = tree.find(root, "devDependencies");
  if (development != json::no_node)
    return {at(tree.entry_span(development).begin, added + "," + gap)};
  json::NodeId last = tree.at(root).first;
  while (tree.at(last).next != json::no_node) last = tree.at(last).next;
  return {at(tree.entry_span(last).end, "," + gap + added)};
}

std::string bounds_like(std::string_view text, const Group& group, const Dependency& wanted,
                        std::optional<size_t> beside) {
  bool pinned = !group.items.empty();
  bool caret = false;
  bool blank = false;
  const auto is_caret = [](std::string_view range) {
    return range.starts_with('^') || range.starts_with('~');
  };
  for (const Item& item : group.items) {
    if (!item.range || item.located || item.name == "python") continue;
    const std::string_view range = slice(text, item.range->begin, item.range->end);
    pinned = pinned && is_exact(range, group.dialect);
    caret = caret || is_caret(range);
    const size_t sign = range.find_first_not_of("=<>!~^");
    blank = blank || (sign != 0 && sign < range.size() && is_space(range[sign]));
  }
  if (beside && group.items[*beside].range) {
    const Span model = *group.items[*beside].range;
    const std::string_view range = slice(text, model.begin, model.end);
    if (!range.empty() && range != "*") caret = is_caret(range);
  }
  if (pinned && !wanted.proven.empty()) {
    if (group.dialect != Dialect::pep440) return wanted.proven;
    return std::string("==") + (blank ? " " : "") + wanted.proven;
  }
  const bool npm = group.dialect == Dialect::npm;
  if (npm || (group.dialect == Dialect::poetry && caret)) return "^" + wanted.at_least;
  return std::string(">=") + (blank ? " " : "") + wanted.at_least;
}

}  // namespace keyless::manifest
