using Pyrite.Testing;


namespace Pyrite.Tests;

public sealed class ActivationsTests
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Table = new()
    {
        ["exp2"] = x => x.Exp2(),
        ["log2"] = x => (x + 3).Log2(),
        ["log10"] = x => (x + 3).Log10(),
        ["rsqrt"] = x => (x + 3).ReciprocalSqrt(),
        ["tan"] = x => (0.5 * x).Tan(),
        ["sinh"] = x => x.Sinh(),
        ["cosh"] = x => x.Cosh(),
        ["asin"] = x => (0.4 * x).Asin(),
        ["acos"] = x => (0.4 * x).Acos(),
        ["atan"] = x => x.Atan(),
        ["asinh"] = x => x.Asinh(),
        ["acosh"] = x => (x + 4).Acosh(),
        ["atanh"] = x => (0.4 * x).Atanh(),
        ["logit"] = x => (0.5 + (0.2 * x)).Logit(),
        ["log sigmoid"] = x => x.LogSigmoid(),
        ["relu6"] = x => (x + 3.1).Relu6(),
        ["hard tanh"] = x => (0.3 * x).HardTanh(),
        ["hard sigmoid"] = x => x.HardSigmoid(),
        ["leaky relu"] = x => (x - 3).LeakyRelu(0.2),
        ["elu"] = x => (x - 3).Elu(0.7),
        ["celu"] = x => (x - 3).Celu(1.3),
        ["selu"] = x => (x - 3).Selu(),
        ["silu"] = x => x.Silu(),
        ["mish"] = x => x.Mish(),
        ["softsign"] = x => (x + 3).Softsign(),
        ["gelu"] = x => x.Gelu(),
        ["gelu tanh"] = x => x.GeluTanh(),
        ["clamp"] = x => x.Clamp(-5, 5),
        ["fraction"] = x => (0.2 * x + 0.5).Fraction(),
        ["pow 3"] = x => x.Pow(3),
        ["pow 2.5"] = x => (x + 3).Pow(2.5),
        ["pow -1"] = x => (x + 3).Pow(-1),
        ["bessel i0"] = x => x.BesselI0(),
        ["bessel i1"] = x => x.BesselI1(),
        ["atan2"] = x => x.Atan2(2.0 + x.Square()),
        ["hypotenuse"] = x => x.Hypotenuse(2.0 + x),
        ["maximum"] = x => Tensor.Maximum(x, 0.5 * x + 3),
        ["minimum"] = x => Tensor.Minimum(x, 0.5 * x + 3),
        ["copy sign"] = x => (x + 3).CopySign(-1.0),
        ["remainder"] = x => (x + 3).Remainder(10.0),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_numerical_ones_to_second_order(string name) =>
        DerivativeCheck.FirstAndSecond(x => Table[name](x[0]), ElementwiseTests.Points([3, 4], -1.9, 1.9));

    [Fact]
    public void Slopes_are_exact_where_constants_are_not_powers_of_two()
    {
        double[] points = [-2.5, -1.1, -0.3];
        Tensor x = Tensor.From(points);
        Close.Assert(Gradient.Of(v => v.Celu(1.3).Sum(), x).ToArray<double>(), [.. points.Select(p => Math.Exp(p / 1.3))], 1e-14, 0, "celu");
        Close.Assert(Gradient.Of(v => v.HardSigmoid().Sum(), x).ToArray<double>(), [1 / 6.0, 1 / 6.0, 1 / 6.0], 1e-15, 0, "hard sigmoid");
        Close.Assert(Gradient.Of(v => v.LogNormalCdf(), Tensor.From([-1e5]).Squeeze(0)).Item(), 1e5 + 1e-5, 1e-14, 0, "log Φ");
    }

    [Fact]
    public void Small_arguments_keep_their_digits()
    {
        Tensor tiny = Tensor.From([1e-9, -1e-9]);
        foreach (Func<Tensor, Tensor> odd in (Func<Tensor, Tensor>[])[x => x.Sinh(), x => x.Asinh(), x => x.Atanh(), x => x.Tan(), x => x.Elu(),
            x => x.Tanh(), x => x.Sin()])
        {
            Close.Assert(odd(tiny).ToArray<double>(), [1e-9, -1e-9], 1e-9, 0, "odd function");
        }
    }

    [Fact]
    public void Extremes_and_remainders_keep_integers()
    {
        Tensor a = Tensor.From([7L, -7, 7, -7]);
        Tensor b = Tensor.From([3L, 3, -3, -3]);
        Assert.Equal([1, 2, -2, -1], a.Remainder(b).ToArray<long>());
        Assert.Equal([1, -1, 1, -1], a.TruncatedRemainder(b).ToArray<long>());
        Assert.Equal([2, -3, -3, 2], a.FloorDivide(b).ToArray<long>());
        Assert.Equal([7, 3, 7, -3], Tensor.Maximum(a, b).ToArray<long>());
        Assert.Equal(DType.Int64, Tensor.Minimum(a, b).DType);
        RearrangementTests.AssertMessage<DivideByZeroException>(() => a.Remainder(0));
    }
}
