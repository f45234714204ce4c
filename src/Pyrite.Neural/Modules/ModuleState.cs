using System.Globalization;
using System.Text;
using Pyrite.Text;

namespace Pyrite;

/// <summary>What a network has learnt, as named tensors: taken out and put back.</summary>
public static class ModuleState
{
    extension(Module module)
    {
        /// <summary>All parameters and buffers by path, as PyTorch's <c>state_dict</c>; copies, so that further training does not change
        /// them.</summary>
        public IReadOnlyDictionary<string, Tensor> State()
        {
            SortedDictionary<string, Tensor> state = new(StringComparer.Ordinal);
            foreach ((string path, Parameter parameter) in module.NamedParameters)
            {
                state.Add(path, parameter.Value.Detach().Keep());
            }
            foreach ((string path, ModuleBuffer buffer) in module.NamedBuffers)
            {
                state.Add(path, buffer.Value.Keep());
            }
            return state;
        }

        /// <summary>Sets all parameters and buffers to named tensors.</summary>
        /// <param name="state">Tensors by path; converted to the precision of the module.</param>
        /// <param name="strict">Whether names that are missing or too many are errors; shapes must agree in any case.</param>
        /// <exception cref="ArgumentException">Names or shapes do not fit: the message lists all of them, and nothing has been changed.</exception>
        public void LoadState(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
        {
            if (module.FindMismatch(state, strict) is { } mismatch)
            {
                throw new ArgumentException(mismatch, nameof(state));
            }
            module.Assign(state);
        }

        /// <summary>Writes all parameters and buffers to a safetensors file, which PyTorch loads by name.</summary>
        /// <exception cref="IOException">The file cannot be written; an earlier one is kept whole.</exception>
        public void Save(string path) => SafeTensors.Save(path, module.State());

        /// <summary>Sets all parameters and buffers from a safetensors file, one of PyTorch's state dicts for example.</summary>
        /// <param name="path">The file.</param>
        /// <param name="strict">Whether names that are missing or too many are errors; shapes must agree in any case.</param>
        /// <exception cref="InvalidDataException">The file is no safetensors file, or its names or shapes do not fit; nothing has been
        /// changed.</exception>
        public void Load(string path, bool strict = true)
        {
            NamedTensors state = SafeTensors.Load(path);
            if (module.FindMismatch(state, strict) is { } mismatch)
            {
                throw new InvalidDataException(
                    $"{path}: {mismatch}{(state.Metadata.Keys.Any(key => key.StartsWith("pyrite.", StringComparison.Ordinal))
                        ? " " + FileContent.Reader(path)
                        : "")}");
            }
            module.Assign(state);
        }

        /// <summary>What keeps a state from being loaded, or null.</summary>
        internal string? FindMismatch(IReadOnlyDictionary<string, Tensor> state, bool strict)
        {
            List<string> missing = [];
            List<string> wrong = [];
            Dictionary<string, Shape> own = [];
            foreach ((string path, Parameter parameter) in module.NamedParameters)
            {
                own.Add(path, parameter.Shape);
            }
            foreach ((string path, ModuleBuffer buffer) in module.NamedBuffers)
            {
                own.Add(path, buffer.Shape);
            }
            foreach ((string path, Shape shape) in own)
            {
                if (!state.TryGetValue(path, out Tensor? tensor))
                {
                    missing.Add(path);
                }
                else if (tensor.Shape != shape)
                {
                    wrong.Add($"{path} has shape {tensor.Shape}, the module needs {shape}");
                }
            }
            List<string> unexpected = [.. state.Keys.Where(name => !own.ContainsKey(name)).Order(StringComparer.Ordinal)];
            if (wrong.Count == 0 && (!strict || (missing.Count == 0 && unexpected.Count == 0)))
            {
                return null;
            }
            StringBuilder message = new($"{module.Label}: the state does not fit, and nothing was loaded.");
            if (strict)
            {
                Append(message, "Missing", missing, name => NearestNames.Suggest(name, unexpected));
                Append(message, "Unexpected", unexpected, name => NearestNames.Suggest(name, missing));
            }
            Append(message, "Wrong shapes", wrong, _ => "");
            return message.Append(
                strict && wrong.Count == 0 ? " Rename the tensors, or load with strict: false." : " Build the module with the sizes of the state.")
                    .ToString();
        }

        internal void Assign(IReadOnlyDictionary<string, Tensor> state)
        {
            foreach ((string path, Parameter parameter) in module.NamedParameters)
            {
                if (state.TryGetValue(path, out Tensor? tensor))
                {
                    using NoGradient.Scope untracked = NoGradient.Begin();
                    parameter.Assign(tensor.Detach().To(parameter.IsMaterialized ? parameter.Value.DType : module.Type ?? Precision.Default));
                }
            }
            foreach ((string path, ModuleBuffer buffer) in module.NamedBuffers)
            {
                if (state.TryGetValue(path, out Tensor? tensor))
                {
                    buffer.Assign(tensor);
                }
            }
        }
    }

    private static void Append(StringBuilder message, string title, List<string> names, Func<string, string> remark)
    {
        const int Shown = 20;
        if (names.Count > 0)
        {
            message.Append(CultureInfo.InvariantCulture,
                $" {title}: {string.Join(", ", names.Take(Shown).Select(name => name + remark(name)))}{(names.Count > Shown
                    ? $" and {names.Count - Shown} more"
                    : "")}.");
        }
    }
}
