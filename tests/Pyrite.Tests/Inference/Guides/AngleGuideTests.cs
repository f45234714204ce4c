using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Automatic guides of an angle around ±π, of which the data say much or little, beside a latent that is none.</summary>
/// <remarks>
/// Of a von Mises prior and von Mises data with known concentrations the posterior is von Mises: its resultant vector is the sum of theirs, and the
/// evidence a ratio of Bessel functions (Mardia and Jupp, "Directional Statistics", 2000, section 3.5). A Gaussian wound around the circle comes
/// near: the divergence is below 0.02 for every concentration. A flow tells turns apart by a Gaussian of scale 1, which costs it as much where the
/// direction is open, and it learns more slowly there. Losses may be 4.5 standard errors off, one in 150,000, and what is not learned yet more.
/// </remarks>
[Trait("Once", "Cultures")]
public sealed class AngleGuideTests
{
    private const double PriorLoc = 3.0;

    private const int Evaluations = 400;
    private const int Particles = 5;
    private const double LossErrors = 4.5;
    private const double Untrained = 0.01;

    private static readonly double[] Data = [-2.9, 2.7, -3.1];

    [Theory]
    [InlineData("normal", 0.2)]
    [InlineData("normal", 6)]
    [InlineData("degrees", 0.2)]
    [InlineData("degrees", 6)]
    [InlineData("diagonal", 6)]
    [InlineData("full", 0.2)]
    [InlineData("full", 6)]
    [InlineData("low rank", 0.2)]
    [InlineData("flow", 0.2)]
    [InlineData("flow", 6)]
    public void The_loss_is_a_bound_and_the_draws_lie_on_the_circle(string kind, double concentration)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double direction, double length, double loss) = Exact(concentration);
        Action<double> model = kind == "degrees" ? Degrees : Model;
        AutoGuide<double> guide = Guide(kind, model);

        int steps = kind == "flow" && concentration < 1 ? 1500 : 500;
        Svi<double> svi = GaussianChain.Fit(model, guide, concentration, steps, rate: 0.1, particles: Particles);
        double found = GaussianChain.Loss(svi, concentration, Evaluations);
        double[] draws = guide.Draw(svi.Parameters, 4000).Scalar("angle");
        double unit = kind == "degrees" ? Math.PI / 180 : 1;
        double[] angles = [.. draws.Select(x => x * unit)];

        (double gap, double spread, double scale) = Best(concentration, turnsAlone: kind == "flow");
        (double cos, double sin) = (angles.Average(Math.Cos), angles.Average(Math.Sin));
        Assert.InRange(found - loss - gap, -LossErrors * spread / Math.Sqrt(Evaluations * Particles),
            (LossErrors * spread / Math.Sqrt(Evaluations * Particles)) + Untrained);
        Assert.All(angles, angle => Assert.InRange(angle, -Math.PI, Math.PI));
        Assert.Equal(Math.Exp(-0.5 * scale * scale), Math.Sqrt((cos * cos) + (sin * sin)), 0.06);
        Assert.Equal(0, Math.IEEERemainder(Math.Atan2(sin, cos) - direction, 2 * Math.PI), length > 0.5 ? 0.05 : 0.25);
        Assert.Equal(0, Math.IEEERemainder((guide.Median(svi.Parameters)["angle"].Item() * unit) - direction, 2 * Math.PI),
            length > 0.5 ? 0.05 : 0.25);
        double low = guide.Quantile(svi.Parameters, 0.25)["angle"].Item(), high = guide.Quantile(svi.Parameters, 0.75)["angle"].Item();
        Assert.InRange((high - low) * unit, 0.01, Math.PI + 5);
    }

    [Theory, InlineData(0.2), InlineData(6)]
    public void Samplers_in_the_coordinates_of_a_guide_stay_on_one_turn(double concentration)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double direction, double length, _) = Exact(concentration);
        AutoMultivariateNormal<double> guide = new(Model);
        Svi<double> svi = GaussianChain.Fit(Model, guide, concentration, 300, rate: 0.1);
        Action<double> bent = new NeuTraHandler<double>(guide, svi.Parameters).Wrap<double>(Model);
        McmcResult posterior = Mcmc.Run(() => bent(concentration), new Nuts(0.9), chains: 2, warmup: 400, draws: 1200, seed: 3);
        double[] angles = posterior.Draws.Scalar("angle");

        (double cos, double sin) = (angles.Average(Math.Cos), angles.Average(Math.Sin));
        Assert.Equal(length * Math.Cos(direction), cos, 0.06);
        Assert.Equal(length * Math.Sin(direction), sin, 0.06);
        Assert.InRange(posterior.Draws["neutra_latent"].Abs().Max().Item(), 0, 40);
    }

    [Fact]
    public void Points_and_Laplace_find_the_direction_within_the_circle()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double direction, double length, _) = Exact(6);
        AutoDelta<double> points = new(Model, GuideStart.Given(new Dictionary<string, Tensor> { ["angle"] = 3.1, ["other"] = 0.3 }));
        Svi<double> svi = GaussianChain.Fit(Model, points, 6, 500, particles: 1);
        AutoMultivariateNormal<double> laplace =
            new AutoLaplace<double>(Model, GuideStart.Given(new Dictionary<string, Tensor> { ["angle"] = 3.1, ["other"] = 0.3 })).Approximate(6);

        foreach (double found in (double[])[points.Median(svi.Parameters)["angle"].Item(), points.Draw(svi.Parameters, 1).Scalar("angle")[0],
            laplace.Median(null)["angle"].Item()])
        {
            Assert.InRange(found, -Math.PI, Math.PI);
            Assert.Equal(0, Math.IEEERemainder(found - direction, 2 * Math.PI), 0.01);
        }
        double[] draws = laplace.Draw(null, 4000).Scalar("angle");
        Assert.All(draws, angle => Assert.InRange(angle, -Math.PI, Math.PI));
        Assert.Equal(length, Math.Sqrt(Math.Pow(draws.Average(Math.Cos), 2) + Math.Pow(draws.Average(Math.Sin), 2)), 0.02);
    }

    [Fact]
    public void Missing_angles_of_plates_are_wound_too()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        static void Partly(int _)
        {
            using PlateScope rows = Plate("rows", 3);
            Sample("angle", new VonMises(PriorLoc, 0.5), observed: Tensor.From([0.1, 0, 0]), observedMask: Tensor.From<bool>([true, false, false]));
        }

        // The evidence is the density of the one that is there: cos(0.1 - 3) / 2 - log(2π I₀(½)).
        double loss = -(0.5 * Math.Cos(0.1 - PriorLoc)) + Math.Log(2 * Math.PI) + LogI0(0.5);
        foreach (AutoGuide<int> guide in (AutoGuide<int>[])[new AutoNormal<int>(Partly), new AutoMultivariateNormal<int>(Partly)])
        {
            Svi<int> svi = GaussianChain.Fit(Partly, guide, 0, 500, rate: 0.1, particles: 5);
            Assert.InRange(GaussianChain.Loss(svi, 0, 500) - loss, -0.02, 0.06);
        }
    }

    private static void Model(double concentration) => State(concentration, 1, Sample("angle", new VonMises(PriorLoc, concentration)));

    private static void Degrees(double concentration) =>
        State(concentration, Math.PI / 180,
            Sample("angle", new TransformedDistribution(new VonMises(PriorLoc, concentration), new AffineTransform(0, 180 / Math.PI))));

    private static void State(double concentration, double unit, Tensor angle)
    {
        Sample("other", new Normal(0, 1));
        using PlateScope rows = Plate("rows", Data.Length);
        Sample("y", new VonMises(angle * unit, concentration), observed: Tensor.From(Data));
    }

    private static AutoGuide<double> Guide(string kind, Action<double> model) => kind switch
    {
        "diagonal" => new AutoDiagonalNormal<double>(model),
        "full" => new AutoMultivariateNormal<double>(model),
        "low rank" => new AutoLowRankMultivariateNormal<double>(model, rank: 1),
        "flow" => new AutoIaf<double>(model),
        _ => new AutoNormal<double>(model),
    };

    /// <summary>Direction and mean resultant length of the posterior, and minus the log evidence.</summary>
    private static (double Direction, double Length, double Loss) Exact(double concentration)
    {
        double cos = concentration * (Math.Cos(PriorLoc) + Data.Sum(Math.Cos)), sin = concentration * (Math.Sin(PriorLoc) + Data.Sum(Math.Sin));
        double resultant = Math.Sqrt((cos * cos) + (sin * sin));
        double length = (Tensor.From([resultant]).BesselI1Scaled() / Tensor.From([resultant]).BesselI0Scaled()).Item();
        double loss = (Data.Length * Math.Log(2 * Math.PI)) + ((1 + Data.Length) * LogI0(concentration)) - LogI0(resultant);
        return (Math.Atan2(sin, cos), length, loss);
    }

    /// <summary>The best a guide can do: a Gaussian around the direction, whose turns are told apart by itself, or by one of scale 1.</summary>
    /// <returns>The divergence from the posterior, by the trapezoidal rule; the standard deviation of one term of it; and the Gaussian's
    /// scale.</returns>
    private static (double Gap, double Spread, double Scale) Best(double concentration, bool turnsAlone)
    {
        const int Intervals = 400;
        const double Reach = 8;
        double cos = concentration * (Math.Cos(PriorLoc) + Data.Sum(Math.Cos)), sin = concentration * (Math.Sin(PriorLoc) + Data.Sum(Math.Sin));
        double resultant = Math.Sqrt((cos * cos) + (sin * sin)), norm = Math.Log(2 * Math.PI) + LogI0(resultant);
        return Enumerable.Range(10, 290).Select(i => Divergence(0.01 * i)).MinBy(one => one.Gap);

        (double Gap, double Spread, double Scale) Divergence(double scale)
        {
            double turns = turnsAlone ? 1 : scale;
            (double Weight, double Term)[] all = [.. Enumerable.Range(0, Intervals + 1).Select(i =>
            {
                double x = Reach * ((2.0 * i / Intervals) - 1), z = scale * x, angle = Math.IEEERemainder(z, 2 * Math.PI);
                double share = (-0.5 * z * z / (turns * turns))
                    - Math.Log(Enumerable.Range(-6, 13).Sum(k => Math.Exp(-0.5 * Math.Pow((angle + (2 * Math.PI * k)) / turns, 2))));
                double term = (-0.5 * x * x) - Math.Log(scale * Math.Sqrt(2 * Math.PI)) - ((resultant * Math.Cos(z)) - norm + share);
                return (Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI) * 2 * Reach / Intervals, term);
            })];
            double mean = all.Sum(one => one.Weight * one.Term);
            return (mean, Math.Sqrt(all.Sum(one => one.Weight * Math.Pow(one.Term - mean, 2))), scale);
        }
    }

    private static double LogI0(double x) => Tensor.From([x]).LogBesselI0().Item();
}
