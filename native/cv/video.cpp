// Sequential decoding through OpenCV's FFmpeg backend. Which containers and protocols it may open is set in core.cpp; rotation is left
// to the caller, because this backend does not see the display matrix of newer FFmpeg versions.
#include "abi.h"
#include <memory>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

using namespace d3;

namespace {
struct Video {
  cv::VideoCapture capture;
  cv::Mat frame;
};
} // namespace

D3_API void* d3cv_video_open(const char* path) {
  return guard([&]() -> void* {
    auto video = std::make_unique<Video>();
    if (!video->capture.open(path, cv::CAP_FFMPEG)) throw std::runtime_error("no decoder could open it");
    video->capture.set(cv::CAP_PROP_ORIENTATION_AUTO, 0);
    return video.release();
  }, nullptr);
}

D3_API void d3cv_video_free(void* video) { delete static_cast<Video*>(video); }

// info: width, height, frames per second, frame count as the container claims them.
D3_API int d3cv_video_info(void* video, double* info) {
  return run([&] {
    auto& capture = static_cast<Video*>(video)->capture;
    info[0] = capture.get(cv::CAP_PROP_FRAME_WIDTH);
    info[1] = capture.get(cv::CAP_PROP_FRAME_HEIGHT);
    info[2] = capture.get(cv::CAP_PROP_FPS);
    info[3] = capture.get(cv::CAP_PROP_FRAME_COUNT);
  });
}

// Decodes the next frame. 0: there is one, with its size and presentation time; 1: the end. With wanted 0 the frame is passed over.
D3_API int d3cv_video_next(void* video, int wanted, int* width, int* height, double* milliseconds) {
  return guard([&] {
    auto& v = *static_cast<Video*>(video);
    if (!v.capture.grab()) return 1;
    *milliseconds = v.capture.get(cv::CAP_PROP_POS_MSEC);
    if (!wanted) return 0;
    if (!v.capture.retrieve(v.frame) || v.frame.empty()) return 1;
    require(v.frame.type() == CV_8UC3, "a frame that is not 8-bit colour");
    *width = v.frame.cols;
    *height = v.frame.rows;
    return 0;
  }, -1);
}

// The frame decoded last, as RGB into width * height * 3 bytes.
D3_API int d3cv_video_copy(void* video, int width, int height, void* rgb) {
  return run([&] {
    auto& frame = static_cast<Video*>(video)->frame;
    require(frame.cols == width && frame.rows == height, "the frame has another size");
    cv::Mat target(height, width, CV_8UC3, rgb);
    cv::cvtColor(frame, target, cv::COLOR_BGR2RGB);
  });
}
