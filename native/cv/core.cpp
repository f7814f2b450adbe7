#include <opencv2/core.hpp>

#define D3_API extern "C" __attribute__((visibility("default")))

D3_API int d3cv_abi_version() { return 1; }
