// The one include for tests: Catch2 version 2 or 3, whichever the system has.
// Tests use only what both versions share (TEST_CASE, SECTION, CHECK, REQUIRE, INFO, CAPTURE,
// GENERATE).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
