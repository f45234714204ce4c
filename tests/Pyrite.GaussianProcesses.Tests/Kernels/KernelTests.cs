using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Kernels;

/// <summary>Values of kernels against their formulas pair by pair, their algebra, and what they refuse.</summary>
public sealed class KernelTests
{
    private static readonly Tensor X = RandomKey.FromSeed(1).Normal([5, 3], DType.Float64);

    private static readonly Tensor Z = RandomKey.FromSeed(2).Normal([4, 3], DType.Float64);

    [Fact]
    public void The_cosine_takes_the_sum_over_columns()
    {
        CheckPairs(new Cosine(1.7), (x, z) => Math.Cos(2 * Math.PI * x.Zip(z, (a, b) => a - b).Sum() / 1.7));
    }

    [Fact]
    public void The_cosine_of_signed_differences_is_a_kernel_and_that_of_distances_is_none()
    {
        Tensor x = RandomKey.FromSeed(2).Normal([12, 2], DType.Float64);
        Kernel ofDistances = Kernel.Of((a, b) => (2 * Math.PI * ((a - b).Square().Sum(-1) + 1e-12).Sqrt() / 1.7).Cos());

        Assert.InRange(new Cosine(1.7).Gram(x).SymmetricEigenvalues().Min().Item(), -1e-12, 1);
        Assert.InRange((new Cosine(1.7, [0]) * new Cosine(2.5, [1])).Gram(x).SymmetricEigenvalues().Min().Item(), -1e-12, 1);
        Assert.InRange(ofDistances.Gram(x).SymmetricEigenvalues().Min().Item(), double.NegativeInfinity, -0.1);
    }

    [Fact]
    public void A_polynomial_is_a_power_of_the_dot_product()
    {
        CheckPairs(new PolynomialKernel(3, 0.5), (x, z) => Math.Pow(x.Zip(z, (a, b) => a * b).Sum() + 0.5, 3));
    }

    [Fact]
    public void Lengthscales_of_their_own_measure_each_column()
    {
        double[] lengthscales = [0.5, 1, 2];
        CheckPairs(new Matern32(Tensor.From(lengthscales)), (x, z) =>
        {
            double s = Math.Sqrt(3 * Enumerable.Range(0, 3).Sum(d => Math.Pow((x[d] - z[d]) / lengthscales[d], 2)));
            return (1 + s) * Math.Exp(-s);
        });
    }

    [Fact]
    public void Columns_may_be_chosen_in_any_order()
    {
        Kernel kernel = new Rbf(Tensor.From([0.5, 2]), dims: [2, 0]);
        CheckPairs(kernel, (x, z) => Math.Exp(-0.5 * (Math.Pow((x[2] - z[2]) / 0.5, 2) + Math.Pow((x[0] - z[0]) / 2, 2))));
    }

    [Fact]
    public void Kernels_add_multiply_and_scale()
    {
        Kernel a = new Rbf(0.8), b = new Matern12(1.2, dims: [1]);
        Tensor variance = 1.5;
        Close.Assert((a + b).Cross(X, Z), a.Cross(X, Z) + b.Cross(X, Z), 1e-14, 1e-14, "sum");
        Close.Assert((a * b).Gram(X), a.Gram(X) * b.Gram(X), 1e-14, 1e-14, "product");
        Close.Assert((variance * a).Diagonal(X), 1.5 * a.Diagonal(X), 1e-14, 1e-14, "scaled");
        Close.Assert((2.0 * a * Tensor.From([3.0]).Reshape(Shape.Scalar)).Gram(X), 6 * a.Gram(X), 1e-14, 1e-14, "by number and tensor");
    }

    [Fact]
    public void A_kernel_of_ones_own_is_a_function_or_a_class()
    {
        Kernel byFunction = Kernel.Of((x, z) => (-(x - z).Abs().Sum(-1)).Exp());
        CheckPairs(byFunction, (x, z) => Math.Exp(-x.Zip(z, (a, b) => Math.Abs(a - b)).Sum()));
        CheckPairs(new Cauchy(0.7), (x, z) => 1 / (1 + x.Zip(z, (a, b) => Math.Pow((a - b) / 0.7, 2)).Sum()));
    }

