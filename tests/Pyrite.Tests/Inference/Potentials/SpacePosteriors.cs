using Pyrite.Testing;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Posteriors of angles, directions, simplexes, ordered vectors, correlations and covariances, known in closed form or by
/// quadrature.</summary>
internal static class SpacePosteriors
{
    public static IReadOnlyDictionary<string, Func<ExactTarget>> All { get; } = new Dictionary<string, Func<ExactTarget>>
    {
        ["mean direction"] = MeanDirection,
        ["phase of a wave"] = Phase,
        ["angle that a number depends on"] = SlopeOfAnAngle,
        ["directions of a star"] = Star,
        ["axis of a plane"] = PlaneNormal,
        ["votes"] = Votes,
        ["two ordered means"] = OrderedMeans,
        ["one correlation"] = Correlation,
        ["covariance"] = Covariance,
        ["precision"] = Precision,
    };

    private static (string, Func<Draws, double[]>, Func<double, double>) Of(string name, Func<double, double> cdf) =>
        (name, draws => draws.Scalar(name), cdf);

    /// <summary>The prior VonMises(m, c) and data VonMises(θ, k) multiply to a VonMises around the direction of c e^(im) + k Σ e^(iy) (Mardia and
    /// El-Atoum 1976); here around ±π.</summary>
    private static ExactTarget MeanDirection()
    {
        double[] data = [2.9, -3.0, 2.4, -2.6, 3.1];
        const double Prior = 2.5, Weight = 1, Concentration = 1.5;
        double x = (Weight * Math.Cos(Prior)) + (Concentration * data.Sum(Math.Cos)),
            y = (Weight * Math.Sin(Prior)) + (Concentration * data.Sum(Math.Sin));
        QuadratureCdf cdf = new(angle => (x * Math.Cos(angle)) + (y * Math.Sin(angle)), -Math.PI, Math.PI);
        return new(
            () =>
                Sample("y", new VonMises(Sample("theta", new VonMises(Prior, Weight)), Concentration).Expand([5]).ToEvent(1),
                    observed: Tensor.From(data)), [Of("theta", cdf.Of)], Thinning: 3);
    }

    /// <summary>y_t ~ Normal(2 cos(t + phase), 1) with any phase: exp(-½ Σ (y - 2 cos(t + phase))²) on the circle.</summary>
    private static ExactTarget Phase()
    {
        double[] times = [0, 0.7, 1.9, 2.2], data = [-1.4, -2.1, 0.3, 0.9];
        QuadratureCdf cdf = new(phase => -0.5 * times.Zip(data, (t, y) => y - (2 * Math.Cos(t + phase))).Sum(rest => rest * rest), -Math.PI, Math.PI);
        return new(() =>
        {
            Tensor phase = Sample("phase", new ImproperUniform(Constraints.Angle));
            Sample("y", new Normal(2 * (Tensor.From(times) + phase).Cos(), 1).ToEvent(1), observed: Tensor.From(data));
        }, [Of("phase", cdf.Of)], Thinning: 3);
    }

    /// <summary>A likelihood without a period: x ~ VonMises(3, 1), 2.5 ~ Normal(x, 1), on [-π, π) where draws lie.</summary>
    private static ExactTarget SlopeOfAnAngle()
    {
        QuadratureCdf cdf = new(x => Math.Cos(x - 3) - (0.5 * (2.5 - x) * (2.5 - x)), -Math.PI, Math.PI);
        return new(() => Sample("y", new Normal(Sample("x", new VonMises(3, 1)), 1), observed: 2.5), [Of("x", cdf.Of)], Thinning: 3);
    }

