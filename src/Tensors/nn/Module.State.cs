namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Parameters and persistent buffers by name. The tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (path, module) in Walk(recurse: true, prefix is { Length: > 0 } ? prefix + "." : ""))
                {
                    foreach (var (name, parameter) in module._parameters) destination.TryAdd(path + name, parameter);
                    foreach (var (name, (buffer, persistent)) in module._buffers)
                    {
                        if (persistent) destination.TryAdd(path + name, buffer);
                    }
                }

                return destination;
            }

            /// <summary>Copies values in by name. Nothing is changed when names or shapes do not fit.</summary>
            /// <param name="strict">Whether every name must be on both sides.</param>
            /// <param name="skip">Names that are left alone.</param>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source,
                bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                skip ??= [];
                var missing = own.Keys.Where(name => !source.ContainsKey(name) && !skip.Contains(name)).ToList();
                var unexpected = source.Keys.Where(name => !own.ContainsKey(name) && !skip.Contains(name)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"load_state_dict: {_name} misses [{string.Join(", ", missing)}] and does not know [{string.Join(", ", unexpected)}]");
                }

                var pairs = own.Where(entry => source.ContainsKey(entry.Key) && !skip.Contains(entry.Key)).ToList();
                foreach (var (name, target) in pairs)
                {
                    if (!target.shape.SequenceEqual(source[name].shape))
                        throw new InvalidOperationException($"load_state_dict: {name}: expected {target}, got {source[name]}");
                }

                using (no_grad())
                {
                    foreach (var (name, target) in pairs) target.copy_(source[name]);
                }

                return (missing, unexpected);
            }

            /// <summary>Replaces the data of parameters and floating-point buffers in place: fields, optimisers and lists stay valid.</summary>
            protected internal virtual void Convert(Func<Tensor, Tensor> conversion)
            {
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    using var scope = NewDisposeScope();
                    using var plain = tensor.detach();
                    LibTorch.Check(LibTorch.d3t_set_data(tensor.H, conversion(plain).H));
                }
            }
        }
    }
}
