// SPDX-License-Identifier: Apache-2.0
#include "net/network_transport.h"

#include "model/check.h"
#include "net/asio.h"
#include "net/connection.h"
#include "net/request_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <deque>
#include <optional>

namespace provsim {
namespace {

using std::chrono::steady_clock;

// .NET's handler gives idle connections up after a minute; so do many middleboxes, without telling.
constexpr auto longest_idle = std::chrono::seconds(60);

// How long a connection may lie idle and still be used. A server that says "Keep-Alive: timeout=5" (RFC 2068 19.7.1.1; Node.js
// does) began to count before we heard it, and a request that meets its closing is lost if it may not be repeated:
// so a second of it, or half of a short one, is left unused.
WallSpan idle_limit(const Headers& headers)
{
    const std::string_view said = find_header(headers, "Keep-Alive");
    const auto at = said.find("timeout=");
    if (at == std::string_view::npos) return longest_idle;
    unsigned keeps = 0;
    const char* digits = said.data() + at + std::string_view("timeout=").size();
    if (std::from_chars(digits, said.data() + said.size(), keeps).ec != std::errc{} || keeps > 3600) return longest_idle;
    const WallSpan whole = std::chrono::seconds(keeps);
    return std::min<WallSpan>(longest_idle, std::max(whole / 2, whole - std::chrono::seconds(1)));
}

struct Job {
    ExchangeNumber number = 0;
    const Request* request = nullptr;   // the sender's, unchanged until its reply is posted
};

bool is_idempotent(Method method) { return method != Method::post && method != Method::patch; }

// How often deadlines are looked at: exact to about a tenth, and cheap.
WallSpan tick_of(WallSpan timeout)
{
    return std::clamp<WallSpan>(timeout / 10, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

}  // namespace

// The connections, the queue in front of them, and the loop.
class NetworkTransport::Pool final : public Connection::Owner {
public:
    Pool(NetworkOptions options, std::unique_ptr<TlsClient> tls, Inbox& inbox)
        : options_(std::move(options)), tls_(std::move(tls)), inbox_(inbox), head_(options_.url, options_.authorization),
          gate_(options_.max_wall_wait, options_.rate), tick_(tick_of(options_.request_timeout)),
          timeout_text_("no complete reply within " + format_duration(options_.request_timeout))
    {
        look_up_number();
    }

    void send(ExchangeNumber number, const Request& request)
    {
        ++outstanding_;
        queue_.push_back({number, &request});
        pump(steady_clock::now());
        watch();
    }

    bool wait()
    {
        PROVSIM_CHECK(outstanding_ > 0 || unseen_, "wait() with nothing outstanding");
        while (!unseen_) {
            if (interrupted_.exchange(false)) return false;
            context_.run_one();
        }
        unseen_ = false;
        return true;
    }
    void poll()
    {
        context_.poll();
        unseen_ = false;
    }
    void interrupt()
    {
        interrupted_ = true;
        net::post(context_, [] {});     // wakes run_one
    }

    net::io_context& context() { return context_; }
    NetworkCounters counters() const
    {
        NetworkCounters out = counters_;
        out.gate = gate_.counters();
        return out;
    }

private:
    // Sends what may be sent.
    void pump(WallTime now)
    {
        while (!queue_.empty()) {
            if (endpoints_.empty() || endpoints_stale_) return look_up(now);
            Connection* ready = idle_connection(now);
            if (!ready && connections_.size() >= options_.max_connections) return;
            if (!gate_.try_leave(now)) {
                if (ready) idle_.push_back(ready);
                return wait_for_gate();
            }
            Connection& connection = ready ? *ready : add_connection();
            const Job job = queue_.front();
            queue_.pop_front();
            connection.flight = {job.number, is_idempotent(job.request->method), now + options_.request_timeout};
            head_.write(*job.request, connection.out());
            if (ready) connection.send();
            else connection.open(endpoints_, now);
        }
    }

    // The one used last, because its server is least likely to have given it up.
    Connection* idle_connection(WallTime now)
    {
        while (!idle_.empty()) {
            Connection* candidate = idle_.back();
            idle_.pop_back();
            const WallSpan idle = now - candidate->idle_since;
            // The socket is asked only where the answer may be no: under full load it costs 2 % of a request.
            const bool ask = target_hangs_up_ || idle > std::chrono::milliseconds(1);
            if (idle < candidate->idle_limit && (!ask || candidate->surely_open_for_more())) return candidate;
            candidate->close();
            forget(*candidate);
        }
        return nullptr;
    }

    Connection& add_connection()
    {
        ++counters_.connections_opened;
        connections_.push_back(Connection::make(context_, *this, tls_.get()));
        return *connections_.back();
    }

    void forget(Connection& connection)
    {
        std::erase(idle_, &connection);
        const auto at = std::find_if(connections_.begin(), connections_.end(), [&](const auto& c) { return c.get() == &connection; });
        PROVSIM_CHECK(at != connections_.end());
        std::swap(*at, connections_.back());
        connections_.pop_back();
    }

    void landed(Connection& connection, ExchangeEnd&& end) override
    {
        const WallTime now = steady_clock::now();
        const Flight flight = connection.flight;
        connection.idle_since = now;
        if (connection.open_for_more()) {
            connection.idle_limit = idle_limit(end.response.headers);
            idle_.push_back(&connection);
        } else {
            std::string bytes = std::move(connection.out());
            forget(connection);
            if (end.failure == Failure::reset && end.reused && end.heard_nothing) {
                target_hangs_up_ = true;
                if (flight.idempotent || end.sent_nothing) return repeat(flight, std::move(bytes), now);
            }
        }
        if (end.failure == Failure::refused) endpoints_stale_ = !options_.url.numeric_host();
        if (end.failure == Failure::none) {
            const auto retry_after = find_header(end.response.headers, "Retry-After");
            if (!retry_after.empty())
                gate_.heard(end.response.status, retry_after, now, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
            post(flight.number, read_reply(std::move(end.response), reader_));
        } else {
            post(flight.number, no_reply(end.failure, std::move(end.detail)));
        }
        pump(now);
    }

    // Keeps its place, its number and its deadline; a new connection is never "reused", so this happens once.
    void repeat(const Flight& flight, std::string&& bytes, WallTime now)
    {
        ++counters_.requests_repeated;
        Connection& connection = add_connection();
        connection.flight = flight;
        connection.out() = std::move(bytes);
        connection.open(endpoints_, now);
    }

    void post(ExchangeNumber number, Reply&& reply)
    {
        --outstanding_;
        unseen_ = true;
        inbox_.post(number, std::move(reply));
    }

    // Name lookup -------------------------------------------------------------------------------------------------
    void look_up_number()
    {
        ErrorCode ec;
        const auto address = net::ip::make_address(options_.url.host, ec);
        if (!ec) endpoints_ = {{address, options_.url.port}};
    }

    void look_up(WallTime now)
    {
        if (looking_up_) return;
        looking_up_ = true;
        look_up_deadline_ = now + options_.request_timeout;
        resolver_.async_resolve(options_.url.host, std::to_string(options_.url.port), net::ip::resolver_base::numeric_service,
                                [this](ErrorCode ec, const TcpResolver::results_type& found) {
                                    looking_up_ = false;
                                    if (ec || found.empty())
                                        return fail_queue(Failure::unresolved, fmt::format("{}: {}", options_.url.host, ec.message()));
                                    endpoints_.clear();
                                    for (const auto& entry : found) endpoints_.push_back(entry.endpoint());
                                    endpoints_stale_ = false;
                                    pump(steady_clock::now());
                                });
    }

    void fail_queue(Failure failure, const std::string& detail)
    {
        for (const Job& job : queue_) post(job.number, no_reply(failure, detail));
        queue_.clear();
    }

    // Timers ------------------------------------------------------------------------------------------------------
    void wait_for_gate()
    {
        if (gate_timer_set_ && gate_timer_.expiry() == gate_.opens_at()) return;
        gate_timer_set_ = true;
        gate_timer_.expires_at(gate_.opens_at());
        gate_timer_.async_wait([this](ErrorCode ec) {
            if (ec) return;
            gate_timer_set_ = false;
            pump(steady_clock::now());
        });
    }

    // One timer sees to all deadlines, as long as anything is outstanding.
    void watch()
    {
        if (watching_) return;
        watching_ = true;
        last_sweep_ = steady_clock::now();
        next_sweep();
    }

    void next_sweep()
    {
        sweep_timer_.expires_after(tick_);
        sweep_timer_.async_wait([this](ErrorCode ec) {
            if (ec) return;
            sweep(steady_clock::now());
            watching_ = outstanding_ > 0;
            if (watching_) next_sweep();
        });
    }

    void sweep(WallTime now)
    {
        // While the engine computed, nobody read the socket: that time is not the target's, and what
        // it sent meanwhile must get its chance to be read first.
        const WallSpan away = now - last_sweep_ > 3 * tick_ ? now - last_sweep_ - tick_ : WallSpan(0);
        last_sweep_ = now;
        look_up_deadline_ += away;
        sweeping_ = connections_;   // a connection that fails leaves connections_ and may bring a new one
        for (const auto& connection : sweeping_) {
            connection->flight.deadline += away;
            connection->expire(now, timeout_text_);
        }
        sweeping_.clear();
        if (looking_up_ && now >= look_up_deadline_)
            fail_queue(Failure::timeout, fmt::format("the name {} was not resolved within {}", options_.url.host, format_duration(options_.request_timeout)));
    }

    const NetworkOptions options_;
    const std::unique_ptr<TlsClient> tls_;      // outlives the connections, those held by the loop's handlers too
    // One thread runs it and does all I/O: sockets need no locks of their own, only the queue (name lookup has a thread).
    net::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
    net::executor_work_guard<Executor> work_{context_.get_executor()};  // the loop never counts as finished
    Inbox& inbox_;
    const RequestHead head_;
    WireGate gate_;
    const WallSpan tick_;
    const std::string timeout_text_;
    JsonReader reader_;
    NetworkCounters counters_;

    std::deque<Job> queue_;
    std::vector<std::shared_ptr<Connection>> connections_;     // all that are open or opening
    std::vector<std::shared_ptr<Connection>> sweeping_;
    std::vector<Connection*> idle_;
    bool target_hangs_up_ = false;      // it has closed a kept connection without saying so in its last reply
    std::size_t outstanding_ = 0;
    bool unseen_ = false;               // something was posted since the last wait() or poll()
    std::atomic<bool> interrupted_ = false;

    TcpResolver resolver_{context_};
    Endpoints endpoints_;
    bool endpoints_stale_ = false;      // no address accepted a connection: ask again before the next one is opened
    bool looking_up_ = false;
    WallTime look_up_deadline_{};

    WallTimer gate_timer_{context_};
    bool gate_timer_set_ = false;
    WallTimer sweep_timer_{context_};
    bool watching_ = false;
    WallTime last_sweep_{};
};

NetworkTransport::NetworkTransport(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
NetworkTransport::~NetworkTransport() = default;

Result<std::unique_ptr<NetworkTransport>> NetworkTransport::open(NetworkOptions options, Inbox& inbox)
{
    if (!fits_header_line(options.authorization))     // the value itself is a secret and is not shown
        return Problem{Severity::error, "authorization", "the token holds a line end or another control character",
                       "check the file it comes from: one line, nothing else", {}};
    if (options.max_connections == 0)
        return Problem{Severity::error, "connections", "0 connections cannot carry a request", "give 1 or more", {}};
    std::unique_ptr<TlsClient> tls;
    if (options.url.tls) {
        auto opened = TlsClient::open(options.url.host, options.ca_file, options.insecure);
        if (!opened) return opened.problems();
        tls = std::move(opened).value();
    }
    return std::unique_ptr<NetworkTransport>(
        new NetworkTransport(std::make_unique<Pool>(std::move(options), std::move(tls), inbox)));
}

void NetworkTransport::send(ExchangeNumber number, const Request& request, TimePoint) { pool_->send(number, request); }
void NetworkTransport::poll() { pool_->poll(); }
bool NetworkTransport::wait() { return pool_->wait(); }
void NetworkTransport::interrupt() { pool_->interrupt(); }
boost::asio::io_context& NetworkTransport::context() noexcept { return pool_->context(); }
NetworkCounters NetworkTransport::counters() const noexcept { return pool_->counters(); }

}  // namespace provsim
