using System.Globalization;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Preprocess.Cameras;

/// <summary>What the source calls each frame, so that camera files can be matched by name.</summary>
internal static class SourceNames
{
    /// <summary>The files of a folder of images; <c>frame_00000.png</c> and so on by number in the source for a video.</summary>
    public static IReadOnlyList<string> Of(string sourcePath, FramesInfo frames)
    {
        if (Directory.Exists(sourcePath))
        {
            var files = FolderSource.FilesOf(sourcePath);
            if (frames.SourceFrameIndices.All(i => i >= 0 && i < files.Length)) return [.. frames.SourceFrameIndices.Select(i => Path.GetFileName(files[i]))];
        }

        return [.. frames.SourceFrameIndices.Select(i => string.Create(CultureInfo.InvariantCulture, $"frame_{i:00000}.png"))];
    }
}
