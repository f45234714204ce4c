using Pyrite.Engine;
using Pyrite.Kernels.Code;
using Pyrite.Ops.Creation;

namespace Pyrite.Programs;

/// <summary>A recorded operation of a given type.</summary>
internal sealed class RecordedOperation<TOperation>(TOperation operation, TensorSpec spec, int[] inputs, GradientTarget[]? targets, bool isAlias)
    : RecordedNode(spec, inputs, targets, isAlias)
    where TOperation : struct, IOperation
{
    private static readonly EqualityComparer<TOperation> Comparer = EqualityComparer<TOperation>.Default;

    private TOperation operation = operation;
    private object? boxed;

    /// <summary>The operation, with the numbers of the last step.</summary>
    public TOperation Operation => operation;

    public override string Name => operation.Name;

    public override object Boxed => boxed ??= operation;

    public override ElementwiseForm? Form => (Boxed as IElementwiseOperation)?.Form;

    /// <summary>Whether the operation is this one; numbers that may change from step to step are taken over.</summary>
    public bool Accepts(in TOperation candidate)
    {
        if (!Comparer.Equals(operation, candidate))
        {
            return false;
        }
        Take(candidate);
        return true;
    }

    public override void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => operation.Execute(inputs, output);

    public override bool DoesSame(RecordedNode other) => other is RecordedOperation<TOperation> same && Comparer.Equals(operation, same.operation);

    public override bool IsSame(RecordedNode other) => DoesSame(other) && Spec == other.Spec && Inputs.AsSpan().SequenceEqual(other.Inputs)
        && (Targets is null ? other.Targets is null : other.Targets is not null && Targets.AsSpan().SequenceEqual(other.Targets));

    public override RecordedNode? ForBatch(int count, int batch, TensorSpec spec) =>
        operation is IBatchOperation<TOperation> batched && batched.ForBatch(count, batch) is { } split
        ? new RecordedOperation<TOperation>(split, spec, Inputs, null, IsAlias)
        : null;

    public override RecordedNode With(TensorSpec spec, int[] inputs) => new RecordedOperation<TOperation>(operation, spec, inputs, null, IsAlias);

    public override Tensor Issue(ReadOnlySpan<Tensor> inputs) => Executor.ApplyAgain(operation, Spec, inputs, IsAlias);

    public override GradientNode GradientNode(Tensor[] inputs, Tensor output) => new OperationNode<TOperation>(operation, inputs, output);

    public override void TakeOver(RecordedNode other)
    {
        if (!ReferenceEquals(other, this))
        {
            Take(((RecordedOperation<TOperation>)other).operation);
        }
    }

    private void Take(in TOperation candidate)
    {
        if (operation is FillOperation known && candidate is FillOperation next && !known.HasNumberOf(next))
        {
            Vary();
        }
        operation = candidate;
        OutdateCall();
    }
}
