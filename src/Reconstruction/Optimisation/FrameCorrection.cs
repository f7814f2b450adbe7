namespace Depth3D.Reconstruction.Optimisation;

/// <summary>The corrections of one frame.</summary>
/// <param name="Moving">Null when nothing in the clip moves.</param>
public sealed record FrameCorrection(CorrectionMap Static, CorrectionMap? Moving)
{
    /// <summary>Log correction at a training-size pixel, between both kinds by <paramref name="movingShare"/> (0 static, 1 moving).</summary>
    public double At(double x, double y, double movingShare) =>
        Moving is null || movingShare <= 0 ? Static.At(x, y)
        : movingShare >= 1 ? Moving.At(x, y)
        : ((1 - movingShare) * Static.At(x, y)) + (movingShare * Moving.At(x, y));

    /// <summary>This correction on top of an earlier one.</summary>
    public FrameCorrection After(FrameCorrection first) => new(Static.Plus(first.Static), Moving?.Plus(first.Moving ?? first.Static));
}
