using Pyrite.Functions;
using Pyrite.Functions.Special;

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
        (Gamma a, Gamma b) => OfGamma(Widest(a, b), a.Concentration, a.Rate, b.Concentration, b.Rate),
        (InverseGamma a, InverseGamma b) => OfGamma(Widest(a, b), a.Concentration, a.Rate, b.Concentration, b.Rate),
        (Exponential a, Exponential b) => OfExponential(a.Rate, b.Rate),
        (Dirichlet a, Dirichlet b) => DoublePrecision.Of(Widest(a, b), a.Concentration, b.Concentration, OfDirichlet),
        (Laplace a, Laplace b) => OfLaplace(a, b),
        (Normal a, Laplace b) => GaussianToLaplace(a, b),
        (Cauchy a, Cauchy b) => (((a.Scale - b.Scale).Square() + (a.Loc - b.Loc).Square()) / (4 * a.Scale * b.Scale)).Log1p(),
        (Gumbel a, Gumbel b) => OfGumbel(a, b),
        (Weibull a, Weibull b) => OfWeibull(a, b),
        (VonMises a, VonMises b) => OfVonMises(a, b),
        (ContinuousBernoulli a, ContinuousBernoulli b) => a.Logits.TiltedGap(b.Logits),
        _ => null,
    };

    private static DType Widest(Distribution q, Distribution p) => q.DType == DType.Float64 ? q.DType : p.DType;

    private static Tensor Gaussian(Tensor loc1, Tensor scale1, Tensor loc2, Tensor scale2)
    {
        // By the relative difference of the scales, so that near-equal ones keep their digits.
        Tensor change = (scale1 - scale2) / scale2;
        Tensor shift = (loc1 - loc2) / scale2;
        return (0.5 * (change.Square() + shift.Square())) + (change - change.Log1p());
    }

    private static Tensor OfBeta(Beta q, Beta p)
    {
        (Tensor a, Tensor b) = (q.Concentration1, q.Concentration0);
        (Tensor c, Tensor d) = (p.Concentration1, p.Concentration0);
        return DoublePrecision.Of(Widest(q, p), [a, b, c, d],
            s => s[0].LogGammaGap(s[2]) + s[1].LogGammaGap(s[3]) - (s[0] + s[1]).LogGammaGap(s[2] + s[3]));
    }

    private static Tensor OfGamma(DType type, Tensor shape1, Tensor rate1, Tensor shape2, Tensor rate2)
    {
        return DoublePrecision.Of(type, [shape1, rate1, shape2, rate2], s =>
        {
            Tensor change = (s[3] - s[1]) / s[1];
            return s[0].LogGammaGap(s[2]) + (s[0] * change.Log1pGap()) + ((s[0] - s[2]) * change.Log1p());
        });
    }

    private static Tensor OfExponential(Tensor rate1, Tensor rate2)
    {
        Tensor change = (rate2 - rate1) / rate1;
        return change.Log1pGap();
    }

    private static Tensor OfDirichlet(Tensor a, Tensor b)
    {
        return a.LogGammaGap(b).Sum(-1) - a.Sum(-1).LogGammaGap(b.Sum(-1));
    }

    private static Tensor OfLaplace(Laplace q, Laplace p)
    {
        Tensor distance = (q.Loc - p.Loc).Abs();
        Tensor change = (q.Scale - p.Scale) / p.Scale;
        return change.Log1pGap() + (q.Scale / p.Scale * (-distance / q.Scale).ExpGap());
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
        Tensor one = 1;
        Tensor ratio = q.Scale / p.Scale;
        Tensor shift = (q.Loc - p.Loc) / p.Scale;
        return ((1 + ratio).LogGamma() - shift).ExpGap() + one.LogGammaGap(ratio);
    }

    /// <summary>Bauckhage, "Computing the Kullback-Leibler divergence between two Weibull distributions", 2013.</summary>
    private static Tensor OfWeibull(Weibull q, Weibull p)
    {
        Tensor one = 1;
        Tensor ratio = p.Concentration / q.Concentration;
        Tensor logRatio = ((q.Scale - p.Scale) / p.Scale).Log1p();
        return ((p.Concentration * logRatio) + (1 + ratio).LogGamma()).ExpGap() + one.LogGammaGap(ratio);
    }

    private static Tensor OfVonMises(VonMises q, VonMises p)
    {
        Tensor half = (0.5 * (q.Loc - p.Loc)).Sin();
        Tensor resultant = q.Concentration.BesselRatio();
        return q.Concentration.LogBesselGap(p.Concentration) + (2 * p.Concentration * resultant * half.Square());
    }
}
