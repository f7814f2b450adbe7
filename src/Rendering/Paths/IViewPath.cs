namespace Depth3D.Rendering.Paths;

/// <summary>From where each frame of a clip is shown.</summary>
public interface IViewPath
{
    /// <param name="source">The camera that took the frame, at the picture's size.</param>
    ViewCamera At(int frameIndex, ViewCamera source);
}
