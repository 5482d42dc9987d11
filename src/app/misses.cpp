#include "app/misses.h"

#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "base/hash.h"

namespace keyless {
namespace {

// Clocks of file systems tick slowly: what happens within one tick looks the same.
constexpr auto settled_after = std::chrono::seconds(3);

int64_t settled_before() {
  const auto now = std::chrono::system_clock::now().time_since_epoch() - settled_after;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace

Misses::Misses(std::string search, std::string_view row)
    : search_(std::move(search)),
      key_(blake2b_hex(search_, crypto_shorthash_KEYBYTES).substr(0, crypto_shorthash_KEYBYTES)),
      before_ns_(settled_before()),
      known_(row.size() / sizeof(uint64_t)) {
  std::memcpy(known_.data(), row.data(), known_.size() * sizeof(uint64_t));
  std::sort(known_.begin(), known_.end());
}

uint64_t Misses::number_of(std::string_view path, const FileStat& stat) const {
  std::string all(path);
  for (const uint64_t part : {stat.size, static_cast<uint64_t>(stat.modified_ns),
                              static_cast<uint64_t>(stat.changed_ns), stat.inode, stat.device})
    all.append(reinterpret_cast<const char*>(&part), sizeof part);
  uint64_t number = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&number),
                   reinterpret_cast<const unsigned char*>(all.data()), all.size(),
                   reinterpret_cast<const unsigned char*>(key_.data()));
  return number;
}

bool Misses::know(std::string_view path, const FileStat& stat) {
  const uint64_t number = number_of(path, stat);
  if (!std::binary_search(known_.begin(), known_.end(), number)) return false;
  const std::lock_guard lock(mutex_);
  now_.push_back(number);
  return true;
}

void Misses::add(std::string_view path, const FileStat& stat) {
  if (stat.changed_ns == 0 || std::max(stat.changed_ns, stat.modified_ns) > before_ns_) return;
  const uint64_t number = number_of(path, stat);
  changed_ = true;
  const std::lock_guard lock(mutex_);
  now_.push_back(number);
}

std::string Misses::bytes() {
  const std::lock_guard lock(mutex_);
  std::string row(now_.size() * sizeof(uint64_t), '\0');
  std::memcpy(row.data(), now_.data(), row.size());
  return row;
}

}  // namespace keyless
