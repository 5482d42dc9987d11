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

// What the scan before any edit says of a carrier on the way of a key.
struct CarrierOfKey {
  std::string rule;    // of the finding at its place; "" for one that only passes a key on
  bool read = false;   // code reads it, or a client does by itself
  bool leads = false;  // it fills another carrier
};
using CarriersOfKeys = std::map<CarrierKey, CarrierOfKey>;

CarriersOfKeys carriers_of_keys(const Project& project, ScanOfDrafts& scan);

struct CarrierReview {
  struct Place {
    uint32_t file = 0;
    const Carrier* carrier = nullptr;
    NodeId node = none;
    std::string rule;
    std::string stays;                  // why, when it stays: who reads it, or words
    Edit removal;                       // when it goes
    bool feeds_infrastructure = false;  // a variable or setting of infrastructure takes it
  };
  std::vector<Place> unread;
  std::vector<Place> kept;
};

// What is known of readers beyond the graph.
struct OtherReaders {
  std::map<std::string, std::vector<std::string>> unanalysed;  // name -> files that name it
  std::map<std::string, std::string> code;  // name -> analysed code that names it
  // name -> data files (YAML, infrastructure ...) that name it
  std::map<std::string, std::vector<std::string>> data;
  std::vector<std::string> foreign;  // programs in a language without a reader
  std::set<std::string> units;       // whose code changed
  bool vouched = false;              // every consumer is here, somebody says
};

// Goes: data that code read before the edits and nothing reads now, and what only leads there.
CarrierReview review_carriers(const Repository& repository, ScanOfDrafts& scan,
                              const CarriersOfKeys& of_keys, const OtherReaders& others);

}  // namespace keyless
