// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/import_csv.h"

#include "model/json.h"
#include "model/nearest.h"
#include "model/text.h"
#include "scenario_io/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace provsim {
namespace {

struct Column {
    enum class Use : std::uint8_t { ignored, value, enabled, blocked, manager, object_id } use = Use::ignored;
    Attribute attribute{};
};

// Headings beside the spellings of model/attribute.h: what Graph and the portal call things.
constexpr std::pair<std::string_view, Attribute> other_names[] = {
    {"lastName", Attribute::family_name},       {"firstName", Attribute::given_name}, {"officeLocation", Attribute::office},
    {"mobilePhone", Attribute::mobile},         {"businessPhones", Attribute::phone}, {"faxNumber", Attribute::fax},
};

// Columns of Entra's files that no provisioning mapping here reads (Entra: users-bulk-add, users-bulk-download).
constexpr std::array<std::string_view, 24> unused{
    "passwordProfile", "usageLocation", "userType", "userState", "authenticationPhoneNumber", "authenticationAlternativePhoneNumber",
    "authenticationEmail", "alternateEmailAddress", "ageGroup", "consentProvidedForMinor", "legalAgeGroupClassification",
    "creationType", "directorySynced", "invitationState", "identityIssuer", "createdDateTime", "password",
    "authenticationMethods", "onPremisesSyncEnabled", "proxyAddresses", "otherMails", "immutableId", "userStateChangedOn", "isDeleted"};

// "Name [displayName] Required" -> "displayName"; a plain heading is itself.
std::string_view property_of(std::string_view heading)
{
    const std::size_t open = heading.find('['), close = heading.find(']', open == std::string_view::npos ? 0 : open);
    if (open != std::string_view::npos && close != std::string_view::npos) heading = heading.substr(open + 1, close - open - 1);
    while (!heading.empty() && heading.front() == ' ') heading.remove_prefix(1);
    while (!heading.empty() && (heading.back() == ' ' || heading.back() == '*')) heading.remove_suffix(1);
    return heading;
}

std::optional<Attribute> attribute_of(std::string_view property)
{
    for (std::size_t i = 0; i < builtin_attributes; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        if (attribute == Attribute::handle) continue;
        if (equal_ignoring_ascii_case(property, attribute_name(attribute, Spelling::neutral)) ||
            equal_ignoring_ascii_case(property, attribute_name(attribute, Spelling::entra)))
            return attribute;
    }
    for (const auto& [name, attribute] : other_names)
        if (equal_ignoring_ascii_case(property, name)) return attribute;
    return {};
}

class CsvImport {
public:
    CsvImport(std::istream& in, const std::string& file, Importer& importer) : reader_(in), file_(file), importer_(importer) {}

    void run()
    {
        if (headings()) {
            while (reader_.next()) row();
            join_managers();
        }
        if (!reader_.fault().empty()) say(Severity::error, "csv", reader_.fault());
        importer_.finish(file_);
    }

private:
    void say(Severity severity, std::string_view code, std::string what, std::string remedy = {})
    {
        importer_.problem(severity, {file_, reader_.line(), 0}, code, std::move(what), std::move(remedy));
    }

    bool headings()
    {
        bool there = reader_.next();
        if (there && reader_.fields()[0].substr(0, 8) == "version:") {
            if (reader_.fields()[0] != "version:v1.0") say(Severity::warning, "csv", fmt::format("{} of the bulk template is not known; read as v1.0", reader_.fields()[0]));
            there = reader_.next();
        }
        if (!there) {
            if (reader_.fault().empty()) say(Severity::error, "csv", "there are no headings", "the first row names the columns");
            return false;
        }
        bool user_name = false;
        for (const std::string_view heading : reader_.fields()) {
            columns_.push_back(column(heading));
            twice(heading);
            user_name |= columns_.back().use == Column::Use::value && columns_.back().attribute == Attribute::user_name;
        }
        if (!user_name) say(Severity::error, "csv", "no column holds user names", "name one userName or userPrincipalName");
        return user_name;
    }

    // The column that was just added must be the first of its kind.
    void twice(std::string_view heading)
    {
        const Column& added = columns_.back();
        if (added.use == Column::Use::ignored) return;
        const auto same = [&](const Column& c) { return c.use == added.use && c.attribute == added.attribute; };
        if (std::find_if(columns_.begin(), columns_.end() - 1, same) == columns_.end() - 1) return;
        say(Severity::error, "csv-column", fmt::format("the column \"{}\" is the second of its kind", heading), "leave one of them out");
    }

