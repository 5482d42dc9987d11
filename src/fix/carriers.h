// Carriers: settings, variables, outputs and stored secrets that nothing reads any more.
// One remover for every format: the extent of the element. What still has a reader stays.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/edit.h"
#include "fix/repository.h"

namespace keyless {

// Survives edits of other files: a carrier is found again after each scan.
struct CarrierKey {
  std::string path;
  Container container = Container::unset;
  std::string name;
  auto operator<=>(const CarrierKey&) const = default;
};

// Carriers on the way of a key, by what the scan before any edit says, with the rule of the
// finding at their place ("" for one that only passes a key on).
std::map<CarrierKey, std::string> carriers_of_keys(const Project& project, ScanOfDrafts& scan);

struct CarrierReview {
  struct Place {
    uint32_t file = 0;
    const Carrier* carrier = nullptr;
    std::string rule;
    std::string reader;  // of one that stays: "path:line", or words
    Edit removal;        // of one that goes
  };
  std::vector<Place> unread;
  std::vector<Place> kept;
};

// `elsewhere`: name -> a place in a file that nobody can analyse.
CarrierReview review_carriers(const Project& project, ScanOfDrafts& scan,
                              const std::map<CarrierKey, std::string>& of_keys,
                              const std::map<std::string, std::string>& elsewhere);

}  // namespace keyless
