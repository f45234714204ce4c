using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>A recorded operation of a given type.</summary>
internal sealed class RecordedNode<TOperation>(TOperation operation, TensorSpec spec, int[] inputs, bool isAlias) : RecordedNode(spec, inputs, isAlias)
    where TOperation : struct, IOperation
{
    private static readonly EqualityComparer<TOperation> Comparer = EqualityComparer<TOperation>.Default;

    private TOperation operation = operation;

    public override string Name => operation.Name;

    public override object Boxed => operation;

    /// <summary>Whether the operation is this one; numbers that may change from step to step are taken over.</summary>
    public bool Accepts(in TOperation candidate)
    {
        if (!Comparer.Equals(operation, candidate))
        {
            return false;
        }
        operation = candidate;
        return true;
    }

    public override void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => operation.Execute(inputs, output);

    public override bool IsSame(RecordedNode other) =>
        other is RecordedNode<TOperation> same && Comparer.Equals(operation, same.operation) && Spec == other.Spec && Inputs.AsSpan().SequenceEqual(other.Inputs);

    public override RecordedNode? ForBatch(int count, int batch, TensorSpec spec) => operation is IBatchOperation<TOperation> batched && batched.ForBatch(count, batch) is { } split
        ? new RecordedNode<TOperation>(split, spec, Inputs, IsAlias)
        : null;

    public override void TakeOver(RecordedNode other) => operation = ((RecordedNode<TOperation>)other).operation;
}
