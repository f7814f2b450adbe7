using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;

namespace Depth3D.Cluster;

/// <summary>Says what differs when a clip is submitted again as something else.</summary>
internal static class SubmissionConflict
{
    public static SubmissionConflictException Explain(ClipId clip, ClipState before, string recipe, string optionsJson, string inputHash)
    {
        var differences = new List<string>();
        if (before.Recipe != recipe) differences.Add($"recipe was {before.Recipe}, now {recipe}");
        differences.AddRange(OptionsCodec.Differences(before.OptionsJson, optionsJson));
        if (before.InputHash != inputHash) differences.Add("the content of the input files changed");
        if (differences.Count == 0) differences.Add("the recipe's stages changed with this version of depth3d");
        return new SubmissionConflictException(clip, differences);
    }
}
