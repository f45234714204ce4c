namespace Pyrite.Tests;

public class RandomKeyNumbersTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void Single_numbers_are_the_first_of_a_fill()
    {
        double[] draw = new double[2];
        Key.FillUniform(draw);
        Assert.Equal(draw[0], Key.UniformNumber());
        Key.FillNormal(draw);
        Assert.Equal(draw[0], Key.NormalNumber());
    }
}
