using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>z_i ~ Normal(0, 1), x_i ~ Normal(z_i, 1), guide z_i ~ Normal(loc_i, scale), whose expected loss and gradients have closed
/// formulas.</summary>
/// <remarks>Many copies lie side by side in a plate of their own, with parameters of their own, so that a step gives as many single-draw
/// gradients.</remarks>
[Trait("Once", "Cultures")]
public sealed class ExpectedGradientTests
{
    private const int Copies = 2000;
    private const int FewestSteps = 120;
    private const int MostSteps = 1500;
    private const double LargestMargin = 0.1;

    private static readonly double[] Data = [-0.5, 2];
    private static readonly string[] Plates = ["full", "subsampled", "sequential", "sequential subsampled"];

    public static TheoryData<string, string, int> Arrangements
    {
        get
        {
            TheoryData<string, string, int> cases = [];
            foreach (string plate in Plates)
            {
                foreach (string objective in (string[])["pathwise", "landing", "mean field", "score", "graph", "baseline"])
                {
                    cases.Add(plate, objective, 1);
                }
            }
            foreach (string plate in Plates)
            {
                cases.Add(plate, "pathwise", 3);
                cases.Add(plate, "score", 3);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Expected_gradients_at_the_prior_are_the_closed_formulas(string plate, string objective, int particles) =>
        Check(plate, Objective(objective, particles), objective, [0, 0], 1, [0.5, -2], 2, null);

    public static TheoryData<string, string, int> FewerArrangements
    {
        get
        {
            TheoryData<string, string, int> cases = [];
            foreach (string plate in Plates)
            {
                cases.Add(plate, "pathwise", 1);
                cases.Add(plate, "score", 1);
                cases.Add(plate, "pathwise", 2);
            }
            cases.Add("sequential subsampled", "score", 2);
            cases.Add("full", "mean field", 1);
            cases.Add("subsampled", "baseline", 1);
            cases.Add("sequential", "graph", 1);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(FewerArrangements))]
    public void Expected_loss_and_gradients_elsewhere_are_the_closed_formulas(string plate, string objective, int particles) =>
        Check(plate, Objective(objective, particles), objective, [1, -1], 0.5, [2.5, -4], -2, 9.3492);

    [Theory]
    [MemberData(nameof(FewerArrangements))]
    [Trait("Category", "Long")]
    public void Without_the_divergence_the_gradients_are_those_of_the_likelihood(string plate, string objective, int particles) =>
        Check(plate, Objective(objective, particles, _ => 0), objective, [1, -1], 0.5, [1.5, -3], 1, null);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_gradient_is_the_closed_formula_of_its_draw(bool isScore)
    {
        double[] z = [];
        Tensor x = Tensor.From(Data);
        GradientProbe probe = new();
        Svi<Tensor> svi = new(Model, Guide, probe, new TraceElbo(), seed: 8);
        for (int step = 0; step < 5; step++)
        {
            svi.Step(x);
            double scaleGradient = 0;
            for (int i = 0; i < 2; i++)
            {
                (double loc, double scale) = (i == 0 ? 1 : -1, 0.5);
                double noise = (z[i] - loc) / scale;
                // The cost is log q - log p(z) - log p(x | z); normalizers of log q and log p(z) cancel.
                double cost =
                    (-0.5 * noise * noise) - Math.Log(scale) + (0.5 * z[i] * z[i]) + (0.5 * (z[i] - Data[i]) * (z[i] - Data[i]))
                        + (0.5 * Math.Log(2 * Math.PI));
                double slope = (2 * z[i]) - Data[i];
                Assert.Equal(isScore ? (1 + cost) * noise / scale : slope, probe.Of(svi, "loc")[i], 1e-10);
                scaleGradient += isScore ? (1 + cost) * ((noise * noise) - 1) / scale : (slope * noise) - (1 / scale);
            }
            Assert.Equal(scaleGradient, probe.Of(svi, "scale")[0], 1e-10);
        }

        void Model(Tensor data)
        {
            using PlateScope rows = Plate("rows", 2);
            Sample("x", new Normal(Sample("z", new Normal(Tensor.Zeros([2], DType.Float64), 1)), 1), observed: data);
        }

        void Guide(Tensor data)
        {
            Tensor loc = Param("loc", Tensor.From([1.0, -1.0])), scale = Param("scale", Tensor.From([0.5]));
            using PlateScope rows = Plate("rows", 2);
            Distribution q = new Normal(loc, scale);
            z = Sample("z", isScore ? new WithoutPathwise(q) : q).ToArray<double>();
        }
    }

    private static void Check(string plate, Elbo objective, string kind, double[] locs, double scale, double[] locGradient, double scaleGradient,
        double? loss)
    {
        bool isScore = kind is "score" or "graph" or "baseline";
        int size = plate.Contains("subsampled") ? 1 : 2;
        Tensor x = Tensor.From(Data);
        GradientProbe probe = new();
        Svi<Tensor> svi = new(Model, Guide, probe, objective, seed: 17);

        // All copies of a step see the same subsample, so means are taken for each choice of it apart.
        int choices = 2 / size, chosen = 0;
        Moments[,] found = new Moments[choices, 4];
        for (int i = 0; i < found.Length; i++)
        {
            found[i / 4, i % 4] = new Moments();
        }
        double[] expected = [.. locGradient, scaleGradient, loss ?? 0];
        int compared = loss is null ? 3 : 4;
        for (int step = 0;
            step < (isScore ? 6 * FewestSteps : FewestSteps)
                || (step < MostSteps && Enumerable.Range(0, compared).Any(i => Margin(i) > LargestMargin)); step++)
        {
            double total = svi.Step(x) / Copies;
            double[] ofLoc = probe.Of(svi, "loc"), ofScale = probe.Of(svi, "scale");
            int choice = choices == 1 ? 0 : chosen;
            found[choice, 3].Add(total);
            for (int copy = 0; copy < Copies; copy++)
            {
                found[choice, 0].Add(ofLoc[2 * copy]);
                found[choice, 1].Add(ofLoc[(2 * copy) + 1]);
                found[choice, 2].Add(ofScale[copy]);
            }
        }
        for (int i = 0; i < compared; i++)
        {
            double mean = (found[0, i].Mean + found[choices - 1, i].Mean) / 2, margin = Margin(i);
            Assert.InRange(margin, 0, LargestMargin);
            Assert.InRange(mean, expected[i] - margin - 1e-9, expected[i] + margin + 1e-9);
        }

        double Margin(int i)
        {
            (double first, double last) = (found[0, i].Margin, found[choices - 1, i].Margin);
            return choices == 1 ? first : Math.Sqrt((first * first) + (last * last)) / 2;
        }

        Distribution Posterior(Tensor loc, Tensor deviation)
        {
            Distribution q = new Normal(loc, deviation);
            return isScore ? new WithoutPathwise(q) : q;
        }

        SiteOptions Options() => kind == "baseline" ? SiteOptions.None.With(new Baseline { Decay = 0.9 }) : SiteOptions.None;

        void Model(Tensor data)
        {
            using PlateScope copies = Plate("copies", Copies, dimension: -2);
            if (plate.StartsWith("sequential"))
            {
                foreach (int i in SequentialPlate("rows", 2, size))
                {
                    chosen = i;
                    Sample($"x{i}", new Normal(Sample($"z{i}", new Normal(Tensor.Zeros(Copies, 1), 1)), 1),
                        observed: data.Slice(0, i, 1).BroadcastTo([Copies, 1]));
                }
                return;
            }
            using PlateScope rows = Plate("rows", 2, size, dimension: -1);
            chosen = size == 1 ? (int)rows.Indices.Item() : 0;
            Tensor z = Sample("z", new Normal(0, 1));
            Sample("x", new Normal(z, 1), observed: rows.Subsample(data).BroadcastTo([Copies, size]));
        }

        void Guide(Tensor data)
        {
            Tensor loc = Param("loc", Tensor.From(locs).To(DType.Float32).BroadcastTo([Copies, 2]));
            Tensor deviation = Param("scale", Tensor.Full([Copies, 1], scale));
            using PlateScope copies = Plate("copies", Copies, dimension: -2);
            if (plate.StartsWith("sequential"))
            {
                foreach (int i in SequentialPlate("rows", 2, size))
                {
                    Sample($"z{i}", Posterior(loc.Slice(1, i, 1), deviation), options: Options());
                }
                return;
            }
            using PlateScope rows = Plate("rows", 2, size, dimension: -1);
            Sample("z", Posterior(rows.Subsample(loc, axis: 1), deviation), options: Options());
        }
    }

    private static Elbo Objective(string kind, int particles, Func<long, double>? klWeight = null) => kind switch
    {
        "mean field" => new MeanFieldElbo(particles) { KlWeight = klWeight },
        "landing" => new TraceElbo(particles, stickingTheLanding: true) { KlWeight = klWeight },
        "graph" => new TraceGraphElbo(particles) { KlWeight = klWeight },
        _ => new TraceElbo(particles) { KlWeight = klWeight },
    };
}
