using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Nodes.Preprocess.Loops;

/// <summary>
/// The clips of a loop's source, in the order that numbers its views: one for a clip; for a folder every video in it and every folder of pictures, by the
/// numbers in their names.
/// </summary>
internal static class LoopClips
{
    private static readonly string[] Extensions = [".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".m2ts", ".ts", ".wmv", ".ogv", ".flv"];

    /// <exception cref="Depth3DException">There is nothing, or no clip in it.</exception>
    public static IReadOnlyList<string> Of(DepthOptions options)
    {
        var source = options.SourcePath;
        if (options.Loop!.Input != LoopInputs.Views) return [source];
        if (!Directory.Exists(source))
        {
            throw new Depth3DException(File.Exists(source) ? "one clip, where a folder of clips of several fixed cameras was expected" : "the folder does not exist", source,
                "give a folder with one clip per camera", FailureKind.Usage);
        }

        try
        {
            var clips = Directory.EnumerateFiles(source).Where(IsVideo).Concat(Directory.EnumerateDirectories(source).Where(IsPictures)).Order(NumberedNames.Comparer).ToArray();
            if (clips.Length >= 2) return clips;
            throw new Depth3DException(clips.Length == 0 ? "there is no clip in the folder" : "there is one clip in the folder, and one view has no parallax", source,
                clips.Length == 0 ? "give a folder with one clip per camera" : $"give the clip itself, for a loop of one fixed camera: {clips[0]}", FailureKind.Usage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the folder cannot be read: {e.Message}", source, "check its permissions", inner: e);
        }
    }

    /// <summary>Refuses clips that do not fit together, by what their files announce.</summary>
    /// <exception cref="Depth3DException">One cannot be read, or sizes or frame rates differ.</exception>
    public static void CheckAlike(IReadOnlyList<string> clips, FramesOptions frames)
    {
        if (clips.Count < 2) return;
        var looks = clips.Select(clip => Look(clip, frames)).ToArray();
        var size = Usual(looks.Select(l => (l.Width, l.Height)));
        var rate = Usual(looks.Select(l => l.Rate));
        for (var i = 0; i < clips.Count; i++)
        {
            var (width, height, fps) = looks[i];
            if ((width, height) != size)
                throw Odd(clips[i], $"pictures of {width}x{height}, the other clips have {size.Width}x{size.Height}", "film all views alike, or bring the clip to the size of the others");
            if (Math.Abs(fps - rate) > 0.02 * rate)
                throw Odd(clips[i], FormattableString.Invariant($"{fps:0.###} frames per second, the other clips have {rate:0.###}"), "film all views alike, or convert the clip to the rate of the others");
        }
    }

    private static (int Width, int Height, double Rate) Look(string clip, FramesOptions frames)
    {
        using var source = ClipSource.Open(clip, frames.FolderFramesPerSecond);
        return (source.Width, source.Height, source.FramesPerSecond);
    }

    private static T Usual<T>(IEnumerable<T> values) where T : notnull => values.GroupBy(v => v).OrderByDescending(g => g.Count()).First().Key;

    private static Depth3DException Odd(string clip, string what, string remedy) => new(what, clip, remedy + ", or take it out of the folder");

    private static bool IsVideo(string path) => !Path.GetFileName(path).StartsWith('.') && Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static bool IsPictures(string folder) => !Path.GetFileName(folder).StartsWith('.') && FolderSource.FilesOf(folder).Length > 1;
}
