// Closing: an async credential of Python that lives as long as the client it is for, where the file
// says when that client is closed. A client that is closed elsewhere, or never, gets none of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"

namespace keyless {

// Where the client that `call` makes is closed, all in one function, or one class for `self.client`.
struct ClientEnd {
  bool item = false;            // `async with Client(...) as client`: at its begin
  bool of_object = false;       // kept as `self.client`
  Span within;                  // the function, or the class of an object
  uint32_t made = 0;            // offset of the client, or of the statement that makes it
  std::vector<uint32_t> items;  // offsets of `client` in `async with client`
  std::vector<Span> closes;     // `await client.close()`
};
std::optional<ClientEnd> end_of_client(const CodeFile& file, const Element& call);

// Edits that close the variable `credential`, made before the client, with the client.
std::vector<Edit> close_with(const CodeFile& file, const ClientEnd& end,
                             const std::string& credential);

// The same for a credential that is made here: edits that make and close it. `text`: what makes it.
std::vector<Edit> make_and_close(const CodeFile& file, const ClientEnd& end,
                                 const std::string& credential, const std::string& text);

}  // namespace keyless
