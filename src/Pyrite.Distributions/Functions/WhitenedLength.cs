using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels;

namespace Pyrite.Functions;

/// <summary>The squared length of L⁻¹ (x - loc) along the last axis, for vectors that share a lower-triangular L.</summary>
/// <remarks>One pass over the vectors; what it solves is not kept, so gradients solve again.</remarks>
internal readonly record struct WhitenedLength : IOperation
{
    public string Name => "whitened length";

    /// <summary>The squared lengths, [..], for vectors [.., n], a location [n] and a factor [n, n].</summary>
    public static Tensor Of(Tensor value, Tensor loc, Tensor factor)
    {
        DType type = DTypeProperties.Promote(DTypeProperties.Promote(value.DType, loc.DType), factor.DType);
        return Executor.Apply(
            default(WhitenedLength), new TensorSpec(value.Shape[..^1], type), value.To(type).In(Layout.RowMajor), loc.To(type).In(Layout.RowMajor), factor.To(type).In(Layout.RowMajor));
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    /// <summary>With w = L⁻¹ (x - loc) and b = L⁻ᵀ 2 w ȳ: x̄ = b, the location's is -Σ b, L̄ = -Σ b wᵀ.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (Tensor value, Tensor loc, Tensor factor) = (inputs[0], inputs[1], inputs[2]);
        Tensor whitened = factor.SolveLower(value - loc);
        Tensor back = factor.SolveLower(2 * upstream.Unsqueeze(-1) * whitened, transposed: true);
        if (input == 0)
        {
            return back;
        }
        Tensor rows = back.Reshape(-1, back.Shape[^1]);
        return input == 1 ? -rows.Sum(0) : -rows.Transpose().MatMul(whitened.Reshape(rows.Shape)).LowerTriangle();
    }

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, IFloatingPointIeee754<T> =>
        TriangularRows.SquaredLengths(inputs[1].Shape[0], inputs[2].Read<T>(), inputs[0].Read<T>(), inputs[1].Read<T>(), output.Write<T>());
}
