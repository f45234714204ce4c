using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Filtering;

/// <summary>The log-likelihoods of series under linear Gaussian systems, [series], out of the numbers of systems and data, [series,
/// length].</summary>
internal readonly record struct FilterOperation(SystemShape System) : ITensorOperation
{
    public string Name => "Kalman filter";

    /// <summary>The log-likelihoods; where gradients may be asked for, one pass finds both.</summary>
    public static Tensor Of(SystemShape system, Tensor numbers) => numbers.RequiresGradient
        ? Tensor.Apply(default(ScoredOperation), numbers, Tensor.Apply(new FilterGradientOperation(system), numbers))
        : Tensor.Apply(new FilterOperation(system), numbers);

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0]];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        for (int i = 0; i < result.Length; i++)
        {
            FilterPass pass = FilterPass.Of(System, numbers.Slice(i * System.Length, System.Length));
            result[i] = T.CreateChecked(pass.IsProper ? pass.LogLikelihood : double.NaN);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        upstream.Unsqueeze(-1) * Tensor.Apply(new FilterGradientOperation(System), inputs[0]).Slice(-1, 1, System.Length);
}

/// <summary>The log-likelihoods and behind them their gradients, [series, 1 + length].</summary>
internal readonly record struct FilterGradientOperation(SystemShape System) : ITensorOperation
{
    public string Name => "Kalman filter with its gradient";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], 1 + System.Length];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        Span<double> scored = MemoryMarshal.Cast<T, double>(result);
        int length = System.Length;
        for (int i = 0; i < numbers.Length / length; i++)
        {
            Span<double> own = scored.Slice(i * (length + 1), length + 1);
            own[0] = FilterGradient.Add(System, numbers.Slice(i * length, length), own[1..]);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "The gradient of the Kalman filter was to be differentiated once more, which it has no rule for. Take second derivatives by differences of "
            + "its gradients.");
}
