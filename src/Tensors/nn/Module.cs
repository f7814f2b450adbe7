using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A part of a network. Derived classes assign their parts to fields and call <see cref="RegisterComponents"/>. Parameters and
        /// buffers belong to the module and outlive scopes; dispose the module to free them.
        /// </summary>
        [SuppressMessage("Design", "CA1063", Justification = "Owns managed objects only; they free themselves.")]
        public abstract partial class Module : IDisposable
        {
            private readonly string _name;
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, (Tensor Value, bool Persistent)> _buffers = [];
            private readonly OrderedDictionary<string, Module> _modules = [];

            protected Module(string name) => _name = name;

            public string GetName() => _name;

            /// <summary>Whether layers that behave differently in training (dropout, batch norm) do so.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>Registers every field that holds a module, a parameter or a tensor (a buffer) under its name.</summary>
            protected void RegisterComponents()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    var name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? Plain(field.Name);
                    switch (field.GetValue(this))
                    {
                        case Module module when !_modules.ContainsKey(name): register_module(name, module); break;
                        case Modules.Parameter parameter when !_parameters.ContainsKey(name): register_parameter(name, parameter); break;
                        case Modules.Parameter: break;
                        case Tensor buffer when !_buffers.ContainsKey(name): register_buffer(name, buffer); break;
                    }
                }
            }

            public virtual void register_module(string name, Module submodule) => _modules[Checked(name)] = submodule;

            public virtual void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter? param)
            {
                if (param is null) return;
                param.DetachFromDisposeScope();
                _parameters[Checked(name)] = param;
            }

            /// <param name="persistent">Whether the buffer is part of the state dictionary.</param>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                tensor.DetachFromDisposeScope();
                _buffers[Checked(name)] = (tensor, persistent);
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Walk(recurse).SelectMany(m => m.module._parameters.Select(p => (m.prefix + p.Key, p.Value))).DistinctBy(p => p.Value);

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) =>
                Walk(recurse).SelectMany(m => m.module._buffers.Select(b => (m.prefix + b.Key, b.Value.Value)));

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(m => (m.Key, m.Value));

            public virtual IEnumerable<Module> children() => _modules.Values;

            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                Walk(recurse: true).Skip(1).Select(m => (m.prefix.TrimEnd('.'), m.module));

            public virtual IEnumerable<Module> modules() => Walk(recurse: true).Select(m => m.module);

            /// <summary>Runs a function on every part, the innermost first, then on this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children()) child.train(train);
            }

            public void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true) => GradientLists.Zero(parameters(), set_to_none);

            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var module in _modules.Values) module.Dispose();
                foreach (var parameter in _parameters.Values) parameter.Dispose();
                foreach (var (buffer, _) in _buffers.Values) buffer.Dispose();
            }

            private IEnumerable<(string prefix, Module module)> Walk(bool recurse, string prefix = "")
            {
                yield return (prefix, this);
                if (!recurse) yield break;
                foreach (var (name, child) in _modules)
                {
                    foreach (var inner in child.Walk(recurse: true, $"{prefix}{name}.")) yield return inner;
                }
            }

            private static string Checked(string name) =>
                name.Length > 0 && !name.Contains('.') ? name : throw new ArgumentException($"a component's name must have no dot and not be empty, got '{name}'");

            /// <summary>The property behind a compiler-made field.</summary>
            private static string Plain(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>')] : field;
        }
    }
}
