#include "base/json_text.h"

#include <nlohmann/json.hpp>

#include "catch.h"

using keyless::json_quoted;
using keyless::JsonText;

TEST_CASE("JSON is what an independent parser reads back") {
  JsonText json;
  json.begin_object();
  json.member("text", "a \"quoted\" \\ line\n\t\x01");
  json.member("number", 42);
  json.member("yes", true);
  json.key("nothing");
  json.null();
  json.member("texts", std::vector<std::string>{"a", "b"});
  json.key("empty");
  json.begin_array();
  json.end_array();
  json.key("pairs");
  json.begin_array();
  json.compact_next();
  json.begin_object();
  json.member("x", 1);
  json.end_object();
  json.begin_object();
  json.end_object();
  json.end_array();
  json.end_object();
  const auto read = nlohmann::json::parse(json.take());
  CHECK(read["text"] == "a \"quoted\" \\ line\n\t\x01");
  CHECK(read["number"] == 42);
  CHECK(read["yes"] == true);
  CHECK(read["nothing"].is_null());
  CHECK(read["texts"] == nlohmann::json({"a", "b"}));
  CHECK(read["empty"].empty());
  CHECK(read["pairs"][0]["x"] == 1);
  CHECK(read["pairs"].size() == 2);
}

TEST_CASE("JSON shows no command and no hidden character, and means the same text") {
  const std::string text =
      "##vso[task.complete] ##[error] \x7f \xC2\x9B \xE2\x80\xAE \xEF\xBB\xBF \xF3\xA0\x81\x81 "
      "\xF0\x9F\x98\x80";
  const std::string quoted = json_quoted(text);
  CHECK(nlohmann::json::parse(quoted) == text);
  for (const char* part :
       {"##vso", "##[", "\x7f", "\xC2\x9B", "\xE2\x80\xAE", "\xEF\xBB\xBF", "\xF3\xA0\x81\x81"})
    CHECK(quoted.find(part) == std::string::npos);
  CHECK(quoted.find("\xF0\x9F\x98\x80") != std::string::npos);
}

TEST_CASE("bytes that are not UTF-8 do not break JSON") {
  JsonText json;
  json.value(
      "a\xFF"
      "b");
  CHECK(nlohmann::json::parse(json.take()) ==
        "a\xEF\xBF\xBD"
        "b");
}
