using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>
/// The models of this machine: one folder per name with the model and its card. A model appears complete or not at all: it is checked
/// and run once in a hidden folder, which is then renamed. Files are hashed when added and whenever they are opened.
/// </summary>
public sealed class ModelRegistry(string root)
{
    private const string ModelFileName = "model.onnx";
    private const string TorchScriptFileName = "model.pt";
    private const string CardFileName = "card.json";

    /// <summary>A model that takes longer than this for one small image is refused.</summary>
    private static readonly TimeSpan DryRunLimit = TimeSpan.FromMinutes(2);

    /// <summary>Absolute path of the folder that holds the models.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The folder in DEPTH3D_MODELS, or <c>depth3d/models</c> under the user's data folder (XDG_DATA_HOME, ~/.local/share).</summary>
    public static ModelRegistry Default() => new(
        Environment.GetEnvironmentVariable("DEPTH3D_MODELS") is { Length: > 0 } folder ? folder
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"), "depth3d", "models"));

    /// <summary>Copies a model in. The card is the one given, or that of the template that fits, changed by <paramref name="edits"/>.</summary>
    /// <param name="replace">Take the place of a model of the same name.</param>
    /// <returns>The card as stored.</returns>
    /// <exception cref="Depth3DException">The name, the file or the card is no good, or the name is taken. Nothing was added.</exception>
    public ModelCard Add(string name, string onnxPath, ModelCard? card = null, CardEdits? edits = null, bool replace = false)
    {
        RequireFree(name, replace);
        var file = OnnxModelFile.Read(onnxPath);
        return Store(CheckedCard(name, onnxPath, file, card, edits), file.Bytes);
    }

    /// <summary>Copies a TorchScript network in.</summary>
    /// <param name="prove">Loads and runs the file by the card it is given; null where none was given. Returns the card it ran by.</param>
    /// <returns>The card as stored.</returns>
    /// <exception cref="Depth3DException">The name, the file or the card is no good, or the name is taken. Nothing was added.</exception>
    public ModelCard AddTorchScript(string name, string path, ModelCard? card, CardEdits? edits, bool replace, Func<ModelCard?, ModelCard> prove)
    {
        RequireFree(name, replace);
        if (TorchScriptReference.IsFile(name))
            throw new Depth3DException($"'{name}' would be read as a file", Root, "give a name without file ending", FailureKind.Usage);
        if (!File.Exists(path)) throw new Depth3DException("there is no such TorchScript file", path, "check the path");
        var bytes = Storage(() => File.ReadAllBytes(path));
        var hash = Hash(bytes);
        if (card is { Sha256.Length: > 0 } && !string.Equals(card.Sha256, hash, StringComparison.OrdinalIgnoreCase))
            throw new Depth3DException($"its card expects sha256 {card.Sha256}, the file has {hash}", path, "give the file the card was made for");
        var proved = prove(card is null ? null : edits?.ApplyTo(card) ?? card);
        var complete = (edits?.ApplyTo(proved) ?? proved) with { Name = name, File = TorchScriptFileName, Sha256 = hash };
        ModelCardRules.Check(complete, path);
        return Store(complete, bytes);
    }

    /// <summary>The file of a TorchScript network whose bytes are still those that were added, and its card.</summary>
    /// <exception cref="Depth3DException">It is missing, no TorchScript, or its file changed.</exception>
    public (string Path, ModelCard Card) TorchScript(string name)
    {
        var card = Card(name);
        var path = Path.Combine(Root, name, card.File);
        if (card.File != TorchScriptFileName)
            throw new Depth3DException($"'{name}' is an ONNX model, a TorchScript network is needed", Root, $"use it as onnx:{name}", FailureKind.Usage);
        if (!File.Exists(path) || Hash(Storage(() => File.ReadAllBytes(path))) != card.Sha256)
            throw new Depth3DException("the network's file is missing or changed since it was added", path, "add it again: depth3d model add NAME FILE.pt --replace");
        return (path, card);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private void RequireFree(string name, bool replace)
    {
        ModelName.Check(name);
        if (Directory.Exists(Path.Combine(Root, name)) && !replace)
            throw new Depth3DException($"a model named '{name}' exists", Root, $"give another name, or add --replace", FailureKind.Usage);
    }

    private ModelCard Store(ModelCard complete, byte[] bytes)
    {
        var (name, final) = (complete.Name, Path.Combine(Root, complete.Name));
        return Storage(() =>
        {
            Directory.CreateDirectory(Root);
            var temporary = Path.Combine(Root, $".adding-{name}-{Path.GetRandomFileName()}");
            try
            {
                Directory.CreateDirectory(temporary);
                WriteFlushed(Path.Combine(temporary, complete.File), bytes);
                WriteFlushed(Path.Combine(temporary, CardFileName), System.Text.Encoding.UTF8.GetBytes(complete.ToJson()));
                Publish(temporary, final);
            }
            finally
            {
                if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            }

            return complete;
        });
    }

    /// <summary>Cards of all models in ordinal order of their names. Reads cards only; see <see cref="Verify"/>.</summary>
    public IReadOnlyList<ModelCard> List()
    {
        if (!Directory.Exists(Root)) return [];
        var names = Directory.EnumerateDirectories(Root).Select(f => Path.GetFileName(f))
            .Where(n => !n.StartsWith('.') && File.Exists(Path.Combine(Root, n, CardFileName)));
        return [.. names.Order(StringComparer.Ordinal).Select(Card)];
    }

    /// <summary>The card of a model.</summary>
    /// <exception cref="Depth3DException">There is no such model, or its card is damaged.</exception>
    public ModelCard Card(string name)
    {
        ModelName.Check(name);
        var path = Path.Combine(Root, name, CardFileName);
        if (!File.Exists(path))
        {
            var known = Directory.Exists(Root) ? List().Select(c => c.Name).ToArray() : [];
            throw new Depth3DException($"there is no model '{name}'; " + (known.Length == 0 ? "none has been added yet" : $"there are {string.Join(", ", known)}"),
                Root, $"run: depth3d model add {name} FILE.onnx");
        }

        return ModelCard.Load(path);
    }

    /// <summary>The files of a model: the model, then its card.</summary>
    /// <exception cref="Depth3DException">There is no such model, or its card is damaged.</exception>
    public IReadOnlyList<string> FilesOf(string name)
    {
        var file = Card(name).File == TorchScriptFileName ? TorchScriptFileName : ModelFileName;
        return [Path.Combine(Root, name, file), Path.Combine(Root, name, CardFileName)];
    }

    /// <summary>Loads a model whose bytes are still those that were added.</summary>
    /// <exception cref="Depth3DException">It is missing, or its file changed.</exception>
    public OnnxModel Open(string name, OnnxSessionOptions? options = null)
    {
        var card = Card(name);
        if (card.File == TorchScriptFileName)
            throw new Depth3DException($"'{name}' is a TorchScript network, an ONNX model is needed", Root, $"use it as torchscript:{name}", FailureKind.Usage);
        var path = Path.Combine(Root, name, ModelFileName);
        var file = OnnxModelFile.Read(path, card.Sha256);
        return new OnnxModel(card, OnnxSession.FromBytes(file.Bytes, path, options));
    }

    /// <summary>Checks the hash, loads the model and runs it once.</summary>
    /// <exception cref="Depth3DException">What is wrong with it.</exception>
    public ModelCard Verify(string name)
    {
        using var model = Open(name);
        DryRun(model);
        return model.Card;
    }

    /// <summary>Removes a model.</summary>
    /// <exception cref="Depth3DException">There is no such model.</exception>
    public void Remove(string name)
    {
        Card(name);
        Storage(() =>
        {
            var hidden = Path.Combine(Root, $".removing-{name}-{Path.GetRandomFileName()}");
            Directory.Move(Path.Combine(Root, name), hidden);
            Directory.Delete(hidden, recursive: true);
            return true;
        });
    }

    /// <summary>Finishes a card for a model and proves it by one run.</summary>
    internal static ModelCard CheckedCard(string name, string path, OnnxModelFile file, ModelCard? card, CardEdits? edits)
    {
        using var session = OnnxSession.FromBytes(file.Bytes, path);
        var chosen = card ?? CardTemplates.Match(session) ?? (edits?.Task is { } task ? CardTemplates.Generic(session, task) : throw NoCard(session));
        var complete = (edits?.ApplyTo(chosen) ?? chosen) with { Name = name, File = ModelFileName, Sha256 = file.Sha256 };
        if (card is { Sha256.Length: > 0 } && !string.Equals(card.Sha256, file.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new Depth3DException($"its card expects sha256 {card.Sha256}, the file has {file.Sha256}", path, "give the file the card was made for");
        ModelCardRules.Check(complete, path);
        DryRun(new OnnxModel(complete, session));
        return complete;
    }

    private static void DryRun(OnnxModel model)
    {
        using var limit = new CancellationTokenSource(DryRunLimit);
        try
        {
            model.DryRun(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new Depth3DException($"one small image takes longer than {DryRunLimit.TotalMinutes:0} minutes", model.Session.ModelName,
                "give a model that is made for single images", inner: e);
        }
    }

    private void Publish(string temporary, string final)
    {
        if (Directory.Exists(final))
        {
            var hidden = Path.Combine(Root, $".removing-{Path.GetRandomFileName()}");
            Directory.Move(final, hidden);
            Directory.Move(temporary, final);
            Directory.Delete(hidden, recursive: true);
            return;
        }

        Directory.Move(temporary, final);
    }

    private static void WriteFlushed(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private T Storage<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Depth3DException($"the model folder cannot be changed: {e.Message}", Root,
                "let DEPTH3D_MODELS name a folder that can be written", FailureKind.Storage, e);
        }
    }

    private static Depth3DException NoCard(OnnxSession session) => new(
        $"no template fits it (inputs: {string.Join("; ", session.Inputs)}; outputs: {string.Join("; ", session.Outputs)}); "
        + $"known are {string.Join(", ", CardTemplates.Names)}",
        session.ModelName, "give --card card.json, which says its task, input and output");
}
