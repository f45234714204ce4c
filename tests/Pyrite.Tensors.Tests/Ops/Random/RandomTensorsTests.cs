using Pyrite.Ops.Random;

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
    public void Scaled_normals_have_the_bits_of_scaling_afterwards(DType type)
    {
        Shape shape = [50_001];
        Tensor loc = Tensor.Full(Shape.Scalar, 0.7, type);
        Tensor scale = Tensor.Full([1], 1.3, type);
        Tensor draws = ScaledNormalOperation.Of(Key, loc, scale, shape, type);
        Assert.Equal((loc + (scale * Key.Normal(shape, type))).ToArray<double>(), draws.ToArray<double>());
    }
}