    [Fact]
    public void Diagonals_are_those_of_the_matrices()
    {
        Kernel[] kernels =
        [
            new Rbf(0.5), new Periodic(1, 2.0), new LinearKernel(0.3), new WhiteKernel(0.4) + new ConstantKernel(2.0),
            3 * new WhiteKernel(1.0) * new Rbf(1.0),
            Kernel.Of((x, z) => (x * z).Sum(-1)),
        ];
        Assert.All(kernels, kernel => Close.Assert(kernel.Diagonal(X), kernel.Gram(X).Diagonal(), 1e-14, 1e-14, kernel.Name));
    }

    [Fact]
    public void White_noise_belongs_to_rows_of_one_array()
    {
        Kernel white = new WhiteKernel(0.4);
        Close.Assert(white.Gram(X), 0.4 * Tensor.Identity(5, DType.Float64), 0, 0, "gram");
        Close.Assert(white.Cross(X, X), Tensor.Zeros([5, 5], DType.Float64), 0, 0, "cross");
    }

    [Fact]
    public void Outputs_hang_together_by_their_weights()
    {
        Tensor places = Tensor.From(new double[,] { { 0.1, 0 }, { 0.4, 1 }, { 0.4, 2 } });
        Tensor weights = Tensor.From(new double[,] { { 1, 0 }, { 0.5, 2 }, { -1, 1 } });
        Coregionalization outputs = new(weights, Tensor.From([0.1, 0.2, 0.3]), dim: 1);

        double[] gram = outputs.Gram(places).ToArray<double>();

        Assert.Equal([1.1, 0.5, -1, 0.5, 4.45, 1.5, -1, 1.5, 2.3], gram.Select(value => Math.Round(value, 12)));
        Assert.Contains("column 1 must be the number of an output, 0 to 1",
            Assert.Throws<ArgumentException>(() => new Coregionalization(Tensor.Zeros([2, 1]), Tensor.Ones([2]), 1).Gram(places)).Message);
    }

    [Fact]
    public void Batch_axes_of_parameters_give_matrices_of_those()
    {
        Kernel many = Tensor.From([1.0, 2]) * new Rbf(Tensor.From(new double[,] { { 0.5 }, { 1.5 } }));
        Tensor gram = many.Gram(X);
        Assert.Equal([2, 5, 5], gram.Shape);
        Close.Assert(gram.Select(0, 1), (2 * new Rbf(1.5)).Gram(X), 1e-14, 1e-14, "second");
        Assert.Equal([2, 5], many.Diagonal(X).Shape);
    }

    [Fact]
    public void Bad_parameters_and_columns_are_refused_in_words()
    {
        Assert.Contains("Rbf: lengthscale must be positive; found -1", Refusal(() => new Rbf(-1)));
        Assert.Contains("found 0 at entry 1", Refusal(() => new Matern52(Tensor.From([1.0, 0]))));
        Assert.Contains("variance before the kernel must be at least 0; found -2", Refusal(() => { _ = -2.0 * new Rbf(1); }));
        Assert.Contains("column 7 is wanted", Refusal(() => new Rbf(1, dims: [7]).Gram(X)));
        Assert.Contains("different columns", Refusal(() => new Rbf(1, dims: [1, 1])));
        Assert.Contains("2 numbers for 3 columns", Refusal(() => new Rbf(Tensor.From([1.0, 2])).Gram(X)));
        Assert.Contains("it must give [5, 5]", Refusal(() => Kernel.Of((x, z) => x - z).Gram(X)));
    }

    private static string Refusal(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static void CheckPairs(Kernel kernel, Func<double[], double[], double> formula)
    {
        double[][] Rows(Tensor x) => [.. x.ToArray<double>().Chunk(x.Shape[1])];
        double[] wanted = [.. Rows(X).SelectMany(x => Rows(Z).Select(z => formula(x, z)))];
        Close.Assert(kernel.Cross(X, Z).ToArray<double>(), wanted, 1e-13, 1e-13, kernel.Name);
    }

    private sealed class Cauchy(Tensor lengthscale) : StationaryKernel(lengthscale)
    {
        protected override Tensor OfSquaredDistance(Tensor squaredDistance) => 1 / (1 + squaredDistance);
    }
}
