using Pyrite;
using Pyrite.Inference;

using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Posteriors that recur over time: far from the mode their log-densities fall to -1e80, and a chain has to walk home from there.</summary>
/// <remarks>Each is compared with <see cref="PlainNuts"/> on the same density and starts. Means of 100 draws within five standard deviations of a
/// draw: a right chain of this effective size misses with chance below 1e-10.</remarks>
[Trait("Once", "Cultures")]
public sealed class RecurrentModelTests
{
    private const int Length = 200;
    private const int ShortLength = 50;

    public static TheoryData<string> Names =>
        ["moving average", "moving average of order 1", "autoregression", "both of order 1", "volatility by recursion", "stochastic volatility"];

    [Theory, MemberData(nameof(Names)), Trait("Category", "Long")]
    public void A_chain_comes_home_from_every_usual_start_from_which_the_plain_sampler_does(string name)
    {
        const int warmup = 500, draws = 100;
        Potential potential = Potential.Of(ModelOf(name));
        Assert.True(potential.IsReplayed);
        double home = Tail(potential, new double[potential.Dimension], seed: 100, warmup, draws).LogDensity;
        int found = 0;
        for (int k = 0; k < (name == "stochastic volatility" ? 3 : 12); k++)
        {
            double[] start = StartOf(potential, k);
            PlainNuts plain = new((q, slope) => potential.LogDensity(q, slope), start, k);
            double[][] oracle = plain.Run(warmup, draws);
            double level = oracle.Average(q => potential.LogDensity(q)), width = 20 + Math.Sqrt(2 * potential.Dimension);
            if (level < home - width)
            {
                // Recursions have narrow modes where errors that grow happen to cancel, and slopes so steep that both samplers are still on their
                // way.
                continue;
            }
            found++;
            (double logDensity, double[] mean, double stepSize) = Tail(potential, start, (ulong)k, warmup, draws);
            Assert.True(logDensity > home - width, $"start {k}: the plain sampler is at {level}, this one at {logDensity}");
            Assert.InRange(stepSize, plain.StepSize / 10, plain.StepSize * 10);
            for (int i = 0; i < mean.Length; i++)
            {
                Assert.Equal(oracle.Average(q => q[i]), mean[i], 5 * Math.Max(0.05, GaussianChain.Spread([.. oracle.Select(q => q[i])])));
            }
        }
        Assert.True(found > (name.StartsWith("moving", StringComparison.Ordinal) ? 5 : 2), $"only {found} starts were compared");
        Assert.Empty(potential.Notes.All);
    }

    [Fact]
    public void Starts_of_the_farthest_log_densities_walk_home()
    {
        // Growing errors of up to 3^200: log-densities of -1e21 to -1e110, from which the plain sampler comes home too.
        Potential potential = Potential.Of(ModelOf("moving average"));
        foreach (int k in (int[])[0, 6, 11, 17, 18, 22])
        {
            Assert.InRange(potential.LogDensity(StartOf(potential, k)), -1e120, -1e20);
            Assert.InRange(Tail(potential, StartOf(potential, k), (ulong)k, 500, 100).LogDensity, -310, -285);
        }
        Assert.Empty(potential.Notes.All);
    }

