using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class ElementwiseTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, Func<double, double> Plain, double Low, double High)> Table = new()
    {
        ["negate"] = (x => -x, x => -x, -2, 2),
        ["exp"] = (x => x.Exp(), Math.Exp, -2, 2),
        ["log"] = (x => x.Log(), Math.Log, 0.2, 3),
        ["log1p"] = (x => x.Log1p(), x => Math.Log(1 + x), -0.5, 3),
        ["expm1"] = (x => x.Expm1(), x => Math.Exp(x) - 1, -1, 2),
        ["sqrt"] = (x => x.Sqrt(), Math.Sqrt, 0.2, 3),
        ["square"] = (x => x.Square(), x => x * x, -2, 2),
        ["abs"] = (x => x.Abs(), Math.Abs, 0.1, 3),
        ["sign"] = (x => x.Sign(), x => Math.Sign(x), 0.1, 3),
        ["reciprocal"] = (x => x.Reciprocal(), x => 1 / x, 0.3, 3),
        ["sin"] = (x => x.Sin(), Math.Sin, -3, 3),
        ["cos"] = (x => x.Cos(), Math.Cos, -3, 3),
        ["tanh"] = (x => x.Tanh(), Math.Tanh, -2, 2),
        ["sigmoid"] = (x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x)), -3, 3),
        ["softplus"] = (x => x.Softplus(), x => Math.Log(1 + Math.Exp(x)), -3, 3),
        ["relu"] = (x => x.Relu(), x => Math.Max(x, 0), 0.1, 3),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Values_match_plain_loops_in_both_precisions_at_any_length(string name)
    {
        (Func<Tensor, Tensor> function, Func<double, double> plain, double low, double high) = Table[name];
        foreach (int length in (int[])[0, 1, 3, 7, 8, 17, 64, 1001, 40_001])
        {
            Tensor x = Points([length], low, high);
            double[] want = [.. x.ToArray<double>().Select(plain)];
            Close.Assert(function(x).ToArray<double>(), want, 1e-13, 1e-13, name);
            Tensor single = function(x.To(DType.Float32));
            Assert.Equal(DType.Float32, single.DType);
            Close.Assert(single.ToArray<double>(), want, 1e-6, 1e-6, name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_numerical_ones_to_second_order(string name)
    {
        (Func<Tensor, Tensor> function, _, double low, double high) = Table[name];
        DerivativeCheck.FirstAndSecond(x => function(x[0]), Points([2, 5], low + 0.05, high));
        DerivativeCheck.FirstAndSecond(x => function(x[0]), Points([], low + 0.05, high));
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_in_single_precision_follow_those_in_double(string name)
    {
        (Func<Tensor, Tensor> function, _, double low, double high) = Table[name];
        Tensor x = Points([50], low + 0.05, high);
        double[] want = Gradient.Of(v => function(v).Sum(), x).ToArray<double>();
        Tensor got = Gradient.Of(v => function(v).Sum(), x.To(DType.Float32));
        Assert.Equal(DType.Float32, got.DType);
        Close.Assert(got.ToArray<double>(), want, 3e-5, 1e-5, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void Channels_last_images_give_the_same_as_row_major_ones(string name)
    {
        (Func<Tensor, Tensor> function, _, double low, double high) = Table[name];
        Tensor x = Points([2, 3, 4, 5], low + 0.05, high);
        Tensor images = x.In(Layout.ChannelsLast);
        Assert.Equal(Layout.ChannelsLast, images.Layout);
        Assert.Equal(function(x).ToArray<double>(), function(images).ToArray<double>());
        Tensor weights = Points([2, 3, 4, 5], -1, 1);
        Assert.Equal(
            Gradient.Of(v => (function(v) * weights).Sum(), x).ToArray<double>(),
            Gradient.Of(v => (function(v) * weights).Sum(), images).ToArray<double>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Integers_become_reals_and_numbers_stay_weak(string name)
    {
        (Func<Tensor, Tensor> function, Func<double, double> plain, _, _) = Table[name];
        Tensor fromInteger = function(Tensor.From([1L, 2L]));
        if (name != "negate")
        {
            Assert.Equal(DType.Float32, fromInteger.DType);
        }
        Close.Assert(fromInteger.ToArray<double>(), [plain(1), plain(2)], 1e-6, 1e-6, name);
        Tensor number = function(0.75);
        Assert.True(number.IsWeak);
        Assert.Equal(plain(0.75), number.Item(), 12);
    }

    [Fact]
    public void Small_arguments_keep_their_digits()
    {
        Tensor tiny = Tensor.From([1e-12, -1e-12, 1e-300, 0.0]);
        Close.Assert(tiny.Log1p().ToArray<double>(), [1e-12 - 0.5e-24, -1e-12 - 0.5e-24, 1e-300, 0], 1e-15, 0, "log1p");
        Close.Assert(tiny.Expm1().ToArray<double>(), [1e-12 + 0.5e-24, -1e-12 + 0.5e-24, 1e-300, 0], 1e-15, 0, "expm1");
        Close.Assert(Tensor.From([-800.0, -40.0, 800.0]).Softplus().ToArray<double>(), [0, Math.Exp(-40), 800], 1e-14, 0, "softplus");
    }

    [Fact]
    public void Not_a_number_and_infinities_pass_as_in_numpy()
    {
        Tensor x = Tensor.From([double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0]);
        Assert.Equal([double.NaN, double.PositiveInfinity, 0, 1], x.Exp().ToArray<double>());
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NaN, double.NegativeInfinity], x.Log().ToArray<double>());
        Assert.Equal([double.NaN, double.PositiveInfinity, 0, 0], x.Relu().ToArray<double>());
        Assert.Equal([double.NaN, 1, 0, 0.5], x.Sigmoid().ToArray<double>());
        Assert.Equal([double.NaN, 1, -1, 0], x.Tanh().ToArray<double>());
        Assert.Equal([double.NaN, 1, -1, 0], x.Sign().ToArray<double>());
        Assert.Equal([double.NaN, double.PositiveInfinity, 0, Math.Log(2)], x.Softplus().ToArray<double>());
    }

    [Fact]
    public void Gradients_at_kinks_are_zero()
    {
        Tensor zero = Tensor.From([0.0]);
        Assert.Equal([0], Gradient.Of(x => x.Relu().Sum(), zero).ToArray<double>());
        Assert.Equal([0], Gradient.Of(x => x.Abs().Sum(), zero).ToArray<double>());
    }

    [Fact]
    public void A_sigmoid_remembers_its_argument_in_any_layout()
    {
        Tensor x = Points([1, 2, 2, 2], -1, 1);
        Assert.Same(x, x.Sigmoid().SigmoidArgument);
        Assert.Same(x, x.Sigmoid().In(Layout.ChannelsLast).SigmoidArgument);
    }

    internal static Tensor Points(Shape shape, double low, double high) =>
        low + ((high - low) * RandomKey.FromSeed(3).Child(shape.Rank).Uniform(shape, DType.Float64));
}
