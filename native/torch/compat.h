// What differs between the LibTorch versions this builds against: Debian's 1.13 and PyTorch 2.x.
#pragma once
#include <torch/version.h>

#if TORCH_VERSION_MAJOR * 100 + TORCH_VERSION_MINOR >= 204
#include <optional>
template <class T> using opt = std::optional<T>;
inline constexpr auto none = std::nullopt;
#else
#include <c10/util/Optional.h>
template <class T> using opt = c10::optional<T>;
inline constexpr auto none = c10::nullopt;
#endif
