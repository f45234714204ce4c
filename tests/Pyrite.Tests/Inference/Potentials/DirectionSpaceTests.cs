using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Angles and directions as samplers see them: points of a space around the origin, of which the direction is the value.</summary>
[Trait("Once", "Cultures")]
public sealed class DirectionSpaceTests
{
    [Fact]
    public void An_angle_is_made_of_two_numbers_and_reported_as_one()
    {
        Potential potential = Potential.Of(() => Sample("x", new VonMises(Tensor.From([3.0, 0]), 2).ToEvent(1)));
        PotentialSite site = Assert.Single(potential.Sites);
        Assert.Equal(4, potential.Dimension);
        Assert.Equal([2], site.Shape);
        Assert.Equal([2, 2], site.UnconstrainedShape);
        Assert.True(site.IsCircular);
        // π is the same direction as -π, where draws begin
        Assert.Equal([Math.PI / 2, -Math.PI], potential.Constrain([0, 3, -2, 1e-200])["x"].ToArray<double>());
    }

    [Theory]
    [InlineData(0.3, 0.3)]
    [InlineData(7, 7 - (2 * Math.PI))]
    [InlineData(-100, -100 + (32 * Math.PI))]
    [InlineData(-Math.PI, -Math.PI)]
    public void A_start_may_be_any_angle_of_the_direction(double given, double reported)
    {
        Potential potential = Potential.Of(() => Sample("x", new VonMises(3, 2)));
        double[] point = potential.Unconstrain(new Dictionary<string, Tensor> { ["x"] = given });
        Assert.Equal(reported, potential.Constrain(point)["x"].Item(), 12);
    }

    [Fact]
    public void A_start_that_is_given_is_where_chains_begin()
    {
        Dictionary<string, Tensor> start = new() { ["angle"] = -2.9, ["axis"] = Tensor.From([0.0, 0.6, 0.8]) };
        McmcResult posterior = Mcmc.Run(Both, new RandomWalk(1e-9, adapt: false), chains: 2, warmup: 0, draws: 3, start: InitialValues.Of(start));
        Assert.All(posterior.Draws.Scalar("angle"), angle => Assert.Equal(-2.9, angle, 1e-6));
        Assert.All(posterior.Draws.Scalar("axis[2]"), entry => Assert.Equal(0.8, entry, 1e-6));
    }

    [Fact]
    public void The_density_over_the_plane_integrates_to_that_of_the_circle()
    {
        Potential angle = Potential.Of(() => Sample("x", new VonMises(0.6, 2.5))),
            direction = Potential.Of(() => Sample("x", new ProjectedNormal(Tensor.From([1.0, -0.5]))));
        Assert.Equal(1, Integral(angle), 1e-9);
        Assert.Equal(1, Integral(direction), 1e-9);

        // Each value keeps its density: without the law of lengths it is the family's.
        Assert.Equal(new VonMises(0.6, 2.5).LogProb(Math.PI / 2).Item(), angle.LogDensity([0, 1.7], withJacobian: false), 1e-12);
    }

