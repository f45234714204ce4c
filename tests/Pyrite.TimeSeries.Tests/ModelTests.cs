using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite;

/// <summary>Series in models: in plates, as latents, under NUTS, variational inference and Laplace's approximation.</summary>
[Trait("Once", "Cultures")]
public sealed class ModelTests
{
    private const int Steps = 120;
    private static readonly double[] Coefficients = [0.8, 0.0, -0.6];
    private static readonly Tensor Panel = new Arma(Tensor.From(Coefficients).Unsqueeze(-1), Tensor.Zeros(0),
        Tensor.From(new double[,] { { 1 }, { 2 }, { 3 } }), 0.5, Steps).Sample(RandomKey.FromSeed(1));

    [Fact]
    public void Several_series_of_a_plate_have_parameters_of_their_own_under_NUTS()
    {
        Assert.True(Potential.Of(PanelModel).IsReplayed);
        McmcResult posterior = Mcmc.Run(PanelModel, chains: 2, warmup: 200, draws: 200, seed: 1);
        Summary summary = posterior.Summary();

        // The standard error of a coefficient is √((1 - φ²) / 120), at most 0.09; four of them.
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Coefficients[i], summary[$"ar[{i},0]"].Mean, 0.36);
            Assert.InRange(summary[$"ar[{i},0]"].RHat, 0.9, 1.05);
        }
        Assert.Equal(0.5, summary["scale[1]"].Mean, 0.15);
    }

    [Fact]
    public void Several_series_of_a_plate_have_parameters_of_their_own_under_variational_inference()
    {
        AutoNormal<Tensor> guide = new(PanelOf);
        Svi<Tensor> svi = new(PanelOf, guide, new Adam(0.03), new TraceElbo(), seed: 1);
        svi.Run(Panel, 800);
        Draws draws = svi.Predict(Panel, 400);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Coefficients[i], draws.Scalar($"ar[{i},0]").Average(), 0.36);
        }
    }

    [Fact]
    public void Trends_of_a_plate_are_one_filter_each()
    {
        static void Model()
        {
            using (Plate("series", 3))
            {
                Tensor level = Sample("level", new HalfNormal(1)), noise = Sample("noise", new HalfNormal(1));
                Sample("y", (new LocalLevel(level) + new ObservationNoise(noise)).ToStateSpace(Steps), observed: Panel.Unsqueeze(-1));
            }
        }
        Potential together = Potential.Of(Model);
        double[] point = [0.1, -0.2, 0.3, -0.5, 0.2, 0.4], gradient = new double[6];
        double density = together.LogDensity(point, gradient);
        double sum = 0;
        for (int i = 0; i < 3; i++)
        {
            Tensor y = Panel[i].Unsqueeze(-1);
            Potential alone = Potential.Of(() =>
            {
                Tensor level = Sample("level", new HalfNormal(1)), noise = Sample("noise", new HalfNormal(1));
                Sample("y", (new LocalLevel(level) + new ObservationNoise(noise)).ToStateSpace(Steps), observed: y);
            });
            double[] own = new double[2];
            sum += alone.LogDensity([point[i], point[3 + i]], own);
            Close.Assert([gradient[i], gradient[3 + i]], own, 1e-9, 1e-9, "gradient");
        }
        Assert.Equal(sum, density, 1e-8 * Math.Abs(sum));
    }

    [Fact]
    public void A_guide_may_draw_a_series_and_learns_its_parameters()
    {
        // The posterior of a stationary series that is seen with noise, from an ARMA guide: without gradients through draws its mean could not be
        // learnt by a handful of steps.
        Tensor y = Panel[0];
        Tensor mean = Tensor.Full([Steps], 1, DType.Float64);
        void Model(Tensor seen)
        {
            Tensor x = Sample("x", new Arma(Tensor.From([0.8]), Tensor.Zeros(0), 1.0, 0.5, Steps));
            Sample("y", new Normal(x, 0.5).ToEvent(1), observed: seen);
        }
        void Guide(Tensor seen)
        {
            Tensor center = Param("center", mean);
            Tensor ar = Param("ar", Tensor.From([0.1]), Constraints.Independent(Constraints.Interval(-0.99, 0.99), 1));
            Tensor scale = Param("scale", 1.0, Constraints.Positive);
            Sample("x", new Arma(ar, Tensor.Zeros(0), center, scale, Steps));
        }
        Svi<Tensor> svi = new(Model, Guide, new Adam(0.05), new TraceElbo(), seed: 1);
        SviResult fit = svi.Run(y, 600);

        // Against the exact posterior means: the filter with the same noise.
        Tensor exact = new LinearGaussianStateSpace(Tensor.From(new double[,] { { 0.8 } }), Tensor.From(new double[,] { { 0.25 } }),
            Tensor.Ones([1, 1], DType.Float64), Tensor.From(new double[,] { { 0.25 } }), InitialState.Stationary(), Steps,
            outputShift: Tensor.From([1.0])).Smooth(y.Unsqueeze(-1)).Mean.Squeeze(-1) + 1.0;
        double error = (svi.Parameters["center"] - exact).Square().Mean().Sqrt().Item(), prior = (exact - 1.0).Square().Mean().Sqrt().Item();
        Assert.InRange(error, 0, 0.25 * prior);
        Assert.True(fit.Losses[^1] < fit.Losses[0]);
    }

    [Theory, InlineData("state space"), InlineData("arma"), InlineData("garch")]
    public void Laplace_approximates_models_of_series(string kind)
    {
        Tensor y = Panel[0];
        Action model = kind switch
        {
            "state space" => () => Sample("y", (new LocalLevel(Sample("level", new HalfNormal(1))) + new ObservationNoise(Sample("noise",
                new HalfNormal(1)))).ToStateSpace(Steps), observed: y.Unsqueeze(-1)),
            "arma" => () => Sample("y", new Arma(Sample("ar", new Uniform(-1, 1).Expand([1]).ToEvent(1)), Tensor.Zeros(0), Sample("mean",
                new Normal(0, 5)), Sample("scale", new HalfNormal(1)), Steps), observed: y),
            _ => () => Sample("y", new Garch(Sample("omega", new HalfNormal(1)), Sample("alpha", new Uniform(0, 0.5).Expand([1]).ToEvent(1)),
                Tensor.Zeros(0), Steps, Sample("mean", new Normal(0, 5))), observed: y),
        };
        Potential potential = Potential.Of(model);
        LaplaceResult result = Laplace.Run(potential, seed: 1);
        double[] mode = result.UnconstrainedMode.ToArray<double>(), gradient = new double[mode.Length];
        potential.LogDensity(mode, gradient);

        Assert.All(gradient, slope => Assert.InRange(slope, -1e-5, 1e-5));
        Assert.True(double.IsFinite(result.LogEvidence));

        // The curvature against second differences of the density itself.
        const double step = 1e-3;
        double[] curvature = result.NegativeHessian.Diagonal().ToArray<double>();
        for (int i = 0; i < mode.Length; i++)
        {
            double At(double offset) => potential.LogDensity([.. mode.Select((x, k) => k == i ? x + offset : x)]);
            Assert.Equal(-(At(step) - (2 * At(0)) + At(-step)) / (step * step), curvature[i], 1e-3 * curvature[i]);
        }
    }

    private static void PanelModel() => PanelOf(Panel);

    private static void PanelOf(Tensor series)
    {
        using (Plate("series", 3))
        {
            Tensor ar = Sample("ar", new Uniform(-1, 1).Expand([1]).ToEvent(1)), mean = Sample("mean", new Normal(0, 5));
            Tensor scale = Sample("scale", new HalfNormal(1));
            Sample("y", new Arma(ar, Tensor.Zeros(0), mean.Unsqueeze(-1), scale, Steps), observed: series);
        }
    }
}
