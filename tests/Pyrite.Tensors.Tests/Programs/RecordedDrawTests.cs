namespace Pyrite.Tests;

/// <summary>Draws in recorded steps, which have another key in every step.</summary>
public sealed class RecordedDrawTests
{
    [Theory]
    [InlineData("uniform", 3)]
    [InlineData("uniform", 3000)]
    [InlineData("normal", 3)]
    [InlineData("normal", 3000)]
    [InlineData("integers", 3)]
    [InlineData("truth", 3)]
    public void A_replayed_draw_is_that_of_its_own_key(string kind, int size)
    {
        // More steps than it takes until small programs are compiled.
        for (int step = 0; step < 60; step++)
        {
            RandomKey key = RandomKey.FromSeed(1).Child(step);
            double[] expected = Draw(kind, size, key).ToArray<double>();
            using StepScope scope = StepScope.Begin();
            Assert.Equal(expected, Draw(kind, size, key).ToArray<double>());
        }
    }

    private static Tensor Draw(string kind, int size, RandomKey key) => kind switch
    {
        "uniform" => 2 * key.Uniform([size], DType.Float64),
        "normal" => 2 * key.Normal([size], DType.Float64),
        "integers" => key.Integers([size], 100).To(DType.Float64) * 2,
        _ => (key.Uniform([size], DType.Float64) < 0.5).To(DType.Float64) * 2,
    };
}
