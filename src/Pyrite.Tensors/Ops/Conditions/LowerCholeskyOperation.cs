using System.Numerics;
using System.Numerics.Tensors;
using Pyrite.Engine;

namespace Pyrite.Ops.Conditions;

/// <summary>Whether all matrices are lower-triangular with a positive diagonal: one pass over the entries.</summary>
internal readonly record struct LowerCholeskyOperation : IOperation
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
