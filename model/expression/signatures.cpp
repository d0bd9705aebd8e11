// SPDX-License-Identifier: Apache-2.0
#include "model/expression/signatures.h"

namespace provsim {
namespace {

using enum ArgumentType;
using enum ArgumentUse;
using Slots = std::array<FunctionParameter, 7>;

// Names, order and optionality: Entra: functions-for-customizing-application-data (2026-04). Graph's keys where they differ:
// the answer of synchronizationSchema/functions in Graph's documentation.
constexpr std::array<FunctionSignature, function_count> table{{
    {"Append", Slots{{{"source", text}, {"suffix", text}}}, "the source with the suffix at its end"},
    {"AppRoleAssignmentsComplex", Slots{{{"[appRoleAssignments]", any, required, "source"}}}, "all app roles of the user; what was removed stays in the target"},
    {"AssertiveAppRoleAssignmentsComplex", Slots{{{"[appRoleAssignments]", any, required, "source"}}}, "all app roles of the user, replacing those in the target",
     "customize-application-attributes"},
    {"BitAnd", Slots{{{"value1", integer}, {"value2", integer}}}, "the bits that both numbers have"},
    {"CBool", Slots{{{"Expression"}}}, "True for a number that is not zero, for \"True\" and for a comparison that holds"},
    {"CDate", Slots{{{"expression", time}}}, "a text as date and time in UTC"},
    {"Coalesce", Slots{{{"source", any, repeated}}}, "the first argument that is not null"},
    {"ConvertToBase64", Slots{{{"source", text}}}, "Base64 of the UTF-16 form of a text"},
    {"ConvertToUTF8Hex", Slots{{{"source", text}}}, "the UTF-8 bytes of a text in hexadecimal"},
    {"Count", Slots{{{"attribute"}}}, "how many values an attribute has"},
    {"CStr", Slots{{{"value", text}}}, "a value as text"},
    {"DateAdd", Slots{{{"interval", text}, {"value", integer}, {"dateTime", time}}}, "a date moved by so many yyyy, m, d, ww, h, n or s"},
    {"DateDiff", Slots{{{"interval", text}, {"date1", time}, {"date2", time}}}, "how many yyyy, m, d, ww, h, n or s from date1 to date2"},
    {"DateFromNum", Slots{{{"value", integer}}}, "Active Directory's count of 100 ns since 1601 as date and time"},
    {"DefaultDomain", Slots{}, "the tenant's default verified domain"},
    {"FormatDateTime", Slots{{{"source", text}, {"dateTimeStyles", text, optional}, {"inputFormat", text}, {"outputFormat", text}}},
     "a date in another of .NET's custom formats"},
    {"Guid", Slots{}, "a new random GUID"},
    {"IgnoreFlowIfNullOrEmpty", Slots{{{"expression"}}}, "leaves the attribute alone where there is no value"},
    {"IIF", Slots{{{"condition"}, {"valueIfTrue"}, {"valueIfFalse"}}}, "one of two values, as the condition says"},
    {"InStr", Slots{{{"value1", text}, {"value2", text}, {"start", integer, optional}, {"compareType", text, optional}}},
     "where value2 first stands in value1, from 1; 0 if nowhere"},
    {"IsNull", Slots{{{"Expression"}}}, "whether there is no value"},
    {"IsNullOrEmpty", Slots{{{"Expression"}}}, "whether there is no value or an empty text"},
    {"IsPresent", Slots{{{"Expression"}}}, "whether there is a value that is no empty text"},
    {"IsString", Slots{{{"Expression"}}}, "whether a value is a text"},
    {"Item", Slots{{{"attribute"}, {"index", integer}}}, "one value of several; the first is 1"},
    {"Join", Slots{{{"separator", text}, {"source", any, repeated}}}, "texts and all values of lists in one text; empty ones are skipped"},
    {"Left", Slots{{{"String", text}, {"NumChars", integer}}}, "the first so many characters"},
    {"Len", Slots{{{"String", text}}}, "how many characters a text has"},
    {"Mid", Slots{{{"source", text}, {"start", integer}, {"length", integer}}}, "so many characters from start, which counts from 1"},
    {"NormalizeDiacritics", Slots{{{"source", text}}}, "letters without their accents"},
    {"Not", Slots{{{"source"}}}, "False for True, True for anything else"},
    {"Now", Slots{}, "the present date and time in UTC"},
    {"NumFromDate", Slots{{{"value", time}}}, "a date as Active Directory's count of 100 ns since 1601"},
    {"PCase", Slots{{{"source", text}, {"wordSeparators", text, optional}}}, "each word with a capital and small letters"},
    {"RandomString",
     Slots{{{"Length", integer}, {"MinimumNumbers", integer}, {"MinimumSpecialCharacters", integer}, {"MinimumCapital", integer},
            {"MinimumLowerCase", integer}, {"CharactersToAvoid", text, optional}}},
     "random characters, at most 256"},
    {"Redact", Slots{{{"value"}}}, "the value itself, which logs show as [Redact]"},
    {"RemoveDuplicates", Slots{{{"attribute"}}}, "each of several values once"},
    {"Replace",
     Slots{{{"source", text}, {"oldValue", text, optional, "Find"}, {"regexPattern", text, optional, "RegularExpression"},
            {"regexGroupName", text, optional, "RegularExpressionGroupName"}, {"replacementValue", text, optional, "Replacement"},
            {"replacementAttributeName", text, optional, "ReplacementPropertyName"}, {"template", text, optional, "Template"}}},
     "a text with parts of it replaced, by text or by regular expression"},
    {"SelectUniqueValue", Slots{{{"uniqueValueRule", any, required}, {"uniqueValueRule", any, repeated}}}, "the first value the target does not have; for HR to Active Directory alone"},
    {"SingleAppRoleAssignment", Slots{{{"[appRoleAssignments]", any, required, "source"}}}, "the one app role of the user"},
    {"Split", Slots{{{"source", text}, {"delimiter", text}}}, "the parts of a text as several values"},
    {"StripSpaces", Slots{{{"source", text}}}, "a text without its spaces"},
    {"Switch", Slots{{{"source", text}, {"defaultValue"}, {"key", text, repeated, "switchValue"}, {"value", any, repeated, "switchValue"}}},
     "the value of the key that equals the source, or else the default"},
    {"ToLower", Slots{{{"source", text}, {"culture", text, optional}}}, "a text in small letters"},
    {"ToUpper", Slots{{{"source", text}, {"culture", text, optional}}}, "a text in capitals"},
    {"Word", Slots{{{"String", text}, {"WordNumber", integer}, {"delimiters", text}}}, "the word of that number, from 1"},
}};

}  // namespace

std::size_t FunctionSignature::parameters() const noexcept
{
    std::size_t count = 0;
    while (count < slots.size() && !slots[count].name.empty()) ++count;
    return count;
}

std::size_t FunctionSignature::repeated() const noexcept
{
    std::size_t count = 0;
    for (const FunctionParameter& slot : slots) count += !slot.name.empty() && slot.use == ArgumentUse::repeated ? 1 : 0;
    return count;
}

std::size_t FunctionSignature::fewest() const noexcept
{
    // An optional parameter before a required one has its place, which may be empty.
    std::size_t fewest = 0;
    for (std::size_t i = 0; i < parameters(); ++i)
        if (slots[i].use != ArgumentUse::optional) fewest = i + 1;
    return fewest;
}

std::size_t FunctionSignature::most() const noexcept
{
    return repeated() > 0 ? unlimited_arguments : parameters();
}

const FunctionParameter& FunctionSignature::parameter(std::size_t argument) const noexcept
{
    const std::size_t count = parameters(), again = repeated();
    if (argument < count || again == 0) return slots[argument < count ? argument : count - 1];
    return slots[count - again + (argument - count) % again];
}

const std::array<FunctionSignature, function_count>& function_signatures() noexcept { return table; }

const FunctionSignature& signature(MappingFunction function) noexcept { return table[static_cast<std::size_t>(function)]; }

const FunctionSignature* find_function(std::string_view name) noexcept
{
    for (const FunctionSignature& candidate : table)
        if (candidate.name == name) return &candidate;
    return nullptr;
}

std::string to_string(const FunctionSignature& signature)
{
    std::string out(signature.name);
    out += '(';
    for (std::size_t i = 0; i < signature.parameters(); ++i) {
        const FunctionParameter& parameter = signature.slots[i];
        // Only what may be left out altogether stands in brackets.
        const bool omissible = i >= signature.fewest();
        out += omissible ? (i > 0 ? " [, " : "[") : (i > 0 ? ", " : "");
        out += parameter.name;
        if (omissible) out += ']';
    }
    return out + (signature.repeated() > 0 ? ", ...)" : ")");
}

}  // namespace provsim
