namespace Depth3D.Imaging;

/// <summary>The content of an EXR file.</summary>
/// <param name="Channels">One plane per channel, by name, in the file's (alphabetical) order.</param>
/// <param name="Texts">String attributes.</param>
/// <param name="Numbers">Float (1 number), 3x3 (9) and 4x4 (16, row-major) attributes.</param>
public sealed record ExrImage(
    int Width, int Height, IReadOnlyList<(string Channel, Raster<float> Plane)> Channels,
    IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, double[]> Numbers)
{
    /// <exception cref="KeyNotFoundException">There is no such channel.</exception>
    public Raster<float> this[string channel]
    {
        get
        {
            foreach (var (name, plane) in Channels)
                if (name == channel) return plane;
            throw new KeyNotFoundException($"no channel '{channel}'; there are {string.Join(", ", Channels.Select(c => c.Channel))}");
        }
    }
}
