using System.Numerics;
using System.Runtime.InteropServices;
using Pyrite.Filtering;

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

    /// <summary>The log-likelihoods; where gradients may be asked for, one pass finds both.</summary>
    public static Tensor Of(ArmaShape process, Tensor numbers) => numbers.RequiresGradient
        ? Tensor.Apply(default(ScoredOperation), numbers, Tensor.Apply(new ArmaGradientOperation(process), numbers))
        : Tensor.Apply(new ArmaOperation(process), numbers);

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
        upstream.Unsqueeze(-1) * Tensor.Apply(new ArmaGradientOperation(Process), inputs[0]).Slice(-1, 1, Process.Length);
}

/// <summary>The log-likelihoods and behind them their gradients, [series, 1 + length].</summary>
internal readonly record struct ArmaGradientOperation(ArmaShape Process) : ITensorOperation
{
    public string Name => "ARMA likelihood with its gradient";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], 1 + Process.Length];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        Span<double> scored = MemoryMarshal.Cast<T, double>(result);
        int length = Process.Length;
        for (int i = 0; i < numbers.Length / length; i++)
        {
            ReadOnlySpan<double> own = numbers.Slice(i * length, length);
            Span<double> found = scored.Slice(i * (length + 1), length + 1);
            using ArmaPass pass = new(Process);
            found[0] = pass.Run(own);
            pass.Backward(own, found[1..]);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "The gradient of an ARMA likelihood was to be differentiated once more, which it has no rule for. Take second derivatives by "
            + "differences of its "
            + "gradients.");
}
