using Pyrite.Engine;

namespace Pyrite.LinearAlgebra;

/// <summary>Moore-Penrose inverses; singular values below a share of the largest count as 0.</summary>
/// <remarks>Gradient: Golub, Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems", 1973, equation 4.12.</remarks>
internal readonly record struct PseudoInverseOperation(double Cutoff) : IOperation
{
    public string Name => "pseudo-inverse";

    public static Tensor Of(Tensor a, double cutoff)
    {
        a = Matrices.Prepare("pseudo-inverse", a, square: false);
        return Executor.Apply(new PseudoInverseOperation(cutoff), new TensorSpec(a.Shape[..^2] + [a.Shape[^1], a.Shape[^2]], a.DType), a);
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Tensor packed = SvdOperation.Of(inputs[0].Detach());
        int m = inputs[0].Shape[^2];
        int n = inputs[0].Shape[^1];
        Tensor values = packed.Select(-1, 0);
        double relative = Cutoff >= 0 ? Cutoff : Math.Max(m, n) * (output.DType == DType.Float32 ? 1.1920929e-7 : double.BitIncrement(1) - 1);
        Tensor isKept = values > (relative * values.Slice(-1, 0, 1));
        Tensor inverse = Tensor.Where(isKept, 1.0 / Tensor.Where(isKept, values, 1.0), 0.0);
        Tensor scaled = packed.Slice(-1, 1 + m, n) * inverse.Unsqueeze(-1);
        MatrixMultiplication.Product(scaled, packed.Slice(-1, 1, m), true, false).RawBytes().CopyTo(output.WriteBytes());
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        (Tensor a, Tensor y) = (inputs[0], output);
        Tensor yt = y.Transpose();
        Tensor ut = upstream.Transpose();
        Tensor inside = -yt.MatMul(upstream).MatMul(yt);
        Tensor left = (ut - a.MatMul(y).MatMul(ut)).MatMul(y).MatMul(yt);
        Tensor right = yt.MatMul(y).MatMul(ut - ut.MatMul(y).MatMul(a));
        return inside + left + right;
    }
}
