namespace Pyrite.Functions.Quantiles;

/// <summary>The logarithms of the chances at and beyond a limit, the limit itself included.</summary>
/// <remarks>For densities the limit itself has no chance; for counts it has, and it need not be a whole number. A limit beyond which no count lies is
/// replaced before its chance is asked for, since slopes there are no numbers.</remarks>
internal static class LimitMass
{
    /// <summary>log P(X ≤ limit).</summary>
    public static Tensor AtMost(Distribution distribution, Tensor limit)
    {
        if (!distribution.IsDiscrete || distribution.Support.LowerEnd is not { } end)
        {
            return distribution.LogCdf(limit);
        }
        Tensor none = limit < end;
        return Tensor.Where(none, double.NegativeInfinity, distribution.LogCdf(Tensor.Where(none, end, limit)));
    }

    /// <summary>log P(X ≥ limit).</summary>
    public static Tensor AtLeast(Distribution distribution, Tensor limit)
    {
        if (!distribution.IsDiscrete || distribution.Support.UpperEnd is not { } end)
        {
            return distribution.LogSurvivalFunction(distribution.JustBelow(limit));
        }
        Tensor none = limit > end;
        return Tensor.Where(none, double.NegativeInfinity, distribution.LogSurvivalFunction(distribution.JustBelow(Tensor.Where(none, end, limit))));
    }
}
