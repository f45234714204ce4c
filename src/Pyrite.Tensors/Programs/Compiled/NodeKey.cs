using Pyrite.Engine;

namespace Pyrite.Programs.Compiled;

/// <summary>What an operation computes from which values: nodes with equal keys have equal results, unless their operations vary.</summary>
internal readonly struct NodeKey(object operation, TensorSpec spec, (int Source, Shape Shape)[] inputs) : IEquatable<NodeKey>
{
    private readonly object operation = operation;
    private readonly TensorSpec spec = spec;
    private readonly (int Source, Shape Shape)[] inputs = inputs;

    public bool Equals(NodeKey other) => spec == other.spec && operation.Equals(other.operation) && inputs.AsSpan().SequenceEqual(other.inputs);

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(operation);
        foreach ((int source, _) in inputs)
        {
            hash.Add(source);
        }
        return hash.ToHashCode();
    }
}
