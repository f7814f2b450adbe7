using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render;

/// <summary>Turns what a user asked for into what the stages work with.</summary>
internal static class RenderOptions
{
    /// <exception cref="Depth3DException">No colour map has this name.</exception>
    public static Imaging.ColourMap ColourMap(OutputOptions options)
    {
        try
        {
            return Imaging.ColourMap.Named(options.ColourMap);
        }
        catch (ArgumentException e)
        {
            throw new Depth3DException(e.Message, remedy: "give --colour-map turbo, inferno or grey", kind: FailureKind.Usage, inner: e);
        }
    }
}
