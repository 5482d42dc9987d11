// parameter_file: the values that ARM, azd and Terraform parameter files give to parameters.
// References to vault secrets and to environment variables keep their names.
#pragma once

#include "syntax/json/reader.h"
#include "syntax/resources/shapes.h"

namespace keyless::json {

// True when the root holds `parameters` of a deployment, whatever the file is called.
bool is_parameter_file(const JsonTree& tree, NodeId root);

// Adds one iac_assign per entry of `parameters`.
void lower_parameter_file(Builder& builder, const JsonTree& tree, NodeId root);

// Adds one iac_assign per property of the root of a .tfvars.json file.
void lower_tfvars(Builder& builder, const JsonTree& tree, NodeId root);

// `{"keyVault": {"id": ...}, "secretName": ...}` as a vault_reference.
ValueId parameter_reference(Shapes& shapes, const JsonTree& tree, NodeId reference);

}  // namespace keyless::json
