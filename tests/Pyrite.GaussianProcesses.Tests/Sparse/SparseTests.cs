using Pyrite.Likelihoods;
using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.GaussianProcesses.Tests.Sparse;

/// <summary>Inducing points: bounds, what they refuse, and training by SVI.</summary>
[Trait("Once", "Cultures")]
public sealed class SparseTests
{
    private static readonly Tensor X = Tensor.LinearSpace(0, 4, 20, DType.Float64);

    private static readonly Tensor Y = X.Sin() + (0.1 * RandomKey.FromSeed(1).Normal([20], DType.Float64));

    private static readonly Tensor Z = Tensor.LinearSpace(0, 4, 6, DType.Float64);

    [Fact]
    public void The_best_q_reaches_the_bound_and_predicts_alike()
    {
        Kernel kernel = new Rbf(0.9);
        SparseBound vfe = SparseGaussianProcess.Vfe(kernel, X, Y, Z, 0.01, mean: 0.2);
        VariationalGaussianProcess process = new(kernel, Z, vfe.InducingMean, vfe.InducingCovariance.Cholesky(), whiten: false, priorMean: 0.2);
        Tensor between = Tensor.From([0.3, 2.7]);

        Close.Assert(process.Bound(LatentLikelihood.Gaussian(0.01), X, Y).Value, vfe.Value, 1e-7, 1e-7, "bound");
        Assert.True(vfe.Value.Item() <= new GaussianProcess(kernel, X, 0.01, 0.2).LogProb(Y).Item());
        Close.Assert(process.Condition(between).Mean, vfe.Condition(between).Mean, 1e-7, 1e-7, "mean");
        Close.Assert(process.Condition(between).Covariance, vfe.Condition(between).Covariance, 1e-7, 1e-7, "covariance");
    }

    [Fact]
    public void Minibatches_with_their_scale_add_up_to_the_bound()
    {
        VariationalGaussianProcess process = new(new Rbf(0.9), Z, Tensor.Zeros([6]), 0.5 * Tensor.Identity(6));
        double Bound(Tensor x, Tensor y, double scale) => process.Bound(LatentLikelihood.Gaussian(0.1), x, y, scale).Value.Item();
        double halves = 0.5 * (Bound(X.Slice(0, 0, 10), Y.Slice(0, 0, 10), 2) + Bound(X.Slice(0, 10, 10), Y.Slice(0, 10, 10), 2));
        Close.Assert(halves, Bound(X, Y, 1), 1e-6, 0, "halves");
    }

    [Fact]
    public void Any_likelihood_is_taken_by_quadrature()
    {
        Tensor counts = Tensor.From([0.0, 3, 1]), mean = Tensor.From([0.2, -0.5, 1.0]), variance = Tensor.From([0.3, 1.0, 0.01]);
        LatentLikelihood poisson = LatentLikelihood.Of(f => new Poisson(logRate: f));
        Close.Assert(poisson.ExpectedLogProb(counts, mean, variance), LatentLikelihood.Poisson.ExpectedLogProb(counts, mean, variance), 1e-10, 1e-10,
            "Poisson");
        LatentLikelihood binomial = LatentLikelihood.Of(f => new NegativeBinomial2(logMean: f, concentration: 3));
        Close.Assert(binomial.LogProb(counts, mean), LatentLikelihood.NegativeBinomial(3).LogProb(counts, mean), 1e-10, 1e-10, "negative binomial");
    }

    [Fact]
    public void Bounds_train_by_svi()
    {
        static void Model((Tensor X, Tensor Y) data)
        {
            Tensor mean = Param("mean", Tensor.Zeros([6], DType.Float64));
            Tensor scale = Param("scale", Tensor.Identity(6, DType.Float64), Constraints.LowerCholesky);
            Tensor length = Param("length", Tensor.From([0.5]), Constraints.Positive);
            VariationalGaussianProcess process = new(new Rbf(length), Z, mean, scale, jitter: 1e-8);
            Factor("bound", process.Bound(LatentLikelihood.Gaussian(0.01), data.X, data.Y).Value);
        }
        Svi<(Tensor X, Tensor Y)> svi = new(Model, _ => { }, new Adam(0.05), new TraceElbo(), seed: 1);
        double[] losses = [.. Enumerable.Range(0, 400).Select(_ => svi.Step((X, Y)))];
        double exact = new GaussianProcess(new Rbf(1.0), X, 0.01).LogProb(Y).Item();
        Assert.InRange(-losses[^1], exact - 3, exact + 3);
    }

