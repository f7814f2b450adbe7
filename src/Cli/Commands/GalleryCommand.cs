using System.CommandLine;
using Depth3D.Cluster;
using Depth3D.Nodes.Render;
using Depth3D.Viewer.Gallery;
using Depth3D.Viewer.Loops;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d gallery RUN</c>: one page over everything that was made of a run.</summary>
internal static class GalleryCommand
{
    public static Command Build()
    {
        var run = new Argument<DirectoryInfo>("run") { Description = "Folder of a finished run or of a loop: the --out of depth3d run or of depth3d loop." };
        var command = new Command("gallery", "Write gallery.html into a finished run: its videos, effects, exports and pictures on one page.") { run };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(run)!.FullName;
            if (LoopResults.Find(folder) is { Folder: { } loop })
            {
                Console.WriteLine(RunGallery.Write(loop, Path.GetFileName(loop)));
                return;
            }

            var finished = FinishedRun.Open(folder);
            Console.WriteLine(RunGallery.Write(finished.Folder, RunScene.Open(finished.Artifacts).Name));
        });
        return command;
    }
}
