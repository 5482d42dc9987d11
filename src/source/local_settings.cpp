#include "source/local_settings.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

struct NameForm {
  std::string_view begin;
  std::string_view end;
};

constexpr std::array name_forms{
    NameForm{".env", ""},
    NameForm{"local.settings.json", ""},
    NameForm{"appsettings.", ".json"},
    NameForm{"", ".tfvars"},
    NameForm{"", ".tfstate"},
    NameForm{"secrets.", ""},
};

}  // namespace

bool is_local_settings(std::string_view path) {
  const std::string name = to_lower(after_last(path, '/'));
  return std::any_of(name_forms.begin(), name_forms.end(), [&](const NameForm& form) {
    return name.size() > form.begin.size() + form.end.size() - (form.end.empty() ? 1 : 0) &&
           name.starts_with(form.begin) && name.ends_with(form.end);
  });
}

}  // namespace keyless
