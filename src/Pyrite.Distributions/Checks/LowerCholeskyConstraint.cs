using System.Numerics;
using Pyrite.Engine;

namespace Pyrite.Checks;

/// <summary>Lower-triangular square matrices with a positive diagonal.</summary>
internal sealed class LowerCholeskyConstraint() : Constraint("lower Cholesky", "a lower-triangular matrix with a positive diagonal", 2)
{
    public override Transform Bijection => new LowerCholeskyTransform();

    public override Tensor Check(Tensor value)
    {
        (Tensor above, Tensor diagonal) = Triangles.Masks(value.Shape[^1]);
        return (!above | value.EqualTo(0)).AllOverLast(2) & (!diagonal | (value > 0)).AllOverLast(2);
    }

    internal override bool Holds(Tensor value) => value.DType switch
    {
        DType.Float32 => AllAdmitted(value.In(Layout.RowMajor).Read<float>(), value.Shape[^1]),
        DType.Float64 => AllAdmitted(value.In(Layout.RowMajor).Read<double>(), value.Shape[^1]),
        _ => Check(value).All(),
    };

    protected internal override Tensor InteriorPoint(Tensor value) => Triangles.Masks(value.Shape[^1]).Diagonal.To(value.DType);

    private static bool AllAdmitted<T>(ReadOnlySpan<T> entries, int size) where T : unmanaged, INumber<T>
    {
        for (int start = 0, row = 0; start < entries.Length; start += size, row = row + 1 == size ? 0 : row + 1)
        {
            if (!(entries[start + row] > T.Zero) || entries.Slice(start + row + 1, size - row - 1).ContainsAnyExcept(T.Zero))
            {
                return false;
            }
        }
        return true;
    }
}
