using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.GaussianProcesses.Tests;

/// <summary>Processes as distributions and as parts of models; what they refuse and in which words.</summary>
[Trait("Once", "Cultures")]
public sealed class GaussianProcessTests
{
    private static readonly double[] Places = [0, 0.5, 1.1, 1.9, 2.4, 3.3];

    private static readonly Tensor X = Tensor.From(Places);

    private static readonly Tensor Y = Tensor.From([0.1, 0.6, 0.8, 0.9, 0.4, -0.2]);

    [Fact]
    public void Without_batches_and_with_them_densities_are_those_of_gaussian_vectors()
    {
        Kernel kernel = Tensor.From([1.0, 2]) * new Rbf(0.7);
        Tensor noise = Tensor.From([0.1, 0.2, 0.1, 0.3, 0.1, 0.1]);
        GaussianProcess process = new(kernel, X, noise, mean: 0.3);
        MultivariateNormal plain = new(0.3 * Tensor.Ones([6], DType.Float64), covarianceMatrix: kernel.Gram(X) + noise.DiagonalEmbed());

        Assert.Equal([2], process.BatchShape);
        Close.Assert(process.LogProb(Y), plain.LogProb(Y), 1e-12, 1e-12, "density");
        Close.Assert(process.Covariance, plain.CovarianceMatrix, 1e-12, 1e-12, "covariance");
        Close.Assert(process.Variance, plain.Variance, 1e-12, 1e-12, "variance");
        Close.Assert(process.Entropy(), plain.Entropy(), 1e-12, 1e-12, "entropy");
    }

    [Fact]
    public void Draws_have_the_covariance_of_the_process()
    {
        GaussianProcess process = new(new Matern32(1.0), X, 0.2, MeanFunction.Linear(0.5, 1.0));
        Tensor draws = process.Sample(RandomKey.FromSeed(1), [20_000]);
        Tensor centred = draws - process.Mean;

        // 21 covariances and 6 means of standard error below 0.014: five of them fail by chance in one of 60,000 runs.
        Close.Assert(centred.Transpose().MatMul(centred) / 20_000, process.Covariance, 0, 0.06, "covariance");
        Close.Assert(draws.Mean(0), 1 + (0.5 * X), 0, 0.05, "mean");
    }

    [Fact]
    public void A_conditioned_process_is_a_process_and_draws_without_jitter()
    {
        GaussianProcess process = new(new Rbf(0.7), X);
        Tensor between = Tensor.LinearSpace(-1, 4, 40, DType.Float64);
        GaussianProcess curve = process.Condition(Y, Tensor.Concat([X, between]));
        Tensor draws = curve.Sample(RandomKey.FromSeed(2), [3]);

        Close.Assert(curve.Mean.Slice(0, 0, 6), Y, 0, 1e-9, "passes through the points");
        Close.Assert(draws.Slice(1, 0, 6), Y.BroadcastTo([3, 6]), 0, 1e-6, "draws do, too");
        Assert.True((curve.Variance >= 0).All());
        Tensor both = Tensor.Concat([Y, Tensor.From([0.9])]);
        GaussianProcess atOnce = new GaussianProcess(new Rbf(0.7), Tensor.Concat([X, Tensor.From([1.5])]), 0.1).Condition(both, between);
        GaussianProcess noisy = new(new Rbf(0.7), X, 0.1);
        GaussianProcess byTurns = noisy.Condition(Y, Tensor.From([1.5]), noiseVariance: 0.1).Condition(Tensor.From([0.9]), between);
        Close.Assert(byTurns.Mean, atOnce.Mean, 1e-10, 1e-10, "mean by turns");
        Close.Assert(byTurns.Covariance, atOnce.Covariance, 1e-10, 1e-10, "covariance by turns");
    }

    [Fact]
    public void Parts_of_a_kernel_add_up_to_the_whole()
    {
        Kernel slow = 2 * new Rbf(2.0), fast = 0.5 * new Matern32(0.4);
        GaussianProcess process = new(slow + fast, X, 0.1, mean: 0.3);
        Tensor between = Tensor.From([0.2, 1.4, 5.0]);
        Tensor sum = process.Component(slow, Y, between).Mean + process.Component(fast, Y, between).Mean;

        Close.Assert(0.3 + sum, process.Condition(Y, between).Mean, 1e-12, 1e-12, "means");
        Tensor cross = slow.Cross(between, X);
        Tensor inverse = process.Covariance.Inverse();
        Tensor wanted = slow.Gram(between) - cross.MatMul(inverse).MatMul(cross.Transpose());
        Close.Assert(process.Component(slow, Y, between).Covariance, wanted, 1e-10, 1e-10,
            "covariance of a part");
    }

    [Fact]
    public void Single_precision_comes_back_but_is_computed_in_double()
    {
        GaussianProcess narrow = new(new Rbf(0.7), X.To(DType.Float32), 0.1);
        GaussianProcess wide = new(new Rbf(0.7), X.To(DType.Float32).To(DType.Float64), 0.1);
        Tensor value = Y.To(DType.Float32);
        Assert.Equal(DType.Float32, narrow.LogProb(value).DType);
        Assert.Equal(DType.Float32, narrow.Sample(RandomKey.FromSeed(1)).DType);
        Close.Assert(narrow.LogProb(value).Item(), wide.LogProb(value.To(DType.Float64)).Item(), 1e-6, 0, "density");
    }

