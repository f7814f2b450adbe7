// Robust two-view and resection solvers. Every call seeds the generator, so the same points give the same answer.
// Points: f64 pairs (or triples), row-major matrices of f64. A function that finds no model returns 1.
#include "abi.h"
#include <memory>
#include <opencv2/calib3d.hpp>
#include <opencv2/features2d.hpp>

using namespace d3;

static cv::Mat points(const double* values, int count, int dimensions) {
  require(values && count > 0, "no points");
  return cv::Mat(count, 1, CV_MAKETYPE(CV_64F, dimensions), const_cast<double*>(values));
}

static int give_model(const cv::Mat& model, const cv::Mat& mask, int count, double* matrix, unsigned char* inliers) {
  if (model.empty() || model.rows != 3 || model.cols != 3 || !cv::checkRange(model)) return 1;
  for (int i = 0; i < 9; i++) matrix[i] = model.at<double>(i / 3, i % 3);
  for (int i = 0; i < count; i++) inliers[i] = mask.empty() ? 1 : mask.at<uchar>(i);
  return 0;
}

// kind: 0 homography, 1 fundamental (p2' F p1 = 0).
D3_API int d3cv_two_view(int kind, const double* points1, const double* points2, int count, double threshold, double confidence,
                         int iterations, int seed, double* matrix, unsigned char* inliers) {
  return guard([&] {
    cv::setRNGSeed(seed);
    cv::Mat mask, a = points(points1, count, 2), b = points(points2, count, 2), model;
    if (kind == 0)
      model = cv::findHomography(a, b, cv::RANSAC, threshold, mask, iterations, confidence);
    else
      model = cv::findFundamentalMat(a, b, cv::FM_RANSAC, threshold, confidence, iterations, mask);
    return give_model(model, mask, count, matrix, inliers);
  }, -1);
}

// camera: 3x3.
D3_API int d3cv_essential(const double* points1, const double* points2, int count, const double* camera, double threshold,
                          double confidence, int seed, double* matrix, unsigned char* inliers) {
  return guard([&] {
    cv::setRNGSeed(seed);
    cv::Mat mask, k(3, 3, CV_64F, const_cast<double*>(camera));
    cv::Mat model = cv::findEssentialMat(points(points1, count, 2), points(points2, count, 2), k, cv::RANSAC, confidence, threshold, mask);
    return give_model(model, mask, count, matrix, inliers);
  }, -1);
}

// inliers: in and out; those in front of both cameras stay. rotation 3x3 and unit translation map camera 1's frame to camera 2's.
D3_API int d3cv_recover(const double* essential, const double* points1, const double* points2, int count, const double* camera,
                        double* rotation, double* translation, unsigned char* inliers, int* in_front) {
  return run([&] {
    cv::Mat e(3, 3, CV_64F, const_cast<double*>(essential)), k(3, 3, CV_64F, const_cast<double*>(camera));
    cv::Mat r, t, mask(count, 1, CV_8U, inliers);
    *in_front = cv::recoverPose(e, points(points1, count, 2), points(points2, count, 2), k, r, t, mask);
    for (int i = 0; i < 9; i++) rotation[i] = r.at<double>(i / 3, i % 3);
    for (int i = 0; i < 3; i++) translation[i] = t.at<double>(i);
    if (mask.data != inliers) std::copy_n(mask.ptr<uchar>(), count, inliers);
  });
}

// World points (f64 triples) against pixels. rotation 3x3 and translation: camera from world.
D3_API int d3cv_resect(const double* world, const double* pixels, int count, const double* camera, double threshold, int iterations,
                       double confidence, int seed, double* rotation, double* translation, unsigned char* inliers) {
  return guard([&] {
    cv::setRNGSeed(seed);
    cv::Mat k(3, 3, CV_64F, const_cast<double*>(camera)), r, t, kept, matrix;
    cv::Mat object = points(world, count, 3), image = points(pixels, count, 2);
    if (!cv::solvePnPRansac(object, image, k, cv::noArray(), r, t, false, iterations, (float)threshold, confidence, kept)) return 1;
    cv::Rodrigues(r, matrix);
    if (!cv::checkRange(matrix) || !cv::checkRange(t)) return 1;
    for (int i = 0; i < 9; i++) rotation[i] = matrix.at<double>(i / 3, i % 3);
    for (int i = 0; i < 3; i++) translation[i] = t.at<double>(i);
    std::fill_n(inliers, count, 0);
    for (int i = 0; i < (int)kept.total(); i++) inliers[kept.at<int>(i)] = 1;
    return 0;
  }, -1);
}

// SIFT. keys: x, y, diameter, angle in degrees, response (5 x f32 each); descriptors: 128 x f32 each, rows in the same order.
D3_API int d3cv_sift(const void* gray, int width, int height, const void* mask, int capacity, float* keys, float* descriptors, int* count) {
  return run([&] {
    std::vector<cv::KeyPoint> found;
    cv::Mat rows, allowed = mask ? view(mask, width, height, CV_8U, 1) : cv::Mat();
    cv::SIFT::create(capacity)->detectAndCompute(view(gray, width, height, CV_8U, 1), allowed, found, rows);
    *count = std::min((int)found.size(), capacity);
    for (int i = 0; i < *count; i++) {
      const float values[5] = {found[i].pt.x, found[i].pt.y, found[i].size, found[i].angle, found[i].response};
      std::copy_n(values, 5, keys + i * 5);
      std::copy_n(rows.ptr<float>(i), 128, descriptors + i * 128);
    }
  });
}
