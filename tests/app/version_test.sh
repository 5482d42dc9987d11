# The real binary says its version, and says it on stdout with exit code 0.
set -u
output=$("$KEYLESS_BINARY" --version)
code=$?
[ "$code" -eq 0 ] || { echo "exit code $code"; exit 1; }
case "$output" in
  "keyless "[0-9]*.[0-9]*.[0-9]*) ;;
  *) echo "unexpected: $output"; exit 1 ;;
esac
