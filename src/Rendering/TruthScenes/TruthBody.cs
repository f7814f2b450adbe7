using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.TruthScenes;

/// <summary>Primitives that move together. Body 0 of a scene is everything that stands still.</summary>
/// <param name="WorldFromBody">Its motion over time, in frames.</param>
/// <param name="FootRadius">Radius of the contact shadow it throws on the ground, world units; 0 for none.</param>
/// <param name="FootHeight">Height of its lowest point above the body's origin (y down: subtracted), world units.</param>
internal sealed record TruthBody(
    string Name, IReadOnlyList<Primitive> Primitives, Func<double, RigidTransform> WorldFromBody, double FootRadius, double FootHeight);
