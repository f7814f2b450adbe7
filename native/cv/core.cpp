#include "abi.h"
#include <OpenEXR/OpenEXRConfig.h>
#include <cstdlib>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/core/version.hpp>
#include <sys/stat.h>
#include <vector>

using namespace d3;

D3_API int d3cv_abi_version() { return 3; }

D3_API const char* d3cv_opencv_version() { return CV_VERSION; }

D3_API const char* d3cv_openexr_version() { return OPENEXR_VERSION_STRING; }

D3_API const char* d3cv_last_error() { return last_error.c_str(); }

static int quiet(int, const char*, const char*, const char*, int, void*) { return 0; }

// Once per process, before any other call. One thread: several algorithms (DIS flow among them) cut their work by the number of
// threads and return other numbers on another machine; callers run several images side by side instead.
// Capture options: containers that hold pictures themselves, opened as plain files; no playlists, no network, no image sequences.
D3_API int d3cv_initialise() {
  return run([] {
    cv::setNumThreads(1);
    cv::redirectError(quiet);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 1);
    setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS",
           "protocol_whitelist;file|format_whitelist;mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,"
           "mxf,gif,yuv4mpegpipe,h264,hevc,m4v,dv,ivf,nut,rm,wtv,gxf,swf,apng,mjpeg", 1);
  });
}

// 0 = nothing there, 1 = regular file, 2 = folder, 3 = anything else (device, pipe, socket). Links are followed.
D3_API int d3cv_file_kind(const char* path) {
  struct stat info;
  if (stat(path, &info) != 0) return 0;
  return S_ISREG(info.st_mode) ? 1 : S_ISDIR(info.st_mode) ? 2 : 3;
}

D3_API const void* d3cv_buffer_data(const void* buffer) { return static_cast<const std::vector<unsigned char>*>(buffer)->data(); }
D3_API int64_t d3cv_buffer_size(const void* buffer) { return (int64_t)static_cast<const std::vector<unsigned char>*>(buffer)->size(); }
D3_API void d3cv_buffer_free(void* buffer) { delete static_cast<std::vector<unsigned char>*>(buffer); }
