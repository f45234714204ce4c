using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Ops.Indexing;
using Pyrite.Ops.Lanes;
using Pyrite.Ops.Reductions;

namespace Pyrite.Lifting;

/// <summary>An operation on the numbers behind lifted tensors, of which an equal one has the same result: the steps of a chain take the same rows
/// of the same table, each along an axis of its own.</summary>
/// <remarks>Of operations that have all they depend on in their attributes and inputs, and lifted inputs of the same axes, so that these come in
/// one order.</remarks>
internal readonly struct LiftedCall : IEquatable<LiftedCall>
{
    private const int Both = 2;

    private readonly IOperation operation;
    private readonly TensorSpec spec;
    private readonly int lifted;
    private readonly Shape shape;
    private readonly Shape? otherShape;
    private readonly Tensor first;
    private readonly Tensor? second;
    private readonly bool isTracked;

    private LiftedCall(IOperation operation, TensorSpec spec, int lifted, Shape shape, Shape? otherShape, Tensor first, Tensor? second)
    {
        (this.operation, this.spec, this.lifted, this.shape, this.otherShape) = (operation, spec, lifted, shape, otherShape);
        (this.first, this.second) = (first, second);
        isTracked = NoGradient.IsOff;
    }

    /// <summary>The call; null for one that is not looked up.</summary>
    public static LiftedCall? Of<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, LiftedValue?[] values)
        where TOperation : struct, IOperation
    {
        bool isKnown = operation is TakeOperation or IStackedOperation or IElementwiseOperation or SumOperation && operation is not IVaryingOperation;
        bool areBoth = inputs.Length == 2 && values[0] is not null && values[1] is not null;
        if (!isKnown || inputs.Length > 2
            || (areBoth && (operation is TakeOperation || !values[0]!.Axes.SequenceEqual(values[1]!.Axes))))
        {
            return null;
        }
        int lifted = areBoth ? Both : values[0] is null ? 1 : 0;
        Shape? other = areBoth ? inputs[1].Shape : null;
        return new LiftedCall(operation, spec, lifted, inputs[lifted % Both].Shape, other, values[0]?.Numbers ?? inputs[0],
            inputs.Length > 1 ? values[1]?.Numbers ?? inputs[1] : null);
    }

    public bool Equals(LiftedCall other) => ReferenceEquals(first, other.first) && ReferenceEquals(second, other.second) && lifted == other.lifted
        && isTracked == other.isTracked && shape == other.shape && otherShape == other.otherShape && spec == other.spec
        && operation.Equals(other.operation);

    public override bool Equals(object? obj) => obj is LiftedCall other && Equals(other);

    public override int GetHashCode() =>
        HashCode.Combine(RuntimeHelpers.GetHashCode(first), second is null ? 0 : RuntimeHelpers.GetHashCode(second), lifted);
}
