#!/bin/bash
# The environment that native code wants, as scripts/environment.sh sets it outside of containers, and then the command itself, so that
# signals reach it.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)} OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=8000000000:glibc.malloc.top_pad=134217728}
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen} OPENCV_LOG_LEVEL=${OPENCV_LOG_LEVEL:-ERROR}
export DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_EnableDiagnostics=0 MASSTRANSIT_USAGE_TELEMETRY=false
exec /usr/share/dotnet/dotnet /app/depth3d.dll "$@"
