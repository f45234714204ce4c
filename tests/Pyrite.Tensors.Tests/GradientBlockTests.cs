namespace Pyrite.Tests;

/// <summary>Gradients side by side in one block.</summary>
public sealed class GradientBlockTests
{
    /// <summary>More than it takes until small programs are compiled.</summary>
    private const int Steps = 60;

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void Programs_put_gradients_where_the_caller_wants_them(int size)
    {
        Tensor x = RandomKey.FromSeed(1).Normal([size]).Keep(), w = RandomKey.FromSeed(2).Normal([size]).AsVariable();
        Tensor b = Tensor.From([0.5f]).AsVariable(), unused = Tensor.From([1f]).AsVariable();
        Tensor?[] expected = Gradient.OrNull(Loss(x, w, b), [w, unused, b]);
        GradientBlock block = new();
        for (int step = 0; step < Steps; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor loss = Loss(x, w, b);
            Tensor?[] found = Gradient.OrNull(loss, [w, unused, b]);
            block.Place(found);
            loss.Item();
            Tensor?[] parts = block.Fill();
            Assert.Null(parts[1]);
            Assert.Equal(expected[0]!.ToArray<float>(), parts[0]!.ToArray<float>());
            Assert.Equal(expected[2]!.ToArray<float>(), parts[2]!.ToArray<float>());
            Assert.Equal(DType.Float32, block.Type);
            Span<float> all = block.Elements<float>();
            Assert.Equal(0, all.Length % 16);
            Assert.Equal(expected[0]!.ToArray<float>(), all[..size].ToArray());
            Assert.Equal(all.ToArray().Sum(value => (double)value), parts.Sum(part => part?.ToArray<float>().Sum(value => (double)value) ?? 0), 1e-3);
            if (step > 0)
            {
                // Nothing was copied.
                Assert.True(found[0]!.IsView(parts[0]!));
            }
        }
    }

    [Fact]
    public void A_tensor_from_outside_is_copied_and_stays_where_it_is()
    {
        Tensor x = Tensor.From([1f, 2f]).Keep(), w = Tensor.From([3f, 4f]).AsVariable();
        GradientBlock block = new();
        for (int step = 0; step < 3; step++)
        {
            using StepScope scope = StepScope.Begin();
            Tensor?[] found = Gradient.OrNull((x * w).Sum(), [w]);
            block.Place(found);
            Tensor part = block.Fill()[0]!;
            block.Elements<float>().Fill(7);
            Assert.Equal([7f, 7f], part.ToArray<float>());
            Assert.Equal([1f, 2f], x.ToArray<float>());
        }
    }

    [Fact]
    public void What_an_earlier_step_placed_is_refused()
    {
        Tensor w = Tensor.From([3f, 4f]).AsVariable();
        GradientBlock block = new();
        block.Place(Gradient.OrNull(w.Square().Sum(), [w]));
        Tensor earlier = block.Fill()[0]!;
        Assert.Equal([6f, 8f], earlier.ToArray<float>());
        block.Place(Gradient.OrNull(w.Square().Sum(), [w]));
        Assert.Throws<InvalidOperationException>(() => earlier.ToArray<float>());
    }

    [Fact]
    public void Gradients_of_several_types_are_no_elements_of_one()
    {
        Tensor a = Tensor.From([3f]).AsVariable(), b = Tensor.From([4.0]).AsVariable();
        GradientBlock block = new();
        block.Place([Gradient.Of(a.Square().Sum(), [a])[0], Gradient.Of(b.Square().Sum(), [b])[0]]);
        Tensor?[] parts = block.Fill();
        Assert.Equal(6, parts[0]!.Item());
        Assert.Equal(8, parts[1]!.Item());
        Assert.Null(block.Type);
        Assert.Contains("no or several types", Assert.Throws<InvalidOperationException>(() => block.Elements<float>().Length).Message,
            StringComparison.Ordinal);
    }

    private static Tensor Loss(Tensor x, Tensor w, Tensor b) => ((x * w) + b).Square().Sum();
}
