# Sourced by ./depth3d and ./test.sh: what a bare Debian 12 machine needs, and the environment native code runs in.

# The .NET 10 SDK, a C++ compiler, CMake and Node are expected; the rest is installed here.
readonly DEBIAN_PACKAGES=(
  g++ cmake ninja-build nodejs npm
  libtorch-dev libopencv-dev libopenexr-dev libopenblas0-openmp libsqlite3-0
  colmap ffmpeg
)

say() { printf 'depth3d: %s\n' "$*" >&2; }

die() { # die EXIT_CODE TEXT...
  local code=$1; shift
  say "$@"
  exit "$code"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo > /dev/null 2>&1; then sudo "$@"
  else die 4 "installing Debian packages needs root. Run as root: apt-get install -y --no-install-recommends ${DEBIAN_PACKAGES[*]}"
  fi
}

# A package counts as present when dpkg says so, or when the tool it brings is on PATH from elsewhere (node, cmake, ...).
package_present() {
  case $1 in
    nodejs) command -v node > /dev/null 2>&1 && return ;;
    npm | cmake | g++ | ffmpeg | colmap | chromium) command -v "$1" > /dev/null 2>&1 && return ;;
    ninja-build) command -v ninja > /dev/null 2>&1 && return ;;
    kubernetes-client) command -v kubectl > /dev/null 2>&1 && return ;;
  esac
  [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2> /dev/null)" = 'ii ' ]
}

install_packages() { # install_packages [EXTRA...]
  local missing=() name
  for name in "${DEBIAN_PACKAGES[@]}" "$@"; do package_present "$name" || missing+=("$name"); done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get > /dev/null 2>&1 || die 4 "missing: ${missing[*]}; this is not Debian, install them by hand"
  say "installing ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq > /dev/null || die 4 "apt-get update failed"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null ||
    die 4 "apt-get install failed; try it by hand: apt-get install -y --no-install-recommends ${missing[*]}"
}

require_dotnet() {
  command -v dotnet > /dev/null 2>&1 || die 4 "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
  case $(dotnet --version 2> /dev/null) in
    10.*) ;;
    *) die 4 "the .NET 10 SDK is needed, found: $(dotnet --version 2>&1 | head -n 1)" ;;
  esac
}

# libgomp spins and glibc unmaps large tensors unless told otherwise; OpenCV brings Qt, which wants a display.
native_environment() {
  export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)}
  export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
  export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=8000000000:glibc.malloc.top_pad=134217728}
  export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
  export OPENCV_LOG_LEVEL=${OPENCV_LOG_LEVEL:-ERROR}
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MASSTRANSIT_USAGE_TELEMETRY=false
}
