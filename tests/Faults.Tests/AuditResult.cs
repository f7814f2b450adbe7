namespace Depth3D.Faults.Tests;

/// <summary>What the audit of one clip counted.</summary>
/// <param name="Lost">Results that are missing, damaged or other than those of an undisturbed run.</param>
/// <param name="Doubled">Results that were accepted twice, or that an undisturbed run does not have.</param>
/// <param name="Orphans">Published folders that no accepted result names: nobody reads them, and <c>store gc</c> removes them.</param>
internal sealed record AuditResult(IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled, IReadOnlyList<string> Orphans);
