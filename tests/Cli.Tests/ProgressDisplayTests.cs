using Depth3D.Cli.Running;
using Depth3D.Cluster;
using Depth3D.Cluster.Entity;
using Depth3D.Messages;

namespace Depth3D.Cli.Tests;

public sealed class ProgressDisplayTests
{
    private readonly StringWriter _text = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public void Piped_output_is_plain_lines_with_an_estimate()
    {
        using var display = new ProgressDisplay(_text, interactive: false, _clock);
        display.Show(Status(Running(0.1)));
        _clock.Advance(TimeSpan.FromSeconds(30));
        display.Show(Status(Running(0.5)));

        Assert.Equal("flow: 50 % (1 of 4 tasks), 30 s left - pairs\n", _text.ToString());
    }

    [Fact]
    public void Piped_output_does_not_flood()
    {
        using var display = new ProgressDisplay(_text, interactive: false, _clock);
        for (var i = 0; i <= 100; i++)
        {
            display.Show(Status(Running(i / 100.0)));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, _text.ToString().Count(c => c == '\n'));
    }

    [Fact]
    public void A_finished_stage_is_told_once()
    {
        using var display = new ProgressDisplay(_text, interactive: false, _clock);
        var done = new StageStatus("frames", 1, 1, 0, 1, null, TimeSpan.FromSeconds(2), null);
        display.Show(Status(done));
        display.Show(Status(done));

        Assert.Equal("frames: done in 2.0 s\n", _text.ToString());
    }

    [Fact]
    public void A_resumed_stage_is_not_timed()
    {
        using var display = new ProgressDisplay(_text, interactive: false, _clock);
        display.Show(Status(new StageStatus("frames", 2, 2, 0, 1, null, null, null)));

        Assert.Equal("frames: done before\n", _text.ToString());
    }

    [Fact]
    public void Control_characters_never_reach_the_terminal()
    {
        using var display = new ProgressDisplay(_text, interactive: false, _clock);
        display.Say("clip \u001b[2J");

        Assert.Equal("clip ?[2J\n", _text.ToString());
    }

    private static StageStatus Running(double fraction) =>
        new("flow", 4, 1, 1, fraction, "pairs", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));

    private static ClipStatus Status(StageStatus stage) => new(new ClipId("clip"), ClipPhase.Running, [stage], null);

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
