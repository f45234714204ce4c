using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Ops.Indexing;
using Pyrite.Ops.Lanes;

namespace Pyrite.Lifting;

/// <summary>An operation on the numbers behind lifted tensors, of which an equal one has the same result: the steps of a chain take the same rows
/// of the same table, each along an axis of its own.</summary>
/// <remarks>Of operations that have all they depend on in their attributes and inputs, and one lifted input, so that axes come in one
/// order.</remarks>
internal readonly struct LiftedCall : IEquatable<LiftedCall>
{
    private readonly IOperation operation;
    private readonly TensorSpec spec;
    private readonly int lifted;
    private readonly Shape shape;
    private readonly Tensor first;
    private readonly Tensor? second;
    private readonly bool isTracked;

    private LiftedCall(IOperation operation, TensorSpec spec, int lifted, Shape shape, Tensor first, Tensor? second)
    {
        (this.operation, this.spec, this.lifted, this.shape, this.first, this.second) = (operation, spec, lifted, shape, first, second);
        isTracked = NoGradient.IsOff;
    }

    /// <summary>The call; null for one that is not looked up.</summary>
    public static LiftedCall? Of<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values)
        where TOperation : struct, IOperation
    {
        if (operation is not (TakeOperation or IStackedOperation) || inputs.Length > 2
            || Array.FindAll(values, value => value is not null).Length != 1)
        {
            return null;
        }
        int lifted = values[0] is null ? 1 : 0;
        return new LiftedCall(operation, spec, lifted, inputs[lifted].Shape, values[0]?.Numbers ?? inputs[0],
            inputs.Length > 1 ? values[1]?.Numbers ?? inputs[1] : null);
    }

    public bool Equals(LiftedCall other) => ReferenceEquals(first, other.first) && ReferenceEquals(second, other.second) && lifted == other.lifted
        && isTracked == other.isTracked && shape == other.shape && spec == other.spec && operation.Equals(other.operation);

    public override bool Equals(object? obj) => obj is LiftedCall other && Equals(other);

    public override int GetHashCode() =>
        HashCode.Combine(RuntimeHelpers.GetHashCode(first), second is null ? 0 : RuntimeHelpers.GetHashCode(second), lifted);
}
