// SPDX-License-Identifier: Apache-2.0
#include "model/okta_expression/functions.h"

#include <algorithm>

namespace provsim {
namespace {

using Slots = std::array<FunctionParameter, 7>;
using Family = OktaFunction::Family;

constexpr auto any = ArgumentType::any;
constexpr auto text = ArgumentType::text;
constexpr auto integer = ArgumentType::integer;
constexpr auto optional = ArgumentUse::optional;
constexpr auto repeated = ArgumentUse::repeated;

using Body = OktaValue (*)(const OktaArguments&);

constexpr OktaFunction entry(std::string_view name, const Slots& slots, Family family, Body body, std::string_view description)
{
    return {{name, slots, description, "okta-expression-language"}, family, body};
}

constexpr Slots one_text{{{"input", text}}};
constexpr Slots two_texts{{{"input", text}, {"searchString", text}}};
constexpr Slots three_texts{{{"input", text}, {"match", text}, {"replacement", text}}};
constexpr Slots part{{{"input", text}, {"startIndex", integer}, {"endIndex", integer}}};
constexpr Slots one_array{{{"array", any}}};
constexpr Slots array_and_value{{{"array", any}, {"value", any}}};
constexpr Slots one_code{{{"code", text}}};
constexpr Slots one_time{{{"time", text}}};
constexpr Slots time_and_format{{{"time", text}, {"format", text}}};
constexpr Slots group_name{{{"name", text}}};
constexpr Slots none{};

// In the order of the overview.
constexpr OktaFunction functions[] = {
    entry("String.append", {{{"str", text}, {"suffix", text}}}, Family::plain, okta_append, "a text and another behind it"),
    entry("String.join", {{{"separator", text}, {"string", text, repeated}}}, Family::plain, okta_join, "texts with a separator between them"),
    entry("String.len", one_text, Family::plain, okta_len, "how many characters a text has"),
    entry("String.removeSpaces", one_text, Family::plain, okta_remove_spaces, "a text without its spaces"),
    entry("String.replace", three_texts, Family::plain, okta_replace, "a text with each match replaced"),
    entry("String.replaceFirst", three_texts, Family::plain, okta_replace_first, "a text with its first match replaced"),
    entry("String.startsWith", {{{"input", text}, {"starts", text}}}, Family::plain, okta_starts_with, "whether a text begins with another"),
    entry("String.stringContains", two_texts, Family::plain, okta_string_contains, "whether a text stands in another"),
    entry("String.stringSwitch", {{{"input", text}, {"defaultString", text}, {"key", text, repeated}, {"value", text, repeated}}}, Family::plain,
          okta_string_switch, "the value of the first key that stands in the text, else the default"),
    entry("String.substring", part, Family::plain, okta_substring, "the characters from one number, from 0, up to but without another"),
    entry("String.substringAfter", two_texts, Family::plain, okta_substring_after, "what stands behind the first match"),
    entry("String.substringBefore", two_texts, Family::plain, okta_substring_before, "what stands before the first match"),
    entry("String.toUpperCase", one_text, Family::plain, okta_to_upper_case, "a text in upper case"),
    entry("String.toLowerCase", one_text, Family::plain, okta_to_lower_case, "a text in lower case"),
    // Deprecated.
    entry("toUpperCase", one_text, Family::plain, okta_to_upper_case, "the old name of String.toUpperCase"),
    entry("toLowerCase", one_text, Family::plain, okta_to_lower_case, "the old name of String.toLowerCase"),
    entry("substringBefore", two_texts, Family::plain, okta_substring_before, "the old name of String.substringBefore"),
    entry("substringAfter", two_texts, Family::plain, okta_substring_after, "the old name of String.substringAfter"),
    entry("substring", part, Family::plain, okta_substring, "the old name of String.substring"),

    entry("Arrays.add", array_and_value, Family::no_condition, okta_array_add, "an array and a value behind it"),
    entry("Arrays.remove", array_and_value, Family::no_condition, okta_array_remove, "an array without a value"),
    entry("Arrays.clear", one_array, Family::no_condition, okta_array_clear, "an array without values"),
    entry("Arrays.get", {{{"array", any}, {"position", integer}}}, Family::no_condition, okta_array_get, "a value of an array, by its number from 0"),
    entry("Arrays.flatten", {{{"value", any, repeated}}}, Family::no_condition, okta_array_flatten, "values, and those of arrays, as one array"),
    entry("Arrays.contains", array_and_value, Family::no_condition, okta_array_contains, "whether a value is in an array"),
    entry("Arrays.size", one_array, Family::no_condition, okta_array_size, "how many values an array has"),
    entry("Arrays.isEmpty", one_array, Family::no_condition, okta_array_is_empty, "whether an array has no value"),
    entry("Arrays.toCsvString", one_array, Family::no_condition, okta_to_csv, "an array's values with commas between them"),

    entry("Convert.toInt", {{{"value", any}}}, Family::no_condition, okta_to_int, "a whole number, rounded"),
    entry("Convert.toNum", {{{"value", any}}}, Family::no_condition, okta_to_num, "a number"),
    entry("Iso3166Convert.toAlpha2", one_code, Family::no_condition, okta_country_alpha2, "a country's code of two letters"),
    entry("Iso3166Convert.toAlpha3", one_code, Family::no_condition, okta_country_alpha3, "a country's code of three letters"),
    entry("Iso3166Convert.toNumeric", one_code, Family::no_condition, okta_country_numeric, "a country's code of three digits"),
    entry("Iso3166Convert.toName", one_code, Family::no_condition, okta_country_name, "a country's name in English"),

    entry("isMemberOfGroupName", group_name, Family::groups, okta_member_of_name, "whether the user is in a group of that name"),
    entry("isMemberOfGroup", {{{"groupId", text}}}, Family::groups, okta_member_of_group, "whether the user is in that group"),
    entry("isMemberOfAnyGroup", {{{"groupId", text, repeated}}}, Family::groups, okta_member_of_group, "whether the user is in one of those groups"),
    entry("isMemberOfGroupNameStartsWith", group_name, Family::groups, okta_member_of_name_start, "whether the user is in a group whose name begins so"),
    entry("isMemberOfGroupNameContains", group_name, Family::groups, okta_member_of_name_part,
          "whether the user is in a group whose name has that in it"),
    entry("isMemberOfGroupNameRegex", {{{"expression", text}}}, Family::groups, okta_member_of_name_regex,
          "whether the user is in a group whose name matches"),
    entry("user.getGroups", {{{"criteria", any, repeated}}}, Family::groups, okta_get_groups, "the user's groups that meet all criteria"),

    entry("user.getInternalProperty", {{{"name", text}}}, Family::plain, okta_internal_property, "the user's id or status"),
    entry("user.getLinkedObject", {{{"primaryName", text}}}, Family::user, okta_linked_user, "the user who is linked to this one"),
    entry("getManagerUser", {{{"managerSource", text}}}, Family::user, okta_manager, "the user's manager"),
    entry("hasDirectoryUser", none, Family::plain, okta_no_other_user, "whether the user is assigned to one Active Directory"),
    entry("hasWorkdayUser", none, Family::plain, okta_no_other_user, "whether the user is assigned to Workday"),
    entry("findDirectoryUser", none, Family::user, okta_find_other_user, "the user in Active Directory"),
    entry("findWorkdayUser", none, Family::user, okta_find_other_user, "the user in Workday"),

    entry("Time.now", {{{"timeZoneId", text, optional}, {"format", text, optional}}}, Family::no_condition, okta_now, "the present time"),
    entry("Time.fromWindowsToIso8601", one_time, Family::no_condition, okta_windows_to_iso, "a Windows timestamp in ISO 8601"),
    entry("Time.fromUnixToIso8601", one_time, Family::no_condition, okta_unix_to_iso, "a Unix timestamp in ISO 8601"),
    entry("Time.fromStringToIso8601", time_and_format, Family::no_condition, okta_text_to_iso, "a time of that format in ISO 8601"),
    entry("Time.fromIso8601ToWindows", one_time, Family::no_condition, okta_iso_to_windows, "a time of ISO 8601 as a Windows timestamp"),
    entry("Time.fromIso8601ToUnix", one_time, Family::no_condition, okta_iso_to_unix, "a time of ISO 8601 as a Unix timestamp"),
    entry("Time.fromIso8601ToString", time_and_format, Family::no_condition, okta_iso_to_text, "a time of ISO 8601 in that format"),
};

}  // namespace

std::span<const OktaFunction> okta_functions() noexcept { return functions; }

const OktaFunction* find_okta_function(std::string_view name) noexcept
{
    const auto* found = std::find_if(std::begin(functions), std::end(functions), [&](const OktaFunction& function) { return function.signature.name == name; });
    return found == std::end(functions) ? nullptr : found;
}

}  // namespace provsim
