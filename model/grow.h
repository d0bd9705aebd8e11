// SPDX-License-Identifier: Apache-2.0
// Columns that grow by an eighth instead of twofold: a directory's memory is mostly columns.
#pragma once

#include <utility>
#include <vector>

namespace provsim {

// push_back, but with at most an eighth of the column unused.
template <class T, class U>
void push_row(std::vector<T>& column, U&& value)
{
    if (column.size() == column.capacity()) column.reserve(column.size() + column.size() / 8 + 16);
    column.push_back(std::forward<U>(value));
}

}  // namespace provsim
