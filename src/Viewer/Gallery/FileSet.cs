namespace Depth3D.Viewer.Gallery;

/// <summary>One file, or the numbered files of a sequence.</summary>
/// <param name="Name">Relative to the run's folder, with <c>#</c> for the number of a sequence.</param>
/// <param name="Middle">The file in the middle of the sequence, relative to the run's folder, parts divided by <c>/</c>.</param>
internal sealed record FileSet(string Name, string Middle, int Count, long Bytes)
{
    public string Extension => Path.GetExtension(Middle).ToLowerInvariant();

    /// <summary>Whether browsers play it in place; ProRes is only offered to be kept.</summary>
    public bool IsVideo => Extension == ".mp4";

    public bool IsPicture => Extension is ".png" or ".jpg" or ".jpeg";
}
