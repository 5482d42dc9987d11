# Sourced by scripts/keyless, scripts/test and scripts/lint: the steps they share, each printed with its seconds.
# Every function ends the script with one clear line on stderr when something is missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$(basename "$0")
deps="$root/scripts/deps"

stop() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 2
}

# step TITLE LOG COMMAND...: runs the command with its output in LOG; shows the end of LOG when it fails.
step() {
  local title=$1 log=$2 start=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  printf '%s: %s ...' "$program" "$title" >&2
  if "$@" >"$log" 2>&1 </dev/null; then
    printf ' %d s\n' $((SECONDS - start)) >&2
    return 0
  fi
  printf ' failed after %d s\n' $((SECONDS - start)) >&2
  return 1
}

show_log() {
  grep -v '^\[[0-9]*/[0-9]*\] ' "$1" | tail -n "${2:-40}" >&2 || true
}

debian_packages() {
  sed -e 's/#.*//' "$deps/$1" | tr -s ' \n' ' '
}

missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
  done
}

install_packages() {
  local log="$root/build/logs/packages.log" as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      stop "needs root once to install packages; run: sudo apt-get install $*"
    fi
  fi
  step "updating the package lists" "$log" "${as_root[@]}" apt-get update -q ||
    printf '%s: the package lists may be old (no network?), trying all the same\n' "$program" >&2
  step "installing $# Debian packages" "$log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "$@"
}

# ensure_packages LIST...: installs what the named lists (files in scripts/deps) need and this machine lacks.
ensure_packages() {
  local list wanted=() missing=()
  if ! command -v dpkg-query >/dev/null; then
    printf '%s: not a Debian or Ubuntu system, using what is installed\n' "$program" >&2
    return 0
  fi
  for list in "$@"; do
    read -r -a wanted <<<"${wanted[*]-} $(debian_packages "$list")"
  done
  # npm comes with other ways of installing Node too; any that works will do.
  if ! command -v npm >/dev/null && ! cmp -s "$deps/package-lock.json" "$deps/node_modules/.keyless-lock"; then
    wanted+=(nodejs npm)
  fi
  read -r -a missing <<<"$(missing_packages "${wanted[@]}")"
  [ "${#missing[@]}" -gt 0 ] || return 0
  install_packages "${missing[@]}" || {
    show_log "$root/build/logs/packages.log" 5
    stop "cannot install ${missing[*]}: no network, or no package source that has them"
  }
}

# A tool that only makes the result better: its absence is said, and ends nothing.
try_packages() {
  local missing=()
  command -v dpkg-query >/dev/null || return 0
  read -r -a missing <<<"$(missing_packages "$@")"
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then return 0; fi
  (install_packages "${missing[@]}") || printf '%s: going on without %s\n' "$program" "${missing[*]}" >&2
}

ensure_compiler() {
  command -v "${CXX:-c++}" >/dev/null || stop "no C++ compiler: install g++ 12 or clang++ 14, or newer"
  command -v cmake >/dev/null || stop "no cmake: install cmake 3.25 or newer"
  command -v ninja >/dev/null || stop "no ninja: install ninja-build"
}

ensure_grammars() {
  cmp -s "$deps/package-lock.json" "$deps/node_modules/.keyless-lock" && return 0
  command -v npm >/dev/null || stop "no npm: install nodejs and npm"
  step "unpacking the pinned grammars" "$root/build/logs/grammars.log" "$deps/fetch" || {
    show_log "$root/build/logs/grammars.log" 5
    stop "cannot fetch the grammars with npm: no network?"
  }
}

# configure FOLDER OPTIONS...: cmake, once or again; ninja repeats it itself when a file is added.
configure() {
  local folder=$1
  shift
  step "configuring" "$folder/configure.log" cmake -S "$root" -B "$folder" -G Ninja "$@" || {
    grep -A6 'CMake Error' "$folder/configure.log" >&2 || show_log "$folder/configure.log" 20
    stop "cannot configure the build, see $folder/configure.log"
  }
}

# compile FOLDER TARGETS...
compile() {
  local folder=$1
  shift
  step "building with $(nproc) jobs" "$folder/build.log" ninja -C "$folder" "$@" || {
    grep -E -A3 '(error|undefined reference|multiple definition)' "$folder/build.log" | head -n 50 >&2 ||
      show_log "$folder/build.log" 20
    stop "the build failed, see $folder/build.log"
  }
}
