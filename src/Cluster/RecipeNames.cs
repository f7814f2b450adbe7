namespace Depth3D.Cluster;

/// <summary>Names of the recipes that are built.</summary>
public static class RecipeNames
{
    public const string Depth = "depth";
}
