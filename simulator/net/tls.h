// SPDX-License-Identifier: Apache-2.0
// TLS for both ends: what is verified, how sessions are resumed, and failures in words.
#pragma once

#include "model/result.h"
#include "net/asio.h"

#include <memory>
#include <string>

namespace provsim {

// The client's side for one host. TLS 1.2 or newer. Keeps the newest session of the host, so that further connections
// resume it instead of paying for a full handshake; a resumed session was verified when it was made, for the same host.
class TlsClient {
public:
    // `ca_file` empty: the system's certificates (OpenSSL's default paths; SSL_CERT_FILE and SSL_CERT_DIR are honoured).
    static Result<std::unique_ptr<TlsClient>> open(std::string host, const std::string& ca_file, bool insecure);
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    net::ssl::context& context() noexcept { return context_; }
    // Names the host (SNI, verification) and offers the kept session. Before the handshake of each connection.
    void prepare(TlsStream& stream);

private:
    TlsClient(std::string host, bool insecure);

    std::string host_;
    bool numeric_host_;
    bool insecure_;
    net::ssl::context context_;
    SSL_SESSION* session_ = nullptr;
};

// A server's side from PEM files. `code` of the problem is "tls".
Result<std::unique_ptr<net::ssl::context>> open_tls_server(const std::string& certificate_file, const std::string& key_file);

// What went wrong, for people: the reason the certificate was refused if it was, else the library's own text.
std::string tls_failure_text(TlsStream& stream, const ErrorCode& error);

}  // namespace provsim
