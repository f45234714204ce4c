using Pyrite.Operations;

namespace Pyrite.Filtering;

/// <summary>The stationary covariance of x' = T x + N(0, Q), n² numbers, out of T and Q side by side; no numbers where T is not stable.</summary>
internal readonly record struct StationaryCovariance(int States) : IRowFunction
{
    public string Name => "a stationary covariance";

    public int ArgumentCount => 2 * ResultCount;

    public int ResultCount => States * States;

    public void Compute(ReadOnlySpan<double> arguments, Span<double> result) =>
        Lyapunov.Solve(arguments[..ResultCount], arguments[ResultCount..], result, States);

    public void AddGradient(ReadOnlySpan<double> arguments, ReadOnlySpan<double> result, ReadOnlySpan<double> upstream, Span<double> gradient) =>
        Lyapunov.Gradient(arguments[..ResultCount], result, upstream, gradient[..ResultCount], gradient[ResultCount..], States);
}
