namespace Depth3D.Messages;

/// <summary>Who caused a change of state, and why. Every such change is journaled with one.</summary>
/// <param name="By">A person's or node's name, or <c>cluster</c> for what the coordinator decides itself.</param>
/// <param name="Why">In words; may be empty.</param>
public sealed record Actor(string By, string Why)
{
    public const string Cluster = "cluster";
}
