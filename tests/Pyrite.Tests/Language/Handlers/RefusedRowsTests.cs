using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Bad rows that count are refused as without masks: by the model, at the latest when its run ends, with the site and never blaming the
/// guide.</summary>
public sealed class RefusedRowsTests
{
    private static readonly Tensor Mask = Tensor.From([false, true, true]);

    public static TheoryData<string> Ways => ["trace", "gradient", "nuts", "svi", "auto", "predictive"];

    [Theory, MemberData(nameof(Ways))]
    public void A_bad_row_that_counts_is_named_with_its_index(string way)
    {
        string error = Fail(way, _ =>
        {
            Tensor m = Sample("m", new Normal(0, 2));
            using (Plate("rows", 3))
            using (new MaskHandler(Mask).Enter())
            {
                Sample("y", new Normal(m, 1 + Tensor.From([-1.0, -2, 0])), observed: Tensor.From([1.0, 1, 1]));
            }
        });
        Assert.Contains("Normal: parameter scale must be positive; found -1 at index [1]", error);
        Assert.DoesNotContain("guide failed", error);
        Assert.Matches("after site \"m\"|[sS]ite \"y\"", error);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_bad_parameter_without_a_mask_is_refused_by_the_statement_before_it_is_drawn_from(string way)
    {
        string error = Fail(way, _ =>
        {
            Tensor m = Sample("m", new Normal(0, 2));
            Tensor g = Sample("g", new Gamma(Tensor.Full([], -1.0) + (0 * m), 1));
            Sample("y", new Normal(g, 1), observed: 1);
        });
        Assert.Contains("Gamma: parameter concentration must be positive; found -1", error);
        Assert.DoesNotContain("guide failed", error);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_bad_distribution_that_no_statement_takes_up_is_refused_when_the_run_ends(string way)
    {
        string error = Fail(way, _ =>
        {
            Tensor m = Sample("m", new Normal(0, 2));
            Tensor score = new Normal(m, Tensor.From([-1.0, 1])).LogProb(1).Sum();
            using (new MaskHandler(false).Enter())
            {
                Sample("y", new Normal(m, 1), observed: Tensor.Where(score.IsNan(), 0, 1));
            }
        });
        Assert.Contains("Normal: parameter scale must be positive; found -1 at index [0]", error);
        Assert.DoesNotContain("guide failed", error);
    }

    [Fact]
    public void Outside_of_runs_a_bad_parameter_is_refused_where_it_is_given()
    {
        Assert.Throws<ArgumentException>(() => new Normal(0, Tensor.From([-1.0, 1])));
        Trace.Of(() => Sample("x", new Normal(0, 1)), new SeedHandler(0));
        Assert.Throws<ArgumentException>(() => new Normal(0, Tensor.From([-1.0, 1])));
        Assert.Throws<ArgumentException>(() => new Normal(0, -1));
    }

    [Fact]
    public void A_masked_factor_may_be_no_number_and_another_may_not()
    {
        Tensor factors = Tensor.From([double.NaN, 1, 2]);
        Assert.Equal(3, Trace.Of(() =>
        {
            using (Plate("rows", 3))
            using (new MaskHandler(Mask).Enter())
            {
                Factor("f", factors);
            }
        }).LogProb().Item());
        ModelException error = Assert.Throws<ModelException>(() => Trace.Of(() => Factor("f", factors)));
        Assert.Contains("the factor is no number", error.Message);
    }

    private static string Fail(string way, Action<int> model)
    {
        static void Guide(int _) => Sample("m", new Normal(Param("loc", 0.0), 1));
        Exception error = Assert.ThrowsAny<Exception>(() =>
        {
            switch (way)
            {
                case "trace":
                    Trace.Of(() => model(0), new SeedHandler(1)).LogProb();
                    break;
                case "gradient":
                    Gradient.Of(
                        m => Trace.Of(() => model(0), new SeedHandler(1), new ConditionHandler(new Dictionary<string, Tensor> { ["m"] = m }))
                            .LogProb(), Tensor.Full([], 0.3));
                    break;
                case "nuts":
                    Mcmc.Run(() => model(0), chains: 1, warmup: 10, draws: 10);
                    break;
                case "svi":
                    Svi<int> svi = new(model, Guide, new Adam(), new TraceElbo());
                    for (int i = 0; i < 3; i++)
                    {
                        svi.Step(0);
                    }
                    break;
                case "auto":
                    new Svi<int>(model, new AutoNormal<int>(model), new Adam(), new TraceElbo()).Step(0);
                    break;
                default:
                    Predictive.Draw(model, 0, draws: 5);
                    break;
            }
        });
        return error.Message;
    }
}
