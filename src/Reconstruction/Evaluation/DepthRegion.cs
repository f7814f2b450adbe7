namespace Depth3D.Reconstruction.Evaluation;

/// <summary>Which pixels a row of measures covers.</summary>
public enum DepthRegion
{
    All,
    Static,
    Moving,
}
