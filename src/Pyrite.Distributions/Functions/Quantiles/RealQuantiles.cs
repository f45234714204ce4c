namespace Pyrite.Functions.Quantiles;

/// <summary>Quantiles and implicit derivatives of distributions of real numbers that know only their distribution function and density.</summary>
internal static class RealQuantiles
{
    private const int Bisections = 70;

    /// <summary>The x with P(X ≤ x) = p by bisection, found in the nearer tail and differentiable up to third order.</summary>
    public static Tensor FromBelow(Distribution distribution, Tensor p) => Find(distribution, p, isUpper: false);

    /// <summary>The x with P(X &gt; x) = q, likewise.</summary>
    public static Tensor FromAbove(Distribution distribution, Tensor q) => Find(distribution, q, isUpper: true);

    /// <summary>Draws as they are, but moving with the parameters so that their probabilities stay fixed (Figurnov et al., 2018).</summary>
    public static Tensor Attach(Distribution distribution, Tensor draws)
    {
        Tensor held = draws.Detach();
        if (!distribution.Cdf(held).RequiresGradient)
        {
            return held;
        }
        Tensor isLow = distribution.Cdf(held).Detach() < 0.5;
        Tensor target = Tensor.Where(isLow, distribution.Cdf(held), distribution.SurvivalFunction(held)).Detach();
        return Polish(distribution, held, isLow, target);
    }

    /// <summary>Two steps of Newton's method, followed by derivatives: each doubles the order to which the result depends rightly on the
    /// parameters.</summary>
    private static Tensor Polish(Distribution distribution, Tensor start, Tensor isLow, Tensor target)
    {
        Tensor x = start;
        for (int step = 0; step < 2; step++)
        {
            Tensor excess = Tensor.Where(isLow, distribution.Cdf(x) - target, target - distribution.SurvivalFunction(x));
            x -= excess / distribution.LogDensity(x).Exp();
        }
        return x;
    }

    private static Tensor Find(Distribution distribution, Tensor p, bool isUpper)
    {
        Tensor inside = (p > 0) & (p < 1);
        Tensor safe = Tensor.Where(inside, p, 0.5);
        Tensor isLow = isUpper ? safe > 0.5 : safe <= 0.5;
        Tensor target = Tensor.Where(isUpper ? !isLow : isLow, safe, 1 - safe);
        Constraint support = distribution.Support;
        (Tensor start, Tensor ends) = Search(distribution, p, isLow, target, isUpper);
        Tensor polished = Polish(distribution, start, isLow, target);
        Tensor moved = Tensor.Where(support.Check(polished.Detach()) & polished.Detach().IsFinite(), polished, start);
        return Tensor.Where(inside, moved, ends);
    }

    /// <summary>Bisection in a coordinate that is logarithmic far out, so that any magnitude is reached.</summary>
    private static (Tensor Start, Tensor Ends) Search(Distribution distribution, Tensor p, Tensor isLow, Tensor target, bool isUpper)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape shape = Shape.Broadcast(p.Shape, distribution.BatchShape);
        DType type = distribution.DType;
        Tensor least = (distribution.Support.LowerEnd ?? double.NegativeInfinity).To(type).BroadcastTo(shape);
        Tensor most = (distribution.Support.UpperEnd ?? double.PositiveInfinity).To(type).BroadcastTo(shape);
        double reach = type == DType.Float32 ? 87 : 700;
        Tensor low = Tensor.Full(shape, -reach, type);
        Tensor high = Tensor.Full(shape, reach, type);
        Tensor x = Position(low, least, most);
        for (int step = 0; step < Bisections; step++)
        {
            Tensor middle = 0.5 * (low + high);
            x = Position(middle, least, most);
            Tensor tooHigh = Tensor.Where(isLow, distribution.Cdf(x) >= target, distribution.SurvivalFunction(x) <= target);
            high = Tensor.Where(tooHigh, middle, high);
            low = Tensor.Where(tooHigh, low, middle);
        }
        Tensor atLeast = isUpper ? p.EqualTo(1) : p.EqualTo(0);
        Tensor atMost = isUpper ? p.EqualTo(0) : p.EqualTo(1);
        return (x, Tensor.Where(atLeast, least, Tensor.Where(atMost, most, double.NaN)));
    }

    private static Tensor Position(Tensor u, Tensor least, Tensor most)
    {
        Tensor below = least.IsFinite();
        Tensor above = most.IsFinite();
        Tensor between = least + ((most - least) * u.Sigmoid());
        Tensor oneSided = Tensor.Where(below, least + u.Exp(), most - (-u).Exp());
        return Tensor.Where(below & above, between, Tensor.Where(below | above, oneSided, u.Sinh()));
    }
}
