// Shared by every file of libdepth3d_cv: how functions leave this library and how pixels enter it.
#pragma once
#include <opencv2/core.hpp>
#include <stdexcept>
#include <string>

#define D3_API extern "C" __attribute__((visibility("default")))

namespace d3 {

inline thread_local std::string last_error;

// Runs f and catches everything: 0 or f's own value on success, `failed` with a text in last_error otherwise.
template <class F>
auto guard(F&& f, decltype(f()) failed) noexcept -> decltype(f()) {
  try {
    return f();
  } catch (const cv::Exception& e) {
    last_error = e.err.empty() ? e.what() : e.err; // what() carries source paths of the library
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "unknown C++ exception";
  }
  return failed;
}

template <class F>
int run(F&& f) noexcept {
  return guard([&] { f(); return 0; }, -1);
}

inline void require(bool condition, const char* text) {
  if (!condition) throw std::invalid_argument(text);
}

// Looks at the caller's samples without copying. depth: OpenCV's numbers, 0 = u8, 2 = u16, 4 = i32, 5 = f32, 6 = f64.
inline cv::Mat view(const void* samples, int width, int height, int depth, int channels) {
  require(samples && width > 0 && height > 0 && channels > 0 && channels <= CV_CN_MAX, "image without samples or with a size below 1");
  return cv::Mat(height, width, CV_MAKETYPE(depth, channels), const_cast<void*>(samples));
}

// Writes a result into the caller's samples; a result of another size or type is an error, never a reallocation.
inline void give(const cv::Mat& result, void* samples) {
  require(samples != nullptr, "no room for the result");
  cv::Mat target(result.rows, result.cols, result.type(), samples);
  if (result.data != target.data) result.copyTo(target);
}

} // namespace d3
