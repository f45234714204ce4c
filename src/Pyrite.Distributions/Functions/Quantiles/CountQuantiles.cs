namespace Pyrite.Functions.Quantiles;

/// <summary>Quantiles of whole-number distributions by doubling and bisection of their distribution functions.</summary>
internal static class CountQuantiles
{
    private const int MaxSteps = 2100;

    /// <summary>The smallest value at which the distribution function reaches p; the upper end of the support, or infinity, for p = 1.</summary>
    public static Tensor FromBelow(Distribution distribution, Tensor p) => Find(distribution, p, x => distribution.Cdf(x) >= p, p >= 1);

    /// <summary>The smallest value above which no more than probability q is left; the upper end of the support, or infinity, for q = 0.</summary>
    public static Tensor FromAbove(Distribution distribution, Tensor q) => Find(distribution, q, x => distribution.SurvivalFunction(x) <= q, q <= 0);

    private static Tensor Find(Distribution distribution, Tensor p, Func<Tensor, Tensor> reached, Tensor atEnd)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape shape = Shape.Broadcast(p.Shape, distribution.BatchShape);
        Tensor least = (distribution.Support.LowerEnd ?? 0).To(distribution.DType).BroadcastTo(shape);
        Tensor most = (distribution.Support.UpperEnd ?? double.PositiveInfinity).To(distribution.DType).BroadcastTo(shape);
        Tensor wanted = (p >= 0) & (p <= 1) & !atEnd;
        Tensor low = least - 1;
        Tensor width = Tensor.Ones(shape, distribution.DType);
        Tensor high = least;
        for (int step = 0; step < MaxSteps; step++)
        {
            Tensor open = wanted & !reached(high) & (high < most);
            if (!open.Any())
            {
                break;
            }
            low = Tensor.Where(open, high, low);
            width = Tensor.Where(open, 2 * width, width);
            high = Tensor.Where(open, high + width, high);
            high = Tensor.Where(high < most, high, most);
        }
        for (int step = 0; step < MaxSteps; step++)
        {
            Tensor middle = (low + ((high - low) * 0.5)).Floor();
            Tensor open = wanted & (middle > low) & (middle < high);
            if (!open.Any())
            {
                break;
            }
            Tensor enough = reached(middle);
            high = Tensor.Where(open & enough, middle, high);
            low = Tensor.Where(open & !enough, middle, low);
        }
        return Tensor.Where((p >= 0) & (p <= 1), Tensor.Where(atEnd, most, high), double.NaN);
    }
}
