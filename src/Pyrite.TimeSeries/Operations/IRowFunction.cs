namespace Pyrite.Operations;

/// <summary>A function of a row of numbers with its gradient; <see cref="RowOperation{TFunction}"/> applies it to each row of a tensor.</summary>
internal interface IRowFunction
{
    /// <summary>What it computes, in lower case: errors say "gradient of" it.</summary>
    string Name { get; }

    /// <summary>How many numbers it takes.</summary>
    int ArgumentCount { get; }

    /// <summary>How many it gives.</summary>
    int ResultCount { get; }

    /// <summary>Computes the result, which is 0 everywhere before.</summary>
    void Compute(ReadOnlySpan<double> arguments, Span<double> result);

    /// <summary>Adds the gradient for the arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="result">What was computed of them.</param>
    /// <param name="upstream">The gradient for the result.</param>
    /// <param name="gradient">As many numbers as arguments; 0 everywhere before.</param>
    void AddGradient(ReadOnlySpan<double> arguments, ReadOnlySpan<double> result, ReadOnlySpan<double> upstream, Span<double> gradient);
}
