# scripts/keyless with invented tools: what it says when something is missing, and when it builds again.
# Every invented tool is a stub in one folder that is the whole PATH, so nothing of this machine is touched.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

stub() {
  printf '#!/bin/bash\n%s\n' "$2" >"$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
}

# A project of one source file, with the real scripts, and tools that all work.
fresh_project() {
  rm -rf "$scratch/project" "$scratch/bin"
  mkdir -p "$scratch/project/src" "$scratch/project/rules" "$scratch/bin"
  cp -r "$KEYLESS_SOURCE_DIR/scripts" "$scratch/project/scripts"
  rm -rf "$scratch/project/scripts/deps/node_modules"
  touch "$scratch/project/CMakeLists.txt" "$scratch/project/src/main.cpp"
  for tool in bash cat chmod cmp cp dirname basename env find flock grep head id mkdir mv nproc rm sed sleep tail touch tr true; do
    ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
  done
  stub id 'echo 0'
  stub dpkg-query 'echo installed'
  stub apt-get 'echo "apt-get $*" >>'"$scratch/calls"
  stub c++ 'true'
  stub cmake 'while [ "$1" != -B ]; do shift; done; mkdir -p "$2"; touch "$2/build.ninja"'
  stub ninja 'echo built >>'"$scratch/calls"'; printf "#!/bin/bash\necho ran \"\$@\"\n" >"$2/keyless"; chmod +x "$2/keyless"'
  stub npm 'mkdir -p node_modules'
  : >"$scratch/calls"
}

run() {
  output=$(cd / && PATH="$scratch/bin" "$scratch/bin/bash" "$scratch/project/scripts/keyless" "$@" 2>"$scratch/stderr")
  code=$?
}

# expect_stop WHAT PATTERN: exit code 2, the pattern on the last line of stderr, nothing on stdout.
expect_stop() {
  [ "$code" -eq 2 ] || fail "$1: exit code $code"
  [ -z "$output" ] || fail "$1: stdout is not empty: $output"
  tail -n 1 "$scratch/stderr" | grep -q "$2" || fail "$1: stderr is: $(cat "$scratch/stderr")"
}

fresh_project
run scan 'a b'
[ "$code" -eq 0 ] && [ "$output" = 'ran scan a b' ] || fail "first call: $code, $output, $(cat "$scratch/stderr")"
grep -q '^keyless: building .* s$' "$scratch/stderr" || fail "the steps are not shown with seconds"
run --version
[ "$output" = 'ran --version' ] || fail "second call: $output"
[ ! -s "$scratch/stderr" ] || fail "the second call is not silent: $(cat "$scratch/stderr")"
[ "$(grep -c built "$scratch/calls")" = 1 ] || fail "the second call built again"

sleep 0.05
touch "$scratch/project/src/main.cpp"
run
[ "$(grep -c built "$scratch/calls")" = 2 ] || fail "a changed source was not built"
sleep 0.05
echo 'id: x' >"$scratch/project/rules/x.yaml"
run
[ "$(grep -c built "$scratch/calls")" = 3 ] || fail "a new rule was not built"
sleep 0.05
rm "$scratch/project/rules/x.yaml"
run
[ "$(grep -c built "$scratch/calls")" = 4 ] || fail "a rule that is gone was not noticed"

fresh_project
stub dpkg-query 'case "$*" in *ninja-build*) ;; *) echo installed ;; esac'
run
grep -q 'install .*ninja-build' "$scratch/calls" || fail "a missing package was not installed: $(cat "$scratch/calls")"
grep -q 'install .*cmake' "$scratch/calls" && fail "a present package was installed again"

fresh_project
stub dpkg-query 'exit 1'
stub id 'echo 1000'
run
expect_stop 'no root' 'needs root .*sudo apt-get install .*cmake'

fresh_project
stub dpkg-query 'exit 1'
stub apt-get 'echo "could not resolve"; exit 100'
run
expect_stop 'no network for packages' 'cannot install .*no network'

fresh_project
stub npm 'echo "network"; exit 1'
run
expect_stop 'no network for grammars' 'cannot fetch the grammars.*no network'

fresh_project
rm "$scratch/bin/dpkg-query" "$scratch/bin/c++"
run
expect_stop 'no compiler' 'no C++ compiler'

fresh_project
stub ninja 'echo "src/main.cpp:1:1: error: what is this"; exit 1'
run
expect_stop 'broken source' 'the build failed'
grep -q 'what is this' "$scratch/stderr" || fail "the compiler's message is not shown"

[ "$failures" -eq 0 ]