    [Fact]
    public void The_density_is_compiled_and_its_slope_is_right()
    {
        Potential potential = Potential.Of(() =>
        {
            Tensor angles = Sample("angles", new VonMises(Tensor.From([3.0, 0, 1]), 2).ToEvent(1));
            Tensor axis = Sample("axis", new ProjectedNormal(Tensor.From([1.0, 0, 2])));
            Sample("y", new Normal(angles.Cos().Sum() + axis.Sum(), 1), observed: 0.4);
        });
        Assert.True(potential.IsReplayed);
        double[] point = [.. Enumerable.Range(0, potential.Dimension).Select(i => Math.Cos(3 * i))], gradient = new double[point.Length];
        potential.LogDensity(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            Assert.Equal((potential.LogDensity(up) - potential.LogDensity(down)) / 2e-5, gradient[i], 5);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Narrow_directions_do_not_diverge_and_leave_no_turns_behind()
    {
        McmcResult posterior = Mcmc.Run(() =>
        {
            Sample("angle", new VonMises(3.1, 1000));
            Sample("axis", new ProjectedNormal(Tensor.From([0.0, 0, 300])));
        }, seed: 3);
        Assert.Equal(0, posterior.Divergences);
        Assert.All(posterior.Draws.Scalar("angle"), angle => Assert.InRange(angle, -Math.PI, Math.BitDecrement(Math.PI)));
        SummaryRow row = posterior.Summary()["angle"];
        Assert.True(row.IsCircular);
        Assert.Equal(3.1, row.Mean, 0.005);
        Assert.Equal(1 / Math.Sqrt(1000), row.StandardDeviation, 0.003);
        Assert.InRange(row.RHat, 0.99, 1.01);
    }

    [Fact]
    public void Masked_entries_keep_their_place_and_the_others_their_density()
    {
        // By the mask of the family, of a handler and of an event, each over the second entry.
        Tensor mask = Tensor.From([true, false]);
        foreach (Action model in (Action[])
        [
            () => Sample("x", new Gamma(Tensor.From([2.0, 3]), 1).Mask(mask).ToEvent(1)),
            () =>
            {
                using (Plate("rows", 2))
                {
                    Sample("x", new Gamma(Tensor.From([2.0, 3]), 1).Mask(mask));
                }
            },
            () =>
            {
                using (Plate("rows", 2))
                using (new MaskHandler(mask).Enter())
                {
                    Sample("x", new Gamma(Tensor.From([2.0, 3]), 1));
                }
            },
        ])
        {
            // log Gamma(2, 1) of e^0.4 and its volume 0.4; the second number is a unit Gaussian without its constant.
            Potential potential = Potential.Of(model);
            Assert.Equal(new Gamma(2, 1).LogProb(Math.Exp(0.4)).Item() + 0.4 - (0.5 * 0.49), potential.LogDensity([0.4, -0.7]), 1e-12);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Missing_angles_and_directions_are_drawn_alone()
    {
        double gap = double.NaN;
        Tensor angles = Tensor.From([3.0, gap, -2.9]), axes = Tensor.From(new double[,] { { 0, 0, 1 }, { 0, 1, 0 }, { gap, gap, gap } });
        void Model()
        {
            using (Plate("rows", 3))
            {
                Sample("angle", new VonMises(3, 4), observed: angles, observedMask: Tensor.From([true, false, true]));
                Sample("axis", new ProjectedNormal(Tensor.From([0.0, 0, 2])), observed: axes, observedMask: Tensor.From([true, true, false]));
            }
        }
        Potential potential = Potential.Of(Model);
        Assert.Equal(2 + 3, potential.Dimension);
        Assert.True(potential.IsReplayed);
        McmcResult posterior = Mcmc.Run(Model, seed: 2);
        Assert.Equal(["angle_unobserved[1]", "axis_unobserved[2,0]", "axis_unobserved[2,1]", "axis_unobserved[2,2]"],
            posterior.Summary().Rows.Select(row => row.Name));
        Assert.Equal(3, SampleStatistics.CircularMean(posterior.Draws.Scalar("angle_unobserved[1]")), 0.1);   // the prior's mean direction
        Assert.InRange(posterior.Summary()["axis_unobserved[2,2]"].RHat, 0.99, 1.02);
    }

    [Fact]
    public void Files_of_runs_and_CmdStan_files_hold_values_and_the_metric_of_all_numbers()
    {
        string folder = Directory.CreateTempSubdirectory("pyrite-directions-").FullName;
        try
        {
            ChainFiles files = new(Path.Combine(folder, "run"));
            McmcResult whole = Mcmc.Run(Both, warmup: 100, draws: 60, seed: 9), half = Mcmc.Run(Both, warmup: 100, draws: 30, seed: 9, files: files);
            Assert.Equal(30, half.Draws.DrawsPerChain);
            McmcResult resumed = Mcmc.Resume(Both, files, draws: 60);
            Assert.Equal(whole.Draws.Scalar("angle"), resumed.Draws.Scalar("angle"));
            Assert.Equal(whole.Draws.Scalar("axis[1]"), McmcResult.Load(files.Path).Draws.Scalar("axis[1]"));
            Assert.True(McmcResult.Load(files.Path).Draws.Variable("angle").IsCircular);
            foreach (string path in whole.SaveCsv(Path.Combine(folder, "csv")))
            {
                string[] lines = File.ReadAllLines(path);
                Assert.Contains("angle,axis.1,axis.2,axis.3", Assert.Single(lines, line => line.StartsWith("lp__", StringComparison.Ordinal)));
                int metric = Array.FindIndex(lines, line => line.StartsWith("# Diagonal elements", StringComparison.Ordinal));
                Assert.Equal(5, lines[metric + 1].Split(',').Length);   // two numbers of the angle, three of the direction
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_run_of_a_version_with_other_numbers_is_refused_with_both_counts()
    {
        // As version 0.1 drew them: an angle as a number, a direction by stereographic projection.
        Action angle = () => Sample("x", new Normal(0, 1)),
            axis =
                () =>
                    Sample("x",
                        new TransformedDistribution(new Normal(Tensor.Zeros([2], DType.Float64), 1).ToEvent(1), new StereographicTransform()));
        foreach ((Action before, Action now, string numbers) in ((Action, Action, string)[])
        [
            (angle, () => Sample("x", new VonMises(0, 1)), "as 1 unconstrained numbers; this is Pyrite"),
            (axis, () => Sample("x", new ProjectedNormal(Tensor.Zeros([3], DType.Float64))), "as 2 unconstrained numbers; this is Pyrite"),
        ])
        {
            McmcState state = Mcmc.Run(before, chains: 1, warmup: 20, draws: 5).State!;
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => Mcmc.Resume(now, state, draws: 10));
            Assert.Contains(numbers, refusal.Message);
            Assert.Contains("begin a new run", refusal.Message);
        }
    }

    private static void Both()
    {
        Sample("angle", new VonMises(3, 2));
        Sample("axis", new ProjectedNormal(Tensor.From([0.0, 0, 1])));
    }

    /// <summary>The trapezoidal rule on a fine grid, exact to rounding for smooth functions that vanish at its ends.</summary>
    private static double Integral(Potential potential)
    {
        const double Step = 0.05, End = 6;
        double sum = 0;
        for (double x = -End; x <= End; x += Step)
        {
            for (double y = -End; y <= End; y += Step)
            {
                sum += Math.Exp(potential.LogDensity([x, y], withJacobian: true));
            }
        }
        return sum * Step * Step;
    }
}
