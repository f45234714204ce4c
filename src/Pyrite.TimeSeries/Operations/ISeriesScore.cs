namespace Pyrite.Operations;

/// <summary>The log-likelihood of a series with its gradient; <see cref="ScoreOperation{TScore}"/> applies it to each row of a tensor.</summary>
internal interface ISeriesScore
{
    /// <summary>What it computes, in lower case.</summary>
    string Name { get; }

    /// <summary>How many numbers describe the process and the series.</summary>
    int Count { get; }

    /// <summary>The log-likelihood; NaN where there is none.</summary>
    double Of(ReadOnlySpan<double> numbers);

    /// <summary>The log-likelihood, and its gradient added to what is 0 everywhere before.</summary>
    double WithGradient(ReadOnlySpan<double> numbers, Span<double> gradient);
}
