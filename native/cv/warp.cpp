#include "abi.h"
#include <opencv2/imgproc.hpp>

using namespace d3;

// interpolation: OpenCV's numbers (0 nearest, 1 linear, 2 cubic, 3 area); half-pixel centres.
D3_API int d3cv_resize(const void* samples, int width, int height, int depth, int channels, int interpolation, int new_width,
                       int new_height, void* result) {
  return run([&] {
    cv::Mat out;
    cv::resize(view(samples, width, height, depth, channels), out, cv::Size(new_width, new_height), 0, 0, interpolation);
    give(out, result);
  });
}

// xy: absolute source coordinates, 2 x f32 per target pixel. border: 0 zero outside, 1 replicate, 4 reflect without repeating the edge.
D3_API int d3cv_remap(const void* samples, int width, int height, int depth, int channels, const float* xy, int new_width, int new_height,
                      int border, void* result) {
  return run([&] {
    cv::Mat out;
    cv::remap(view(samples, width, height, depth, channels), out, view(xy, new_width, new_height, CV_32F, 2), cv::noArray(),
              cv::INTER_LINEAR, border);
    give(out, result);
  });
}

D3_API int d3cv_rgb_to_gray(const void* samples, int width, int height, int depth, void* result) {
  return run([&] {
    cv::Mat out;
    cv::cvtColor(view(samples, width, height, depth, 3), out, cv::COLOR_RGB2GRAY);
    give(out, result);
  });
}

// quarter turns clockwise: 1, 2 or 3.
D3_API int d3cv_rotate(const void* samples, int width, int height, int depth, int channels, int turns, void* result) {
  return run([&] {
    require(turns >= 1 && turns <= 3, "turns must be 1, 2 or 3");
    cv::Mat out;
    cv::rotate(view(samples, width, height, depth, channels), out, turns - 1);
    give(out, result);
  });
}

// A colour map as 256 RGB triples; map: OpenCV's number.
D3_API int d3cv_colour_map(int map, void* result) {
  return run([&] {
    cv::Mat ramp(1, 256, CV_8U), out;
    for (int i = 0; i < 256; i++) ramp.at<uchar>(i) = (uchar)i;
    cv::applyColorMap(ramp, out, map);
    cv::cvtColor(out, out, cv::COLOR_BGR2RGB);
    give(out, result);
  });
}
