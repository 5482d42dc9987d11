// Settings files in YAML, and files that make environment files: each scalar a named setting.
// Which names count as settings files stands in one table; pipelines and manifests never do.
#pragma once

#include <string_view>

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

// `application.yml`, `config.yaml`, `settings.yaml` ...; no Kubernetes manifest.
bool is_settings_file(const SpannedTree& tree, NodeId root, std::string_view path);

// `deploy: [{uses: ..., with: {target: ./.env, envs: {NAME: ${{NAME}}}}}]` of a Teams toolkit file.
bool makes_environment_files(const SpannedTree& tree, NodeId root);
void lower_environment_files(Builder& builder, const SpannedTree& tree, NodeId root);

}  // namespace keyless
