using System.Numerics;
using Pyrite.Engine;
using Pyrite.Kernels.Factorization;
using Pyrite.Ops.LinearAlgebra;

namespace Pyrite.Ops.Conditions;

/// <summary>Whether matrices equal their transposes within a share of their entries: a Bool for each.</summary>
internal readonly record struct SymmetryOperation(double Tolerance) : IOperation
{
    public string Name => "is symmetric";

    /// <summary>[..] for matrices [.., n, n].</summary>
    public static Tensor Of(Tensor matrices, double tolerance)
    {
        matrices = MatrixBatch.Prepare("is symmetric", matrices, square: true);
        return Executor.Apply(new SymmetryOperation(tolerance), new TensorSpec(matrices.Shape[..^2], DType.Bool), matrices);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (inputs[0].DType == DType.Float32)
        {
            Run<float>(inputs[0], output);
        }
        else
        {
            Run<double>(inputs[0], output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private void Run<T>(Tensor matrices, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = matrices.Shape[^1];
        ReadOnlySpan<T> values = matrices.Read<T>();
        Span<bool> verdicts = output.Write<bool>();
        for (int i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = SymmetryKernel.IsSymmetric(n, values.Slice(i * n * n, n * n), T.CreateChecked(Tolerance));
        }
    }
}
