using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Rows that a mask leaves out are no rows, in every form of the statement and every kind of inference, whatever stands in their data,
/// covariates and parameters.</summary>
/// <remarks>
/// m ~ N(0, 2) and y ~ N(m x, s), of which the rows (1, 1, 1) and (2, 3, 1), or (1, 1, 1) and (1, 3, 2), as (x, y, s) count. The posterior's
/// precision is 1/4 + Σ x²/s², its mean Σ x y/s² over that: 7/5.25 and 1.75/1.5. The slope of log p at m = 0 is Σ x y/s².
/// </remarks>
public sealed class MaskedRowsTests
{
    private static readonly Tensor Mask = Tensor.From([false, true, true]);

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string rows in new[] { "covariate", "scale", "all NaN", "infinite" })
        {
            foreach (string form in Forms.Keys)
            {
                cases.Add(rows, form);
            }
        }
        return cases;
    }

    /// <summary>Ways to leave the first row out: what is stated of the slope m, the covariates x, the scales s and the data y.</summary>
    private static Dictionary<string, Action<Tensor, Tensor, Tensor, Tensor>> Forms => new()
    {
        ["handler around all"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            {
                Sample("y", new Normal(m * x, s), observed: y);
            }
        },
        ["handler around the statement"] = (m, x, s, y) =>
        {
            Normal rows = new(m * x, s);
            Deterministic("something before", m + 1);
            using (new MaskHandler(Mask).Enter())
            {
                Sample("y", rows, observed: y);
            }
        },
        ["masked distribution"] = (m, x, s, y) => Sample("y", new Normal(m * x, s).Mask(Mask), observed: y),
        ["without checks"] = (m, x, s, y) => Sample("y", new Normal(m * x, s, validate: false).Mask(Mask), observed: y),
        ["entries of an event"] = (m, x, s, y) => Sample("y", new Normal(m * x, s).Mask(Mask).ToEvent(1), observed: y),
        ["plate inside"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            using (Plate("inner", 3))
            {
                Sample("y", new Normal(m * x, s), observed: y);
            }
        },
        ["events"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            {
                Sample("y", new Normal((m * x).Unsqueeze(-1), s.Unsqueeze(-1)).ToEvent(1), observed: y.Unsqueeze(-1));
            }
        },
        ["a column of a table"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask.Unsqueeze(-1)).Enter())
            using (new ScaleHandler(0.5).Enter())
            {
                Sample("y", new Normal((m * x).Unsqueeze(-1), s.Unsqueeze(-1)), observed: Tensor.Stack([y, y], -1));
            }
        },
        ["two masks"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Tensor.From([true, true, true, false])).Enter())
            {
                Sample("y",
                    new Normal(Tensor.Concat([m * x, m * Tensor.Full([1], double.NaN)]), Tensor.Concat([s, -Tensor.Ones(1)]))
                        .Mask(Tensor.From([false, true, true, true])), observed: Tensor.Concat([y, Tensor.Ones(1)]));
            }
        },
        ["one statement a row"] = (m, x, s, y) =>
        {
            for (int i = 0; i < 3; i++)
            {
                using (new MaskHandler(i > 0).Enter())
                {
                    Sample($"y{i}", new Normal(m * x[i], s[i]), observed: y[i]);
                }
            }
        },
        ["linear layer"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            {
                Sample("y", new Normal(x.Unsqueeze(-1).Linear(m.Reshape(1, 1)).Squeeze(-1), s), observed: y);
            }
        },
        ["design matrix"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            {
                Sample("y", new Normal(Tensor.Stack([x, x.Exp()], -1).MatMul(Tensor.Stack([m, 0 * m]).Unsqueeze(-1)).Squeeze(-1), s), observed: y);
            }
        },
        ["factor"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            {
                Factor("y", new Normal(m * x, s, validate: false).LogProb(y));
            }
        },
        ["multivariate"] = (m, x, s, y) =>
        {
            using (new MaskHandler(Mask).Enter())
            {
                Tensor loc = Tensor.Stack([m * x, x], -1), scales = Tensor.Stack([s, Tensor.Ones(3)], -1);
                Sample("y", new MultivariateNormal(loc, scaleTril: scales.DiagonalEmbed()), observed: Tensor.Stack([y, x], -1));
            }
        },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_of_a_trace_are_those_of_the_rows_that_count(string rows, string form)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double slope, _) = Right(rows);
        Tensor gradient = Gradient.Of(m => Trace.Of(() => Model(rows, form, m)).LogProb(), 0.0);
        Assert.Equal(slope, gradient.Item(), 12);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Compiled_densities_have_the_value_and_slope_of_the_rows_that_count(string rows, string form)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double slope, double precisionOfAll) = Right(rows);
        Potential potential = Potential.Of(() => Model(rows, form, null));
        Assert.True(potential.IsReplayed);
        if (form is not ("a column of a table" or "two masks" or "design matrix" or "linear layer" or "factor" or "multivariate"
            or "one statement a row"))
        {
            Assert.Equal("", string.Join(", ", potential.Uncompiled));
        }
        double[] gradient = new double[1];
        double first = potential.LogDensity([0.0], gradient);
        Assert.Equal(slope, gradient[0], 10);
        double second = potential.LogDensity([0.8], gradient);
        Assert.Equal(slope - (0.8 * precisionOfAll), gradient[0], 10);
        Assert.Equal((0.8 * slope) - (0.32 * precisionOfAll), second - first, 10);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Steps_find_the_mode_of_the_rows_that_count(string rows, string form)
    {
        (double slope, double precisionOfAll) = Right(rows);
        foreach (DType type in new[] { DType.Float32, DType.Float64 })
        {
            using Precision.Scope precision = Precision.Use(type);
            AutoDelta<int> guide = new(_ => Model(rows, form, null));
            Svi<int> svi = new(_ => Model(rows, form, null), guide, new Sgd(learningRate: 0.5 / precisionOfAll), new TraceElbo());
            for (int step = 0; step < 60; step++)
            {
                Assert.True(double.IsFinite(svi.Step(0)));
            }
            Assert.Equal(slope / precisionOfAll, guide.Median(svi.Parameters)["m"].Item(), type == DType.Float64 ? 1e-9 : 1e-5);
        }
    }

    [Theory, InlineData("covariate"), InlineData("scale")]
    public void Chains_and_guides_find_the_posterior_of_the_rows_that_count(string rows)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        (double slope, double precisionOfAll) = Right(rows);
        Draws draws = Mcmc.Run(() => Model(rows, "handler around all", null), chains: 2, warmup: 200, draws: 1000, seed: 4).Draws;
        double[] m = draws["m"].ToArray<double>();
        double sd = 1 / Math.Sqrt(precisionOfAll);
        Assert.Equal(slope / precisionOfAll, m.Average(), 6 * sd / Math.Sqrt(500));
        AutoNormal<int> guide = new(_ => Model(rows, "handler around all", null));
        Svi<int> svi = new(_ => Model(rows, "handler around all", null), guide, new Sgd(learningRate: 0.05), new TraceElbo(8), seed: 2);
        for (int step = 0; step < 400; step++)
        {
            svi.Step(0);
        }
        Assert.Equal(slope / precisionOfAll, guide.Median(svi.Parameters)["m"].Item(), 0.1);
    }

    private static void Model(string rows, string form, Tensor? m)
    {
        DType type = Precision.Default;
        (double[] x, double[] s, double[] y) = rows switch
        {
            "covariate" => (new[] { double.NaN, 1, 2 }, new[] { 1.0, 1, 1 }, new[] { 99.0, 1, 3 }),
            "scale" => ([1, 1, 1], [0, 1, 2], [double.NaN, 1, 3]),
            "all NaN" => ([double.NaN, 1, 2], [double.NaN, 1, 1], [double.NaN, 1, 3]),
            _ => ([double.PositiveInfinity, 1, 2], [-1, 1, 1], [double.NegativeInfinity, 1, 3]),
        };
        Tensor slope = m is null ? Sample("m", new Normal(0, 2)) : Sample("m", new Normal(0, 2), observed: m);
        Shape plates = form switch
        {
            "entries of an event" or "one statement a row" or "plate inside" => [],
            "a column of a table" => [3, 2],
            "two masks" => [4],
            _ => [3],
        };
        using (PlateStack("rows", plates))
        {
            Forms[form](slope, Tensor.From(x).To(type), Tensor.From(s).To(type), Tensor.From(y).To(type));
        }
    }

    private static (double Slope, double Precision) Right(string rows) => rows == "scale" ? (1.75, 1.5) : (7, 5.25);
}
