namespace Pyrite.Divergences;

/// <summary>Divergences within a family of real numbers or probabilities.</summary>
internal static class SameFamilyPairs
{
    public static Tensor? Find(Distribution q, Distribution p) => (q, p) switch
    {
        (Normal a, Normal b) => Gaussian(a.Loc, a.Scale, b.Loc, b.Scale),
        (LogNormal a, LogNormal b) => Gaussian(a.Loc, a.Scale, b.Loc, b.Scale),
        (HalfNormal a, HalfNormal b) => Gaussian(0, a.Scale, 0, b.Scale),
        (Beta a, Beta b) => OfBeta(a, b),
        (Gamma a, Gamma b) => OfGamma(a.Concentration, a.Rate, b.Concentration, b.Rate),
        (InverseGamma a, InverseGamma b) => OfGamma(a.Concentration, a.Rate, b.Concentration, b.Rate),
        (Exponential a, Exponential b) => OfExponential(a.Rate, b.Rate),
        (Dirichlet a, Dirichlet b) => OfDirichlet(a.Concentration, b.Concentration),
        (Laplace a, Laplace b) => OfLaplace(a, b),
        (Normal a, Laplace b) => GaussianToLaplace(a, b),
        (Cauchy a, Cauchy b) => (((a.Scale + b.Scale).Square() + (a.Loc - b.Loc).Square()) / (4 * a.Scale * b.Scale)).Log(),
        (Gumbel a, Gumbel b) => OfGumbel(a, b),
        (Weibull a, Weibull b) => OfWeibull(a, b),
        (VonMises a, VonMises b) => OfVonMises(a, b),
        _ => null,
    };

    private static Tensor Gaussian(Tensor loc1, Tensor scale1, Tensor loc2, Tensor scale2)
    {
        Tensor ratio = scale1 / scale2;
        Tensor shift = (loc1 - loc2) / scale2;
        return (0.5 * (((ratio - 1) * (ratio + 1)) + shift.Square())) - ratio.Log();
    }

    private static Tensor OfBeta(Beta q, Beta p)
    {
        (Tensor a, Tensor b) = (q.Concentration1, q.Concentration0);
        (Tensor c, Tensor d) = (p.Concentration1, p.Concentration0);
        return c.LogBeta(d) - a.LogBeta(b) + ((a - c) * a.Digamma()) + ((b - d) * b.Digamma()) + ((c + d - a - b) * (a + b).Digamma());
    }

    private static Tensor OfGamma(Tensor shape1, Tensor rate1, Tensor shape2, Tensor rate2)
    {
        Tensor ratio = rate2 / rate1;
        return ((shape1 - shape2) * shape1.Digamma()) - shape1.LogGamma() + shape2.LogGamma() - (shape2 * ratio.Log()) + (shape1 * (ratio - 1));
    }

    private static Tensor OfExponential(Tensor rate1, Tensor rate2)
    {
        Tensor ratio = rate2 / rate1;
        return ratio - 1 - ratio.Log();
    }

    private static Tensor OfDirichlet(Tensor a, Tensor b)
    {
        Tensor total = a.Sum(-1);
        Tensor weights = (a - b) * (a.Digamma() - total.Digamma().Unsqueeze(-1));
        return total.LogGamma() - b.Sum(-1).LogGamma() + (b.LogGamma() - a.LogGamma() + weights).Sum(-1);
    }

    private static Tensor OfLaplace(Laplace q, Laplace p)
    {
        Tensor distance = (q.Loc - p.Loc).Abs();
        return (p.Scale / q.Scale).Log() + (((q.Scale * (-distance / q.Scale).Exp()) + distance) / p.Scale) - 1;
    }

    /// <summary>E|x - m| of a Gaussian is 2 s φ(z) + s z (2 Φ(z) - 1), z = (loc - m) / s.</summary>
    private static Tensor GaussianToLaplace(Normal q, Laplace p)
    {
        Tensor z = (q.Loc - p.Loc) / q.Scale;
        Tensor deviation = q.Scale * ((Math.Sqrt(2 / Math.PI) * (-0.5 * z.Square()).Exp()) + (z * (z / Math.Sqrt(2)).Erf()));
        return (2 * p.Scale).Log() + (deviation / p.Scale) - q.Entropy();
    }

    private static Tensor OfGumbel(Gumbel q, Gumbel p)
    {
        const double euler = 0.57721566490153286061;
        Tensor ratio = q.Scale / p.Scale;
        Tensor shift = (q.Loc - p.Loc) / p.Scale;
        return shift + (ratio * euler) - ratio.Log() - (euler + 1) + ((1 + ratio).LogGamma() - shift).Exp();
    }

    /// <summary>Bauckhage, "Computing the Kullback-Leibler divergence between two Weibull distributions", 2013.</summary>
    private static Tensor OfWeibull(Weibull q, Weibull p)
    {
        const double euler = 0.57721566490153286061;
        (Tensor k, Tensor l) = (q.Concentration, p.Concentration);
        Tensor logRatio = (q.Scale / p.Scale).Log();
        return (k / l).Log() - (l * logRatio) + ((k - l) * (-euler / k)) + ((l * logRatio) + (1 + (l / k)).LogGamma()).Exp() - 1;
    }

    private static Tensor OfVonMises(VonMises q, VonMises p)
    {
        Tensor half = (0.5 * (q.Loc - p.Loc)).Sin();
        Tensor resultant = q.Concentration.BesselRatio();
        Tensor normalizers = p.Concentration.BesselI0Scaled().Log() - q.Concentration.BesselI0Scaled().Log();
        return normalizers + ((p.Concentration - q.Concentration) * (1 - resultant)) + (2 * p.Concentration * resultant * half.Square());
    }
}
