// SPDX-License-Identifier: Apache-2.0
#include "certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace provsim::testing {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void must(bool done)
{
    if (!done) throw std::runtime_error("OpenSSL refuses to make a test certificate");
}

struct Identity {
    Key key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    Certificate certificate{X509_new(), X509_free};
};

constexpr long day = 24 * 3600;

void extend(X509* certificate, int extension, const std::string& value)
{
    X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, nullptr, extension, value.c_str());
    must(made && X509_add_ext(certificate, made, -1));
    X509_EXTENSION_free(made);
}

// `issuer` null: signed by itself, a CA.
Identity make(const std::string& name, const std::string& alternative_names, long valid_until, const Identity* issuer)
{
    static long serial = 0;
    Identity out;
    X509* certificate = out.certificate.get();
    must(out.key && certificate);
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -10 * day);
    X509_gmtime_adj(X509_getm_notAfter(certificate), valid_until);
    X509_set_pubkey(certificate, out.key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer ? issuer->certificate.get() : certificate));
    extend(certificate, NID_basic_constraints, issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");
    if (!alternative_names.empty()) extend(certificate, NID_subject_alt_name, alternative_names);
    must(X509_sign(certificate, issuer ? issuer->key.get() : out.key.get(), EVP_sha256()) != 0);
    return out;
}

}  // namespace

Certificates::Certificates()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "provsim-tls-XXXXXX").string();
    must(mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    const auto save = [this](const std::string& name, const Identity& identity) {
        const std::unique_ptr<BIO, decltype(&BIO_free_all)> pem(BIO_new_file(file(name + ".pem").c_str(), "w"), BIO_free_all);
        const std::unique_ptr<BIO, decltype(&BIO_free_all)> key(BIO_new_file(file(name + ".key").c_str(), "w"), BIO_free_all);
        must(pem && key && PEM_write_bio_X509(pem.get(), identity.certificate.get()) &&
             PEM_write_bio_PrivateKey(key.get(), identity.key.get(), nullptr, nullptr, 0, nullptr, nullptr));
    };
    const std::string here = "DNS:localhost,IP:127.0.0.1";
    const Identity ca = make("provsim test CA", "", 10 * day, nullptr);
    save("ca", ca);
    save("other_ca", make("another test CA", "", 10 * day, nullptr));
    save("good", make("localhost", here, 10 * day, &ca));
    save("elsewhere", make("scim.example.test", "DNS:scim.example.test", 10 * day, &ca));
    save("expired", make("localhost", here, -day, &ca));
}

Certificates::~Certificates()
{
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

}  // namespace provsim::testing