    [Fact]
    public void A_rule_of_quadrature_that_is_made_within_a_step_serves_later_ones()
    {
        // Classes by the sign of a wave; the likelihood is new, so that its rule is made in the first step.
        Tensor x = RandomKey.FromSeed(1).Normal([400, 1], DType.Float64), y = ((2 * x.Squeeze(-1)).Sin() > 0).To(DType.Float64);
        LatentLikelihood likelihood = LatentLikelihood.Of(f => new Bernoulli(logits: f), nodes: 20);
        VariationalGaussianProcess Process() => new(
            Param("variance", 1.0, Constraints.Positive) * new Rbf(Param("length", 1.0, Constraints.Positive)),
            Tensor.LinearSpace(-2, 2, 9, DType.Float64), Param("mean", Tensor.Zeros([9], DType.Float64)),
            Param("scale", Tensor.Identity(9, DType.Float64), Constraints.LowerCholesky), jitter: 1e-8);
        void Model((Tensor X, Tensor Y) batch) => Factor("bound", Process().Bound(likelihood, batch.X, batch.Y, 400.0 / batch.Y.Count).Value);
        Svi<(Tensor X, Tensor Y)> svi = new(Model, _ => { }, new Adam(0.03), new TraceElbo(), seed: 1);
        (Tensor, Tensor) Batch(long step) => (x.Slice(0, (int)(step % 8) * 50, 50), y.Slice(0, (int)(step % 8) * 50, 50));
        SviResult fit = svi.Run(Batch, 400);

        // A coin scores log 2 for each of 400.
        Assert.InRange(fit.Losses.Skip(392).Average(), 0, 0.5 * 400 * Math.Log(2));
    }

    [Fact]
    public void Rules_of_quadrature_have_the_moments_of_a_Gaussian()
    {
        double[] expected = [1, 0, 1, 0, 3, 0, 15];
        foreach (int nodes in new[] { 4, 5, 64, 200 })
        {
            GaussHermite rule = GaussHermite.Of(nodes);
            for (int power = 0; power < expected.Length; power++)
            {
                Tensor moment = rule.Mean(f => power == 0 ? 1 + (0 * f) : Enumerable.Repeat(f, power).Aggregate((a, b) => a * b), Tensor.From([0.0]),
                    Tensor.From([1.0]));
                Assert.Equal(expected[power], moment.Item(), 1e-11);
            }
        }
        Assert.Equal(-0.7, GaussHermite.Of(1).Mean(f => f, Tensor.From([-0.7]), Tensor.From([1.0])).Item(), 1e-15);
    }

    [Fact]
    public void Too_many_points_wrong_shapes_and_scales_are_refused_in_words()
    {
        Assert.Contains("20 inducing points were given for 5 observations",
            Refusal(() => SparseGaussianProcess.Vfe(new Rbf(1), X.Slice(0, 0, 5), Y.Slice(0, 0, 5), X, 0.1)));
        Assert.Contains("rows 0 and 1 of the places are "
            + "equal", Refusal(() => SparseGaussianProcess.Fitc(new Rbf(1), X, Y, Tensor.From([1.0, 1.0]), 0.1)));
        Assert.Contains("noiseVariance must be positive", Refusal(() => SparseGaussianProcess.Vfe(new Rbf(1), X, Y, Z, 0)));
        Assert.Contains("20 observations are needed", Refusal(() => SparseGaussianProcess.Vfe(new Rbf(1), X, Z, Z, 0.1)));
        Assert.Contains("a mean [6]", Refusal(() => new VariationalGaussianProcess(new Rbf(1), Z, Tensor.Zeros([5]), Tensor.Identity(5))));
        VariationalGaussianProcess process = new(new Rbf(1), Z, Tensor.Zeros([6]), Tensor.Identity(6));
        Assert.Contains("scale must be positive", Refusal(() => process.Bound(LatentLikelihood.Poisson, X, Y, scale: 0)));
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
