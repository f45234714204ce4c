using Pyrite.Operations;

namespace Pyrite.Filtering;

/// <summary>The log-likelihood of a series under a linear Gaussian system, out of the numbers of system and data.</summary>
internal readonly record struct FilterScore(SystemShape System) : ISeriesScore
{
    public string Name => "the Kalman filter";

    public int Count => System.Length;

    public double Of(ReadOnlySpan<double> numbers)
    {
        FilterPass pass = FilterPass.Of(System, numbers);
        return pass.IsProper ? pass.LogLikelihood : double.NaN;
    }

    public double WithGradient(ReadOnlySpan<double> numbers, Span<double> gradient) => FilterGradient.Add(System, numbers, gradient);
}
