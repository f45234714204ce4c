using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>A number that is not finite behind a mask is no anomaly: neither the anomaly mode nor the report of a skipped step blames it, and an
/// entry that counts is blamed by its own place.</summary>
public sealed class MaskedBlameTests
{
    private static readonly Tensor There = Tensor.From<bool>([false, true, true]).Keep();

    private static readonly double[] Data = [double.NaN, 1, 3];

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            TheoryData<string, bool> rows = [];
            foreach (string kind in (string[])["handler", "distribution", "events"])
            {
                rows.Add(kind, false);
                rows.Add(kind, true);
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void What_a_mask_leaves_out_is_no_anomaly(string kind, bool closedForm)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Svi<int> plain = Fit(kind, closedForm, scales: [0, 1, 2]), watched = Fit(kind, closedForm, scales: [0, 1, 2]);
        double expected = plain.Step(0);
        using AnomalyMode.Scope scope = AnomalyMode.Begin();

        Assert.Equal(expected, watched.Step(0), 1e-12);
        Assert.True(double.IsFinite(expected));
        Assert.Equal(0, watched.SkippedCount);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_entry_that_counts_is_blamed_beside_one_that_does_not(string kind, bool closedForm)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Svi<int> svi = Fit(kind, closedForm, scales: [0, 0, 2]);
        using AnomalyMode.Scope scope = AnomalyMode.Begin();

        ArithmeticException error = Assert.Throws<ArithmeticException>(() => svi.Step(0));
        Assert.Contains("at element 1 of", error.Message);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Divergences_behind_a_mask_are_no_anomaly(bool isBad)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor priorScale = Tensor.From<double>(isBad ? [0, 0, 1] : [0, 1, 1]).Keep();
        Svi<int> svi = new(_ => Latent(new Normal(0, priorScale, validate: false)), _ => Latent(new Normal(Param("loc", Tensor.Ones(3)), 1)),
            new Adam(0.1), new MeanFieldElbo());
        using AnomalyMode.Scope scope = AnomalyMode.Begin();

        if (isBad)
        {
            Assert.Contains("at element 1 of", Assert.Throws<ArithmeticException>(() => svi.Step(0)).Message);
        }
        else
        {
            Assert.True(double.IsFinite(svi.Step(0)));
        }
    }

    [Fact]
    public void The_report_of_skipped_steps_passes_over_what_models_compute_for_masked_rows()
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);
        Tensor x = Tensor.From([-2, -1, 1.0]).Keep();
        Svi<int> svi = new(_ =>
        {
            using HandlerScope mask = new MaskHandler(There).Enter();
            using PlateScope rows = Plate("rows", 3);
            Tensor first = Tensor.Where(Tensor.From<bool>([true, false, false]), x, 1.0).Log();
            Sample("y", new Normal(first + (Param("a", 1.0) * x).Log(), 1, validate: false), observed: Tensor.From(Data));
        }, _ => { }, new Adam(0.1), new TraceElbo());

        ModelException error = Assert.Throws<ModelException>(() => Enumerable.Range(0, 10).Select(_ => svi.Step(0)).ToArray());
        Assert.Contains("first operation to blame: log gave NaN at element 1 of shape [3]", error.Message);
    }

    private static void Latent(Distribution distribution)
    {
        using HandlerScope mask = new MaskHandler(There).Enter();
        using PlateScope rows = Plate("rows", 3);
        Sample("z", distribution);
    }

    private static Svi<int> Fit(string kind, bool closedForm, double[] scales)
    {
        Tensor scale = Tensor.From(scales).Keep();
        return new Svi<int>(_ => Model(kind, scale), _ => Sample("m", new Normal(Param("loc", 0.5), 0.7)), new Adam(0.1),
            closedForm ? new MeanFieldElbo() : new TraceElbo(), seed: 2);
    }

    private static void Model(string kind, Tensor scale)
    {
        Tensor m = Sample("m", new Normal(0, 2));
        using PlateScope rows = Plate("rows", 3);
        using HandlerScope mask = new MaskHandler(kind == "handler" ? There : Tensor.Ones([3], DType.Bool)).Enter();
        Normal normal = new(m, scale, validate: false);
        switch (kind)
        {
            case "distribution":
                Sample("y", normal.Mask(There), observed: Tensor.From(Data));
                break;
            case "events":
                Sample("y", new Normal(m, scale.Unsqueeze(-1), validate: false).ToEvent(1).Mask(There), observed: Tensor.From(Data).Unsqueeze(-1));
                break;
            default:
                Sample("y", normal, observed: Tensor.From(Data));
                break;
        }
    }
}
