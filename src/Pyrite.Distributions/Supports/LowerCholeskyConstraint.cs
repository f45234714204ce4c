using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;
using Pyrite.Functions.Matrices;
using Pyrite.Ops.Copies;
using Pyrite.Supports.Conditions;

namespace Pyrite.Supports;

/// <summary>Lower-triangular square matrices with a positive diagonal.</summary>
internal sealed class LowerCholeskyConstraint(string name, Func<Transform> bijection)
    : Constraint(name, "a lower-triangular matrix with a positive diagonal", 2)
{
    public override Transform Bijection => bijection();

    public override Tensor Check(Tensor value)
    {
        (Tensor above, Tensor diagonal) = Triangles.Masks(value.Shape[^1]);
        return (value.EqualTo(0) | (!above & value.EqualTo(value))).AllOverLast(2) & (!diagonal | (value > 0)).AllOverLast(2);
    }

    internal override Tensor Verdict(Tensor value) => value.DType.IsFloatingPoint && !value.IsWeak
        ? Executor.Apply(default(VerdictOperation), new TensorSpec(Shape.Scalar, DType.Bool), value.In(Layout.RowMajor))
        : base.Verdict(value);

    protected internal override Tensor InteriorPoint(Tensor value) => Triangles.Masks(value.Shape[^1]).Diagonal.To(value.DType);

    /// <summary>One pass over the entries instead of masks and comparisons.</summary>
    private readonly record struct VerdictOperation : IOperation
    {
        public string Name => "check lower Cholesky";

        public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => output.Write<bool>()[0] = inputs[0].DType == DType.Float32
            ? AllAdmitted(inputs[0].Read<float>(), inputs[0].Shape[^1])
            : AllAdmitted(inputs[0].Read<double>(), inputs[0].Shape[^1]);

        public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

        private static bool AllAdmitted<T>(ReadOnlySpan<T> entries, int size) where T : unmanaged, INumber<T>
        {
            for (int start = 0, row = 0; start < entries.Length; start += size, row = row + 1 == size ? 0 : row + 1)
            {
                if (!(entries[start + row] > T.Zero) || TensorPrimitives.IsNaNAny(entries.Slice(start, row))
                    || entries.Slice(start + row + 1, size - row - 1).ContainsAnyExcept(T.Zero))
                {
                    return false;
                }
            }
            return true;
        }
    }
}
