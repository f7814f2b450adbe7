// PNG and JPEG between memory and memory. Headers are checked by the caller before anything is decoded.
#include "abi.h"
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

using namespace d3;

static void swap_red_and_blue(cv::Mat& image) {
  if (image.channels() == 3) cv::cvtColor(image, image, cv::COLOR_BGR2RGB);
  if (image.channels() == 4) cv::cvtColor(image, image, cv::COLOR_BGRA2RGBA);
}

// Any PNG or JPEG as BGRA. Only a PNG has alpha; only the colour decoder turns a JPEG upright.
static cv::Mat decode_with_alpha(const cv::Mat& encoded) {
  bool png = encoded.cols > 0 && encoded.data[0] == 0x89;
  cv::Mat image = cv::imdecode(encoded, png ? cv::IMREAD_UNCHANGED : cv::IMREAD_COLOR);
  if (image.channels() == 1) cv::cvtColor(image, image, cv::COLOR_GRAY2BGRA);
  else if (image.channels() == 3) cv::cvtColor(image, image, cv::COLOR_BGR2BGRA);
  return image;
}

static cv::Mat decode(const cv::Mat& encoded, int depth, int channels) {
  if (channels == 4) return decode_with_alpha(encoded);
  int flags = channels == 1 ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR;
  if (depth == CV_16U) flags |= cv::IMREAD_ANYDEPTH;
  return cv::imdecode(encoded, flags);
}

// channels 1, 3 (RGB) or 4 (RGBA, opaque where the file has no alpha), depth 0 or 2. The picture must have exactly the size expected; nothing else is written.
D3_API int d3cv_decode(const void* bytes, int length, int width, int height, int depth, int channels, void* samples) {
  return run([&] {
    cv::Mat encoded(1, length, CV_8U, const_cast<void*>(bytes));
    cv::Mat image = decode(encoded, depth, channels);
    if (image.empty()) throw std::runtime_error("the picture is truncated or damaged");
    if (image.cols != width || image.rows != height) throw std::runtime_error("the picture has another size than its header says");
    if (image.depth() != depth) image.convertTo(image, depth, depth == CV_16U ? 257 : 1.0 / 257);
    require(image.channels() == channels, "unexpected number of channels");
    swap_red_and_blue(image);
    give(image, samples);
  });
}

// extension ".png" or ".jpg"; quality counts for JPEG only. Returns a buffer to be freed, or null.
D3_API void* d3cv_encode(const char* extension, int quality, int width, int height, int depth, int channels, const void* samples) {
  return guard([&]() -> void* {
    cv::Mat image = view(samples, width, height, depth, channels);
    if (channels > 1) {
      image = image.clone();
      swap_red_and_blue(image);
    }
    std::vector<int> parameters;
    if (std::string(extension) == ".jpg") parameters = {cv::IMWRITE_JPEG_QUALITY, quality};
    auto bytes = std::make_unique<std::vector<unsigned char>>();
    if (!cv::imencode(extension, image, *bytes, parameters)) throw std::runtime_error("the picture could not be encoded");
    return bytes.release();
  }, nullptr);
}
