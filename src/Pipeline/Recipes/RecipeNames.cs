namespace Depth3D.Pipeline;

/// <summary>Names of the recipes that are built.</summary>
public static class RecipeNames
{
    /// <summary>A clip to depth, point clouds and videos.</summary>
    public const string Depth = "depth";

    /// <summary>A finished run to the pictures of one effect.</summary>
    public const string Effect = "effect";

    /// <summary>A finished run to files for other programs.</summary>
    public const string Export = "export";

    /// <summary>Clips or a finished run to a seamless 3D loop.</summary>
    public const string Loop = "loop";
}
