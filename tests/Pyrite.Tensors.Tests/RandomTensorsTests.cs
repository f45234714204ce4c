using Pyrite.Ops;
using Pyrite.Testing;

namespace Pyrite.Tests;

public class RandomTensorsTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void Tensors_hold_the_draws_of_the_fills_in_row_major_order()
    {
        float[] single = new float[6];
        double[] wide = new double[6];
        long[] integers = new long[6];
        Key.FillNormal(single);
        Key.FillUniform(wide);
        Key.FillIntegers(integers, 5);

        Tensor normal = Key.Normal([2, 3], DType.Float32);
        Assert.Equal(single, normal.ToArray<float>());
        Assert.Equal([2, 3], normal.Shape);
        Assert.Equal(wide, Key.Uniform([3, 2], DType.Float64).ToArray<double>());
        Assert.Equal(integers, Key.Integers([6], 5).ToArray<long>());
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Large_tensors_split_over_threads_hold_the_same_draws(DType type)
    {
        const int count = 1_000_003;
        if (type == DType.Float32)
        {
            float[] normals = new float[count];
            Key.FillNormal(normals);
            Assert.True(normals.AsSpan().SequenceEqual(Key.Normal([count], type).ToArray<float>()));
            return;
        }
        double[] uniforms = new double[count];
        Key.FillUniform(uniforms);
        Assert.True(uniforms.AsSpan().SequenceEqual(Key.Uniform([count], type).ToArray<double>()));
    }

    [Fact]
    public void Precision_is_the_default_unless_asked_for() => Assert.Equal(Precision.Default, Key.Normal([2]).DType);

    [Fact]
    public void Normal_draws_of_integer_type_are_refused() => Assert.Throws<ArgumentException>(() => Key.Normal([2], DType.Int64));

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void Scaled_normals_have_the_bits_of_scaling_afterwards_and_its_gradients(DType type)
    {
        Shape shape = [50_001];
        Tensor loc = Tensor.Full(Shape.Scalar, 0.7, type).AsVariable();
        Tensor scale = Tensor.Full([1], 1.3, type).AsVariable();
        Tensor noise = Key.Normal(shape, type);
        Tensor draws = ScaledNormalOperation.Of(Key, loc, scale, shape, type);

        Assert.Equal((loc + (scale * noise)).ToArray<double>(), draws.ToArray<double>());
        Tensor weights = Key.Child(1).Normal(shape, type);
        Tensor[] got = Gradient.Of((draws * weights).Sum(), [loc, scale]);
        Tensor[] want = Gradient.Of(((loc + (scale * noise)) * weights).Sum(), [loc, scale]);
        Assert.Equal([1], got[1].Shape);
        Close.Assert(got[0].ToArray<double>(), want[0].ToArray<double>(), 1e-4, 0, "loc");
        Close.Assert(got[1].ToArray<double>(), want[1].ToArray<double>(), 1e-4, 0, "scale");
    }
}
