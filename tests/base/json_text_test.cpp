#include "base/json_text.h"

#include <nlohmann/json.hpp>

#include "catch.h"

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

TEST_CASE("bytes that are not UTF-8 do not break JSON") {
  JsonText json;
  json.value(
      "a\xFF"
      "b");
  CHECK(nlohmann::json::parse(json.take()) ==
        "a\xEF\xBF\xBD"
        "b");
}
