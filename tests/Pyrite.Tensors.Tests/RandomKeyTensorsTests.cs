namespace Pyrite.Tests;

public class RandomKeyTensorsTests
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

    [Fact]
    public void Precision_is_the_default_unless_asked_for() => Assert.Equal(Precision.Default, Key.Normal([2]).DType);

    [Fact]
    public void Single_numbers_are_the_first_of_a_fill()
    {
        double[] draw = new double[2];
        Key.FillUniform(draw);
        Assert.Equal(draw[0], Key.UniformNumber());
        Key.FillNormal(draw);
        Assert.Equal(draw[0], Key.NormalNumber());
    }

    [Fact]
    public void Normal_draws_of_integer_type_are_refused() => Assert.Throws<ArgumentException>(() => Key.Normal([2], DType.Int64));
}
