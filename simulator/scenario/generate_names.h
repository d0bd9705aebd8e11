// SPDX-License-Identifier: Apache-2.0
// The words that generate() makes people and groups of. Changing a list changes every generated directory.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace provsim::words {

// As people write it, and as an address can have it. The latter are unique within each list.
struct Name {
    std::string_view written, plain;
};

inline constexpr std::array<Name, 96> given_names{{
    {"Ada", "ada"}, {"Adnan", "adnan"}, {"Aiko", "aiko"}, {"Alejandra", "alejandra"}, {"Amara", "amara"}, {"Ana", "ana"},
    {"Anders", "anders"}, {"Anika", "anika"}, {"Arjun", "arjun"}, {"Astrid", "astrid"}, {"Ayşe", "ayse"}, {"Beatriz", "beatriz"},
    {"Ben", "ben"}, {"Bilal", "bilal"}, {"Bruno", "bruno"}, {"Camille", "camille"}, {"Carlos", "carlos"}, {"Chiara", "chiara"},
    {"Chloé", "chloe"}, {"Daniel", "daniel"}, {"Daria", "daria"}, {"David", "david"}, {"Deniz", "deniz"}, {"Diego", "diego"},
    {"Edsger", "edsger"}, {"Elena", "elena"}, {"Elif", "elif"}, {"Emeka", "emeka"}, {"Emma", "emma"}, {"Erik", "erik"},
    {"Fatima", "fatima"}, {"Felix", "felix"}, {"Fiona", "fiona"}, {"Freya", "freya"}, {"Gabriel", "gabriel"}, {"Giulia", "giulia"},
    {"Grace", "grace"}, {"Hana", "hana"}, {"Hannah", "hannah"}, {"Haruto", "haruto"}, {"Henrik", "henrik"}, {"Hugo", "hugo"},
    {"Ibrahim", "ibrahim"}, {"Imani", "imani"}, {"Ines", "ines"}, {"Ingrid", "ingrid"}, {"Isaac", "isaac"}, {"Ivan", "ivan"},
    {"Jamal", "jamal"}, {"Jan", "jan"}, {"Jesper", "jesper"}, {"Jin", "jin"}, {"Joan", "joan"}, {"José", "jose"},
    {"Julia", "julia"}, {"Jürgen", "juergen"}, {"Kaori", "kaori"}, {"Karim", "karim"}, {"Katarzyna", "katarzyna"}, {"Kofi", "kofi"},
    {"Lars", "lars"}, {"Laura", "laura"}, {"Leila", "leila"}, {"Leo", "leo"}, {"Lin", "lin"}, {"Lucas", "lucas"},
    {"Lucía", "lucia"}, {"Maja", "maja"}, {"Malik", "malik"}, {"Marek", "marek"}, {"Maria", "maria"}, {"Mateo", "mateo"},
    {"Maya", "maya"}, {"Mei", "mei"}, {"Mina", "mina"}, {"Nadia", "nadia"}, {"Nia", "nia"}, {"Nikolai", "nikolai"},
    {"Noah", "noah"}, {"Olga", "olga"}, {"Oliver", "oliver"}, {"Omar", "omar"}, {"Priya", "priya"}, {"Rafael", "rafael"},
    {"Rania", "rania"}, {"Robin", "robin"}, {"Rosa", "rosa"}, {"Samuel", "samuel"}, {"Sanjay", "sanjay"}, {"Søren", "soren"},
    {"Sofia", "sofia"}, {"Tariq", "tariq"}, {"Théo", "theo"}, {"Yara", "yara"}, {"Yusuf", "yusuf"}, {"Zoë", "zoe"},
}};

