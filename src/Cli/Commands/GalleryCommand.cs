using System.CommandLine;
using Depth3D.Cluster;
using Depth3D.Nodes.Render;
using Depth3D.Viewer.Gallery;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d gallery RUN</c>: one page over everything that was made of a run.</summary>
internal static class GalleryCommand
{
    public static Command Build()
    {
        var run = new Argument<DirectoryInfo>("run") { Description = "Folder of a finished run: the --out of depth3d run." };
        var command = new Command("gallery", "Write gallery.html into a finished run: its videos, effects, exports and pictures on one page.") { run };
        command.SetAction(parsed =>
        {
            var finished = FinishedRun.Open(parsed.GetValue(run)!.FullName);
            Console.WriteLine(RunGallery.Write(finished.Folder, RunScene.Open(finished.Artifacts).Name));
        });
        return command;
    }
}
