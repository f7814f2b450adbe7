using System.Numerics;
using Depth3D.Imaging;
using Depth3D.Rendering.Effects.Surfaces;
using Depth3D.Rendering.Meshes;

namespace Depth3D.Rendering.Effects.Insert;

/// <summary>What is inserted: a mesh, or a card that shows a picture.</summary>
/// <param name="IsCard">A card shows its picture's own colours unless told otherwise.</param>
internal sealed record InsertObject(Mesh Mesh, bool IsCard)
{
    public static InsertObject Open(InsertSettings settings)
    {
        var files = new MeshFiles(settings.Object, settings.Parts.ToDictionary(p => p.Name, p => p.Path));
        return PictureFile.Is(settings.Object)
            ? new InsertObject(Card(ImageFile.ReadRgba(settings.Object)), true)
            : new InsertObject(MeshFile.Read(files), false);
    }

    /// <summary>Names and paths of the files that a mesh's file names; none for a picture.</summary>
    /// <exception cref="Messages.Depth3DException">The object or a file of it cannot be read.</exception>
    public static IReadOnlyList<InsertPart> PartsOf(string path)
    {
        if (PictureFile.Is(path)) return [];
        var files = new MeshFiles(path);
        MeshFile.Read(files);
        return [.. files.Used.Select(f => new InsertPart(f.Key, f.Value))];
    }

    /// <summary>A rectangle of height 1 around the origin that faces z.</summary>
    private static Mesh Card(Raster<byte> picture)
    {
        var half = 0.5f * picture.Width / picture.Height;
        return new Mesh([-half, 0.5f, 0, half, 0.5f, 0, half, -0.5f, 0, -half, -0.5f, 0], [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1],
            [0, 0, 1, 0, 1, 1, 0, 1], [], [0, 2, 1, 0, 3, 2],
            [new MeshPart(0, 2, new MeshMaterial(Vector4.One, new MeshTexture(picture, repeats: false)))]);
    }
}
