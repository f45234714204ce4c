using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Pyrite;

/// <summary>Tensors by name, in the order of the file they came from, with the strings that were stored beside them.</summary>
public sealed class NamedTensors : IReadOnlyDictionary<string, Tensor>
{
    private readonly OrderedDictionary<string, Tensor> tensors = new(StringComparer.Ordinal);

    internal NamedTensors(IReadOnlyDictionary<string, string> metadata) => Metadata = metadata;

    /// <summary>The strings stored beside the tensors; empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>How many tensors there are.</summary>
    public int Count => tensors.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Keys => tensors.Keys;

    /// <summary>The tensors, in order.</summary>
    public IEnumerable<Tensor> Values => tensors.Values;

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Tensor this[string key] => tensors.TryGetValue(key, out Tensor? tensor)
        ? tensor
        : throw new KeyNotFoundException(
            $"There is no tensor \"{key}\" "
                + $"among {Count}: {string.Join(", ", Keys.Take(10).Select(name => $"\"{name}\""))}{(Count > 10 ? ", …" : ".")}");

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool ContainsKey(string key) => tensors.ContainsKey(key);

    /// <summary>The tensor of that name, if there is one.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value) => tensors.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => tensors.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(string name, Tensor tensor) => tensors.Add(name, tensor);
}
