namespace Pyrite.Inference.Objectives;

/// <summary>An average in which earlier numbers count less and less.</summary>
/// <param name="Sum">The weighted sum.</param>
/// <param name="Weight">The sum of the weights, by which the early average is not drawn to zero.</param>
internal readonly record struct DecayingAverage(double Sum, double Weight)
{
    /// <summary>The average; 0 before the first number.</summary>
    public double Mean => Weight > 0 ? Sum / Weight : 0;

    /// <summary>The average with one more number.</summary>
    public DecayingAverage With(double value, double decay) => new((decay * Sum) + ((1 - decay) * value), (decay * Weight) + (1 - decay));
}
