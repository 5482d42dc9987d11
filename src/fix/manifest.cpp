#include "fix/manifest.h"

#include <algorithm>

#include "base/text.h"
#include "fix/manifest/declarations.h"
#include "fix/manifest/insert.h"

namespace keyless {
namespace {

using manifest::Declarations;
using manifest::Dialect;
using manifest::Group;
using manifest::Item;
using manifest::Raise;
using manifest::Rank;
using manifest::Standing;

std::optional<size_t> index_of(const Group& group, std::string_view name) {
  for (size_t i = 0; i < group.items.size(); ++i)
    if (manifest::same_package(group.items[i].name, name, group.dialect)) return i;
  return std::nullopt;
}

// The package without its extras, which a manifest may write in other ways.
std::string_view bare(std::string_view name) {
  return name.substr(0, name.find('['));
}

// One request on one file.
class Request {
 public:
  Request(std::string_view text, ManifestKind kind, const Dependency& wanted,
          std::string_view beside)
      : text_(text),
        kind_(kind),
        wanted_(wanted),
        name_(bare(wanted.name)),
        beside_(bare(beside)),
        found_(manifest::read_declarations(text, kind)) {}

  ManifestResult answer() {
    if (!found_.readable) return refuse("the file cannot be read");
    for (const Group* group : targets()) {
      settle(*group);
      if (!result_.refusal.empty()) return refuse(result_.refusal);
    }
    std::sort(result_.edits.begin(), result_.edits.end(),
              [](const ManifestEdit& a, const ManifestEdit& b) { return a.span < b.span; });
    if (result_.edits.empty()) return std::move(result_);
    // A file with errors in its syntax may read otherwise behind an edit.
    if (!declares(edited(), kind_, name_))
      return refuse("the file has errors: add " + minimum() + " by hand");
    if (elsewhere_) review(std::string(beside_) + " is not declared in this file");
    if (!found_.remark.empty()) review(found_.remark);
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string minimum() const { return std::string(name_) + ">=" + wanted_.at_least; }

  // The text with the edits, which are in order.
  [[nodiscard]] std::string edited() const {
    std::string text(text_);
    for (size_t i = result_.edits.size(); i-- > 0;) {
      const ManifestEdit& edit = result_.edits[i];
      text.replace(edit.span.begin, edit.span.size(), edit.text);
    }
    return text;
  }

  ManifestResult refuse(std::string reason) const {
    return {{}, {}, false, std::move(reason), result_.breaking};
  }

  void review(std::string note) {
    result_.review = true;
    remark(std::move(note));
  }

  void remark(std::string note) {
    if (result_.note.find(note) != std::string::npos) return;
    result_.note += (result_.note.empty() ? "" : "; ") + std::move(note);
  }

  // The lists that declare `beside`: the first that is always installed, else all of them. Without
  // one, the list that is always installed.
  std::vector<const Group*> targets() {
    std::vector<const Group*> declaring;
    const Group* always = nullptr;
    for (const Group& group : found_.groups) {
      const bool main = group.rank == Rank::always;
      if (main && !always) always = &group;
      if (!index_of(group, beside_)) continue;
      if (main) return {&group};
      declaring.push_back(&group);
    }
    if (!declaring.empty()) return declaring;
    if (manifest::same_package(name_, beside_, dialect()))
      result_.refusal = std::string(name_) + " is not declared here: see to it that " + minimum() +
                        " is installed";
    else if (always)
      elsewhere_ = !beside_.empty();
    else if (kind_ == ManifestKind::package_json)
      add_object();
    else
      result_.refusal = "no list of dependencies to add " + minimum() + " to";
    if (!result_.refusal.empty())
      declaring.push_back(&nowhere_);
    else if (always)
      declaring.push_back(always);
    return declaring;
  }

  [[nodiscard]] Dialect dialect() const {
    return kind_ == ManifestKind::package_json ? Dialect::npm : Dialect::pep440;
  }

  void add_object() {
    for (const Group& group : found_.groups)
      if (index_of(group, name_)) {
        result_.refusal = std::string(name_) + " is declared under " + group.label +
                          " only: move it to dependencies";
        return;
      }
    result_.edits = manifest::insert_dependencies(text_, wanted_.name, "^" + wanted_.at_least);
    if (result_.edits.empty()) result_.refusal = "no place for a list of dependencies";
    elsewhere_ = !beside_.empty();
  }

  // Where the package is declared for a use of this list: in it, else in one always installed.
  [[nodiscard]] const Group* declaring(const Group& target) const {
    if (index_of(target, name_)) return &target;
    for (const Group& group : found_.groups)
      if (group.rank == Rank::always && index_of(group, name_)) return &group;
    return nullptr;
  }

  void settle(const Group& target) {
    if (!result_.refusal.empty()) return;
    const Group* group = declaring(target);
    if (!group) {
      add(target);
      return;
    }
    for (const Item& item : group->items)
      if (manifest::same_package(item.name, name_, group->dialect)) keep(*group, item);
  }

  // An entry that is there: high enough, raised, or refused.
  void keep(const Group& group, const Item& item) {
    const std::string as_is = "see to it that " + minimum() + " is installed";
    if (item.located) return review(item.name + " does not come from the registry: " + as_is);
    if (!item.range) return review("the versions of " + item.name + " are not read: " + as_is);
    const std::string_view range = text_.substr(item.range->begin, item.range->size());
    const Raise raise = manifest::raise_range(range, group.dialect, wanted_.at_least);
    const std::string there = item.name + " is bound to " + std::string(range);
    switch (raise.standing) {
      case Standing::enough:
        if (item.conditional && !beside_conditional(group))
          review(item.name + " is installed under a condition only");
        return;
      case Standing::breaking:
        result_.refusal =
            there + ", another major version than " + minimum() + ": follow the vendor's guide";
        result_.breaking = true;
        return;
      case Standing::closed:
        result_.refusal = there + ", which leaves no room for " + minimum();
        result_.breaking = true;
        return;
      case Standing::unknown:
        review(there + ": " + as_is);
        return;
      case Standing::raise:
        break;
    }
    if (!closed(item, "raise " + item.name + " to " + wanted_.at_least)) return;
    const uint32_t begin = item.range->begin;
    const Span span{begin + raise.span.begin, begin + raise.span.end};
    for (const ManifestEdit& edit : result_.edits)
      if (edit.span == span) return;
    result_.edits.push_back({span, raise.text});
    if (raise.exact) review(item.name + " was pinned to " + std::string(range));
  }

  [[nodiscard]] bool beside_conditional(const Group& group) const {
    const auto beside = index_of(group, beside_);
    return beside && group.items[*beside].conditional;
  }

  // False, and a refusal, when the entry or the file cannot be edited.
  bool closed(const Item& item, const std::string& what) {
    if (item.hashed || !found_.closed.empty())
      result_.refusal = (found_.closed.empty() ? "the entry is bound to hashes" : found_.closed) +
                        ": " + what + " in its source and compile it again";
    else if (item.conditional)
      result_.refusal = item.name + " is declared under a condition: " + what + " by hand";
    return result_.refusal.empty();
  }

  void add(const Group& target) {
    for (const Group& group : found_.groups)
      if (target.dialect == Dialect::npm && target.rank == Rank::always && index_of(group, name_)) {
        result_.refusal = std::string(name_) + " is declared under " + group.label +
                          " only: move it to " + target.label;
        return;
      }
    const auto beside = index_of(target, beside_);
    const Item none;
    if (!closed(none, "add " + minimum())) return;
    if (beside && target.items[*beside].optional) {
      result_.refusal = std::string(beside_) + " is optional: add " + minimum() +
                        " as an optional package to the same extras";
      return;
    }
    const std::string bounds = manifest::bounds_like(text_, target, wanted_, beside);
    auto edits = manifest::insert(text_, target, wanted_.name, bounds, beside);
    if (edits.empty()) {
      result_.refusal = "no place in " + target.label + ": add " + minimum() + " by hand";
      return;
    }
    result_.edits.insert(result_.edits.end(), edits.begin(), edits.end());
    const bool pins = !wanted_.proven.empty() && bounds.ends_with(wanted_.proven);
    if (pins) remark(std::string(name_) + " is pinned to the version this form was proven with");
    if (beside && target.items[*beside].conditional)
      review(std::string(beside_) + " is declared under a condition, " + std::string(name_) +
             " without one");
  }

  std::string_view text_;
  ManifestKind kind_;
  const Dependency& wanted_;
  std::string_view name_;
  std::string_view beside_;
  Declarations found_;
  Group nowhere_;
  bool elsewhere_ = false;  // no list of this file declares `beside`
  ManifestResult result_;
};

}  // namespace

std::optional<ManifestKind> manifest_kind(std::string_view path) {
  const std::string name = to_lower(after_last(path, '/'));
  const std::string_view folder = after_last(before_last(path, '/'), '/');
  if (name == "package.json") return ManifestKind::package_json;
  if (name == "pyproject.toml") return ManifestKind::pyproject;
  if (name == "pipfile") return ManifestKind::pipfile;
  if (name == "setup.cfg") return ManifestKind::setup_cfg;
  const bool list = name.ends_with(".txt") || name.ends_with(".in");
  const bool named = name.find("requirements") != std::string::npos || folder == "requirements";
  if (list && named && name.find("constraints") == std::string::npos)
    return ManifestKind::requirements;
  return std::nullopt;
}

ManifestResult require(std::string_view text, ManifestKind kind, const Dependency& wanted,
                       std::string_view beside) {
  return Request(text, kind, wanted, beside).answer();
}

bool declares(std::string_view text, ManifestKind kind, std::string_view name) {
  const Declarations found = manifest::read_declarations(text, kind);
  return std::any_of(found.groups.begin(), found.groups.end(), [name](const Group& group) {
    return index_of(group, bare(name)).has_value();
  });
}

std::optional<std::string> declared_version(std::string_view text, ManifestKind kind,
                                            std::string_view name) {
  const Declarations found = manifest::read_declarations(text, kind);
  for (const Group& group : found.groups)
    for (const Item& item : group.items) {
      if (!item.range || item.located) continue;
      if (!manifest::same_package(item.name, bare(name), group.dialect)) continue;
      const std::string_view range = text.substr(item.range->begin, item.range->size());
      if (auto bound = manifest::lower_bound(range, group.dialect)) return bound;
    }
  return std::nullopt;
}

}  // namespace keyless
