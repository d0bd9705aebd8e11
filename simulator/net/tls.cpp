// SPDX-License-Identifier: Apache-2.0
#include "net/tls.h"

#include "model/check.h"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace provsim {
namespace {

Problem tls_problem(std::string what, std::string remedy)
{
    return Problem{Severity::error, "tls", std::move(what), std::move(remedy), {}};
}

bool is_address(const std::string& host)
{
    ErrorCode ec;
    net::ip::make_address(host, ec);
    return !ec;
}

}  // namespace

TlsClient::TlsClient(std::string host, bool insecure)
    : host_(std::move(host)), numeric_host_(is_address(host_)), insecure_(insecure), context_(net::ssl::context::tls_client)
{
    SSL_CTX* ctx = context_.native_handle();
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    // Asio keeps its own callbacks in app_data of the context, so ours goes into a slot of its own.
    static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    SSL_CTX_set_ex_data(ctx, slot, this);
    SSL_CTX_sess_set_new_cb(ctx, [](SSL* ssl, SSL_SESSION* session) {
        auto* self = static_cast<TlsClient*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), slot));
        if (self->session_) SSL_SESSION_free(self->session_);
        self->session_ = session;
        return 1;   // the reference is ours now
    });
    context_.set_verify_mode(insecure_ ? net::ssl::verify_none : net::ssl::verify_peer);
}

TlsClient::~TlsClient()
{
    if (session_) SSL_SESSION_free(session_);
}

Result<std::unique_ptr<TlsClient>> TlsClient::open(std::string host, const std::string& ca_file, bool insecure)
{
    std::unique_ptr<TlsClient> client(new TlsClient(std::move(host), insecure));
    ErrorCode ec;
    if (!ca_file.empty()) {
        client->context_.load_verify_file(ca_file, ec);
        if (ec)
            return tls_problem(fmt::format("no certificates can be read from \"{}\"", ca_file),
                               "give a readable file of PEM certificates (-----BEGIN CERTIFICATE-----)");
    } else {
        client->context_.set_default_verify_paths(ec);
        if (ec && !insecure)
            return tls_problem("the system's certificate store cannot be opened", "install ca-certificates, or name a file of certificates");
    }
    return client;
}

void TlsClient::prepare(TlsStream& stream)
{
    SSL* ssl = stream.native_handle();
    // RFC 6066 3: a literal address is not sent as a server name.
    if (!numeric_host_) SSL_set_tlsext_host_name(ssl, host_.c_str());
    if (!insecure_) {
        // OpenSSL's own name check, because it leaves the reason ("hostname mismatch") in the verify result.
        if (numeric_host_) X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host_.c_str());
        else SSL_set1_host(ssl, host_.c_str());
        SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    }
    if (session_) SSL_set_session(ssl, session_);
}

Result<std::unique_ptr<net::ssl::context>> open_tls_server(const std::string& certificate_file, const std::string& key_file)
{
    auto context = std::make_unique<net::ssl::context>(net::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    ErrorCode ec;
    context->use_certificate_chain_file(certificate_file, ec);
    if (ec) return tls_problem(fmt::format("no certificate can be read from \"{}\"", certificate_file), "give a readable PEM file");
    context->use_private_key_file(key_file, net::ssl::context::pem, ec);
    if (ec)
        return tls_problem(fmt::format("\"{}\" holds no private key of the certificate", key_file),
                           "give the unencrypted PEM key the certificate was made with");
    return context;
}

std::string tls_failure_text(TlsStream& stream, const ErrorCode& error)
{
    const long verdict = SSL_get_verify_result(stream.native_handle());
    if (verdict != X509_V_OK && SSL_get_verify_mode(stream.native_handle()) != SSL_VERIFY_NONE)
        return fmt::format("certificate refused: {}", X509_verify_cert_error_string(verdict));
    if (error == net::error::eof || error == net::ssl::error::stream_truncated)
        return "the server closed the connection during the TLS handshake";
    return fmt::format("TLS: {}", error.message());
}

}  // namespace provsim