inline constexpr std::array<Name, 128> family_names{{
    {"Abara", "abara"}, {"Adeyemi", "adeyemi"}, {"Ahmed", "ahmed"}, {"Almeida", "almeida"}, {"Andersen", "andersen"}, {"Aoki", "aoki"},
    {"Arslan", "arslan"}, {"Bauer", "bauer"}, {"Becker", "becker"}, {"Bianchi", "bianchi"}, {"Blanc", "blanc"}, {"Brandt", "brandt"},
    {"Castillo", "castillo"}, {"Chandra", "chandra"}, {"Chen", "chen"}, {"Cohen", "cohen"}, {"Costa", "costa"}, {"Cruz", "cruz"},
    {"Dahl", "dahl"}, {"Demir", "demir"}, {"Desai", "desai"}, {"Diallo", "diallo"}, {"Dubois", "dubois"}, {"Dvořák", "dvorak"},
    {"Eriksen", "eriksen"}, {"Esposito", "esposito"}, {"Evans", "evans"}, {"Farouk", "farouk"}, {"Fernández", "fernandez"}, {"Fischer", "fischer"},
    {"Fontaine", "fontaine"}, {"Fraser", "fraser"}, {"García", "garcia"}, {"Goldberg", "goldberg"}, {"Gupta", "gupta"}, {"Haddad", "haddad"},
    {"Hansen", "hansen"}, {"Hassan", "hassan"}, {"Hayashi", "hayashi"}, {"Hoffmann", "hoffmann"}, {"Holm", "holm"}, {"Hopper", "hopper"},
    {"Horvat", "horvat"}, {"Hussain", "hussain"}, {"Ibáñez", "ibanez"}, {"Ito", "ito"}, {"Ivanova", "ivanova"}, {"Iyer", "iyer"},
    {"Jansen", "jansen"}, {"Jensen", "jensen"}, {"Johansson", "johansson"}, {"Jones", "jones"}, {"Kaya", "kaya"}, {"Keller", "keller"},
    {"Khan", "khan"}, {"Kim", "kim"}, {"Klein", "klein"}, {"Kowalski", "kowalski"}, {"Kumar", "kumar"}, {"Lambert", "lambert"},
    {"Larsen", "larsen"}, {"Laurent", "laurent"}, {"Lehmann", "lehmann"}, {"Lewis", "lewis"}, {"Li", "li"}, {"Lindqvist", "lindqvist"},
    {"Lovelace", "lovelace"}, {"Marino", "marino"}, {"Martin", "martin"}, {"Mbeki", "mbeki"}, {"Medina", "medina"}, {"Mehta", "mehta"},
    {"Meyer", "meyer"}, {"Moreau", "moreau"}, {"Morgan", "morgan"}, {"Müller", "mueller"}, {"Murphy", "murphy"}, {"Mwangi", "mwangi"},
    {"Nakamura", "nakamura"}, {"Ndiaye", "ndiaye"}, {"Nguyen", "nguyen"}, {"Nielsen", "nielsen"}, {"Novak", "novak"}, {"O'Brien", "obrien"},
    {"Okafor", "okafor"}, {"Olsen", "olsen"}, {"Osei", "osei"}, {"Öztürk", "oeztuerk"}, {"Park", "park"}, {"Patel", "patel"},
    {"Pereira", "pereira"}, {"Petrov", "petrov"}, {"Popescu", "popescu"}, {"Qureshi", "qureshi"}, {"Rahman", "rahman"}, {"Ramírez", "ramirez"},
    {"Rao", "rao"}, {"Reid", "reid"}, {"Ricci", "ricci"}, {"Rossi", "rossi"}, {"Roux", "roux"}, {"Saito", "saito"},
    {"Santos", "santos"}, {"Sato", "sato"}, {"Schmidt", "schmidt"}, {"Schneider", "schneider"}, {"Shah", "shah"}, {"Silva", "silva"},
    {"Singh", "singh"}, {"Smith", "smith"}, {"Svensson", "svensson"}, {"Takahashi", "takahashi"}, {"Tanaka", "tanaka"}, {"Taylor", "taylor"},
    {"Torres", "torres"}, {"Turner", "turner"}, {"van den Berg", "vandenberg"}, {"Vargas", "vargas"}, {"Virtanen", "virtanen"}, {"Wagner", "wagner"},
    {"Walker", "walker"}, {"Wang", "wang"}, {"Weber", "weber"}, {"Wójcik", "wojcik"}, {"Yamamoto", "yamamoto"}, {"Yılmaz", "yilmaz"},
    {"Zhang", "zhang"}, {"Zimmermann", "zimmermann"},
}};

