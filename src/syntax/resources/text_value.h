// text_value: text that infrastructure code builds from literals and expressions, as one Value:
// a literal, a composite, the only expression, or a reference to a vault secret.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/builder.h"

namespace keyless {

// A piece of text: an expression when `value` is set, else decoded literal text.
struct TextPart {
  std::string literal;
  Span span;
  ValueId value = none;
};

// `@Microsoft.KeyVault(SecretUri=...)` and `(VaultName=...;SecretName=...)` become a
// vault_reference: parts[0] is the name or the whole address, parts[1] the vault when it is said.
ValueId text_value(Builder& builder, Span span, const std::vector<TextPart>& parts);

// The vault_reference of a secret's address ("https://v.vault.azure.net/secrets/n") given as a
// literal or composite value; nothing when the text names no secret.
std::optional<ValueId> vault_secret(Builder& builder, ValueId address);

// A vault_reference with these parts; `vault` may be `none`.
ValueId vault_reference(Builder& builder, Span span, ValueId name, ValueId vault);

}  // namespace keyless
