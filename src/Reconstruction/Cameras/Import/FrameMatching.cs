namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>Decides which camera of a file belongs to which frame of the clip: by image name; by order only where there is no name to go by.</summary>
internal static class FrameMatching
{
    /// <returns>Per frame the index into <see cref="CameraSet.Cameras"/>, or -1.</returns>
    /// <exception cref="Messages.Depth3DException">Names do not match, or the count is wrong.</exception>
    public static int[] Match(CameraSet set, IReadOnlyList<string> frameNames, IReadOnlyList<int>? sourceIndices, string where, List<string> warnings)
    {
        if (set.Cameras.All(c => c.Name is null)) return ByOrder(set.Cameras.Count, frameNames.Count, sourceIndices, where, warnings);
        var byStem = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var c = 0; c < set.Cameras.Count; c++)
        {
            if (set.Cameras[c].Name is { } name && !byStem.TryAdd(Stem(name), c))
                throw CameraFault.Of(where, $"'{name}' and '{set.Cameras[byStem[Stem(name)]].Name}' name the same frame");
        }

        var match = frameNames.Select(n => byStem.GetValueOrDefault(Stem(n), -1)).ToArray();
        if (match.Any(m => m >= 0)) return match;
        return ByNameOrder(set, frameNames, sourceIndices, where, warnings);
    }

    private static int[] ByNameOrder(CameraSet set, IReadOnlyList<string> frameNames, IReadOnlyList<int>? sourceIndices, string where,
        List<string> warnings)
    {
        var order = Enumerable.Range(0, set.Cameras.Count).OrderBy(c => set.Cameras[c].Name, StringComparer.Ordinal).ToArray();
        if (order.Length < frameNames.Count)
        {
            throw CameraFault.Of(where,
                $"its {order.Length} images ('{set.Cameras[order[0]].Name}', ...) are named unlike the clip's {frameNames.Count} frames ('{frameNames[0]}', ...)",
                "give the frames as a folder of the images that the cameras were solved from");
        }

        warnings.Add($"image names ('{set.Cameras[order[0]].Name}', ...) differ from the frames' ('{frameNames[0]}', ...): matched in order of names");
        return [.. ByOrder(order.Length, frameNames.Count, sourceIndices, where, warnings).Select(i => order[i])];
    }

    private static int[] ByOrder(int cameras, int frames, IReadOnlyList<int>? sourceIndices, string where, List<string> warnings)
    {
        if (cameras == frames) return [.. Enumerable.Range(0, frames)];
        if (cameras > frames && sourceIndices is not null && sourceIndices.All(i => i < cameras))
        {
            warnings.Add($"{cameras} cameras for {frames} frames: matched by the frames' numbers in the source");
            return [.. sourceIndices];
        }

        throw CameraFault.Of(where, $"{cameras} cameras for {frames} frames, and no names to match them by",
            "give a camera file with one camera per frame, or one that names its images");
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name.Replace('\\', '/'));
}
