using Pyrite.Operations;

namespace Pyrite.Autoregression;

/// <summary>The exact log-likelihood of an autoregressive moving average; NaN where it is not stationary.</summary>
internal readonly record struct ArmaScore(ArmaShape Process) : ISeriesScore
{
    public string Name => "an ARMA likelihood";

    public int Count => Process.Length;

    public double Of(ReadOnlySpan<double> numbers)
    {
        using ArmaPass pass = new(Process);
        return pass.Run(numbers);
    }

    public double WithGradient(ReadOnlySpan<double> numbers, Span<double> gradient)
    {
        using ArmaPass pass = new(Process);
        double score = pass.Run(numbers);
        pass.Backward(numbers, gradient);
        return score;
    }
}
