namespace Depth3D.Nodes.Render;

/// <summary>The words by which exports state their unit and axes.</summary>
internal static class DepthConventions
{
    public const string Unit = "clip unit: one unknown scale for the whole clip, shared by depth, cameras and points; not metres";

    public const string Axes = "OpenCV: x right, y down, z forward; depth is z, not ray length; pixel centres at integers; "
        + "matrices multiply column vectors";
}
