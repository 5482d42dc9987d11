// A folder under the system's temporary folder that vanishes with the test.
// Promises an absolute path without links; helpers abort the test when the machine refuses.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace keyless {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path(const std::string& inner) const { return path_ + "/" + inner; }

  void write(const std::string& inner, const std::string& bytes) const;  // makes folders too
  void make_folder(const std::string& inner) const;
  void link(const std::string& inner, const std::string& target) const;
  void fifo(const std::string& inner) const;
  void set_mode(const std::string& inner, uint32_t mode) const;
  [[nodiscard]] std::string read(const std::string& inner) const;
  [[nodiscard]] bool exists(const std::string& inner) const;

  // Runs git with the arguments in `inner`, with an identity for commits; its standard output.
  std::string git(const std::vector<std::string>& arguments, const std::string& inner = "") const;

 private:
  std::string path_;
};

// While it lives, file permissions bind this process even when it was started as root.
class Unprivileged {
 public:
  Unprivileged();
  ~Unprivileged();
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

 private:
  uint32_t owner_ = 0;
};

// True when this process may do what only root may.
bool is_root();

}  // namespace keyless
