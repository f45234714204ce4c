using System.Numerics;
using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;

namespace Pyrite.Ops.LinearAlgebra;

/// <summary>½ s (a aᵀ - (L Lᵀ)⁻¹): the gradient that a Gaussian log-density gives its covariance.</summary>
internal readonly record struct CovarianceGradient : IAddressOperation
{
    public string Name => "covariance gradient";

    public int? EntryRank => 2;

    /// <summary>[n, n] for a factor [n, n], a vector [n] and a number, all of one type.</summary>
    public static Tensor Of(Tensor factor, Tensor vector, Tensor scale) =>
        Executor.Apply(default(CovarianceGradient), new TensorSpec(factor.Shape, factor.DType), factor.In(Layout.RowMajor),
            vector.In(Layout.RowMajor), scale.In(Layout.RowMajor));

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

    /// <summary>With the gradient's doubled symmetric part S and P = (L Lᵀ)⁻¹: L̄ is the lower triangle of ½ s P S L⁻ᵀ, ā = ½ s S a, and s̄ = ¼ (aᵀ S
    /// a - Σ S P).</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (Tensor factor, Tensor vector, Tensor scale) = (inputs[0], inputs[1], inputs[2]);
        Tensor doubled = upstream + upstream.Transpose();
        return input switch
        {
            0 => (0.5 * scale * factor.CholeskySolve(factor.SolveTriangular(doubled).Transpose())).LowerTriangle(),
            1 => 0.5 * scale * doubled.MatMul(vector),
            _ => 0.25 * ((vector * doubled.MatMul(vector)).Sum() - (doubled * factor.CholeskyInverse()).Sum()),
        };
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        MatrixBatch.IsForOneThread(result, (long)result[^1] * result[^1] * result[^1])
            ? (typeof(CovarianceGradient).GetMethod(nameof(OnMemory))!, [result[^1]])
            : null;

    /// <summary>The gradient on plain memory.</summary>
    public static void OnMemory(nint factor, nint vector, nint scale, nint y, int n) => CovarianceGradientKernel.Run(
        PlainMemory.Read(factor, n * n), PlainMemory.Read(vector, n), PlainMemory.Read(scale, 1)[0], PlainMemory.Write(y, n * n));

    private static void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        CovarianceGradientKernel.Run(inputs[0].Read<T>(), inputs[1].Read<T>(), inputs[2].Read<T>()[0], output.Write<T>());
}
