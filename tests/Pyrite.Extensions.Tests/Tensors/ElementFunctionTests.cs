using Pyrite.Testing;

namespace Pyrite.Extensions.Tensors;

public sealed class ElementFunctionTests
{
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Values_are_those_of_the_formula_whatever_the_length(DType type)
    {
        foreach (int length in (int[])[0, 1, 3, 7, 16, 100, 40_000])
        {
            Tensor x = RandomKey.FromSeed(1).Normal([length], type), z = RandomKey.FromSeed(2).Normal([length], type);
            double[] a = x.ToArray<double>(), b = z.ToArray<double>();
            double tolerance = type == DType.Float32 ? 1e-6 : 1e-14;

            Close.Assert(x.Map<Softsign>().ToArray<double>(), [.. a.Select(v => v / (1 + Math.Abs(v)))], tolerance, tolerance, "softsign");
            Close.Assert(x.Zip<LogAdd>(z).ToArray<double>(), [.. a.Zip(b, Expected)], tolerance, tolerance, "log add");
            Close.Assert(x.Zip<LogAdd>(0.5).ToArray<double>(), [.. a.Select(v => Expected(v, 0.5))], tolerance, tolerance, "with a number");
            Assert.Equal(type, x.Zip<LogAdd>(0.5).DType);
        }

        static double Expected(double a, double b) => Math.Log(Math.Exp(a) + Math.Exp(b));
    }

    [Fact]
    public void An_element_has_the_same_bits_at_any_place()
    {
        Tensor x = RandomKey.FromSeed(3).Normal([37]), z = RandomKey.FromSeed(4).Normal([37]);
        float[] whole = x.Zip<LogAdd>(z).ToArray<float>();
        for (int i = 0; i < 37; i++)
        {
            Assert.Equal(whole[i], x[i].Zip<LogAdd>(z[i]).ToArray<float>()[0]);
        }
    }

    [Fact]
    public void Arguments_broadcast_and_plain_numbers_stay_numbers()
    {
        Tensor sum = Tensor.From([0.0, 1.0]).Reshape(2, 1).Zip<LogAdd>(Tensor.From([2.0, 3.0, 4.0]));

        Assert.Equal([2, 3], sum.Shape);
        Assert.Equal(Math.Log(Math.E + Math.Exp(4)), sum[1, 2].Item(), 1e-14);
        Assert.Equal(2.0 / 3.0, ((Tensor)2).Map<Softsign>().Item(), 1e-15);
        Assert.Equal(DType.Float32, (Tensor.From([1f]) * ((Tensor)2).Map<Softsign>()).DType);
        Assert.Throws<ArgumentException>(() => Tensor.Ones([2]).Zip<LogAdd>(Tensor.Ones([3])));
    }

    [Fact]
    public void Gradients_are_those_of_differences_twice()
    {
        Tensor x = Tensor.From([-2.0, -0.4, 0.3, 1.7]), z = Tensor.From([0.5, -1.0, 2.0, 1.6]);

        DerivativeCheck.FirstAndSecond(points => points[0].Map<Softsign>(), x);
        DerivativeCheck.FirstAndSecond(points => points[0].Zip<LogAdd>(points[1]), x, z);
        DerivativeCheck.First(points => points[0].Zip<LogAdd>(points[1]), x.Reshape(4, 1), z);
    }

    [Fact]
    public void A_rule_that_gives_another_shape_is_named()
    {
        Tensor x = Tensor.From([1.0, 2.0]).AsVariable();

        Assert.Contains("\"sloppy\"", Assert.Throws<InvalidOperationException>(() => Gradient.Of(x.Map<Sloppy>().Sum(), [x])).Message);
    }

    /// <summary>Forgets the upstream gradient.</summary>
    private readonly struct Sloppy : IElementFunction
    {
        public static string Name => "sloppy";

        public static V Of<V>(V x) where V : unmanaged, ISimd<V> => x + x;

        public static Tensor? Pullback(Tensor x, Tensor y, Tensor upstream) => 2;
    }
}
