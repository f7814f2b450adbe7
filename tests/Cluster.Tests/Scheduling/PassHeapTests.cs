using Depth3D.Cluster.Scheduling;

namespace Depth3D.Cluster.Tests.Scheduling;

/// <summary>The line by pass against a sorted set that is built anew each time.</summary>
public sealed class PassHeapTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 400)]
    public void Whatever_happens_to_members_the_first_is_who_a_sorted_set_has_first(int seed, int members)
    {
        var random = new Random(seed);
        var heap = new PassHeap<Member>();
        var all = Enumerable.Range(0, members).Select(i => new Member($"m{i:000}")).ToArray();
        var inLine = new HashSet<Member>();
        for (var step = 0; step < 4000; step++)
        {
            var member = all[random.Next(members)];
            switch (random.Next(4))
            {
                case 0 when inLine.Add(member):
                    heap.Add(member);
                    break;
                case 1:
                    Assert.Equal(inLine.Remove(member), heap.Remove(member));
                    break;
                default:
                    // Whole numbers, so that there are ties.
                    member.Pass += random.Next(-2, 5);
                    heap.Update(member);
                    break;
            }

            Assert.Equal(inLine.Count, heap.Count);
            Assert.Equal(inLine.Contains(member), heap.Contains(member));
            Assert.Same(inLine.OrderBy(m => m.Pass).ThenBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(), heap.Min);
        }

        for (Member? last = null; heap.Min is { } min; last = min)
        {
            Assert.True(last is null || last.Pass < min.Pass || (last.Pass == min.Pass && string.CompareOrdinal(last.Name, min.Name) < 0));
            Assert.True(heap.Remove(min));
        }
    }

    private sealed class Member(string name) : PassHeap<Member>.IMember
    {
        public string Name => name;

        public double Pass { get; set; }

        public int Place { get; set; }
    }
}