    [Fact]
    public void A_moving_average_has_the_density_and_slope_of_its_recursion_by_hand()
    {
        Potential potential = Potential.Of(ModelOf("moving average"));
        foreach (double[] q in (double[][])[[0.3, -0.2, 0.1], [1.9, 1.5, -1]])
        {
            double[] got = new double[3], want = new double[3];
            double value = potential.LogDensity(q, got), expected = MovingAverage(q, want);
            Assert.Equal(expected, value, 1e-9 * Math.Abs(expected));
            Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(want[i], got[i], 1e-8 * (1 + Math.Abs(want[i]))));
        }
    }

    [Fact]
    public void Weights_are_logarithms_of_any_size()
    {
        LogWeightOf(0.0, 1.0, 2.0);
        LogWeightOf(0.0, 5e3, 5e3 + 1);
        LogWeightOf(1e40, 0.0, 650.0);

        static void LogWeightOf(params double[] logarithms)
        {
            LogWeight sum = LogWeight.Zero;
            foreach (double logarithm in logarithms)
            {
                sum = sum.Plus(LogWeight.Of(logarithm));
            }
            double largest = logarithms.Max(), expected = largest + Math.Log(logarithms.Sum(x => Math.Exp(x - largest)));
            Assert.Equal(expected, Math.Log(sum.Scaled) + sum.Reference, 1e-12 * (1 + Math.Abs(expected)));
            double share = Math.Exp(logarithms[^1] - expected);
            Assert.Equal(share > 0.9, LogWeight.Of(logarithms[^1]).Exceeds(0.9, sum));
            Assert.Equal(share > 0.1, LogWeight.Of(logarithms[^1]).Exceeds(0.1, sum));
        }
    }

    [Fact]
    public void A_search_for_a_step_size_that_gives_up_says_so_once()
    {
        List<string> told = [];
        McmcResult flat =
            Mcmc.Run(() => Sample("x", new ImproperUniform(Constraints.Real)), chains: 2, warmup: 30, draws: 10, progress: new Listener(told));
        string note = Assert.Single(flat.Notes);
        Assert.Contains("improper", note);
        Assert.Contains(note, flat.Summary().Advice);
        Assert.Equal(2, told.Count);

        // A density that jumps everywhere: a value that no neighbour has.
        McmcResult jumps =
            Mcmc.Run(() => Factor("jump", -1e6 * (1e12 * Sample("x", new Normal(0, 1))).Sin().Abs().Ceiling()), chains: 1, warmup: 0, draws: 5,
                start: InitialValues.Of(new Dictionary<string, Tensor> { ["x"] = 0.0 }));
        Assert.Contains("gave up", Assert.Single(jumps.Notes));
    }

    /// <summary>Stan's default: uniform numbers from -2 to 2.</summary>
    private static double[] StartOf(Potential potential, int seed)
    {
        double[] start = new double[potential.Dimension];
        RandomKey.FromSeed((ulong)seed).FillUniform(start);
        return [.. start.Select(x => (4 * x) - 2)];
    }

    /// <summary>Averages of the library's draws after warm-up.</summary>
    private static (double LogDensity, double[] Mean, double StepSize) Tail(Potential potential, double[] start, ulong seed, int warmup, int draws)
    {
        Nuts nuts = new();
        ChainState state = nuts.Start(potential, start, warmup, RandomKey.FromSeed(seed));
        double[] mean = new double[start.Length];
        double logDensity = 0;
        for (int i = 0; i < warmup + draws; i++)
        {
            state = nuts.Step(potential, state);
            logDensity += i < warmup ? 0 : state.LogDensity / draws;
            for (int j = 0; j < mean.Length && i >= warmup; j++)
            {
                mean[j] += state.Position[j] / draws;
            }
        }
        return (logDensity, mean, state.Last.StepSize);
    }

    private static Action ModelOf(string name) => name switch
    {
        "moving average" => MovingAverageModel,
        "moving average of order 1" => FirstOrderModel,
        "autoregression" => AutoregressionModel,
        "both of order 1" => BothModel,
        "volatility by recursion" => VolatilityModel,
        _ => StochasticVolatilityModel,
    };

    private static void MovingAverageModel()
    {
        Tensor t1 = Sample("t1", new Normal(0, 1)), t2 = Sample("t2", new Normal(0, 1)), s = Sample("s", new HalfNormal(1)), e1 = 0.0, e2 = 0.0;
        List<Tensor> means = [];
        foreach (double y in Series)
        {
            Tensor mean = (t1 * e1) + (t2 * e2);
            means.Add(mean + Tensor.Zeros(Shape.Scalar, DType.Float64));
            (e2, e1) = (e1, y - mean);
        }
        Observe(Tensor.Stack([.. means]), s);
    }

    private static void FirstOrderModel()
    {
        Tensor t = Sample("t", new Normal(0, 2)), s = Sample("s", new HalfCauchy(1)), e = 0.0;
        List<Tensor> means = [];
        foreach (double y in Series)
        {
            Tensor mean = t * e;
            means.Add(mean + Tensor.Zeros(Shape.Scalar, DType.Float64));
            e = y - mean;
        }
        Observe(Tensor.Stack([.. means]), s);
    }

    private static void BothModel()
    {
        // ARMA(1, 1), as in the Stan user's guide but with wide priors, so that most starts have errors that grow.
        Tensor level = Sample("level", new Normal(0, 10)), a = Sample("a", new Normal(0, 2)), t = Sample("t", new Normal(0, 2)),
            s = Sample("s", new HalfCauchy(2.5));
        Tensor mean = level + (a * level);
        List<Tensor> means = [];
        foreach (double y in Series)
        {
            means.Add(mean);
            mean = level + (a * y) + (t * (y - mean));
        }
        Observe(Tensor.Stack([.. means]), s);
    }

    private static void AutoregressionModel()
    {
        Tensor a = Sample("a", new Normal(0, 2)), b = Sample("b", new Normal(0, 2)), s = Sample("s", new HalfNormal(1)), y = Tensor.From(Series);
        using (Plate("rows", Length - 2))
        {
            Sample("y", new Normal((a * y.Slice(0, 1, Length - 2)) + (b * y.Slice(0, 0, Length - 2)), s), observed: y.Slice(0, 2, Length - 2));
        }
    }

    private static void VolatilityModel()
    {
        // GARCH(1, 1), as in the Stan user's guide, with the constraint a1 + b1 < 1 as a bound that depends on a latent site.
        Tensor a0 = Sample("a0", new HalfNormal(1)), a1 = Sample("a1", new Uniform(0, 1)), b1 = Sample("b1", new Uniform(0, 1 - a1)), variance = 1.0;
        List<Tensor> scales = [];
        double last = 0;
        foreach (double y in Series)
        {
            variance = a0 + (a1 * last * last) + (b1 * variance);
            scales.Add(variance.Sqrt());
            last = y;
        }
        Observe(0.0, Tensor.Stack([.. scales]));
    }

    private static void StochasticVolatilityModel()
    {
        Tensor mu = Sample("mu", new Normal(0, 2)), phi = Sample("phi", new Uniform(-1, 1)), sigma = Sample("sigma", new HalfNormal(1)), z;
        using (Plate("times", ShortLength))
        {
            z = Sample("z", new Normal(0, 1));
        }
        Tensor h = sigma * z[0] / (1 - phi.Square()).Sqrt();
        List<Tensor> logs = [h];
        for (int t = 1; t < ShortLength; t++)
        {
            h = (phi * h) + (sigma * z[t]);
            logs.Add(h);
        }
        using PlateScope rows = Plate("rows", ShortLength);
        Sample("y", new Normal(0, (0.5 * (mu + Tensor.Stack([.. logs]))).Exp()), observed: Tensor.From(Series[..ShortLength]));
    }

    private static void Observe(Tensor mean, Tensor scale)
    {
        using PlateScope rows = Plate("rows", Length);
        Sample("y", new Normal(mean, scale), observed: Tensor.From(Series));
    }

    /// <summary>A moving average of order two with 0.5 and 0.3, from fixed noise.</summary>
    private static double[] Series { get; } = Simulated();

    private static double[] Simulated()
    {
        double[] noise = new double[Length + 2], series = new double[Length];
        RandomKey.FromSeed(11).FillNormal(noise);
        for (int t = 0; t < Length; t++)
        {
            series[t] = noise[t + 2] + (0.5 * noise[t + 1]) + (0.3 * noise[t]);
        }
        return series;
    }

    /// <summary>The density of t1, t2 and log s, with derivatives carried along the recursion.</summary>
    private static double MovingAverage(double[] q, double[] gradient)
    {
        double halfLogTwoPi = 0.5 * Math.Log(2 * Math.PI), s = Math.Exp(q[2]);
        (double e1, double e2, double[] d1, double[] d2) = (0, 0, [0, 0], [0, 0]);
        double value = (-0.5 * ((q[0] * q[0]) + (q[1] * q[1]) + (s * s))) - (3 * halfLogTwoPi) + Math.Log(2) + q[2];
        (gradient[0], gradient[1], gradient[2]) = (-q[0], -q[1], 1 - (s * s));
        foreach (double y in Series)
        {
            double e = y - (q[0] * e1) - (q[1] * e2);
            double[] d = [-e1 - (q[0] * d1[0]) - (q[1] * d2[0]), -e2 - (q[0] * d1[1]) - (q[1] * d2[1])];
            value += (-0.5 * e * e / (s * s)) - q[2] - halfLogTwoPi;
            gradient[0] -= e * d[0] / (s * s);
            gradient[1] -= e * d[1] / (s * s);
            gradient[2] += (e * e / (s * s)) - 1;
            (e2, d2, e1, d1) = (e1, d1, e, d);
        }
        return value;
    }

    private sealed class Listener(List<string> told) : IProgress<McmcProgress>
    {
        public void Report(McmcProgress value)
        {
            lock (told)
            {
                told.AddRange(value.Note is null ? [] : [value.Note]);
            }
        }
    }
}
