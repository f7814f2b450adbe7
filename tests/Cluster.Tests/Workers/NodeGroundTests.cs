using System.Diagnostics;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Cluster.Workers.Gpus;
using Depth3D.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Workers;

public sealed class NodeGroundTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_processes_do_not_work_in_one_state_folder()
    {
        using var first = await TakeAsync();
        var refused = await Assert.ThrowsAsync<Depth3DException>(TakeAsync);
        Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
        first.Dispose();
        using var second = await TakeAsync();
    }

    [Fact]
    public async Task Programs_that_a_killed_run_left_are_ended_and_those_of_other_nodes_are_not()
    {
        // Started through another program, as a dead node's children are not this process's own.
        var mine = Leave(_folder.Path);
        var foreign = Leave(_folder.At("other"));
        var operators = Leave(_folder.Path, "DEPTH3D_STATE");
        using (await TakeAsync())
        {
            Assert.False(IsAlive(mine));
            Assert.True(ProcessTable.IsAlive(foreign));
            Assert.True(ProcessTable.IsAlive(operators));
        }

        ProcessTable.End(foreign);
        ProcessTable.End(operators);
    }

    [Fact]
    public async Task A_node_without_tasks_for_gpus_does_not_look_for_any()
    {
        using var ground = await NodeGround.TakeAsync(_folder.Path, usesGpus: false, null, new Broken(), NullLogger.Instance, CancellationToken.None);
        Assert.Empty(ground.Gpus.Gpus);
        ground.Dispose();
        await Assert.ThrowsAsync<Depth3DException>(() =>
            NodeGround.TakeAsync(_folder.Path, usesGpus: true, null, new Broken(), NullLogger.Instance, CancellationToken.None));
        using var again = await TakeAsync();
    }

    private Task<NodeGround> TakeAsync() =>
        NodeGround.TakeAsync(_folder.Path, usesGpus: false, null, new Broken(), NullLogger.Instance, CancellationToken.None);

    private static int Leave(string stateFolder, string variable = ChildEnvironment.NodeVariable)
    {
        var info = new ProcessStartInfo("sh", ["-c", "sleep 600 > /dev/null 2>&1 & echo $!"]) { RedirectStandardOutput = true };
        info.Environment[variable] = stateFolder;
        using var shell = Process.Start(info)!;
        var id = int.Parse(shell.StandardOutput.ReadToEnd(), System.Globalization.CultureInfo.InvariantCulture);
        shell.WaitForExit();
        return id;
    }

    /// <summary>A signal that was sent is not yet a process that has ended.</summary>
    private static bool IsAlive(int id)
    {
        SpinWait.SpinUntil(() => !ProcessTable.IsAlive(id), TimeSpan.FromSeconds(1));
        return ProcessTable.IsAlive(id);
    }

    private sealed class Broken : IGpuLister
    {
        public Task<IReadOnlyList<GpuState>> ListAsync(CancellationToken cancellation) =>
            throw new Depth3DException("the driver does not answer", kind: FailureKind.Transient);
    }
}
