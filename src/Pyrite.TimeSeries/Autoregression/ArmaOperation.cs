using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Autoregression;

/// <summary>The sizes of an autoregressive moving average, and where its numbers lie: φ, θ, the scale, the deviations from the mean, and where
/// observations
/// may be missing whether each is there.</summary>
internal readonly record struct ArmaShape(int Ar, int Ma, int Steps, bool HasGaps)
{
    public int States => Math.Max(Ar, Ma + 1);

    public int Scale => Ar + Ma;

    public int Data => Ar + Ma + 1;

    public int Length => Data + (HasGaps ? 2 : 1) * Steps;
}

/// <summary>Exact log-likelihoods, [series], out of [series, length].</summary>
internal readonly record struct ArmaOperation(ArmaShape Process) : ITensorOperation
{
    public string Name => "ARMA likelihood";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0]];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        for (int i = 0; i < result.Length; i++)
        {
            using ArmaPass pass = new(Process);
            result[i] = T.CreateChecked(pass.Run(numbers.Slice(i * Process.Length, Process.Length)));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        Tensor.Apply(new ArmaGradientOperation(Process), inputs[0], upstream);
}

/// <summary>The gradients of <see cref="ArmaOperation"/>, [series, length].</summary>
internal readonly record struct ArmaGradientOperation(ArmaShape Process) : ITensorOperation
{
    public string Name => "gradient of the ARMA likelihood";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]), upstream = MemoryMarshal.Cast<T, double>(inputs[1]);
        Span<double> gradients = MemoryMarshal.Cast<T, double>(result);
        for (int i = 0; i < upstream.Length; i++)
        {
            ReadOnlySpan<double> own = numbers.Slice(i * Process.Length, Process.Length);
            using ArmaPass pass = new(Process);
            pass.Run(own);
            pass.Backward(own, upstream[i], gradients.Slice(i * Process.Length, Process.Length));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "The gradient of an ARMA likelihood was to be differentiated once more, which it has no rule for. Take second derivatives by "
            + "differences of its "
            + "gradients.");
}
