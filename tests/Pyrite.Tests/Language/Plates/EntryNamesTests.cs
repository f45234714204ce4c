using static Pyrite.Primitives;

namespace Pyrite.Tests.Language.Plates;

/// <summary>What a model calls the entries of its plates and events, every way that draws are made and kept says again.</summary>
public sealed class EntryNamesTests : IDisposable
{
    private static readonly string[] Schools = ["Choate", "Deer(field) = 2", "Andover"];
    private static readonly string[] Predictors = ["dose", "age"];

    private static readonly string[] Expected =
    [
        "mu", "beta[dose]", "beta[age]", "theta[Choate]", "theta[Deer(field) = 2]", "theta[Andover]",
        "twice[Choate]", "twice[Deer(field) = 2]", "twice[Andover]", "corr[dose,dose]", "corr[dose,age]", "corr[age,dose]", "corr[age,age]",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-names-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Draws_of_MCMC_and_summaries_say_them()
    {
        McmcResult run = Run();
        Assert.Equal(Expected, Names(run.Draws));
        Assert.Equal(["schools"], run.Draws.Variable("theta").Dimensions);
        Assert.Equal(Expected, run.Summary().Rows.Select(row => row.Name));
        Assert.Contains("\ntheta[Choate] ", $"{run.Summary()}", StringComparison.Ordinal);
    }

    [Fact]
    public void They_last_through_every_selection_of_draws()
    {
        Draws draws = Run().Draws;
        Draws[] selections =
            [draws.Thin(3), draws.Range(2..5), draws.SelectChains(1), draws.WithoutChains(), draws.With(draws.Variable("theta")),
                Draws.Concat([draws, draws])];
        Assert.All(selections, some => Assert.Equal(Expected.Order(), Names(some).Order()));
    }

    [Fact]
    public void They_last_in_every_kind_of_file()
    {
        string at = Path.Combine(folder, "run");
        McmcResult run = Run(), streamed = Run(new ChainFiles(at + "-streamed"));
        run.SaveCsv(at);
        run.SaveNpz(at + ".npz");
        run.State!.Save(at + ".state");
        Draws[] read =
            [streamed.Draws, McmcResult.Load(at + "-streamed").Draws, CmdStanCsv.Load(at + "-streamed").Draws, CmdStanCsv.Load(at).Draws,
                DrawsNpz.Load(at + ".npz").Draws, Mcmc.Resume(Model, McmcState.Load(at + ".state"), 12).Draws];
        Assert.All(read, draws =>
        {
            Assert.Equal(Expected, Names(draws));
            Assert.Equal(run.Draws.Scalar("theta[Deer(field) = 2]")[..10], draws.Scalar("theta[Deer(field) = 2]")[..10]);
        });
        StanFileLines lines = new(at + "_1.csv");
        StanReaderRules.CmdStanPy(lines);
        StanReaderRules.CmdStanR(lines);
        StanReaderRules.RStan(lines);
    }

    [Fact]
    public void Guides_and_predictions_say_them()
    {
        AutoNormal<int> guide = new(Fitted);
        Svi<int> svi = new(Fitted, guide, new Adam(0.01), new TraceElbo());
        svi.Step(0);
        Assert.Equal(["mu", "beta[dose]", "beta[age]", "theta[Choate]", "theta[Deer(field) = 2]", "theta[Andover]"],
            Names(guide.Draw(svi.Parameters, 5)));
        Assert.Equal(["y[Choate]", "y[Deer(field) = 2]", "y[Andover]"], Names(svi.Predict(0, 4).Select("y")));
        Assert.Equal(["y[Choate]", "y[Deer(field) = 2]", "y[Andover]"], Names(svi.LogLikelihood(0, 4)));
        Assert.Equal(["beta[dose]", "beta[age]"], Names(Predictive.Draw(Fitted, 0, 4).Select("beta")));
    }

    [Fact]
    public void A_guide_need_not_say_them_again()
    {
        static void Guide(int _)
        {
            Sample("mu", new Delta(Param("m", 0.0)));
            Sample("beta", new Delta(Param("b", Tensor.Zeros(2))).ToEvent(1));
            using (Plate("schools", 3))
            {
                Sample("theta", new Normal(0, Param("s", 1.0, Constraints.Positive)));
            }
        }
        Svi<int> svi = new(Fitted, Guide, new Adam(0.01), new TraceElbo());
        Assert.True(double.IsFinite(svi.Step(0)));
        Assert.Equal("theta[Choate]", svi.Predict(0, 4).Variable("theta").ScalarNames[0]);
    }

    [Fact]
    public void What_a_reparameterization_draws_has_them_too()
    {
        Action centred = new ReparameterizeHandler(("theta", new LocScaleReparameterization(0))).Wrap(Model);
        Draws draws = Mcmc.Run(centred, new Nuts(), chains: 1, warmup: 20, draws: 5, seed: 1).Draws;
        Assert.Equal("theta_decentered[Andover]", draws.Variable("theta_decentered").ScalarNames[2]);
        Assert.Equal("theta[Andover]", draws.Variable("theta").ScalarNames[2]);
    }

    [Fact]
    public void Missing_entries_go_by_them()
    {
        static void Gaps()
        {
            using (Plate("schools", Schools))
            {
                Sample("y", new Normal(0, 1), observed: Tensor.From([1.0, 0, 0]), observedMask: Tensor.From<bool>([true, false, false]));
            }
        }
        Draws draws = Mcmc.Run(Gaps, new Nuts(), chains: 1, warmup: 20, draws: 5, seed: 1).Draws;
        Assert.Equal(["y_unobserved[Deer(field) = 2]", "y_unobserved[Andover]"], Names(draws));
        Assert.Equal(["y_unobserved[Deer(field) = 2]", "y_unobserved[Andover]"], Names(Predictive.Draw(Empty(Gaps), 0, 3).Select("y_unobserved")));
    }

    [Fact]
    public void Entries_are_taken_by_name()
    {
        McmcResult run = Run();
        Assert.Equal(Shape.Create(2, 10), run.At("theta", "Andover").Shape);
        Assert.Equal(run.Draws.Scalar("theta[Andover]"), run.At("theta", "Andover").ToArray<double>());
        Assert.Equal(run.Draws.Scalar("corr[dose,age]"), run.At("corr", "dose", "age").ToArray<double>());
        Assert.Equal(run.Draws.Scalar("corr[age,dose]"), run.Draws.Variable("corr").At("dose", "corr_dim_1").At("age").Values.ToArray());
        Assert.Equal("theta[Andover]", run.Draws.Variable("theta").At("Andover").Name);

        Draws slice = run.Draws.Slice("schools", "Andover", "Choate");
        Assert.Equal(["theta[Andover]", "theta[Choate]"], Names(slice.Select("theta")));
        Assert.Equal(run.Draws.Scalar("theta[Choate]"), slice.Scalar("theta[Choate]"));
        Assert.Equal(run.Draws.Scalar("mu"), slice.Scalar("mu"));
    }

    [Fact]
    public void Names_that_are_not_there_are_refused_with_those_that_are()
    {
        Draws draws = Run().Draws;
        Assert.Equal(
            "Draws of \"theta\" have no entry \"Exeter\": \"schools\" has Choate, Deer(field) = 2, Andover. Names come from the model: "
                + "Plate(name, entries), or eventNames of a statement.",
            Assert.Throws<KeyNotFoundException>(() => draws.At("theta", "Exeter")).Message);
        Assert.Contains("they are single numbers", Assert.Throws<KeyNotFoundException>(() => draws.At("mu", "Exeter")).Message,
            StringComparison.Ordinal);
        Assert.Contains("There are: beta_dim_0, ", Assert.Throws<KeyNotFoundException>(() => draws.Slice("rows", "a")).Message,
            StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => draws.Scalar("theta[0]"));
    }

    [Fact]
    public void A_random_part_of_a_plate_goes_without_names()
    {
        Draws draws = Predictive.Draw(_ =>
        {
            using (Plate("schools", Schools, subsampleSize: 2))
            {
                Sample("theta", new Normal(0, 1));
            }
        }, 0, 3);
        Assert.Equal(["theta[0]", "theta[1]"], Names(draws));
    }

    [Fact]
    public void Entries_in_an_order_of_their_own_go_without_names()
    {
        Draws draws = Predictive.Draw(_ =>
        {
            using (Plate("schools", Schools, indices: Tensor.From<long>([2, 1, 0])))
            {
                Sample("theta", new Normal(0, 1));
            }
        }, 0, 3);
        Assert.Equal(["theta[0]", "theta[1]", "theta[2]"], Names(draws));
    }

    [Fact]
    public void Runs_that_differ_are_not_bound()
    {
        Draws draws = Run().Draws;
        Draws longer = new(1, 3, [new DrawsVariable("a", Shape.Scalar, [1, 2, 3])]);
        Draws shorter = new(1, 2, [new DrawsVariable("a", Shape.Scalar, [4, 5])]);
        Assert.Equal([1, 2, 4, 5], Draws.Concat([longer, shorter], cut: true).Scalar("a"));
        Assert.Equal([1, 2, 3, 4, 5], Draws.Concat([longer.WithoutChains(), shorter.WithoutChains()]).Scalar("a"));
        Assert.Contains("cut: true", Assert.Throws<ArgumentException>(() => Draws.Concat([longer, shorter])).Message, StringComparison.Ordinal);
        Assert.Contains("one has chains", Assert.Throws<ArgumentException>(() => Draws.Concat([longer, shorter.WithoutChains()])).Message,
            StringComparison.Ordinal);
        Assert.Contains("lacks \"theta\"", Assert.Throws<ArgumentException>(() => Draws.Concat([draws, draws.Select("mu", "beta")])).Message,
            StringComparison.Ordinal);
        Assert.Contains("other names", Assert.Throws<ArgumentException>(
            () => Draws.Concat([draws.Select("theta"), draws.Slice("schools", "Andover", "Choate", "Deer(field) = 2").Select("theta")])).Message,
            StringComparison.Ordinal);
    }

    private static McmcResult Run(ChainFiles? files = null) =>
        Mcmc.Run(Model, new Nuts(), chains: 2, warmup: 20, draws: 10, seed: 1, files: files);

    private static string[] Names(Draws draws) => [.. draws.Variables.SelectMany(variable => variable.ScalarNames)];

    private static Action<int> Empty(Action model) => _ => model();

    private static void Model()
    {
        Tensor mu = Sample("mu", new Normal(0, 1));
        Tensor beta = Sample("beta", new Normal(Tensor.Zeros(2), 1).ToEvent(1), eventNames: Predictors);
        Tensor theta;
        using (Plate("schools", Schools))
        {
            theta = Sample("theta", new Normal(mu, 1));
            Deterministic("twice", theta * 2);
        }
        Deterministic("corr", beta.Unsqueeze(-1) * beta, eventDimensions: 2, eventNames: Predictors);
    }

    private static void Fitted(int data)
    {
        Tensor mu = Sample("mu", new Normal(0, 1));
        Sample("beta", new Normal(Tensor.Zeros(2), 1).ToEvent(1), eventNames: Predictors);
        using (Plate("schools", Schools))
        {
            Sample("y", new Normal(Sample("theta", new Normal(mu, 1)), 1), observed: Tensor.From([1f, 2, 3]));
        }
    }
}
