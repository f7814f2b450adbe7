namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Who shares something by stride scheduling: each member's pass rises by what it got over its weight, and the lowest pass is served
/// next. A member that had nothing waiting joins at the lowest pass of the others, so idling saves nothing up.
/// </summary>
internal sealed class ShareLevel<TMember>
    where TMember : class, ShareLevel<TMember>.IMember
{
    private readonly SortedSet<TMember> _waiting = new(Order.Instance);
    private double _floor;

    internal interface IMember
    {
        /// <summary>Breaks ties, the same in every run.</summary>
        string Name { get; }

        double Pass { get; set; }
    }

    public void Join(TMember member)
    {
        member.Pass = Math.Max(member.Pass, _waiting.Min?.Pass ?? _floor);
        _waiting.Add(member);
    }

    public void Leave(TMember member)
    {
        _waiting.Remove(member);
        if (_waiting.Count == 0) _floor = Math.Max(_floor, member.Pass);
    }

    public void Charge(TMember member, double amount)
    {
        var isWaiting = _waiting.Remove(member);
        member.Pass += amount;
        if (isWaiting) _waiting.Add(member);
    }

    private sealed class Order : IComparer<TMember>
    {
        public static readonly Order Instance = new();

        public int Compare(TMember? x, TMember? y)
        {
            var order = x!.Pass.CompareTo(y!.Pass);
            return order == 0 ? string.CompareOrdinal(x.Name, y.Name) : order;
        }
    }
}
