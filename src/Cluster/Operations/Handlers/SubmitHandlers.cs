using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>
/// <c>clip submit</c> and <c>clip check</c>. Submitting can be repeated: the same clip with the same content goes on, and the same key
/// is the same submission, whatever else it says.
/// </summary>
internal static class SubmitHandlers
{
    private const int MaxPriority = 1000, MaxWeight = 1000, MaxNameLength = 63;

    public static async Task<object> SubmitAsync(OperatorCall call, CancellationToken cancellation)
    {
        CheckShares(call);
        if (await SameKeyAsync(call, cancellation).ConfigureAwait(false) is { } earlier && earlier != call.Clip)
            return View(earlier, await call.Cluster.Clips.StateAsync(earlier, cancellation).ConfigureAwait(false), null, "the same key was submitted before");
        var submission = Submission.Read(call);
        var hash = await submission.FingerprintAsync(call.Cluster.Store, cancellation).ConfigureAwait(false);
        var before = await call.Cluster.Clips.StateAsync(call.Clip, cancellation).ConfigureAwait(false);
        if (before.Phase == ClipPhase.None) CheckFolder(call);
        call.Cluster.Store.Adopt(call.Clip);
        await ApplyAsync(call, submission, hash, before, cancellation).ConfigureAwait(false);
        call.Cluster.Driver.Activate(call.Clip);
        return View(call.Clip, await call.StateAsync(cancellation).ConfigureAwait(false), before.Phase, null);
    }

    public static async Task<object> CheckAsync(OperatorCall call, CancellationToken cancellation)
    {
        var rows = new List<CheckRow>();
        await FindAsync(rows, "key", async () => await SameKeyAsync(call, cancellation).ConfigureAwait(false) is { } earlier
            ? $"was submitted before as clip '{earlier}'; submitting again changes nothing" : "").ConfigureAwait(false);
        Submission? submission = null;
        await FindAsync(rows, "options", () =>
        {
            submission = Submission.Read(call);
            return Task.FromResult($"recipe {submission.Recipe}, {submission.Stages.Count} stages");
        }).ConfigureAwait(false);
        if (submission is not null)
        {
            var hash = "";
            await FindAsync(rows, "inputs", async () => $"content {(hash = await submission.FingerprintAsync(call.Cluster.Store, cancellation).ConfigureAwait(false))[..12]}").ConfigureAwait(false);
            await FindAsync(rows, "clip", () => EarlierAsync(call, submission, hash, cancellation)).ConfigureAwait(false);
            rows.AddRange(Unserved(call, submission));
        }

        var verdict = rows.Any(r => r.Verdict == "refused") ? "refused" : rows.Any(r => r.Verdict == "warning") ? "warning" : "ok";
        return new CheckView(call.Clip.Value, verdict, rows);
    }

    /// <exception cref="Depth3DException">Priority, weight or project is out of range.</exception>
    public static void CheckShares(OperatorCall call)
    {
        if (Math.Abs(call.Arguments.Integer("priority") ?? 0) > MaxPriority) throw Refuse($"priority is -{MaxPriority} to {MaxPriority}");
        if (call.Arguments.Integer("weight") is < 1 or > MaxWeight) throw Refuse($"weight is 1 to {MaxWeight}");
        if (call.Command.Arguments.Any(a => a.Name == "project") && call.Arguments.Text("project") is { Length: > MaxNameLength }) throw Refuse($"the name of a project has at most {MaxNameLength} characters");
        if (call.Command.Arguments.Any(a => a.Name == "key") && call.Arguments.Text("key") is { Length: > 200 }) throw Refuse("a key has at most 200 characters");
    }

    private static async Task ApplyAsync(OperatorCall call, Submission submission, string hash, ClipState before, CancellationToken cancellation)
    {
        var a = call.Arguments;
        var submit = new ClipCommand.Submit(call.Now, submission.Recipe, submission.Stages, submission.OptionsJson, hash,
            a.Text("project") ?? "", a.Integer("priority") ?? 0, a.Integer("weight") ?? 1, a.Text("key"), call.Actor.By);
        var decision = await call.Cluster.Clips.ApplyAsync(call.Clip, submit, cancellation).ConfigureAwait(false);
        if (decision.Refusal is not null) throw Conflict(call.Clip, before, submission, hash);
        if (before.Phase is ClipPhase.Failed or ClipPhase.Cancelled)
            await call.Cluster.Clips.ApplyAsync(call.Clip, new ClipCommand.Resume(call.Now, call.Actor), cancellation).ConfigureAwait(false);
    }