    /// <summary>
    /// Gaussian sightings with deviation s of a direction that is uniform on the sphere: von Mises-Fisher around their sum v with concentration k =
    /// |v|/s². The cosine t of the angle to v has the distribution function (e^(kt) - e^(-k)) / (e^k - e^(-k)) (Mardia and Jupp 2000, section 9.3.2).
    /// The sum points at the pole of the stereographic chart.
    /// </summary>
    private static ExactTarget Star()
    {
        const double Deviation = 1.2;
        double[,] sightings = { { 0.3, -0.2, 1.4 }, { -0.5, 0.4, 0.6 }, { 0.2, -0.2, 1.1 } };
        double length = Math.Abs(sightings[0, 2] + sightings[1, 2] + sightings[2, 2]), k = length / (Deviation * Deviation);
        return new(
            () =>
                Sample("y", new Normal(Sample("x", new ProjectedNormal(Tensor.Zeros([3], DType.Float64))), Deviation).Expand([3, 3]).ToEvent(2),
                    observed: Tensor.From(sightings)),
        [
            Of("x[2]", t => (Math.Exp(k * (t - 1)) - Math.Exp(-2 * k)) / (1 - Math.Exp(-2 * k))),
            ("longitude", draws => [.. draws.Scalar("x[0]").Zip(draws.Scalar("x[1]"), (x, y) => Math.Atan2(y, x))],
                longitude => (longitude + Math.PI) / (2 * Math.PI)),
        ], Thinning: 3);
    }

    /// <summary>Points near a plane: exp(-½ n'Mn / s²) on the sphere (Bingham 1974), M diagonal; both n and -n. The square of a coordinate, by
    /// quadrature over the two angles.</summary>
    private static ExactTarget PlaneNormal()
    {
        double[] spread = [3, 2, 0.5];
        double LogDensityOfThird(double t)
        {
            // Along a circle of latitude the rest of the exponent is -½ (1 - t²) (3 cos² + 2 sin²).
            double sum = 0;
            for (int i = 0; i < 200; i++)
            {
                double c = Math.Cos(Math.PI * i / 200);
                sum += Math.Exp(-0.5 * (1 - (t * t)) * ((spread[0] * c * c) + (spread[1] * (1 - (c * c)))));
            }
            return Math.Log(sum) - (0.5 * spread[2] * t * t);
        }
        QuadratureCdf cdf = new(LogDensityOfThird, -1, 1, 2000);
        return new(() =>
        {
            Tensor n = Sample("n", new ImproperUniform(Constraints.Sphere, eventShape: [3]));
            Factor("points", -0.5 * (Tensor.From(spread) * n.Square()).Sum());
        }, [Of("n[2]", cdf.Of)], Thinning: 3);
    }

    /// <summary>Dirichlet(a) and counts n: Dirichlet(a + n), with Beta margins.</summary>
    private static ExactTarget Votes() => new(
        () => Sample("votes", new Multinomial(12, Sample("p", new Dirichlet(Tensor.From([0.5, 0.3, 2])))), observed: Tensor.From([3.0, 0, 9])),
        [Of("p[0]", x => ReferenceCdf.Beta(3.5, 11.3, x)), Of("p[1]", x => ReferenceCdf.Beta(0.3, 14.5, x)),
            Of("p[2]", x => ReferenceCdf.Beta(11, 3.8, x))], Thinning: 3);

    /// <summary>A flat prior on a &lt; b and data 0.4 ~ Normal(a, 1), 0.1 ~ Normal(b, 0.7): a has the density φ(a - 0.4) P(b &gt; a).</summary>
    private static ExactTarget OrderedMeans()
    {
        QuadratureCdf first = new(a => (-0.5 * (a - 0.4) * (a - 0.4)) + Math.Log(ReferenceCdf.Normal((0.1 - a) / 0.7)), -7, 7);
        QuadratureCdf second = new(b => (-0.5 * (b - 0.1) * (b - 0.1) / 0.49) + Math.Log(ReferenceCdf.Normal(b - 0.4)), -7, 7);
        return new(() =>
        {
            Tensor means = Sample("m", new ImproperUniform(Constraints.OrderedVector, eventShape: [2]));
            Sample("y", new Normal(means, Tensor.From([1, 0.7])).ToEvent(1), observed: Tensor.From([0.4, 0.1]));
        }, [Of("m[0]", first.Of), Of("m[1]", second.Of)], Thinning: 3);
    }

