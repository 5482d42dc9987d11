#include <cstdlib>
#include <memory>

#include "app/commands.h"
#include "app/console.h"
#include "app/gate.h"
#include "app/run.h"
#include "output/place.h"
#include "output/why.h"

namespace keyless {

namespace {

struct Free {
  void operator()(char* memory) const { std::free(memory); }
};

// The path as the writers show it, from what the user typed: a path that exists is looked up in
// the roots, anything else is taken as shown.
std::string shown_from(const Run& run, const std::string& typed) {
  const std::unique_ptr<char, Free> real(realpath(typed.c_str(), nullptr));
  if (real) {
    const std::string absolute(real.get());
    for (uint32_t root = 0; root < run.roots.size(); ++root) {
      const std::string prefix = run.roots[root].folder + "/";
      if (absolute.starts_with(prefix))
        return shown_path(run.report, root, absolute.substr(prefix.size()));
    }
  }
  return typed.starts_with("./") ? typed.substr(2) : typed;
}

ExitCode explain_place(const Run& run, const Options& options) {
  const std::string path = shown_from(run, options.why_path);
  const auto text =
      write_why(run.report, {use_color(options), options.leads}, path, options.why_line);
  if (!text)
    return give_up({Diagnostic{Problem::bad_input, path, options.why_line,
                               "no finding, lead or edge touches this line",
                               "`keyless scan --leads` lists the places"}});
  return deliver(*text, options, ExitCode::clean);
}

}  // namespace

ExitCode run_lineage_command(const Options& options) {
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  report_diagnostics((*run)->report.diagnostics, options);
  if (options.why_line > 0) return explain_place(**run, options);
  const Writer* writer = find_writer(lineage_writers(), options.format);
  const std::string result = writer->write((*run)->report, {use_color(options), options.leads});
  return deliver(result, options, ExitCode::clean);
}

}  // namespace keyless
