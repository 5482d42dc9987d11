#include "base/build_id.h"

#include <link.h>

#include <cstring>
#include <string_view>

#include "base/hash.h"

namespace keyless {
namespace {

constexpr size_t aligned(size_t size) {
  return (size + 3U) & ~size_t{3};
}

std::string id_in(std::string_view notes) {
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    std::memcpy(&head, notes.data(), sizeof head);
    const size_t name = sizeof head;
    const size_t text = name + aligned(head.n_namesz);
    if (text + head.n_descsz > notes.size()) break;
    if (head.n_type == NT_GNU_BUILD_ID && notes.substr(name, 3) == "GNU")
      return blake2b_hex(notes.substr(text, head.n_descsz), 16);
    notes.remove_prefix(std::min(notes.size(), text + aligned(head.n_descsz)));
  }
  return {};
}

int visit(dl_phdr_info* program, size_t /*size*/, void* found) {
  for (size_t i = 0; i < program->dlpi_phnum; ++i) {
    const ElfW(Phdr)& part = program->dlpi_phdr[i];
    if (part.p_type != PT_NOTE) continue;
    // The address of a loaded segment is a number until somebody says otherwise.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    const auto* bytes = reinterpret_cast<const char*>(program->dlpi_addr + part.p_vaddr);
    const std::string id = id_in({bytes, part.p_filesz});
    if (!id.empty()) *static_cast<std::string*>(found) = id;
  }
  return 1;  // the first is the program itself
}

}  // namespace

std::string build_id() {
  std::string id;
  dl_iterate_phdr(visit, &id);
  return id;
}

}  // namespace keyless
