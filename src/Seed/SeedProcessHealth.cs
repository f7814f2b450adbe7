using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Observability;

namespace Depth3D.Seed;

/// <summary>
/// A seed is ready when it can answer, standing by included. It is never declared dead for the broker's sake: ending it would not bring
/// the broker back.
/// </summary>
internal sealed class SeedProcessHealth(IActiveCoordinator seed) : IProcessHealth
{
    public string? WhyNotAlive => null;

    public string? WhyNotReady => seed.Health is { IsReady: false } health ? health.Problem ?? "the broker does not answer" : null;
}
