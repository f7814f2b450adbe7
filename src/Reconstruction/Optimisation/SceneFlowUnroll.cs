using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Follows points through a scene-flow model (spec 3.3); every shorter gap is a prefix of a longer one (spec 9.1).</summary>
public static class SceneFlowUnroll
{
    /// <param name="timeStep">1 / frames.</param>
    /// <param name="withSecond">Whether <see cref="SceneFlowPath.Second"/> is wanted; it costs an evaluation only for a single step (spec 9.2).</param>
    public static SceneFlowPath Unroll(this ISceneFlow motion, Tensor points, Tensor time, double timeStep, int steps, bool withSecond = true)
    {
        var total = new Tensor[steps];
        Tensor? sum = null;
        Tensor first = points, second = points;
        for (var k = 0; k < steps; k++)
        {
            var step = motion.Displacement(sum is null ? points : points.add(sum), time.add(k * timeStep));
            if (k == 0) first = step;
            if (k == 1) second = step;
            sum = sum is null ? step : sum.add(step);
            total[k] = sum;
        }

        if (steps == 1) second = withSecond ? motion.Displacement(points.add(first), time.add(timeStep)) : first;
        return new SceneFlowPath(total, first, second);
    }
}
