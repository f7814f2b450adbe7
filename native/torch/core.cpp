#include <torch/version.h>

#define D3_API extern "C" __attribute__((visibility("default")))

D3_API int d3t_abi_version() { return 1; }
