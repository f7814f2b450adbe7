namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Who shares something by stride scheduling: each member's pass rises by what it got over its weight, and the lowest pass is served
/// next. A member that had nothing waiting joins at the lowest pass of the others, so idling saves nothing up.
/// </summary>
internal sealed class ShareLevel<TMember>
    where TMember : class, ShareLevel<TMember>.IMember
{
    private readonly PassHeap<TMember> _waiting = new();
    private double _floor;

    internal interface IMember : PassHeap<TMember>.IMember
    {
        /// <summary>Sets the pass; the level then moves the member to its place.</summary>
        void MoveTo(double pass);
    }

    public void Join(TMember member)
    {
        member.MoveTo(Math.Max(member.Pass, _waiting.Min?.Pass ?? _floor));
        _waiting.Add(member);
    }

    public void Leave(TMember member)
    {
        _waiting.Remove(member);
        if (_waiting.Count == 0) _floor = Math.Max(_floor, member.Pass);
    }

    public void Charge(TMember member, double amount)
    {
        member.MoveTo(member.Pass + amount);
        _waiting.Update(member);
    }
}
