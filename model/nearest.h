// SPDX-License-Identifier: Apache-2.0
// "Did you mean ...?": the known word that a mistyped one most likely stands for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace provsim {

// Words are offered one by one, so that a directory's handles need no list of their own.
// Near enough is an edit distance of 2, or a third of the word if that is more, and always less than the whole
// word. A swap of neighbours counts as one edit; case does not count. Of equally near words the first offered wins.
class Nearest {
public:
    explicit Nearest(std::string_view word);      // keeps a copy
    void offer(std::string_view candidate);
    const std::string& best() const noexcept { return best_; }   // empty if nothing was near enough

private:
    std::string word_;       // in lower case
    std::string best_;
    std::size_t limit_;      // a candidate must be nearer than this
};

// `candidates`: any range of things that are texts.
template <class Candidates>
std::string nearest(std::string_view word, const Candidates& candidates)
{
    Nearest search(word);
    for (const auto& candidate : candidates) search.offer(candidate);
    return search.best();
}

}  // namespace provsim
