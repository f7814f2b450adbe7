using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>A closed-form surface in the coordinates of its body, with its texture.</summary>
internal abstract class Primitive(Texture texture)
{
    /// <summary>Smallest parameter along a ray that counts as a hit; keeps a ray from hitting where it starts.</summary>
    protected const double NearestParameter = 1e-6;

    public Texture Texture { get; } = texture;

    /// <summary>A sphere around the surface; the radius is infinite for planes.</summary>
    public abstract (Vec3 Center, double Radius) Bounds { get; }

    /// <summary>Smallest parameter t &gt; 0 with origin + t * direction on the surface, or +infinity.</summary>
    public abstract double Intersect(Vec3 origin, Vec3 direction);

    /// <summary>Outward unit normal at a point of the surface.</summary>
    public abstract Vec3 Normal(Vec3 point);

    /// <summary>Texture coordinates in world units: the two axes across the normal's main direction.</summary>
    public virtual (double U, double V) Coordinates(Vec3 point, Vec3 normal)
    {
        double x = Math.Abs(normal.X), y = Math.Abs(normal.Y), z = Math.Abs(normal.Z);
        if (y >= x && y >= z) return (point.X, point.Z);
        return x >= z ? (point.Z + 17.3, point.Y) : (point.X, point.Y);
    }
}
