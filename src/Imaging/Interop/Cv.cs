using System.Reflection;
using System.Runtime.InteropServices;
using Depth3D.Native;

namespace Depth3D.Imaging.Interop;

/// <summary>The C ABI of <c>libdepth3d_cv.so</c> (sources in <c>native/cv</c>). 0 is success, the reason of a failure is per thread.</summary>
internal static unsafe partial class Cv
{
    private const string Library = "depth3d_cv";
    private const int AbiVersion = 3;

    static Cv()
    {
        NativeLoader.Register(Assembly.GetExecutingAssembly());
        var version = d3cv_abi_version();
        if (version != AbiVersion)
            throw new InvalidOperationException($"libdepth3d_cv.so has ABI {version}, expected {AbiVersion}: rebuild the native libraries");
        if (d3cv_initialise() != 0) throw new InvalidOperationException($"OpenCV could not be set up: {LastError}");
    }

    public static string LastError => Marshal.PtrToStringUTF8(d3cv_last_error()) is { Length: > 0 } text ? text : "no reason given";

    [LibraryImport(Library)] private static partial int d3cv_abi_version();
    [LibraryImport(Library)] private static partial int d3cv_initialise();
    [LibraryImport(Library)] private static partial nint d3cv_last_error();
    [LibraryImport(Library)] public static partial nint d3cv_opencv_version();
    [LibraryImport(Library)] public static partial nint d3cv_openexr_version();
    [LibraryImport(Library)] public static partial int d3cv_file_kind(byte* path);

    [LibraryImport(Library)] public static partial int d3cv_decode(void* bytes, int length, int width, int height, int depth, int channels, void* samples);
    [LibraryImport(Library)] public static partial nint d3cv_encode(byte* extension, int quality, int width, int height, int depth, int channels, void* samples);
    [LibraryImport(Library)] public static partial void* d3cv_buffer_data(nint buffer);
    [LibraryImport(Library)] public static partial long d3cv_buffer_size(nint buffer);
    [LibraryImport(Library)] public static partial void d3cv_buffer_free(nint buffer);

    [LibraryImport(Library)] public static partial int d3cv_resize(void* samples, int width, int height, int depth, int channels, int interpolation, int newWidth, int newHeight, void* result);
    [LibraryImport(Library)] public static partial int d3cv_remap(void* samples, int width, int height, int depth, int channels, float* xy, int newWidth, int newHeight, int border, void* result);
    [LibraryImport(Library)] public static partial int d3cv_rgb_to_gray(void* samples, int width, int height, int depth, void* result);
    [LibraryImport(Library)] public static partial int d3cv_rotate(void* samples, int width, int height, int depth, int channels, int turns, void* result);
    [LibraryImport(Library)] public static partial int d3cv_colour_map(int map, byte* result);

    [LibraryImport(Library)] public static partial int d3cv_gaussian(void* samples, int width, int height, int depth, int channels, int sizeX, int sizeY, double sigmaX, double sigmaY, void* result);
    [LibraryImport(Library)] public static partial int d3cv_median(void* samples, int width, int height, int depth, int channels, int size, void* result);
    [LibraryImport(Library)] public static partial int d3cv_box_mean(void* samples, int width, int height, int depth, int channels, int radius, void* result);
    [LibraryImport(Library)] public static partial int d3cv_morphology(void* samples, int width, int height, int depth, int channels, int operation, int radius, void* result);
    [LibraryImport(Library)] public static partial int d3cv_laplacian_variance(byte* gray, int width, int height, double* variance);
    [LibraryImport(Library)] public static partial int d3cv_sobel(void* samples, int width, int height, int depth, int orderX, int orderY, float* result);
    [LibraryImport(Library)] public static partial int d3cv_components(byte* mask, int width, int height, int* labels, int* statistics, int capacity, int* count);
    [LibraryImport(Library)] public static partial int d3cv_distance(byte* mask, int width, int height, float* result);
    [LibraryImport(Library)] public static partial int d3cv_grab_cut(byte* rgb, int width, int height, byte* mask, int iterations, int seed);
    [LibraryImport(Library)] public static partial int d3cv_inpaint(void* samples, int width, int height, int depth, int channels, byte* mask, double radius, int method, void* result);
    [LibraryImport(Library)] public static partial int d3cv_bilateral(void* samples, int width, int height, int depth, int channels, int diameter, double sigmaColour, double sigmaSpace, void* result);

    [LibraryImport(Library)] public static partial nint d3cv_dis_new(int preset);
    [LibraryImport(Library)] public static partial void d3cv_dis_free(nint dis);
    [LibraryImport(Library)] public static partial int d3cv_dis_compute(nint dis, byte* gray1, byte* gray2, int width, int height, int hasInitial, float* flow);
    [LibraryImport(Library)] public static partial int d3cv_corners(byte* gray, int width, int height, byte* mask, int capacity, double quality, double distance, float* points, int* count);
    [LibraryImport(Library)] public static partial int d3cv_track(byte* gray1, byte* gray2, int width, int height, float* points1, int count, int window, int levels, float* points2, byte* tracked);

    [LibraryImport(Library)] public static partial int d3cv_two_view(int kind, double* points1, double* points2, int count, double threshold, double confidence, int iterations, int seed, double* matrix, byte* inliers);
    [LibraryImport(Library)] public static partial int d3cv_essential(double* points1, double* points2, int count, double* camera, double threshold, double confidence, int seed, double* matrix, byte* inliers);
    [LibraryImport(Library)] public static partial int d3cv_recover(double* essential, double* points1, double* points2, int count, double* camera, double* rotation, double* translation, byte* inliers, int* inFront);
    [LibraryImport(Library)] public static partial int d3cv_resect(double* world, double* pixels, int count, double* camera, double threshold, int iterations, double confidence, int seed, double* rotation, double* translation, byte* inliers);
    [LibraryImport(Library)] public static partial int d3cv_sift(byte* gray, int width, int height, byte* mask, int capacity, float* keys, float* descriptors, int* count);

    [LibraryImport(Library)] public static partial nint d3cv_video_open(byte* path);
    [LibraryImport(Library)] public static partial void d3cv_video_free(nint video);
    [LibraryImport(Library)] public static partial int d3cv_video_info(nint video, double* info);
    [LibraryImport(Library)] public static partial int d3cv_video_next(nint video, int wanted, int* width, int* height, double* milliseconds);
    [LibraryImport(Library)] public static partial int d3cv_video_copy(nint video, int width, int height, byte* rgb);

    [LibraryImport(Library)] public static partial int d3cv_exr_write(byte* path, int width, int height, int channels, byte** names, float** planes, byte* halves, int texts, byte** textNames, byte** textValues, int numerics, byte** numberNames, int* numberCounts, double* numbers);
    [LibraryImport(Library)] public static partial nint d3cv_exr_open(byte* path, int maxSide, long maxSamples, int maxChannels);
    [LibraryImport(Library)] public static partial void d3cv_exr_free(nint file);
    [LibraryImport(Library)] public static partial void d3cv_exr_counts(nint file, int* counts);
    [LibraryImport(Library)] public static partial nint d3cv_exr_channel(nint file, int index);
    [LibraryImport(Library)] public static partial nint d3cv_exr_text_name(nint file, int index);
    [LibraryImport(Library)] public static partial nint d3cv_exr_text_value(nint file, int index);
    [LibraryImport(Library)] public static partial nint d3cv_exr_number_name(nint file, int index);
    [LibraryImport(Library)] public static partial int d3cv_exr_number_values(nint file, int index, double* values);
    [LibraryImport(Library)] public static partial int d3cv_exr_read(nint file, float* samples);
}
