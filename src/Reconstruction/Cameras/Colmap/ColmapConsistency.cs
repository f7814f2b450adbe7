using Depth3D.Reconstruction.Cameras.Import;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>What must hold between the three files of a model.</summary>
internal static class ColmapConsistency
{
    /// <summary>Returns the model sorted by id.</summary>
    /// <exception cref="Messages.Depth3DException">Ids are negative, doubled or dangling, or a size makes no sense.</exception>
    public static ColmapModel Checked(List<ColmapCamera> cameras, List<ColmapImage> images, List<ColmapPoint> points, string where)
    {
        if (cameras.Count == 0) throw CameraFault.Of(where, "the model has no camera");
        if (images.Count == 0) throw CameraFault.Of(where, "the model has no registered image");
        cameras.Sort((a, b) => a.Id.CompareTo(b.Id));
        images.Sort((a, b) => a.Id.CompareTo(b.Id));
        points.Sort((a, b) => a.Id.CompareTo(b.Id));
        Unique(cameras, c => c.Id, "camera", where);
        Unique(images, i => i.Id, "image", where);
        Unique(points, p => p.Id, "point", where);
        foreach (var c in cameras) CameraFault.CheckSize(c.Width, c.Height, $"{where}, camera {c.Id}");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var cameraIds = cameras.Select(c => c.Id).ToHashSet();
        foreach (var image in images)
        {
            if (!names.Add(image.Name)) throw CameraFault.Of(where, $"two images are named '{image.Name}'");
            if (!cameraIds.Contains(image.CameraId))
                throw CameraFault.Of(where, $"image '{image.Name}' uses camera {image.CameraId}, which the cameras file does not have");
            CameraFault.CheckPose(image.CamFromWorld, $"{where}, image '{image.Name}'");
        }

        return new ColmapModel(cameras, images, points);
    }

    private static void Unique<T>(List<T> sorted, Func<T, long> id, string kind, string where)
    {
        for (var k = 0; k < sorted.Count; k++)
        {
            if (id(sorted[k]) < 0) throw CameraFault.Of(where, $"{kind} id {id(sorted[k])} is negative");
            if (k > 0 && id(sorted[k]) == id(sorted[k - 1])) throw CameraFault.Of(where, $"{kind} id {id(sorted[k])} occurs twice");
        }
    }
}
