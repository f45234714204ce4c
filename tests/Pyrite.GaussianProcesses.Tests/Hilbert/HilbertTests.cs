using Pyrite.Testing;
using static Pyrite.Primitives;

namespace Pyrite.GaussianProcesses.Tests.Hilbert;

/// <summary>Hilbert-space processes: how close they come, what they refuse, and how they stand in models.</summary>
[Trait("Once", "Cultures")]
public sealed class HilbertTests
{
    private static readonly Tensor X = Tensor.LinearSpace(-2, 3, 60, DType.Float64);

    [Theory]
    // The rule leaves at the ends of the range what the mirrored kernel is there: exp(-½ (2 (c - 1) S / l)²) = 0.028 for Rbf.
    [InlineData("rbf", 0.03)]
    [InlineData("matern52", 0.01)]
    [InlineData("matern32", 0.03)]
    public void What_is_suggested_comes_close_to_the_kernel(string name, double allowed)
    {
        (HilbertSuggestion suggestion, Kernel kernel) = name switch
        {
            "rbf" => (HilbertGaussianProcess.Suggest<Rbf>(X, 0.8, 1.2), (Kernel)new Rbf(1.0)),
            "matern52" => (HilbertGaussianProcess.Suggest<Matern52>(X, 0.8, 1.2), new Matern52(1.0)),
            _ => (HilbertGaussianProcess.Suggest<Matern32>(X, 0.8, 1.2), new Matern32(1.0)),
        };
        HilbertGaussianProcess process = new(kernel, suggestion.Counts, HilbertBox.Around(X, factor: suggestion.Factor));
        double error = (process.Gram(X) - kernel.Gram(X)).Abs().Max().Item();
        Assert.InRange(error, 0, allowed);
    }

    [Fact]
    public void Factors_over_different_columns_multiply_and_sums_add()
    {
        HilbertBox box = new([0, 0], [6, 6]);
        Tensor x = RandomKey.FromSeed(1).Normal([7, 2], DType.Float64);
        Kernel product = 2 * new Rbf(1.0, dims: [0]) * new Matern52(1.3, dims: [1]), sum = new Rbf(Tensor.From([1.0, 1.2])) + new Rbf(2.0);
        Assert.InRange((new HilbertGaussianProcess(product, [30, 100], box).Gram(x) - product.Gram(x)).Abs().Max().Item(), 0, 0.01);
        Assert.InRange((new HilbertGaussianProcess(sum, [30, 30], box).Gram(x) - sum.Gram(x)).Abs().Max().Item(), 0, 0.01);
    }

    [Fact]
    public void Long_lengthscales_have_finite_gradients_where_densities_vanish()
    {
        Tensor length = Tensor.From([40.0]).AsVariable();
        Tensor scales = new HilbertGaussianProcess(new Rbf(length), [20], new HilbertBox([0], [1.5])).SqrtSpectralDensity();
        Assert.True(Gradient.Of(scales.Sum(), [length])[0].AllFinite());
    }

    [Fact]
    public void Waves_have_exact_slopes()
    {
        GradientCheck.Verify(v => new PeriodicHilbertProcess(new Periodic(v[0], 2.0), 5, v[1]).SquaredWeights(), [0.8, 1.3], 1e-6, 1e-7);
        double[] narrow = new PeriodicHilbertProcess(new Periodic(0.01, 2.0), 400).SquaredWeights().ToArray<double>();
        Close.Assert(narrow.Sum(), 1, 1e-3, 0, "the whole variance");
    }

    [Fact]
    public void Places_outside_of_the_box_and_bases_larger_than_data_are_refused()
    {
        HilbertBasis basis = new([5], HilbertBox.Around(X, factor: 1.2));
        Assert.Contains("row 1 of the places has 9 in column 0, outside of the box from -2.5 to 3.5", Refusal(() => basis.At(Tensor.From([0.0, 9]))));
        Assert.Contains("80 functions were asked for data of 60 "
            + "rows", Refusal(() => new HilbertGaussianProcess(new Rbf(1), [80], HilbertBox.Around(X))));
        Assert.NotNull(new HilbertGaussianProcess(new Rbf(1), [80], new HilbertBox([0], [4])));
        Assert.Contains("factor must be above 1", Refusal(() => HilbertBox.Around(X, factor: 1)));
        Assert.Contains("same number 2 in column 0", Refusal(() => HilbertBox.Around(Tensor.From([2.0, 2]))));
        Assert.Contains("one positive count", Refusal(() => new HilbertBasis([5, 5], HilbertBox.Around(X))));
        Assert.Contains("PeriodicHilbertProcess", Assert.Throws<NotSupportedException>(
            () => new HilbertGaussianProcess(new Periodic(1, 1), [5], HilbertBox.Around(X)).SqrtSpectralDensity()).Message);
        Assert.Contains("process of each part", Assert.Throws<NotSupportedException>(
            () => new HilbertGaussianProcess(new Rbf(1, [0]) + new Rbf(1, [1]), [5, 5],
                new HilbertBox([0, 0], [1, 1])).SqrtSpectralDensity()).Message);
    }

    [Fact]
    public void Weights_are_latents_of_a_replayed_model()
    {
        HilbertBasis basis = new([12], HilbertBox.Around(X));
        Tensor functions = basis.At(X), counts = (X.Sin() + 1).Exp().Floor();
        void Model()
        {
            Tensor height = Sample("height", new HalfNormal(1));
            HilbertGaussianProcess process = new(height.Square() * new Rbf(Sample("length", new InverseGamma(5, 5))), basis);
            Tensor rate = functions.MatMul(process.Weights("f").Unsqueeze(-1)).Squeeze(-1);
            using (Plate("rows", 60))
            {
                Sample("y", new Poisson(logRate: rate + Sample("level", new Normal(0, 2))), observed: counts);
            }
        }
        void Periodic()
        {
            Tensor f = new PeriodicHilbertProcess(new Periodic(1.0, Sample("period", new LogNormal(1.8, 0.1))), 4).Latent("f", X);
            Sample("y", new Normal(f, 0.3).ToEvent(1), observed: X.Sin());
        }
        Assert.True(Potential.Of(Model).IsReplayed);
        Assert.True(Potential.Of(Periodic).IsReplayed);
        McmcResult result = Mcmc.Run(Model, draws: 60, warmup: 100, chains: 1, seed: 1);
        Assert.True(result.Divergences < 10);
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
