#include "abi.h"
#include <memory>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

using namespace d3;
using Dis = cv::Ptr<cv::DISOpticalFlow>;

// preset: 0 ultrafast, 1 fast, 2 medium. One object serves one thread at a time.
D3_API void* d3cv_dis_new(int preset) {
  return guard([&]() -> void* { return new Dis(cv::DISOpticalFlow::create(preset)); }, nullptr);
}

D3_API void d3cv_dis_free(void* dis) { delete static_cast<Dis*>(dis); }

// flow: 2 x f32 per pixel. With has_initial it holds the first guess on entry.
D3_API int d3cv_dis_compute(void* dis, const void* gray1, const void* gray2, int width, int height, int has_initial, float* flow) {
  return run([&] {
    cv::Mat result;
    if (has_initial) result = view(flow, width, height, CV_32F, 2).clone();
    auto& algorithm = *static_cast<Dis*>(dis);
    algorithm->calc(view(gray1, width, height, CV_8U, 1), view(gray2, width, height, CV_8U, 1), result);
    give(result, flow);
  });
}

// Shi-Tomasi corners, strongest first: 2 x f32 each. mask may be null; 0 = not here.
D3_API int d3cv_corners(const void* gray, int width, int height, const void* mask, int capacity, double quality, double distance,
                        float* points, int* count) {
  return run([&] {
    std::vector<cv::Point2f> found;
    cv::Mat allowed = mask ? view(mask, width, height, CV_8U, 1) : cv::Mat();
    cv::goodFeaturesToTrack(view(gray, width, height, CV_8U, 1), found, capacity, quality, distance, allowed);
    *count = std::min((int)found.size(), capacity);
    std::copy_n(reinterpret_cast<const float*>(found.data()), *count * 2, points);
  });
}

// Pyramidal Lucas-Kanade. tracked: 1 where found.
D3_API int d3cv_track(const void* gray1, const void* gray2, int width, int height, const float* points1, int count, int window, int levels,
                      float* points2, unsigned char* tracked) {
  return run([&] {
    if (count == 0) return;
    cv::Mat from(count, 1, CV_32FC2, const_cast<float*>(points1)), to;
    std::vector<unsigned char> status;
    cv::calcOpticalFlowPyrLK(view(gray1, width, height, CV_8U, 1), view(gray2, width, height, CV_8U, 1), from, to, status, cv::noArray(),
                             cv::Size(window, window), levels);
    std::copy_n(to.ptr<float>(), count * 2, points2);
    std::copy(status.begin(), status.end(), tracked);
  });
}
