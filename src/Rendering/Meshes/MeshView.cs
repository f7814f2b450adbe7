using System.Numerics;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Rendering.Meshes;

/// <summary>Where a mesh stands before a camera, and the light on it.</summary>
/// <param name="CamFromModel">Rotation of the model into camera axes; its scale is <paramref name="Scale"/>.</param>
/// <param name="Scale">World units per unit of the model; positive.</param>
/// <param name="ToLight">Direction to the light in camera axes, unit length.</param>
/// <param name="Shading">How much of the light depends on the angle to it, 0 to 1; 0 shows plain colours.</param>
/// <param name="Near">Nothing nearer is drawn; positive.</param>
public sealed record MeshView(RigidTransform CamFromModel, double Scale, Vector3 ToLight, float Shading, double Near);