static_assert(!given_names.back().plain.empty() && !family_names.back().plain.empty());

struct Department {
    std::string_view name;
    std::uint32_t share;                    // of 1000 users
    std::array<std::string_view, 3> titles; // of those who lead nobody
};
inline constexpr std::array<Department, 10> departments{{
    {"Engineering", 260, {"Software Engineer", "Senior Software Engineer", "Test Engineer"}},
    {"Sales", 190, {"Account Executive", "Sales Representative", "Sales Engineer"}},
    {"Operations", 150, {"Operations Specialist", "Logistics Planner", "Technician"}},
    {"Customer Support", 130, {"Support Agent", "Senior Support Agent", "Support Engineer"}},
    {"Marketing", 80, {"Content Editor", "Campaign Planner", "Designer"}},
    {"Finance", 60, {"Accountant", "Controller", "Financial Analyst"}},
    {"Information Technology", 50, {"Systems Administrator", "Network Engineer", "Identity Engineer"}},
    {"People", 40, {"Recruiter", "People Partner", "Payroll Specialist"}},
    {"Legal", 25, {"Counsel", "Paralegal", "Contracts Specialist"}},
    {"Research", 15, {"Scientist", "Research Engineer", "Data Analyst"}},
}};

struct Site {
    std::string_view office, street, city, state, postal_code, country, language;
    std::string_view phone;                 // the site's prefix; four digits follow
};
inline constexpr std::array<Site, 8> sites{{
    {"SEA-1", "100 Harbor Way", "Seattle", "WA", "98101", "United States", "en-US", "+1 206 555 "},
    {"AUS-2", "20 Congress Court", "Austin", "TX", "78701", "United States", "en-US", "+1 512 555 "},
    {"LON-1", "7 Wharf Row", "London", "England", "E1 6AN", "United Kingdom", "en-GB", "+44 20 7946 "},
    {"BER-1", "Hafenplatz 12", "Berlin", "Berlin", "10963", "Germany", "de-DE", "+49 30 23125 "},
    {"PAR-1", "3 rue du Canal", "Paris", "Île-de-France", "75010", "France", "fr-FR", "+33 1 99 00 "},
    {"BLR-1", "44 Lake Road", "Bengaluru", "Karnataka", "560001", "India", "en-IN", "+91 80 5550 "},
    {"SYD-1", "9 Quay Street", "Sydney", "NSW", "2000", "Australia", "en-AU", "+61 2 5550 "},
    {"SAO-1", "Rua do Porto 80", "São Paulo", "SP", "01310-100", "Brazil", "pt-BR", "+55 11 5550 "},
}};

inline constexpr std::array<std::string_view, 24> colours{
    "Amber", "Azure", "Bronze", "Cobalt", "Copper", "Coral", "Crimson", "Emerald", "Golden", "Granite", "Indigo", "Ivory",
    "Jade", "Lilac", "Maroon", "Ochre", "Olive", "Pearl", "Ruby", "Saffron", "Scarlet", "Silver", "Teal", "Violet"};
inline constexpr std::array<std::string_view, 24> animals{
    "Badger", "Beaver", "Bison", "Crane", "Dolphin", "Falcon", "Fox", "Gecko", "Heron", "Ibis", "Jackal", "Kestrel",
    "Lynx", "Marten", "Newt", "Otter", "Owl", "Panda", "Puffin", "Raven", "Seal", "Swift", "Tapir", "Wren"};

}  // namespace provsim::words
