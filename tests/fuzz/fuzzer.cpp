// The libFuzzer programs: `keyless_fuzz_KIND --target=NAME CORPUS...`; `--list` names the targets.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/targets.h"

namespace {

// libFuzzer hands nothing through from its start to its entry.
const keyless::fuzz::Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  constexpr std::string_view option = "--target=";
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    if (argument == "--list") {
      for (const keyless::fuzz::Target& target : keyless::fuzz::targets())
        std::printf("%.*s\n", static_cast<int>(target.name.size()), target.name.data());
      std::exit(0);
    }
    if (argument.starts_with(option))
      chosen = keyless::fuzz::find_target(argument.substr(option.size()));
  }
  if (chosen != nullptr) return 0;
  std::fputs("--target=NAME is missing or unknown; --list names those of this program\n", stderr);
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