    private static async Task<ClipId?> SameKeyAsync(OperatorCall call, CancellationToken cancellation) =>
        call.Arguments.Text("key") is { } key ? await call.Cluster.Journal.FindByKeyAsync(key, cancellation).ConfigureAwait(false) : null;

    private static async Task<string> EarlierAsync(OperatorCall call, Submission submission, string hash, CancellationToken cancellation)
    {
        var before = await call.Cluster.Clips.StateAsync(call.Clip, cancellation).ConfigureAwait(false);
        if (before.Phase == ClipPhase.None)
        {
            CheckFolder(call);
            return "the name is free";
        }

        if (before.OptionsJson != submission.OptionsJson || before.InputHash != hash || before.Recipe != submission.Recipe) throw Conflict(call.Clip, before, submission, hash);
        return $"was submitted before with the same content and is {LiveClips.StateOf(before)}; it would go on";
    }

    private static IEnumerable<CheckRow> Unserved(OperatorCall call, Submission submission)
    {
        var served = call.Cluster.Nodes.List().Where(n => n.TakesWork).SelectMany(n => n.Beat!.Capacity.Slots.Where(s => s.Value > 0).Select(s => s.Key)).ToHashSet();
        return submission.Stages.Select(s => s.Pool).Distinct().Where(p => !served.Contains(p)).Select(p =>
            new CheckRow($"pool {StateNames.Of(p)}", "warning", "no node that takes work serves it now; the clip would wait", "start one: depth3d node start --role ..."));
    }

    /// <summary>Files of a clip that the journal does not know are somebody's results: they are not taken over, nor deleted.</summary>
    private static void CheckFolder(OperatorCall call)
    {
        var folder = call.Cluster.Store.Paths.Clip(call.Clip);
        if (Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any(d => !Path.GetFileName(d).StartsWith('.')))
            throw new Depth3DException("the store holds files under this name that the journal does not know", folder, "choose another name, or move that folder away", FailureKind.Refused);
    }

    private static Depth3DException Conflict(ClipId clip, ClipState before, Submission now, string hash)
    {
        var differences = OptionsCodec.Differences(before.OptionsJson, now.OptionsJson).ToList();
        if (before.Recipe != now.Recipe) differences.Add($"recipe was {before.Recipe}, now {now.Recipe}");
        if (before.InputHash != hash) differences.Add("the content of the inputs differs");
        if (differences.Count == 0) differences.Add("the recipe's stages changed with this version");
        return new("a clip of this name was submitted with something else: " + string.Join("; ", differences), clip.Value, "choose another name, or submit what it was begun with", FailureKind.Refused);
    }

    private static SubmitView View(ClipId clip, ClipState state, ClipPhase? before, string? text)
    {
        var (outcome, words) = before switch
        {
            ClipPhase.None => ("started", "the clip is new"),
            ClipPhase.Failed or ClipPhase.Cancelled => ("resumed", "what was accepted stays; the rest is tried again"),
            ClipPhase.Completed => ("already-complete", "everything was done before"),
            _ when state.Phase == ClipPhase.Completed => ("already-complete", "everything was done before"),
            _ => ("already-running", "it was submitted before and goes on"),
        };
        return new(clip.Value, outcome, state.Project, state.Priority, state.Weight, text ?? words);
    }

    private static async Task FindAsync(List<CheckRow> rows, string subject, Func<Task<string>> check)
    {
        try
        {
            if (await check().ConfigureAwait(false) is { Length: > 0 } text) rows.Add(new(subject, "ok", text, ""));
        }
        catch (Depth3DException e)
        {
            rows.Add(new(subject, "refused", e.Where is null ? e.What : $"{e.Where}: {e.What}", e.Remedy ?? ""));
        }
    }

    private static Depth3DException Refuse(string what) => new($"out of range: {what}", kind: FailureKind.Usage);
}
