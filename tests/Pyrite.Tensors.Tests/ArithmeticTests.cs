using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Testing;

namespace Pyrite.Tests;

public sealed class ArithmeticTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Function, Func<double, double, double> Plain)> Table = new()
    {
        ["add"] = ((a, b) => a + b, (a, b) => a + b),
        ["subtract"] = ((a, b) => a - b, (a, b) => a - b),
        ["multiply"] = ((a, b) => a * b, (a, b) => a * b),
        ["divide"] = ((a, b) => a / b, (a, b) => a / b),
        ["power"] = ((a, b) => a.Pow(b), Math.Pow),
    };

    private static readonly (int[] A, int[] B)[] Shapes =
    [
        ([], []), ([3], []), ([], [4]), ([5], [5]), ([2, 3], [3]), ([2, 1], [1, 3]), ([2, 3, 4], [3, 1]), ([4, 1, 5], [2, 1]), ([1], [7]),
        ([0], [1]), ([0, 3], [3]), ([2, 0], [1, 1]), ([3, 1, 0], [2, 1]), ([1, 1, 1], [2]), ([2, 1, 3, 1], [1, 4, 1, 5]), ([2, 3, 1], [2, 1, 17]),
        ([300, 70], [70]), ([300, 70], [300, 1]), ([40_000], [40_000]), ([40_000], []), ([1], [40_000]),
    ];

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Broadcasting_matches_plain_loops_in_both_precisions(string name)
    {
        (Func<Tensor, Tensor, Tensor> function, Func<double, double, double> plain) = Table[name];
        foreach ((int[] shapeA, int[] shapeB) in Shapes)
        {
            Tensor a = ElementwiseTests.Points(Shape.Create(shapeA), 0.5, 2);
            Tensor b = ElementwiseTests.Points(Shape.Create(shapeB), 0.6, 3);
            (Shape shape, double[] want) = Plain(a, b, plain);
            Tensor got = function(a, b);
            Assert.Equal(shape, got.Shape);
            Close.Assert(got.ToArray<double>(), want, 1e-14, 1e-14, name);
            Tensor single = function(a.To(DType.Float32), b.To(DType.Float32));
            Assert.Equal(DType.Float32, single.DType);
            Close.Assert(single.ToArray<double>(), want, 1e-6, 1e-6, name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_match_numerical_ones_to_second_order(string name)
    {
        foreach ((int[] shapeA, int[] shapeB) in Shapes.Where(pair => Shape.Create(pair.A).Count < 100 && Shape.Create(pair.B).Count < 100))
        {
            DerivativeCheck.FirstAndSecond(
                x => Table[name].Function(x[0], x[1]), ElementwiseTests.Points(Shape.Create(shapeA), 0.5, 2),
                    ElementwiseTests.Points(Shape.Create(shapeB), 0.6, 3));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Channels_last_images_give_the_same_as_row_major_ones(string name)
    {
        Func<Tensor, Tensor, Tensor> function = Table[name].Function;
        Tensor x = ElementwiseTests.Points([2, 3, 4, 5], 0.5, 2);
        Tensor images = x.In(Layout.ChannelsLast);
        foreach (Shape shape in (Shape[])[[2, 3, 4, 5], [3, 1, 1], [], [1, 1, 1, 1], [5], [2, 1, 4, 5], [1, 2, 3, 4, 5]])
        {
            Tensor b = ElementwiseTests.Points(shape, 0.6, 3);
            double[] want = function(x, b).ToArray<double>();
            Assert.Equal(want, function(images, b).ToArray<double>());
            Assert.Equal(want, function(images, b.In(Layout.ChannelsLast)).ToArray<double>());
            Assert.Equal(function(b, x).ToArray<double>(), function(b, images).ToArray<double>());
            double[] slope = Gradient.Of(v => function(x, v).Sum(), b).ToArray<double>();
            Close.Assert(Gradient.Of(v => function(images, v).Sum(), b).ToArray<double>(), slope, 1e-13, 1e-13, name);
        }
    }

    [Fact]
    public void Types_promote_and_numbers_take_their_partners_type()
    {
        Tensor single = Tensor.From([1f]);
        Tensor wide = Tensor.From([1.0]);
        Tensor whole = Tensor.From([1L]);
        Tensor truth = Tensor.From([true]);
        Tensor small = Tensor.From([(byte)200]);
        Assert.Equal(DType.Float64, (single + wide).DType);
        Assert.Equal(DType.Float32, (single + whole).DType);
        Assert.Equal(DType.Float64, (wide * truth).DType);
        Assert.Equal(DType.Int64, (whole + truth).DType);
        Assert.Equal(DType.Int64, (truth + truth).DType);
        Assert.Equal(DType.Float32, (single + 0.1).DType);
        Assert.Equal(DType.Float64, (0.1 + wide).DType);
        Assert.Equal(DType.Int64, (whole * 2).DType);
        Assert.Equal(DType.Float32, (whole * 0.5).DType);
        Assert.Equal(DType.Float32, (whole / whole).DType);
        Assert.Equal([400], (small + small).ToArray<double>());
        using (Precision.Use(DType.Float64))
        {
            Assert.Equal(DType.Float64, (whole / 2).DType);
            Assert.Equal(DType.Float32, (single / 2).DType);
        }
    }

    [Fact]
    public void A_number_never_passes_through_single_precision()
    {
        Assert.Equal([1.1], (Tensor.From([1.0]) + 0.1).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-16);
        Tensor sum = (Tensor)0.1 + 0.2;
        Assert.True(sum.IsWeak);
        Assert.Equal(0.1 + 0.2, sum.Item());
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Tensor.Ones(2, 3) * Tensor.Ones(4));
        Assert.Contains("multiply", error.Message);
        Assert.Contains("[2, 3]", error.Message);
        Assert.Contains("[4]", error.Message);
    }

    [Fact]
    public void Division_and_powers_follow_ieee()
    {
        Tensor a = Tensor.From([1.0, -1, 0, 0, 4]);
        Tensor b = Tensor.From([0.0, 0, 0, 5, 2]);
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0, 2], (a / b).ToArray<double>());
        Assert.Equal([1, 1, 1, 0, 16], a.Pow(b).ToArray<double>());
        Assert.Equal([-8, 9], Tensor.From([-2.0, -3]).Pow(Tensor.From([3.0, 2])).ToArray<double>());
        Assert.Equal([-8, -27], Tensor.From([-2.0, -3]).Pow(3).ToArray<double>());
    }

    [Fact]
    public void Powers_at_zero_have_finite_gradients()
    {
        Tensor zero = Tensor.From([0.0, 0, 0]).AsVariable();
        Tensor exponent = Tensor.From([0.0, 1, 2]).AsVariable();
        Tensor[] gradients = Gradient.Of(zero.Pow(exponent).Sum(), [zero, exponent]);
        Assert.Equal([0, 1, 0], gradients[0].ToArray<double>());
        Assert.Equal([0, 0, 0], gradients[1].ToArray<double>(), (a, b) => a == b || double.IsNegativeInfinity(b));
        Assert.Equal([0], Gradient.Of(x => x.Pow(0).Sum(), Tensor.From([0.0])).ToArray<double>());
    }

    [Fact]
    public void Integers_stay_exact()
    {
        Tensor large = Tensor.From([(1L << 60) + 1, -7]);
        Assert.Equal([(1L << 60) + 2, -6], (large + 1).ToArray<long>());
        Assert.Equal([-(1L << 60) - 1, 7], (-large).ToArray<long>());
        Assert.Equal([(1L << 61) + 2, -14], (large * Tensor.From([2L])).ToArray<long>());
    }

    private static (Shape Shape, double[] Values) Plain(Tensor a, Tensor b, Func<double, double, double> function)
    {
        Shape shape = Shape.Broadcast(a.Shape, b.Shape);
        double[] left = a.ToArray<double>();
        double[] right = b.ToArray<double>();
        double[] result = new double[shape.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = function(left[Offset(a.Shape, shape, i)], right[Offset(b.Shape, shape, i)]);
        }
        return (shape, result);
    }

    private static int Offset(Shape own, Shape shape, int position)
    {
        int offset = 0;
        int stride = 1;
        for (int back = 1; back <= shape.Rank; back++)
        {
            int index = position % shape[^back];
            position /= shape[^back];
            if (back <= own.Rank)
            {
                offset += (own[^back] == 1 ? 0 : index) * stride;
                stride *= own[^back];
            }
        }
        return offset;
    }
}