    [Fact]
    public void Repeated_rows_of_a_noise_free_process_are_refused()
    {
        Tensor twice = Tensor.From([0.5, 1.0, 0.5]);
        string message = Assert.Throws<ArgumentException>(() => new GaussianProcess(new Rbf(1), twice)).Message;
        Assert.Contains("rows 0 and 2 of the places are equal (0.5)", message);
        Assert.NotNull(new GaussianProcess(new Rbf(1) + new WhiteKernel(0.1), twice));
        Assert.NotNull(new GaussianProcess(new Rbf(1), twice, 0.1));
        Assert.NotNull(new GaussianProcess(new Rbf(1), twice, jitter: 1e-6));

        // A noise that happens to be 0 is caught when the matrix is factored, although rounding lets the factorization pass.
        GaussianProcess zero = new(new Rbf(1), twice, Tensor.From([0.0, 0.0, 0.0]));
        Assert.Contains("Rows 0 (0.5) and 2 (0.5) are the closest", Assert.Throws<ArgumentException>(() => zero.LogProb(Tensor.Zeros([3]))).Message);
    }

    [Fact]
    public void A_singular_covariance_names_rows_eigenvalue_and_jitter_that_helps()
    {
        Tensor close = Tensor.From([0.0, 0.3, 0.300000001, 0.9, 2.0]);
        GaussianProcess process = new(new Rbf(2.0), close);
        string message = Assert.Throws<ArgumentException>(() => process.LogProb(Tensor.Zeros([5], DType.Float64))).Message;
        Assert.Contains("Rows 1 (0.3) and 2 (0.3) are the closest", message);
        Assert.Contains("smallest eigenvalue is", message);
        double jitter = double.Parse(message.Split("A jitter of ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(jitter, 1e-17, 1e-12);
        Assert.True(double.IsFinite(new GaussianProcess(new Rbf(2.0), close, jitter: jitter).LogProb(Tensor.Zeros([5], DType.Float64)).Item()));
    }

    [Fact]
    public void Wrong_kernels_means_and_shapes_are_refused_in_words()
    {
        Kernel skew = Kernel.Of((x, z) => x.Select(-1, 0) + (2 * z.Select(-1, 0)));
        Assert.Contains("not symmetric", Refusal(() => new GaussianProcess(skew, X, 10.0).LogProb(Y)));
        Kernel negative = Kernel.Of((x, z) => -(x * z).Sum(-1));
        Assert.Contains("not positive semidefinite", Refusal(() => new GaussianProcess(negative, X, 0.1).LogProb(Y)));
        Assert.Contains("meanAtNew", Refusal(() => new GaussianProcess(new Rbf(1), X, 0.1, mean: Y).Condition(Y, X)));
        Assert.Contains("6 observations are needed", Refusal(() => new GaussianProcess(new Rbf(1), X, 0.1).Condition(Tensor.Zeros([4]), X)));
        Assert.Contains("noise variance of shape [4]", Refusal(() => new GaussianProcess(new Rbf(1), X, Tensor.Ones([4]))));
        Assert.Contains("jitter must be 0 or more", Refusal(() => new GaussianProcess(new Rbf(1), X, jitter: -1)));
        Assert.Contains("parameter x must be", Refusal(() => new GaussianProcess(new Rbf(1), Tensor.From([1, double.NaN]), 0.1)));
    }

    [Fact]
    public void Nuts_learns_the_lengthscale_by_a_replayed_density()
    {
        static void Model()
        {
            Kernel kernel = Sample("height", new HalfNormal(1)).Square() * new Rbf(Sample("length", new InverseGamma(5, 5)));
            Sample("y", new GaussianProcess(kernel, X, Sample("noise", new HalfNormal(0.5)).Square()), observed: Y);
        }
        Potential potential = Potential.Of(Model);
        Assert.True(potential.IsReplayed);

        McmcResult result = Mcmc.Run(Model, draws: 60, warmup: 100, chains: 2, seed: 1);
        Assert.InRange(result.Summary()["length"].Mean, 0.4, 3);
        Assert.InRange(result.Divergences, 0, 3);
    }

    [Fact]
    public void A_covariance_that_fails_is_a_counted_rejection_inside_a_sampler()
    {
        static void Model()
        {
            Tensor length = Sample("length", new LogNormal(0, 1));
            Sample("y", new GaussianProcess(new Rbf(length), X), observed: Y);
        }
        Potential potential = Potential.Of(Model);
        double[] gradient = new double[1];

        Assert.True(double.IsFinite(potential.LogDensity([0.0], gradient)));
        Assert.Equal(double.NegativeInfinity, potential.LogDensity([12.0], gradient));
        PotentialFailure failure = Assert.Single(potential.Failures);
        Assert.Contains("would do", failure.Message);
    }

    [Fact]
    public void A_latent_process_works_under_nuts_and_svi()
    {
        Tensor counts = Tensor.From([1.0, 2, 3, 3, 1, 0]);
        static void Model(Tensor seen)
        {
            Tensor f = new GaussianProcess(0.5 * new Rbf(1.0), X, jitter: 1e-8).Latent("f");
            Sample("y", new Poisson(f.Exp()).ToEvent(1), observed: seen);
        }
        McmcResult result = Mcmc.Run(() => Model(counts), draws: 200, warmup: 200, chains: 2, seed: 1);
        double[] means = [.. Enumerable.Range(0, 6).Select(i => result.Draws.Scalar($"f[{i}]").Average())];
        Assert.InRange(means[2], 0.4, 1.2);
        Assert.InRange(means[5], -0.8, 0.4);

        Svi<Tensor> svi = new(Model, new AutoNormal<Tensor>(Model), new Adam(0.05), new TraceElbo(), seed: 1);
        double[] losses = [.. Enumerable.Range(0, 300).Select(_ => svi.Step(counts))];
        Assert.True(losses[^50..].Average() < losses[..50].Average());
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
