using static Pyrite.Primitives;

namespace Pyrite.Tests;

/// <summary>Conjugate pairs, whose exact posterior every objective must find.</summary>
/// <remarks>Copies of the model with shared parameters lie side by side, so that a step averages many draws.</remarks>
[Trait("Once", "Cultures")]
public sealed class ConjugateTests
{
    private const int Copies = 100;
    private const int Steps = 400;

    private static readonly string[] Pathwise = ["trace", "landing", "mean field", "graph", "renyi 0.5", "renyi 2", "weighted"];

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            TheoryData<string, string, bool> cases = [];
            foreach (string pair in (string[])["gamma-poisson", "gamma-exponential", "beta-bernoulli"])
            {
                foreach (string objective in Pathwise)
                {
                    cases.Add(pair, objective, true);
                }
                foreach (string objective in (string[])["trace", "graph", "renyi 0.5", "weighted"])
                {
                    cases.Add(pair, objective, false);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_posterior_of_two_parameters_is_found(string pair, string objective, bool isPathwise)
    {
        (Func<Tensor, Tensor, Distribution> family, (double, double) prior, Func<Tensor, Distribution> likelihood, double[] data,
            (double A, double B) exact) = pair switch
            {
                "gamma-poisson" =>
                    ((Func<Tensor, Tensor, Distribution>)((a, b) => new Gamma(a, b)), (2.0, 1.0), (Func<Tensor, Distribution>)(z => new Poisson(z)),
                        new double[] { 3, 1, 2 }, (8.0, 4.0)),
                "gamma-exponential" => ((a, b) => new Gamma(a, b), (2, 1), z => new Exponential(z), [0.5, 1.5], (4, 3)),
                _ => ((a, b) => new Beta(a, b), (2, 2), z => new Bernoulli(z), [1, 1, 0], (4, 3)),
            };
        Svi<int> svi = new(Model, Guide, new Adam(0.05) { Schedule = new CosineSchedule(Steps) }, Objective(objective), seed: 2);
        svi.Run(0, Steps);
        Distribution found = family(svi.Parameters["a"].Item(), svi.Parameters["b"].Item()), posterior = family(exact.A, exact.B);
        Assert.Equal(1, found.Mean.Item() / posterior.Mean.Item(), 0.03);
        Assert.Equal(1, found.Variance.Item() / posterior.Variance.Item(), 0.2);

        void Model(int _)
        {
            using PlateScope copies = Plate("copies", Copies, dimension: -2);
            Tensor z = Sample("z", family(prior.Item1, prior.Item2));
            using PlateScope rows = Plate("rows", data.Length, dimension: -1);
            Sample("x", likelihood(z), observed: Tensor.From(data).To(DType.Float32).BroadcastTo([Copies, data.Length]));
        }

        void Guide(int _)
        {
            Distribution q = family(Param("a", 5.0, Constraints.Positive), Param("b", 3.5, Constraints.Positive));
            using PlateScope copies = Plate("copies", Copies, dimension: -2);
            Sample("z", isPathwise ? q : new WithoutPathwise(q));
        }
    }

    [Theory]
    [InlineData("trace", true)]
    [InlineData("landing", true)]
    [InlineData("mean field", true)]
    [InlineData("graph", true)]
    [InlineData("renyi 0.5", true)]
    [InlineData("renyi 2", true)]
    [InlineData("weighted", true)]
    [InlineData("trace", false)]
    [InlineData("graph", false)]
    [InlineData("weighted", false)]
    public void A_Dirichlet_posterior_is_found(string objective, bool isPathwise)
    {
        Tensor prior = Tensor.From([1.0f, 2, 3]), data = Tensor.From([0L, 2, 2, 1]);
        Svi<int> svi = new(Model, Guide, new Adam(0.05) { Schedule = new CosineSchedule(Steps) }, Objective(objective), seed: 2);
        svi.Run(0, Steps);
        double[] found = svi.Parameters["a"].ToArray<double>();
        double total = found.Sum();
        Assert.Equal(10, total, 1.5);
        Assert.Equal([0.2, 0.3, 0.5], found.Select(a => a / total), (e, f) => Math.Abs(e - f) < 0.02);

        void Model(int _)
        {
            using PlateScope copies = Plate("copies", Copies, dimension: -2);
            Tensor p = Sample("p", new Dirichlet(prior));
            using PlateScope rows = Plate("rows", 4, dimension: -1);
            Sample("k", new Categorical(p), observed: data.BroadcastTo([Copies, 4]));
        }

        void Guide(int _)
        {
            Tensor a = Param("a", Tensor.From([3.0f, 3, 3]), Constraints.Positive);
            using PlateScope copies = Plate("copies", Copies, dimension: -2);
            Distribution q = new Dirichlet(a);
            Sample("p", isPathwise ? q : new WithoutPathwise(q));
        }
    }

    [Theory]
    [InlineData("trace", true)]
    [InlineData("landing", true)]
    [InlineData("mean field", true)]
    [InlineData("graph", true)]
    [InlineData("trace", false)]
    [InlineData("graph", false)]
    [Trait("Category", "Long")]
    public void A_chain_gets_its_means_and_the_variances_that_a_factorized_guide_can_have(string objective, bool isPathwise)
    {
        // Precision [[2, -1, 0], [-1, 2, -1], [0, -1, 2]], so means are 1/4, 1/2, 3/4, and the best factorized guide has variances 1/2.
        Svi<int> svi = new(Chain, Guide, new Adam(0.05) { Schedule = new CosineSchedule(Steps) }, Objective(objective), seed: 2);
        svi.Run(0, Steps);
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal(0.25 * i, svi.Parameters[$"loc{i}"].Item(), 0.05);
            Assert.Equal(Math.Sqrt(0.5), svi.Parameters[$"scale{i}"].Item(), 0.05);
        }
        Assert.Equal(2.0836, Enumerable.Range(0, 50).Average(_ => svi.Evaluate(0)) / Copies, 0.1);

        void Guide(int _)
        {
            for (int i = 1; i <= 3; i++)
            {
                Distribution q = new Normal(Param($"loc{i}", 0.0), Param($"scale{i}", 1.0, Constraints.Positive));
                using PlateScope copies = Plate("copies", Copies);
                Sample($"x{i}", isPathwise ? q : new WithoutPathwise(q));
            }
        }
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("landing")]
    [InlineData("graph")]
    [InlineData("renyi 2")]
    [InlineData("renyi -1")]
    [InlineData("weighted")]
    public void At_the_exact_posterior_every_draw_has_the_evidence_as_its_loss(string objective)
    {
        GradientProbe probe = new();
        Svi<int> svi = new(ExactModel, ExactGuide, probe, Objective(objective), seed: 4);
        for (int step = 0; step < 5; step++)
        {
            // -log N(1; 0, 4), in which the chain's three steps and the observation add their variances.
            Assert.Equal(1.7371, svi.Step(0), 4);
            if (objective == "landing")
            {
                Assert.All((string[])["w", "b", "s", "net.weight"],
                    name => Assert.All(probe.Of(svi, name), g => Assert.InRange(Math.Abs(g), 0, 1e-10)));
            }
        }
    }

    [Fact]
    public void At_the_exact_posterior_the_plain_gradient_vanishes_in_the_mean_alone()
    {
        GradientProbe probe = new();
        Svi<int> svi = new(ExactModel, ExactGuide, probe, new TraceElbo(), seed: 4);
        Moments gradient = new();
        for (int step = 0; step < 3000; step++)
        {
            svi.Step(0);
            gradient.Add(probe.Of(svi, "b")[1]);
        }
        gradient.AssertMean(0, 0.2);
        Assert.True(gradient.Variance > 0.1);
    }

    private static void Chain(int data)
    {
        using PlateScope copies = Plate("copies", Copies);
        Tensor x1 = Sample("x1", new Normal(0, 1)), x2 = Sample("x2", new Normal(x1, 1)), x3 = Sample("x3", new Normal(x2, 1));
        Sample("y", new Normal(x3, 1), observed: 1.0);
    }

    private static void ExactModel(int data)
    {
        Tensor zero = Tensor.Zeros([], DType.Float64);
        Tensor x1 = Sample("x1", new Normal(zero, 1)), x2 = Sample("x2", new Normal(x1, 1)), x3 = Sample("x3", new Normal(x2, 1));
        Sample("y", new Normal(x3, 1), observed: 1.0);
    }

    /// <summary>Given the one before, x_i is Normal((k x + 1) / (k + 1), sqrt(k / (k + 1))), where k steps are left to the observation.</summary>
    private static void ExactGuide(int data)
    {
        Tensor w = Param("w", Tensor.From([0.0, 2.0 / 3, 0.5])), b = Param("b", Tensor.From([0.25, 1.0 / 3, 0.5])),
            s = Param("s", Tensor.From([Math.Sqrt(0.75), Math.Sqrt(2.0 / 3), Math.Sqrt(0.5)]), Constraints.Positive);
        Linear net = Register("net", Zero);
        Tensor x = Tensor.Zeros([], DType.Float64);
        for (int i = 0; i < 3; i++)
        {
            Tensor shift = net.Forward(x.Reshape(1)).Reshape(Shape.Scalar);
            x = Sample($"x{i + 1}", new Normal((w.Select(0, i) * x) + b.Select(0, i) + shift, s.Select(0, i)));
        }
    }

    /// <summary>A network that adds nothing, so that its weights are exact, too.</summary>
    private static Linear Zero
    {
        get
        {
            if (field is null)
            {
                Linear net = new(1, 1);
                net.To(DType.Float64);
                foreach (Parameter parameter in net.Parameters)
                {
                    parameter.Assign(Tensor.Zeros(parameter.Shape, DType.Float64));
                }
                field = net;
            }
            return field;
        }
    }

    internal static Elbo Objective(string kind) => kind switch
    {
        "landing" => new TraceElbo(stickingTheLanding: true),
        "mean field" => new MeanFieldElbo(),
        "graph" => new TraceGraphElbo(),
        "renyi 0.5" => new RenyiElbo(0.5, 2),
        "renyi 2" => new RenyiElbo(2, 2),
        "renyi -1" => new RenyiElbo(-1, 3),
        "weighted" => new ImportanceWeightedElbo(3),
        _ => new TraceElbo(),
    };
}
