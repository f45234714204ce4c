namespace Pyrite.Tests.Inference.Diagnostics.Accuracy;

/// <summary>Predictive checks against closed forms and independent calculations.</summary>
public sealed class PredictiveChecksTests
{
    [Fact]
    public void A_p_value_is_the_share_of_draws_with_a_larger_statistic()
    {
        Draws predictive = new(4, [new DrawsVariable("y", [2], [1, 2, 3, 1, 0, 5, 4, 4])]);
        Tensor observed = Tensor.From([4.0, 2]);
        // The largest numbers of the draws are 2, 3, 5 and 4, that of the data is 4: one is above it, one equal.
        Assert.Equal((1 + 0.5) / 4, PredictiveChecks.PValue(predictive, "y", observed, values => Largest(values)));
        Assert.Contains("have shape", Assert.Throws<ArgumentException>(
            () => PredictiveChecks.PValue(predictive, "y", Tensor.From([1.0]), values => Largest(values))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_transform_of_counts_lies_within_the_step_of_its_draws()
    {
        Draws predictive = new(10, [new DrawsVariable("y", [2], [0, 3, 1, 3, 1, 3, 2, 3, 2, 3, 2, 3, 3, 3, 3, 3, 4, 3, 4, 3], type: DType.Int64)]);
        double[] pit = PredictiveChecks.Pit(predictive, "y", Tensor.From<long>([2, 3]), seed: 3);
        Assert.InRange(pit[0], 0.3, 0.6);            // three of ten draws below 2, three equal
        Assert.InRange(pit[1], 0.0, 1.0);
        Assert.NotEqual(pit[0], PredictiveChecks.Pit(predictive, "y", Tensor.From<long>([2, 3]), seed: 4)[0]);
    }

    /// <summary>y ~ Normal(m, 1), m ~ Normal(0, s): without y_i the predictive of y_i is Normal with known mean and variance.</summary>
    [Fact]
    public void Leave_one_out_transforms_are_those_of_the_closed_form()
    {
        const double PriorVariance = 4;
        double[] y = [1.2, -0.4, 0.3, 2.2, 0.9, -1.1, 0.1, 0.7];
        const int Count = 40_000;
        double precision = (1 / PriorVariance) + y.Length, mean = y.Sum() / precision;
        double[] m = [.. RandomKey.FromSeed(1).Normal([Count], DType.Float64).ToArray<double>().Select(z => mean + (z / Math.Sqrt(precision)))];
        double[] noise = RandomKey.FromSeed(2).Normal([Count * y.Length], DType.Float64).ToArray<double>();
        double[] draws = new double[noise.Length], densities = new double[noise.Length];
        for (int i = 0; i < noise.Length; i++)
        {
            double center = m[i / y.Length], distance = y[i % y.Length] - center;
            draws[i] = center + noise[i];
            densities[i] = (-0.5 * distance * distance) - (0.5 * Math.Log(2 * Math.PI));
        }
        double[] pit = PredictiveChecks.LooPit(
            new Draws(Count, [new DrawsVariable("y", [y.Length], draws)]), "y", Tensor.From(y),
            new Draws(Count, [new DrawsVariable("y", [y.Length], densities)]));
        for (int i = 0; i < y.Length; i++)
        {
            double without = precision - 1, looMean = (y.Sum() - y[i]) / without, looVariance = 1 + (1 / without);
            double expected =
                new Normal(Tensor.From([looMean]), Tensor.From([Math.Sqrt(looVariance)])).Cdf(Tensor.From([y[i]])).ToArray<double>()[0];
            Assert.InRange(pit[i], expected - 0.01, expected + 0.01);        // four standard errors of 40,000 draws
        }
    }

    /// <summary>All ways in which so many uniform numbers can lie between evenly spaced points, each with its multinomial probability.</summary>
    [Theory, InlineData(4, 4, 0.9), InlineData(5, 3, 0.8), InlineData(3, 6, 0.95)]
    public void The_band_holds_as_much_as_counting_every_case_says(int count, int points, double probability)
    {
        PitEcdf curve = PitEcdf.Of([.. Enumerable.Range(0, count).Select(i => (i + 0.5) / count)], probability, points);
        double held = 0;
        foreach (int[] cells in Cells(count, points))
        {
            int below = 0;
            bool isInside = true;
            double mass = Factorial(count);
            for (int i = 0; i < points; i++)
            {
                below += cells[i];
                double difference = ((double)below / count) - curve.X[i];
                isInside &= difference >= curve.Lower[i] - 1e-9 && difference <= curve.Upper[i] + 1e-9;
                mass *= Math.Pow(1.0 / points, cells[i]) / Factorial(cells[i]);
            }
            held += isInside ? mass : 0;
        }
        Assert.True(held >= probability, $"{held}");
        Assert.True(curve.IsInside);
    }

    /// <summary>Of many sets of uniform numbers about as many leave the band as should; sets from a steeper law nearly all do.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public void Uniform_numbers_stay_within_the_band_as_often_as_promised()
    {
        const int Sets = 200, Count = 100;
        int outside = 0, skewed = 0;
        double[] values = new double[Count];
        for (int set = 0; set < Sets; set++)
        {
            RandomKey.FromSeed(9).Child(set).FillUniform(values);
            outside += PitEcdf.Of(values, 0.9, points: 20).IsInside ? 0 : 1;
            skewed += PitEcdf.Of(Array.ConvertAll(values, value => value * value), 0.9, points: 20).IsInside ? 0 : 1;
        }
        // A tenth leaves the band, or fewer because counts are whole: 20 ± four standard deviations of 4.2 at most.
        Assert.InRange(outside, 3, 37);
        Assert.True(skewed > 0.9 * Sets);
    }

    /// <summary>m ~ Normal(0, s), one mean of n observations: raised to a power, prior and likelihood stay normal, so the distance of the
    /// distribution functions is an integral.</summary>
    [Theory, InlineData(3.0, 0.5, 1.0), InlineData(0.0, 1.0, 4.0)]
    public void Sensitivities_are_those_of_the_closed_form(double mean, double priorScale, double count)
    {
        const int Draws = 20_000;
        (double center, double scale) = Posterior(mean, priorScale, count, 1, 1);
        double[] m = [.. RandomKey.FromSeed(5).Normal([Draws], DType.Float64).ToArray<double>().Select(z => center + (scale * z))];
        PowerScaling found = PowerScaling.Of(
            new Draws(Draws, [new DrawsVariable("m", Shape.Scalar, m)]),
            new Draws(Draws, [new DrawsVariable("m", Shape.Scalar, Array.ConvertAll(m, x => -0.5 * x * x / (priorScale * priorScale)))]),
            new Draws(Draws, [new DrawsVariable("y", Shape.Scalar, Array.ConvertAll(m, x => -0.5 * count * (x - mean) * (x - mean)))]));
        double prior = Expected(p => Posterior(mean, priorScale, count, p, 1)), likelihood = Expected(p => Posterior(mean, priorScale, count, 1, p));
        Assert.InRange(found.Rows[0].Prior, prior * 0.9, prior * 1.1);
        Assert.InRange(found.Rows[0].Likelihood, likelihood * 0.9, likelihood * 1.1);
        Assert.Empty(found.Advice);
        Assert.Equal(mean > 0 ? "prior and data disagree" : null, found.Rows[0].Diagnosis);

        double Expected(Func<double, (double, double)> scaled) =>
            0.5 * (Distance((center, scale), scaled(1.01), m.Min(), m.Max()) + Distance((center, scale), scaled(1 / 1.01), m.Min(), m.Max()))
                / Math.Log2(1.01);
    }

    private static (double Center, double Scale) Posterior(double mean, double priorScale, double count, double priorPower, double power)
    {
        double precision = (priorPower / (priorScale * priorScale)) + (power * count);
        return (power * count * mean / precision, 1 / Math.Sqrt(precision));
    }

    private static double Distance((double Center, double Scale) a, (double Center, double Scale) b, double low, double high)
    {
        const int Steps = 4_000;
        double[] x = [.. Enumerable.Range(0, Steps).Select(i => low + ((high - low) * (i + 0.5) / Steps))];
        double[] p = Cdf(a, x), q = Cdf(b, x);
        return Math.Max(One(p, q), One(Array.ConvertAll(p, v => 1 - v), Array.ConvertAll(q, v => 1 - v)));

        static double One(double[] p, double[] q)
        {
            double sum = 0, bound = 0;
            for (int i = 0; i < p.Length; i++)
            {
                double middle = 0.5 * (p[i] + q[i]);
                sum += (p[i] > 0 ? p[i] * Math.Log2(p[i] / middle) : 0) + (q[i] > 0 ? q[i] * Math.Log2(q[i] / middle) : 0);
                bound += p[i] + q[i];
            }
            return Math.Sqrt(sum / bound);
        }
    }

    private static double[] Cdf((double Center, double Scale) law, double[] x) =>
        new Normal(Tensor.From([law.Center]), Tensor.From([law.Scale])).Cdf(Tensor.From(x)).ToArray<double>();

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in values)
        {
            largest = Math.Max(largest, value);
        }
        return largest;
    }

    private static IEnumerable<int[]> Cells(int count, int cells) => cells == 1
        ? [[count]]
        : Enumerable.Range(0, count + 1).SelectMany(first => Cells(count - first, cells - 1).Select(rest => (int[])[first, .. rest]));

    private static double Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
