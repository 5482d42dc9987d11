#include "syntax/python/readers.h"

#include <array>

namespace keyless::python {
namespace {

using enum ValueKind;

// table: functions that read one name
constexpr std::array functions{
    ReaderFunction{"os.getenv", env, 0, "key", 1, "default"},
    ReaderFunction{"os.getenvb", env, 0, "key", 1, "default"},
    ReaderFunction{"decouple.config", env, 0, "option", -1, "default"},
    ReaderFunction{"decouple.Config()", env, 0, "option", -1, "default"},
    ReaderFunction{"decouple.AutoConfig()", env, 0, "option", -1, "default"},
    ReaderFunction{"prettyconf.config", env, 0, "", -1, "default"},
    ReaderFunction{"starlette.config.Config()", env, 0, "key", -1, "default"},
    ReaderFunction{"starlette.config.Config().get", env, 0, "key", -1, "default"},
    ReaderFunction{"environs.Env()", env, 0, "name", 1, "default"},
    ReaderFunction{"environs.env", env, 0, "name", 1, "default"},
    ReaderFunction{"environs.Env().*", env, 0, "name", 1, "default"},
    ReaderFunction{"environs.env.*", env, 0, "name", 1, "default"},
    ReaderFunction{"environ.Env()", env, 0, "var", -1, "default"},
    ReaderFunction{"environ.Env().*", env, 0, "var", 1, "default"},
    ReaderFunction{"environ.FileAwareEnv()", env, 0, "var", -1, "default"},
    ReaderFunction{"environ.FileAwareEnv().*", env, 0, "var", 1, "default"},
    ReaderFunction{"dotenv.get_key", env, 1, "key_to_get"},
    ReaderFunction{"*.Secret.from_env_var", env, 0, "env_vars"},
    ReaderFunction{"*.utils.from_env", env, 0, "key", -1, "default"},
    ReaderFunction{"*.utils.secret_from_env", env, 0, "key", -1, "default"},
    ReaderFunction{"*.get_from_env", env, 1, "env_key", 2, "default"},
    ReaderFunction{"*.get_from_dict_or_env", env, 2, "env_key", 3, "default"},
    ReaderFunction{"*.get_from_param_or_env", env, 2, "env_key", 3, "default"},
    ReaderFunction{"typer.Option", env, -1, "envvar", 0, "default"},
    ReaderFunction{"typer.Argument", env, -1, "envvar", 0, "default"},
    ReaderFunction{"*.click.option", env, -1, "envvar", -1, "default"},
    ReaderFunction{"click.option", env, -1, "envvar", -1, "default"},
    ReaderFunction{"click.argument", env, -1, "envvar", -1, "default"},
    ReaderFunction{"configparser.ConfigParser().get", config, 1, "option", -1, "fallback", 0},
    ReaderFunction{"configparser.RawConfigParser().get", config, 1, "option", -1, "fallback", 0},
    ReaderFunction{"configparser.SafeConfigParser().get", config, 1, "option", -1, "fallback", 0},
    ReaderFunction{"airflow.models.Variable.get", config, 0, "key", 1, "default_var"},
    ReaderFunction{"airflow.sdk.Variable.get", config, 0, "key", 1, "default"},
    ReaderFunction{"*.get_configuration_setting", config, -1, "key"},
    ReaderFunction{"google.colab.userdata.get", secret, 0, "key"},
    ReaderFunction{"kaggle_secrets.UserSecretsClient().get_secret", secret, 0, "label"},
    ReaderFunction{"dbutils.secrets.get", secret, 1, "key"},
    ReaderFunction{"*.dbutils.secrets.get", secret, 1, "key"},
    ReaderFunction{"mssparkutils.credentials.getSecret", secret, 1, "secretName"},
    ReaderFunction{"notebookutils.credentials.getSecret", secret, 1, "secretName"},
    ReaderFunction{"*.mssparkutils.credentials.getSecret", secret, 1, "secretName"},
    ReaderFunction{"*.notebookutils.credentials.getSecret", secret, 1, "secretName"},
    ReaderFunction{"keyring.get_password", secret, 1, "username"},
    ReaderFunction{"*.get_secret", secret, 0, "name"},
};

// table: objects that hold names as keys
constexpr std::array mappings{
    ReaderMapping{"os.environ", env, 1},
    ReaderMapping{"os.environb", env, 1},
    ReaderMapping{guessed_environment, env, 1},
    ReaderMapping{"os.environ.copy()", env, 1},
    ReaderMapping{"dotenv.dotenv_values()", env, 1},
    ReaderMapping{"environ.Env().ENVIRON", env, 1},
    ReaderMapping{"starlette.config.environ", env, 1},
    ReaderMapping{"streamlit.secrets", config, 0, true},
    ReaderMapping{"configparser.ConfigParser()", config, 2},
    ReaderMapping{"configparser.RawConfigParser()", config, 2},
    ReaderMapping{"configparser.SafeConfigParser()", config, 2},
    ReaderMapping{"dynaconf.Dynaconf()", config, 0, true},
    ReaderMapping{"dynaconf.LazySettings()", config, 0, true},
    ReaderMapping{"dynaconf.settings", config, 0, true},
    ReaderMapping{"flask.current_app.config", config, 1},
    ReaderMapping{"django.conf.settings", config, 1, true},
    ReaderMapping{"azure.appconfiguration.provider.load()", config, 1},
    ReaderMapping{"azure.appconfiguration.provider.aio.load()", config, 1},
};

// table: classes whose annotated fields are read from the environment; also by their last name
constexpr std::array<std::string_view, 4> bases{"BaseSettings", "SettingsBase",
                                                "KernelBaseSettings", "AFBaseSettings"};

// table
constexpr std::array<std::string_view, 10> wrapping{
    "str",       "SecretStr",    "*.SecretStr", "*.Secret.from_token", "*.convert_to_secret_str",
    "*.HttpUrl", "*.AnyHttpUrl", "*.AnyUrl",    "pathlib.Path",        "urllib.parse.quote"};

// table
constexpr std::array<std::string_view, 8> making_maps{"dict",
                                                      "collections.OrderedDict",
                                                      "types.SimpleNamespace",
                                                      "argparse.Namespace",
                                                      "easydict.EasyDict",
                                                      "box.Box",
                                                      "addict.Dict",
                                                      "types.MappingProxyType"};

// table
constexpr std::array<std::string_view, 14> handing_on{
    "strip",        "lstrip",           "rstrip",     "lower",  "upper",
    "encode",       "decode",           "title",      "split",  "removesuffix",
    "removeprefix", "get_secret_value", "expanduser", "replace"};

// table
constexpr std::array deferred{
    DeferredCall{"functools.partial", 0},     DeferredCall{"partial", 0},
    DeferredCall{"asyncio.to_thread", 0},     DeferredCall{"anyio.to_thread.run_sync", 0},
    DeferredCall{"*.run_in_executor", 1},     DeferredCall{"*.run_in_threadpool", 0},
    DeferredCall{"fastapi.Depends", 0},       DeferredCall{"Depends", 0},
    DeferredCall{"*.providers.Singleton", 0}, DeferredCall{"*.providers.Factory", 0},
};

}  // namespace

std::span<const ReaderFunction> reader_functions() {
  return functions;
}
std::span<const ReaderMapping> reader_mappings() {
  return mappings;
}
std::span<const std::string_view> settings_bases() {
  return bases;
}
std::span<const std::string_view> wrappers() {
  return wrapping;
}
std::span<const std::string_view> map_makers() {
  return making_maps;
}
std::span<const std::string_view> handing_on_methods() {
  return handing_on;
}
std::span<const DeferredCall> deferred_calls() {
  return deferred;
}

bool symbol_matches(std::string_view pattern, std::string_view symbol) {
  if (pattern.starts_with("*.")) {
    pattern.remove_prefix(1);
    return symbol.size() > pattern.size() && symbol.ends_with(pattern);
  }
  if (pattern.ends_with(".*")) {
    pattern.remove_suffix(1);
    return symbol.size() > pattern.size() && symbol.starts_with(pattern) &&
           symbol.find('.', pattern.size()) == std::string_view::npos;
  }
  return pattern == symbol;
}

}  // namespace keyless::python
