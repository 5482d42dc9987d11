#include <cstdio>
#include <cstring>

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
    std::puts("keyless " KEYLESS_VERSION);
    return 0;
  }
  std::fputs("keyless: nothing but --version works yet\n", stderr);
  return 2;
}
