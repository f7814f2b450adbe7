using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>A clip that waits for its turn.</summary>
/// <param name="Clip">Its id.</param>
/// <param name="Terms">Whose share it takes.</param>
/// <param name="SubmittedAt">Among clips of one project and priority the older one comes first.</param>
/// <param name="First">Pool of the stage it begins with.</param>
/// <param name="Later">Bits of the other pools its recipe needs.</param>
internal sealed record NewClip(ClipId Clip, ClipTerms Terms, DateTimeOffset SubmittedAt, WorkerPool First, int Later)
{
    /// <param name="clip">The clip.</param>
    /// <param name="state">It has a stage that can be planned.</param>
    public static NewClip Of(ClipId clip, ClipState state)
    {
        var first = state.Stages[state.Plannable.First()].Spec.Pool;
        var later = state.Specs.Aggregate(0, (bits, s) => bits | (1 << (int)s.Pool)) & ~(1 << (int)first);
        return new(clip, new ClipTerms(state.Project, state.Priority, state.Weight), state.SubmittedAt ?? DateTimeOffset.MinValue, first, later);
    }
}