    /// <summary>LKJ(2, 1.5) and pairs of unit variance: (1 - r²)^(0.5 - n/2) exp(-(Σx² - 2rΣxy + Σy²) / (2 (1 - r²))).</summary>
    private static ExactTarget Correlation()
    {
        double[,] pairs = { { 0.9, 1.2 }, { -1.4, -0.3 }, { 0.2, -0.6 }, { 1.1, 1.9 } };
        double xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < 4; i++)
        {
            (xx, xy, yy) = (xx + (pairs[i, 0] * pairs[i, 0]), xy + (pairs[i, 0] * pairs[i, 1]), yy + (pairs[i, 1] * pairs[i, 1]));
        }
        QuadratureCdf cdf = new(r => ((0.5 - 2) * Math.Log(1 - (r * r))) - ((xx - (2 * r * xy) + yy) / (2 * (1 - (r * r)))), -1, 1);
        return new(
            () =>
                Sample("y",
                    new MultivariateNormal(Tensor.Zeros([2], DType.Float64), covarianceMatrix: Sample("c", new LKJ(2, 1.5))).Expand([4]).ToEvent(1),
                    observed: Tensor.From(pairs)), [Of("c[0,1]", cdf.Of)], Thinning: 3);
    }

    /// <summary>InverseWishart(d, S) and n vectors around 0 with scatter A: InverseWishart(d + n, S + A), whose diagonal is inverse Gamma((d + n - p
    /// + 1)/2, (S + A)_ii / 2) (Gelman et al. 2013, appendix A).</summary>
    private static ExactTarget Covariance()
    {
        double[,] vectors = { { 1.2, -0.3 }, { -0.4, 0.8 }, { 2.0, 1.1 } };
        double first = 1 + (1.2 * 1.2) + (0.4 * 0.4) + 4, second = 1 + (0.3 * 0.3) + (0.8 * 0.8) + (1.1 * 1.1);
        return new(() =>
        {
            Tensor covariance = Sample("s", new InverseWishart(4, scaleMatrix: Tensor.From(new double[,] { { 1, 0 }, { 0, 1 } })));
            Sample("y", new MultivariateNormal(Tensor.Zeros([2], DType.Float64), covarianceMatrix: covariance).Expand([3]).ToEvent(1),
                observed: Tensor.From(vectors));
        }, [Of("s[0,0]", x => ReferenceCdf.GammaUpper(3, 0.5 * first / x)), Of("s[1,1]", x => ReferenceCdf.GammaUpper(3, 0.5 * second / x))],
            Thinning: 3);
    }

    /// <summary>Wishart(d, V) of precisions and n vectors with scatter A: Wishart(d + n, (V⁻¹ + A)⁻¹), whose diagonal is Gamma((d + n)/2, rate 1 / (2
    /// W_ii)).</summary>
    private static ExactTarget Precision()
    {
        double[,] vectors = { { 1.2, -0.3 }, { -0.4, 0.8 }, { 2.0, 1.1 } };
        double a = 1 + (1.2 * 1.2) + (0.4 * 0.4) + 4, b = (-1.2 * 0.3) - (0.4 * 0.8) + (2 * 1.1), c = 1 + (0.3 * 0.3) + (0.8 * 0.8) + (1.1 * 1.1);
        double first = c / ((a * c) - (b * b)), second = a / ((a * c) - (b * b));
        return new(() =>
        {
            Tensor precision = Sample("p", new Wishart(3, covarianceMatrix: Tensor.From(new double[,] { { 1, 0 }, { 0, 1 } })));
            Sample("y", new MultivariateNormal(Tensor.Zeros([2], DType.Float64), precisionMatrix: precision).Expand([3]).ToEvent(1),
                observed: Tensor.From(vectors));
        }, [Of("p[0,0]", x => 1 - ReferenceCdf.GammaUpper(3, 0.5 * x / first)), Of("p[1,1]", x => 1 - ReferenceCdf.GammaUpper(3, 0.5 * x / second))],
            Thinning: 3);
    }
}
