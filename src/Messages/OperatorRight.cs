namespace Depth3D.Messages;

/// <summary>What a token allows; each includes the ones before it.</summary>
public enum OperatorRight
{
    Viewer,

    /// <summary>Submits clips and steers them.</summary>
    Operator,
}
