namespace Pyrite.Functions.Quantiles;

/// <summary>The probability between two points, taken from the tail that is nearer so that it keeps its digits.</summary>
/// <remarks>Points beyond which nothing lies, such as infinite ones, are replaced before they are asked about, since slopes there are no
/// numbers.</remarks>
internal readonly struct IntervalMass
{
    private readonly Distribution distribution;
    private readonly Tensor low;
    private readonly Tensor high;
    private readonly Tensor isStart;
    private readonly Tensor isEnd;

    /// <summary>Looks at an interval.</summary>
    public IntervalMass(Distribution distribution, Tensor low, Tensor high)
    {
        this.distribution = distribution;
        using (NoGradient.Begin())
        {
            isStart = distribution.LogCdf(low).EqualTo(double.NegativeInfinity) | low.EqualTo(double.NegativeInfinity);
            isEnd = distribution.LogSurvivalFunction(high).EqualTo(double.NegativeInfinity) | high.EqualTo(double.PositiveInfinity);
        }
        this.low = Tensor.Where(isStart, distribution.Support.InteriorPoint(low), low);
        this.high = Tensor.Where(isEnd, distribution.Support.InteriorPoint(high), high);
    }

    /// <summary>P(X ≤ low) and P(X &gt; low).</summary>
    public (Tensor Below, Tensor Above) AtLow =>
        (Tensor.Where(isStart, 0, distribution.Cdf(low)), Tensor.Where(isStart, 1, distribution.SurvivalFunction(low)));

    /// <summary>P(X ≤ high) and P(X &gt; high).</summary>
    public (Tensor Below, Tensor Above) AtHigh =>
        (Tensor.Where(isEnd, 1, distribution.Cdf(high)), Tensor.Where(isEnd, 0, distribution.SurvivalFunction(high)));

    /// <summary>log P(low &lt; X ≤ high); minus infinity for low = high.</summary>
    public Tensor Logarithm
    {
        get
        {
            Tensor below = Tensor.Where(isEnd, 0, distribution.LogCdf(high));
            Tensor above = Tensor.Where(isStart, 0, distribution.LogSurvivalFunction(low));
            Tensor fromBelow = Difference(below, Tensor.Where(isStart, double.NegativeInfinity, distribution.LogCdf(low)));
            Tensor fromAbove = Difference(above, Tensor.Where(isEnd, double.NegativeInfinity, distribution.LogSurvivalFunction(high)));
            return Tensor.Where(above < below, fromAbove, fromBelow);
        }
    }

    /// <summary>log P(low &lt; X ≤ high); minus infinity for low = high.</summary>
    public static Tensor Log(Distribution distribution, Tensor low, Tensor high) => new IntervalMass(distribution, low, high).Logarithm;

    /// <summary>log(eᵃ - eᵇ) for b of at most a.</summary>
    private static Tensor Difference(Tensor a, Tensor b)
    {
        Tensor nothing = !(b < a);
        Tensor none = b.EqualTo(double.NegativeInfinity);
        Tensor gap = Tensor.Where(nothing | none, -1, b - a);
        return Tensor.Where(nothing, double.NegativeInfinity, Tensor.Where(none, a, a + gap.Log1mExp()));
    }
}
