namespace Pyrite.Functions;

/// <summary>The probability between two points, taken from the tail that is nearer so that it keeps its digits.</summary>
internal static class IntervalMass
{
    /// <summary>log P(low &lt; X ≤ high); minus infinity for low = high.</summary>
    public static Tensor Log(Distribution distribution, Tensor low, Tensor high)
    {
        Tensor below = distribution.LogCdf(high);
        Tensor above = distribution.LogSurvivalFunction(low);
        Tensor isUpper = above < below;
        Tensor fromBelow = Difference(below, distribution.LogCdf(low));
        Tensor fromAbove = Difference(above, distribution.LogSurvivalFunction(high));
        return Tensor.Where(isUpper, fromAbove, fromBelow);
    }

    /// <summary>log(eᵃ - eᵇ) for b of at most a.</summary>
    private static Tensor Difference(Tensor a, Tensor b)
    {
        Tensor nothing = !(b < a);
        Tensor none = b.EqualTo(double.NegativeInfinity);
        Tensor gap = Tensor.Where(nothing | none, -1, b - Tensor.Where(nothing, 0, a));
        return Tensor.Where(nothing, double.NegativeInfinity, Tensor.Where(none, a, a + gap.Log1mExp()));
    }
}
