#include "output/audit_svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "output/html_text.h"
#include "output/node_label.h"
#include "output/place.h"

namespace keyless {

namespace {

constexpr size_t most_boxes = 150;
constexpr size_t box_width = 224, box_height = 44, column_gap = 64, row_gap = 14, margin = 4;
constexpr size_t label_length = 28, place_length = 34;

struct Spot {
  size_t column = 0, row = 0;
  [[nodiscard]] size_t x() const { return margin + column * (box_width + column_gap); }
  [[nodiscard]] size_t y() const { return margin + row * (box_height + row_gap); }
};

// The column of a node is its distance from the root; nodes come breadth first.
std::vector<Spot> layout(const LineageView& view, size_t boxes) {
  std::vector<size_t> columns(view.nodes.size(), SIZE_MAX);
  columns[0] = 0;
  for (size_t at = 0; at < view.nodes.size(); ++at)
    for (const size_t next : view.nodes[at].next)
      if (columns[next] == SIZE_MAX) columns[next] = columns[at] + 1;
  std::vector<size_t> heights;
  std::vector<Spot> spots(boxes);
  for (size_t at = 0; at < boxes; ++at) {
    const size_t column = columns[at] == SIZE_MAX ? 0 : columns[at];
    if (heights.size() <= column) heights.resize(column + 1);
    spots[at] = {column, heights[column]++};
  }
  return spots;
}

std::string draw_edge(const Spot& from, const Spot& to, const GraphEdge& edge) {
  const size_t middle = box_height / 2;
  const char* kind = edge.kind == EdgeKind::guess ? "edge guess" : "edge";
  const std::string title =
      "<title>" + html_text(fmt::format("{}: {}", to_string(edge.kind), edge.why)) + "</title>";
  const size_t x1 = from.x() + box_width, y1 = from.y() + middle, y2 = to.y() + middle;
  if (to.column > from.column) {
    const size_t x2 = to.x(), bend = column_gap / 2;
    return fmt::format("<path class=\"{}\" d=\"M{} {}C{} {} {} {} {} {}\">{}</path>\n", kind, x1,
                       y1, x1 + bend, y1, x2 - bend, y2, x2, y2, title);
  }
  // Back or sideways: around the right side of both boxes.
  const size_t x2 = to.x() + box_width, far = std::max(x1, x2) + column_gap / 2;
  return fmt::format("<path class=\"{}\" d=\"M{} {}C{} {} {} {} {} {}\">{}</path>\n", kind, x1, y1,
                     far, y1, far, y2, x2, y2, title);
}

std::string draw_box(const Report& report, const LineageNode& node, const Spot& spot, bool root,
                     const std::unordered_map<const Finding*, size_t>& anchors) {
  const std::string label = node_label(node.node, node.name);
  std::string place, classes = root ? "root" : "node", link;
  if (node.node != nullptr && !node.node->path.empty())
    place = short_place(report, node.node->root, node.node->path, node.node->span);
  if (!node.places.empty()) {
    Severity severity = Severity::low;
    for (const Finding* finding : node.places) severity = std::max(severity, finding->severity);
    classes += " s-" + std::string(to_string(severity));
    if (const auto found = anchors.find(node.places.front()); found != anchors.end())
      link = fmt::format("<a href=\"#f{}\">", found->second);
  }
  std::string title = label + (place.empty() ? "" : ", " + place);
  for (const Finding* finding : node.places) title += ", " + finding->rule;
  return fmt::format(
      "{}<g class=\"{}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" "
      "rx=\"6\"/><text class=\"name\" x=\"{}\" y=\"{}\">{}</text><text class=\"where\" x=\"{}\" "
      "y=\"{}\">{}</text></g>{}\n",
      link, classes, html_text(title), spot.x(), spot.y(), box_width, box_height, spot.x() + 9,
      spot.y() + 18, html_text(shortened(label, label_length)), spot.x() + 9, spot.y() + 34,
      html_text(shortened_front(place, place_length)), link.empty() ? "" : "</a>");
}

}  // namespace

std::string draw_lineage(const Report& report, const LineageView& view,
                         const std::unordered_map<const Finding*, size_t>& anchors) {
  const size_t boxes = std::min(view.nodes.size(), most_boxes);
  const std::vector<Spot> spots = layout(view, boxes);
  size_t width = 0, height = 0;
  for (const Spot& spot : spots) {
    width = std::max(width, spot.x() + box_width + column_gap / 2);
    height = std::max(height, spot.y() + box_height + margin);
  }
  std::string out = fmt::format(
      "<div class=\"drawing\"><svg role=\"img\" aria-label=\"lineage\" width=\"{0}\" "
      "height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n",
      width, height);
  for (size_t at = 0; at < boxes; ++at)
    for (size_t i = 0; i < view.nodes[at].next.size(); ++i)
      if (const size_t next = view.nodes[at].next[i]; next < boxes)
        out += draw_edge(spots[at], spots[next], *view.nodes[at].edges[i]);
  for (size_t at = 0; at < boxes; ++at)
    out += draw_box(report, view.nodes[at], spots[at], at == 0, anchors);
  out += "</svg></div>\n";
  if (boxes < view.nodes.size())
    out += fmt::format("<p class=\"note\">{} further places are not drawn.</p>\n",
                       view.nodes.size() - boxes);
  return out;
}

std::string draw_trend(const std::vector<AuditTrend>& trend) {
  constexpr size_t step = 92, bar = 44, tall = 150, top = 20, bottom = 40;
  constexpr size_t label_most = 14;
  uint64_t most = 1;
  for (const AuditTrend& point : trend) most = std::max(most, point.all());
  const size_t width = trend.size() * step + 8;
  std::string out = fmt::format(
      "<div class=\"chart\"><svg role=\"img\" aria-label=\"findings by run\" width=\"{0}\" "
      "height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n",
      width, top + tall + bottom);
  for (size_t at = 0; at < trend.size(); ++at) {
    const size_t x = at * step + (step - bar) / 2;
    size_t base = top + tall;
    for (const Severity severity : {Severity::low, Severity::medium, Severity::high}) {
      const size_t size = trend[at].by_severity[static_cast<size_t>(severity)] * tall / most;
      base -= size;
      if (size > 0)
        out +=
            fmt::format("<rect class=\"bar-{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                        to_string(severity), x, base, bar, size);
    }
    out += fmt::format("<text class=\"name\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">{}</text>\n",
                       x + bar / 2, base - 6, trend[at].all());
    out +=
        fmt::format("<text text-anchor=\"middle\" x=\"{}\" y=\"{}\"><title>{}</title>{}</text>\n",
                    x + bar / 2, top + tall + 18, html_text(trend[at].label),
                    html_text(shortened(trend[at].label, label_most)));
  }
  out += fmt::format("<line class=\"axis\" x1=\"0\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>\n", width,
                     top + tall, top + tall);
  return out + "</svg></div>\n";
}

}  // namespace keyless
