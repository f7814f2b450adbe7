#include "abi.h"
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

using namespace d3;

#define FILTER_ARGS const void *samples, int width, int height, int depth, int channels
#define FILTER_IN view(samples, width, height, depth, channels)

// Border: mirrored without repeating the edge.
D3_API int d3cv_gaussian(FILTER_ARGS, int size_x, int size_y, double sigma_x, double sigma_y, void* result) {
  return run([&] {
    cv::Mat out;
    cv::GaussianBlur(FILTER_IN, out, cv::Size(size_x, size_y), sigma_x, sigma_y);
    give(out, result);
  });
}

D3_API int d3cv_median(FILTER_ARGS, int size, void* result) {
  return run([&] {
    cv::Mat out;
    cv::medianBlur(FILTER_IN, out, size);
    give(out, result);
  });
}

// Mean over a (2 radius + 1) square; at the edges over the part inside the image.
D3_API int d3cv_box_mean(FILTER_ARGS, int radius, void* result) {
  return run([&] {
    cv::Mat in = FILTER_IN, sum, count;
    cv::Size size(2 * radius + 1, 2 * radius + 1);
    cv::boxFilter(in, sum, CV_32F, size, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::boxFilter(cv::Mat(in.size(), CV_32F, cv::Scalar(1)), count, CV_32F, size, {-1, -1}, false, cv::BORDER_CONSTANT);
    cv::merge(std::vector<cv::Mat>(channels, count), count); // a Scalar fills at most four channels
    cv::divide(sum, count, sum);
    give(sum, result);
  });
}

// operation: 0 erode, 1 dilate, 2 open, 3 close; elliptic element of the given radius.
D3_API int d3cv_morphology(FILTER_ARGS, int operation, int radius, void* result) {
  return run([&] {
    cv::Mat element = cv::getStructuringElement(cv::MORPH_ELLIPSE, cv::Size(2 * radius + 1, 2 * radius + 1)), out;
    cv::morphologyEx(FILTER_IN, out, operation, element);
    give(out, result);
  });
}

D3_API int d3cv_laplacian_variance(const void* gray, int width, int height, double* variance) {
  return run([&] {
    cv::Mat out;
    cv::Laplacian(view(gray, width, height, CV_8U, 1), out, CV_64F);
    cv::Scalar mean, deviation;
    cv::meanStdDev(out, mean, deviation);
    *variance = deviation[0] * deviation[0];
  });
}

D3_API int d3cv_sobel(const void* samples, int width, int height, int depth, int order_x, int order_y, float* result) {
  return run([&] {
    cv::Mat out;
    cv::Sobel(view(samples, width, height, depth, 1), out, CV_32F, order_x, order_y, 3, 1.0 / 8);
    give(out, result);
  });
}

// labels: i32 per pixel, 0 = background. statistics: 5 x i32 per label (x, y, width, height, area) for `capacity` labels; count gets
// the number of labels including the background. 8-connected.
D3_API int d3cv_components(const void* mask, int width, int height, int* labels, int* statistics, int capacity, int* count) {
  return run([&] {
    cv::Mat out, stats, centres;
    *count = cv::connectedComponentsWithStats(view(mask, width, height, CV_8U, 1), out, stats, centres, 8, CV_32S);
    give(out, labels);
    for (int i = 0; i < std::min(*count, capacity); i++)
      for (int k = 0; k < 5; k++) statistics[i * 5 + k] = stats.at<int>(i, k);
  });
}

// Euclidean distance in pixels from each non-zero pixel to the nearest zero pixel.
D3_API int d3cv_distance(const void* mask, int width, int height, float* result) {
  return run([&] {
    cv::Mat out;
    cv::distanceTransform(view(mask, width, height, CV_8U, 1), out, cv::DIST_L2, cv::DIST_MASK_PRECISE, CV_32F);
    give(out, result);
  });
}

// mask: 0 background, 1 foreground, 2 probably background, 3 probably foreground; changed in place.
D3_API int d3cv_grab_cut(const void* rgb, int width, int height, void* mask, int iterations, int seed) {
  return run([&] {
    cv::setRNGSeed(seed);
    cv::Mat background, foreground, labels = view(mask, width, height, CV_8U, 1);
    cv::grabCut(view(rgb, width, height, CV_8U, 3), labels, cv::Rect(), background, foreground, iterations, cv::GC_INIT_WITH_MASK);
  });
}

// method: 0 Navier-Stokes, 1 Telea. u8 with 1 or 3 channels, f32 with 1.
D3_API int d3cv_inpaint(FILTER_ARGS, const void* mask, double radius, int method, void* result) {
  return run([&] {
    cv::Mat out;
    cv::inpaint(FILTER_IN, view(mask, width, height, CV_8U, 1), out, radius, method);
    give(out, result);
  });
}

D3_API int d3cv_bilateral(FILTER_ARGS, int diameter, double sigma_colour, double sigma_space, void* result) {
  return run([&] {
    cv::Mat out;
    cv::bilateralFilter(FILTER_IN, out, diameter, sigma_colour, sigma_space);
    give(out, result);
  });
}
