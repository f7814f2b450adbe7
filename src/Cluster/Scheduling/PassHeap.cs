namespace Depth3D.Cluster.Scheduling;

/// <summary>
/// Members in line by pass, ties by name: a heap that knows where each member stands, so that one whose pass changed is moved from there. A
/// small change, which is what most are, moves it over few places however many there are; passes lie beside each other in memory.
/// </summary>
internal sealed class PassHeap<TMember>
    where TMember : class, PassHeap<TMember>.IMember
{
    /// <summary>Children of a place: flatter than two, and they share a cache line.</summary>
    private const int Arity = 4;

    private readonly List<(double Pass, TMember Member)> _places = [];

    internal interface IMember
    {
        /// <summary>Breaks ties, the same in every run.</summary>
        string Name { get; }

        double Pass { get; }

        /// <summary>The heap's own; a member stands in one heap at a time.</summary>
        int Place { get; set; }
    }

    public int Count => _places.Count;

    /// <summary>Who is served next; null when nobody stands in line.</summary>
    public TMember? Min => _places.Count > 0 ? _places[0].Member : null;

    public bool Contains(TMember member) => member.Place < _places.Count && _places[member.Place].Member == member;

    public void Add(TMember member)
    {
        _places.Add(default);
        Rise(_places.Count - 1, (member.Pass, member));
    }

    /// <returns>False when the member does not stand in this line.</returns>
    public bool Remove(TMember member)
    {
        if (!Contains(member)) return false;
        var last = _places[^1];
        _places.RemoveAt(_places.Count - 1);
        if (last.Member != member) Settle(member.Place, last);
        return true;
    }

    /// <summary>Moves a member to where its pass belongs now. Does nothing for one that does not stand in this line.</summary>
    public void Update(TMember member)
    {
        if (Contains(member)) Settle(member.Place, (member.Pass, member));
    }

    private void Settle(int place, (double Pass, TMember Member) entry)
    {
        if (place > 0 && IsBefore(entry, _places[(place - 1) / Arity])) Rise(place, entry);
        else Sink(place, entry);
    }

    private void Rise(int place, (double Pass, TMember Member) entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Arity;
            if (!IsBefore(entry, _places[parent])) break;
            Put(place, _places[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, (double Pass, TMember Member) entry)
    {
        while (true)
        {
            var first = (place * Arity) + 1;
            if (first >= _places.Count) break;
            var least = first;
            for (var child = first + 1; child < Math.Min(first + Arity, _places.Count); child++)
                if (IsBefore(_places[child], _places[least])) least = child;
            if (!IsBefore(_places[least], entry)) break;
            Put(place, _places[least]);
            place = least;
        }

        Put(place, entry);
    }

    private void Put(int place, (double Pass, TMember Member) entry)
    {
        _places[place] = entry;
        entry.Member.Place = place;
    }

    private static bool IsBefore(in (double Pass, TMember Member) a, in (double Pass, TMember Member) b)
    {
        var order = a.Pass.CompareTo(b.Pass);
        return order < 0 || (order == 0 && string.CompareOrdinal(a.Member.Name, b.Member.Name) < 0);
    }
}
