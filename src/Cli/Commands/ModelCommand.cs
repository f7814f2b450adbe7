using System.CommandLine;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using Depth3D.Reconstruction.Networks;
using Spectre.Console;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d model add|list|verify|remove</c>: the registry of models that users bring.</summary>
internal static class ModelCommand
{
    public static Command Build() => new("model", "Register the depth, segmentation, detection and flow models you bring.")
    {
        Add(), List(), Verify(), Remove(),
    };

    private static Command Add()
    {
        var name = new Argument<string>("name") { Description = "How --prior, --masks, --flow and --network will call it: onnx:NAME or torchscript:NAME." };
        var file = new Argument<string>("file") { Description = "The .onnx file, or a TorchScript depth network (.pt), which is a program; it is copied." };
        var card = new Option<FileInfo?>("--card") { Description = "JSON card with task, input, output and licence; not needed for shapes that are known." };
        var licence = new Option<string?>("--licence") { Description = "Licence of the weights, as their publisher states it." };
        var commercial = new Option<bool?>("--commercial") { Description = "Whether that licence allows commercial use." };
        var classes = new Option<string?>("--class-set") { Description = "Names of the classes: voc or coco." };
        var movable = new Option<string[]>("--movable") { Description = "Class that can move by itself; repeat for several.", DefaultValueFactory = _ => [] };
        var replace = new Option<bool>("--replace") { Description = "Replace a model of the same name." };
        var command = new Command("add", "Check a model and copy it into the registry.") { name, file, card, licence, commercial, classes, movable, replace };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(card) is { } path ? ModelCard.Load(path.FullName) : null;
            var edits = new CardEdits
            {
                Licence = parsed.GetValue(licence),
                Commercial = parsed.GetValue(commercial),
                ClassSet = parsed.GetValue(classes),
                Movable = parsed.GetValue(movable) is { Length: > 0 } names ? names : null,
            };
            var (registry, source) = (ModelRegistry.Default(), Path.GetFullPath(parsed.GetValue(file)!));
            Print([TorchScriptReference.IsFile(source)
                ? TorchScriptModels.Add(registry, parsed.GetValue(name)!, source, given, edits, parsed.GetValue(replace))
                : registry.Add(parsed.GetValue(name)!, source, given, edits, parsed.GetValue(replace))]);
        });
        return command;
    }

    private static Command List()
    {
        var output = CommonOptions.Output();
        var command = new Command("list", "Show the registered models with their licences.") { output };
        command.SetAction(parsed =>
        {
            var cards = ModelRegistry.Default().List();
            if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(cards);
            else if (cards.Count == 0) Terminal.Say("no model is registered; depth3d model add NAME FILE.onnx adds one");
            else Print(cards);
        });
        return command;
    }

    private static Command Verify()
    {
        var name = new Argument<string?>("name") { Description = "One model; all of them when left out.", DefaultValueFactory = _ => null };
        var command = new Command("verify", "Check the hash of models and run each once.") { name };
        command.SetAction(parsed =>
        {
            var registry = ModelRegistry.Default();
            var names = parsed.GetValue(name) is { } one ? [one] : registry.List().Select(c => c.Name).ToList();
            var sound = new List<ModelCard>();
            foreach (var n in names)
            {
                try
                {
                    sound.Add(TorchScriptModels.Has(registry, n) ? TorchScriptModels.Verify(registry, n) : registry.Verify(n));
                }
                catch (Depth3DException e) when (names.Count > 1) // one bad model must not hide the state of the others
                {
                    Terminal.Error(e.Message);
                }
            }

            if (sound.Count > 0) Print(sound);
            return (int)(sound.Count == names.Count ? ExitCode.Success : ExitCode.BadInput);
        });
        return command;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("name");
        var command = new Command("remove", "Take a model out of the registry and delete its copy.") { name };
        command.SetAction(parsed => ModelRegistry.Default().Remove(parsed.GetValue(name)!));
        return command;
    }

    private static void Print(IReadOnlyList<ModelCard> cards)
    {
        var table = Tables.Create("name", "task", "licence", "commercial use", "sha256");
        foreach (var card in cards)
        {
            var commercial = card.Commercial switch { true => "yes", false => "no", null => "not stated" };
            table.AddRow(new Text(card.Name), new Text(card.Task.ToString().ToLowerInvariant()), new Text(Terminal.Printable(card.Licence)),
                new Text(commercial), new Text(card.Sha256[..12]));
        }

        Tables.Print(table);
    }
}
