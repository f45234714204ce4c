using Pyrite.Operations;

namespace Pyrite.Volatility;

/// <summary>The variances of a GARCH process out of coefficients and residuals.</summary>
internal readonly record struct GarchVariances(VarianceShape Process) : IRowFunction
{
    public string Name => "GARCH variances";

    public int ArgumentCount => Process.Length;

    public int ResultCount => Process.Steps;

    public void Compute(ReadOnlySpan<double> arguments, Span<double> result) => VarianceRecursion.Run(Process, arguments, result);

    public void AddGradient(ReadOnlySpan<double> arguments, ReadOnlySpan<double> result, ReadOnlySpan<double> upstream, Span<double> gradient) =>
        VarianceRecursion.Backward(Process, arguments, result, upstream, gradient);
}
