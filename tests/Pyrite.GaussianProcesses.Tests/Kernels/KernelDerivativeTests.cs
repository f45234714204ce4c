using Pyrite.Testing;

namespace Pyrite.GaussianProcesses.Tests.Kernels;

/// <summary>Slopes of kernels against differences, and at distance zero.</summary>
[Trait("Once", "Cultures")]
public sealed class KernelDerivativeTests
{
    public static TheoryData<string> Names => [.. Makers.Keys];

    private static readonly Dictionary<string, Func<Tensor, Tensor, Kernel>> Makers = new()
    {
        ["rbf"] = (l, p) => p * new Rbf(l),
        ["matern12"] = (l, p) => p * new Matern12(l),
        ["matern32"] = (l, p) => p * new Matern32(l),
        ["matern52"] = (l, p) => p * new Matern52(l),
        ["rational quadratic"] = (l, p) => new RationalQuadratic(l, p),
        ["periodic"] = (l, p) => new Periodic(l, p),
        ["cosine"] = (l, p) => p * new Cosine(l),
        ["linear"] = (l, p) => p * new LinearKernel(l),
        ["polynomial"] = (l, p) => new Rbf(l) * new PolynomialKernel(2, p),
    };

    [Theory, MemberData(nameof(Names))]
    public void Gradients_agree_with_differences(string name)
    {
        Tensor x = Tensor.From([0.1, 0.9, 2.3]), z = Tensor.From([0.4, 1.5]);
        GradientCheck.Verify(v => Makers[name](v[0], v[1]).Cross(v[2], v[3]), [0.8, 1.3, x, z], 1e-6, 1e-7);
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_at_distance_zero_are_finite(string name)
    {
        Tensor x = Tensor.From([0.5, 0.5, 1.2]).AsVariable(), l = Tensor.From([0.8]).AsVariable(), p = Tensor.From([1.3]).AsVariable();
        Kernel kernel = Makers[name](l, p.Reshape(Shape.Scalar));
        Tensor[] gradients = Gradient.Of((kernel.Gram(x) * Tensor.Range(9).To(DType.Float64).Reshape(3, 3)).Sum(), [x, l, p]);
        Assert.All(gradients, gradient => Assert.True(gradient.AllFinite()));
    }

    [Theory]
    [InlineData("rbf", -1.0)]
    [InlineData("matern32", -3.0)]
    [InlineData("matern52", -5.0 / 3)]
    public void The_bend_at_distance_zero_is_exact(string name, double bend)
    {
        // d²k/dx² at 0 is -1/l², -3/l² and -5/(3 l²): minus the variance of the curve's slope (Rasmussen and Williams 2006, section 4.2).
        Tensor x = Tensor.From([0.5]).AsVariable(), z = Tensor.From([0.5]);
        Kernel kernel = Makers[name](2.0, 1.0);
        Tensor slope = Gradient.Of(kernel.Cross(x, z).Sum(), [x], createGraph: true)[0];
        Close.Assert(Gradient.Of(slope.Sum(), [x])[0].ToArray<double>(), [bend / 4], 1e-12, 1e-12, name);
    }
}
