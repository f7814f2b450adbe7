using Depth3D.Cli.Remote;

namespace Depth3D.Cli.Tests.Remote;

public sealed class CommandDocsTests
{
    [Fact]
    public void The_docs_say_what_the_tables_say()
    {
        var path = Path.Combine(Repository.Root, "docs", "commands.md");
        if (Environment.GetEnvironmentVariable("DEPTH3D_UPDATE_DOCS") == "1") File.WriteAllText(path, CommandDocs.Write());
        Assert.Equal(CommandDocs.Write(), File.ReadAllText(path));
    }
}