    Column column(std::string_view heading)
    {
        using Use = Column::Use;
        const std::string_view property = property_of(heading);
        const auto is = [&](std::string_view name) { return equal_ignoring_ascii_case(property, name); };
        if (const auto attribute = attribute_of(property)) return {Use::value, *attribute};
        if (is("accountEnabled") || is("enabled") || is("blockSignIn")) {
            const bool opposite = is("blockSignIn") || ascii_lower(heading).find("block sign in") != std::string::npos;
            return {opposite ? Use::blocked : Use::enabled, {}};
        }
        if (is("manager")) return {Use::manager, {}};
        if (is("id") || is("objectId") || is("object id")) return {Use::object_id, {}};
        if (property.substr(0, 7) == "custom." && property.size() > 7) return custom(property);
        for (const std::string_view name : unused)
            if (is(name)) return {};
        Nearest search(property);
        for (std::size_t i = 1; i < builtin_attributes; ++i) search.offer(attribute_name(static_cast<Attribute>(i), Spelling::neutral));
        say(Severity::warning, "csv-column", fmt::format("the column \"{}\" is not read", heading),
            search.best().empty() ? std::string("custom.x keeps a column of your own") : fmt::format("did you mean \"{}\"?", search.best()));
        return {};
    }

    Column custom(std::string_view property)
    {
        Directory& directory = importer_.directory();
        const std::string name(property);
        if (!directory.find_custom(name) && custom_full(directory)) {
            say(Severity::error, "csv-column", fmt::format("no room for \"{}\"", name), fmt::format("a directory has at most {} attributes of its own", max_attributes - builtin_attributes));
            return {};
        }
        return {Column::Use::value, directory.custom_attribute(name)};
    }

    static bool custom_full(const Directory& directory) { return !directory.custom_name(static_cast<Attribute>(max_attributes - 1)).empty(); }

    void row()
    {
        const auto& fields = reader_.fields();
        if (fields.size() > columns_.size())
            return say(Severity::error, "csv", fmt::format("{} fields under {} headings", fields.size(), columns_.size()), "put a field with a comma in quotes");
        // The template's own second row, which its users are told to take out.
        if (fields[0].substr(0, 9) == "Example: ") return say(Severity::warning, "csv", "the template's example row is left out");

        user_.values.clear();
        user_.object_id.reset();
        user_.enabled = true;
        std::string_view manager;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string_view field = fields[i];
            if (field.empty() || columns_[i].use == Column::Use::ignored) continue;
            if (!simdjson::validate_utf8(field.data(), field.size()))
                return say(Severity::error, "csv", "this row is not in UTF-8", "save the file as \"CSV UTF-8\"");
            switch (columns_[i].use) {
            case Column::Use::ignored: break;
            case Column::Use::value: user_.values.emplace_back(columns_[i].attribute, field); break;
            case Column::Use::enabled: user_.enabled = yes(field, true); break;
            case Column::Use::blocked: user_.enabled = !yes(field, false); break;
            case Column::Use::manager: manager = field; break;
            case Column::Use::object_id:
                if (Guid id; parse_guid(field, id)) user_.object_id = id;
                else say(Severity::error, "csv", fmt::format("\"{}\" is not an object id", field), "leave it out, and one is drawn");
                break;
            }
        }
        const auto id = importer_.add(user_, {file_, reader_.line(), 0});
        if (id && !manager.empty()) managers_.push_back({*id, std::string(manager), reader_.line()});
    }

    bool yes(std::string_view field, bool otherwise)
    {
        for (const std::string_view word : {"yes", "true", "1"})
            if (equal_ignoring_ascii_case(field, word)) return true;
        for (const std::string_view word : {"no", "false", "0"})
            if (equal_ignoring_ascii_case(field, word)) return false;
        say(Severity::error, "csv", fmt::format("\"{}\" is neither yes nor no", field), "write Yes, No, true or false");
        return otherwise;
    }

    void join_managers()
    {
        for (const auto& [user, name, line] : managers_) {
            const UserId manager = importer_.find(name);
            if (manager != no_user) importer_.directory().set_manager(user, manager, importer_.now());
            else importer_.problem(Severity::error, {file_, line, 0}, "unknown-user", fmt::format("there is no user \"{}\" to be the manager", name), "a manager is named by userName or handle");
        }
    }

    struct Manager {
        UserId user;
        std::string name;
        int line;
    };
    CsvReader reader_;
    const std::string& file_;
    Importer& importer_;
    std::vector<Column> columns_;
    ImportedUser user_;
    std::vector<Manager> managers_;
};

}  // namespace

void import_csv(std::istream& in, const std::string& file, Importer& importer) { CsvImport(in, file, importer).run(); }

}  // namespace provsim
