using System.Runtime.InteropServices;
using Depth3D.Imaging.Interop;

namespace Depth3D.Imaging;

/// <summary>The native libraries behind this project, asked by loading them.</summary>
public static class ImagingRuntime
{
    public static string OpenCvVersion => Marshal.PtrToStringUTF8(Cv.d3cv_opencv_version())!;

    public static string OpenExrVersion => Marshal.PtrToStringUTF8(Cv.d3cv_openexr_version())!;
}
